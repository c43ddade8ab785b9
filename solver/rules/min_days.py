"""CP-SAT twin of `models.rules.min_days`."""

from models.rules.min_days import MinDays
from solver.variables import Variables


def encode(rule: MinDays, v: Variables) -> None:
    raise NotImplementedError
