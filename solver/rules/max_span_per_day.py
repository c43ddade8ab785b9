"""CP-SAT twin of `models.rules.max_span_per_day`."""

from models.rules.max_span_per_day import MaxSpanPerDay
from solver.variables import Variables


def encode(rule: MaxSpanPerDay, v: Variables) -> None:
    """A day has as many periods above the limit as there are cells c such that it is busy in or before c, and again
    `limit` cells after c or later."""
    for line, times in v.lines(rule):
        for day, cells in enumerate(v.grid.day_cells):
            for cell in cells[: -rule.limit]:
                v.forbid(rule, [line.busy_until(day, cell), line.busy_from(day, cell + rule.limit)], times=times)
