"""CP-SAT twin of `models.rules.max_busy_in_times`."""

from models.rules.max_busy_in_times import MaxBusyInTimes
from solver.variables import Variables


def encode(rule: MaxBusyInTimes, v: Variables) -> None:
    """At most one lesson covers a cell (clashes are hard), so busy periods are counted lesson by lesson."""
    meant = set(rule.cells)
    for row in v.problem.rows(rule.who):
        lessons = v.lessons_of(rule.who.kind, row, rule.tags)
        for week in range(len(v.grid.weeks)):
            hits = [
                (len(meant.intersection(range(cell, cell + v.problem.lesson[x].duration))), literal)
                for x in v.in_week(lessons, week)
                for cell, literal in v.attends(rule.who.kind, row, x).items()
            ]
            v.at_most(rule, sum(n * x for n, x in hits if n), rule.limit, most=len(meant) - rule.limit)
