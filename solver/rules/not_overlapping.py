"""CP-SAT twin of `models.rules.not_overlapping`."""

from models.rules.not_overlapping import NotOverlapping
from solver.variables import Variables


def encode(rule: NotOverlapping, v: Variables) -> None:
    for week in range(len(v.grid.weeks)):
        lessons = v.in_week(rule.lessons, week)
        for cell in range(v.grid.size):
            v.at_most(rule, sum(y for x in lessons for y in v.covering(x, cell)), 1, most=len(lessons) - 1)
