"""CP-SAT twin of `models.rules.min_days`."""

from models.rules.min_days import MinDays
from solver.variables import Variables


def encode(rule: MinDays, v: Variables) -> None:
    kind = rule.who.kind
    for row in v.problem.rows(rule.who):
        lessons = v.lessons_of(kind, row, rule.tags)
        for week in range(len(v.grid.weeks)):
            line = v.line((kind, row), week, rule.tags)
            works = v.any_of([v.belongs(x, kind, (row,)) for x in v.in_week(lessons, week)])
            days = sum(line.active(day) for day in v.week_days)
            v.at_least(rule, days, rule.limit * works, most=rule.limit - 1)
