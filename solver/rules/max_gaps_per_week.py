"""CP-SAT twin of `models.rules.max_gaps_per_week`."""

from models.rules.max_gaps_per_week import MaxGapsPerWeek
from solver.days import limit_gaps
from solver.variables import Variables


def encode(rule: MaxGapsPerWeek, v: Variables) -> None:
    for line, times in v.lines(rule):
        limit_gaps(rule, v, line, v.week_days, rule.limit, times)
