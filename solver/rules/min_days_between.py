"""CP-SAT twin of `models.rules.min_days_between`."""

from models.rules.min_days_between import MinDaysBetween
from solver.patterns import spread
from solver.variables import Variables


def encode(rule: MinDaysBetween, v: Variables) -> None:
    spread(rule, v, rule.days)
