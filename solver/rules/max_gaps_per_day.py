"""CP-SAT twin of `models.rules.max_gaps_per_day`."""

from models.rules.max_gaps_per_day import MaxGapsPerDay
from solver.variables import Variables


def encode(rule: MaxGapsPerDay, v: Variables) -> None:
    for row in v.problem.rows(rule.who):
        for day in v.days:
            gaps = v.gaps(rule, row, day)
            v.at_most(rule, sum(gaps), rule.limit, most=len(gaps) - rule.limit)
