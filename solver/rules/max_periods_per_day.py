"""CP-SAT twin of `models.rules.max_periods_per_day`."""

from models.rules.max_periods_per_day import MaxPeriodsPerDay
from solver.variables import Variables


def encode(rule: MaxPeriodsPerDay, v: Variables) -> None:
    raise NotImplementedError
