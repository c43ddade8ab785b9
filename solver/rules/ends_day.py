"""CP-SAT twin of `models.rules.ends_day`."""

from models.rules.ends_day import EndsDay
from solver.variables import Variables


def encode(rule: EndsDay, v: Variables) -> None:
    raise NotImplementedError
