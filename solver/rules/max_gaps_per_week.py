"""CP-SAT twin of `models.rules.max_gaps_per_week`."""

from models.rules.max_gaps_per_week import MaxGapsPerWeek
from solver.variables import Variables


def encode(rule: MaxGapsPerWeek, v: Variables) -> None:
    for row in v.problem.rows(rule.who):
        for week in range(len(v.grid.weeks)):
            gaps = [gap for day in v.days_of_week(week) for gap in v.gaps(rule, row, day)]
            v.at_most(rule, sum(gaps), rule.limit, most=len(gaps) - rule.limit)
