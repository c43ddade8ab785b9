"""CP-SAT twin of `models.rules.max_days_between`."""

from models.rules.max_days_between import MaxDaysBetween
from solver.variables import Variables


def encode(rule: MaxDaysBetween, v: Variables) -> None:
    raise NotImplementedError
