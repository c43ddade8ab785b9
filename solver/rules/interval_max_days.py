"""CP-SAT twin of `models.rules.interval_max_days`."""

from models.rules.interval_max_days import IntervalMaxDays
from solver.days import limit_days
from solver.variables import Variables


def encode(rule: IntervalMaxDays, v: Variables) -> None:
    limit_days(rule, v, rule.limit, frozenset(rule.cells))
