"""CP-SAT twin of `models.rules.max_long_days`."""

from models.rules.max_long_days import MaxLongDays
from solver.lines import Line
from solver.statements import Lit
from solver.variables import Variables


def encode(rule: MaxLongDays, v: Variables) -> None:
    for line, times in v.lines(rule):
        days = [x for x in (_is_long(rule, v, line, day) for day in v.week_days) if x is not False]
        v.at_most_true(rule, days, rule.limit, most=len(days) - rule.limit, times=times)


def _is_long(rule: MaxLongDays, v: Variables, line: Line, day: int) -> Lit:
    """True at least when the resource is busy in or before some cell of the day and again `span` cells after it or
    later."""
    return v.any_of(
        v.when_all([line.busy_until(day, cell), line.busy_from(day, cell + rule.span)])
        for cell in v.grid.day_cells[day][: -rule.span]
    )
