"""CP-SAT twin of `models.rules.max_periods_per_week`."""

from models.rules.max_periods_per_week import MaxPeriodsPerWeek
from solver.variables import Variables


def encode(rule: MaxPeriodsPerWeek, v: Variables) -> None:
    kind = rule.who.kind
    for row in v.problem.rows(rule.who):
        lessons = v.lessons_of(kind, row, rule.tags)
        for week in range(len(v.grid.weeks)):
            durations = {x: v.problem.lesson[x].duration for x in v.in_week(lessons, week)}
            total = sum(n * v.used(x, kind, row) for x, n in durations.items())
            v.at_most(rule, total, rule.limit, most=sum(durations.values()) - rule.limit)
