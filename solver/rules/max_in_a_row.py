"""CP-SAT twin of `models.rules.max_in_a_row`."""

from models.rules.max_in_a_row import MaxInARow
from solver.days import limit_busy
from solver.variables import Variables


def encode(rule: MaxInARow, v: Variables) -> None:
    """A run has as many periods above the limit as it has windows of limit + 1 periods."""
    size = rule.limit + 1
    for line, times in v.lines(rule):
        for first, run in enumerate(v.grid.runs):
            if run >= size:
                limit_busy(rule, v, line, range(first, first + size), rule.limit, times)
