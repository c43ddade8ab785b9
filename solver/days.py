"""Demands on how a resource spends its days and weeks that several rules share, said once."""

from collections.abc import Collection, Iterable

from models.rules import ResourceRule
from solver.lines import Line
from solver.variables import Variables


def limit_days(rule: ResourceRule, v: Variables, limit: int, cells: Collection[int]) -> None:
    """At most `limit` days per week on which the resource is busy in some of the cells; amount: days above."""
    for line, times in v.lines(rule):
        days = [x for x in (line.busy_in(day, cells) for day in v.week_days) if x is not False]
        v.at_most_true(rule, days, limit, most=len(days) - limit, times=times)


def limit_busy(rule: ResourceRule, v: Variables, line: Line, cells: Iterable[int], limit: int, times: int) -> None:
    """At most `limit` of some cells are busy; amount: cells above."""
    covers = [line.covers[c] for c in cells]
    most = sum(map(bool, covers)) - limit
    v.at_most_true(rule, [x for literals in covers for x in literals], limit, most, times)


def limit_gaps(rule: ResourceRule, v: Variables, line: Line, days: Iterable[int], limit: int, times: int) -> None:
    """At most `limit` gaps on some days of a week; amount: gaps above."""
    cells = [cell for day in days for cell in line.possible_gaps(day)]
    if limit == 0 and rule.weight is None:
        for cell in cells:
            v.forbid(rule, line.gap_signs(cell))
        return
    v.at_most_true(rule, [line.gap(cell) for cell in cells], limit, most=len(cells) - limit, times=times)
