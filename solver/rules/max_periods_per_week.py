"""CP-SAT twin of `models.rules.max_periods_per_week`."""

from models.rules.max_periods_per_week import MaxPeriodsPerWeek
from solver.variables import Variables


def encode(rule: MaxPeriodsPerWeek, v: Variables) -> None:
    raise NotImplementedError
