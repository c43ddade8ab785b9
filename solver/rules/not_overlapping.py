"""CP-SAT twin of `models.rules.not_overlapping`."""

from models.rules.not_overlapping import NotOverlapping
from solver.variables import Variables


def encode(rule: NotOverlapping, v: Variables) -> None:
    for lessons, times in v.by_week(rule.lessons).items():
        for cell in range(v.grid.size):
            here = [y for x in lessons for y in v.covering(x, cell)]
            v.at_most_true(rule, here, 1, most=len(lessons) - 1, times=times)
