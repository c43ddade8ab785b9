"""CP-SAT twin of `models.rules.interval_max_days`."""

from models.rules.interval_max_days import IntervalMaxDays
from solver.variables import Variables


def encode(rule: IntervalMaxDays, v: Variables) -> None:
    raise NotImplementedError
