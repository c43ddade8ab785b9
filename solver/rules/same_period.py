"""CP-SAT twin of `models.rules.same_period`."""

from models.rules.same_period import SamePeriod
from solver.variables import Variables


def encode(rule: SamePeriod, v: Variables) -> None:
    raise NotImplementedError
