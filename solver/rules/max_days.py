"""CP-SAT twin of `models.rules.max_days`."""

from models.rules.max_days import MaxDays
from solver.variables import Variables


def encode(rule: MaxDays, v: Variables) -> None:
    raise NotImplementedError
