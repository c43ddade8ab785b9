"""CP-SAT twin of `models.rules.max_days`."""

from models.rules.max_days import MaxDays
from solver.days import limit_days
from solver.variables import Variables


def encode(rule: MaxDays, v: Variables) -> None:
    limit_days(rule, v, rule.limit, frozenset(range(v.grid.size)))
