"""CP-SAT twin of `models.rules.max_gaps_per_day`."""

from models.rules.max_gaps_per_day import MaxGapsPerDay
from solver.days import limit_gaps
from solver.variables import Variables


def encode(rule: MaxGapsPerDay, v: Variables) -> None:
    for line, times in v.lines(rule):
        for day in v.week_days:
            limit_gaps(rule, v, line, [day], rule.limit, times)
