"""CP-SAT twin of `models.rules.min_periods_per_day`."""

from models.rules.min_periods_per_day import MinPeriodsPerDay
from solver.variables import Variables


def encode(rule: MinPeriodsPerDay, v: Variables) -> None:
    raise NotImplementedError
