"""CP-SAT twin of `models.rules.max_long_days`."""

from models.rules.max_long_days import MaxLongDays
from solver.statements import Lit
from solver.variables import Variables

Stays = list[tuple[range, Lit]]
"""Cells that a lesson covers, with the literal under which it does."""


def encode(rule: MaxLongDays, v: Variables) -> None:
    for row in v.problem.rows(rule.who):
        lessons = v.lessons_of(rule.who.kind, row, rule.tags)
        for week in range(len(v.grid.weeks)):
            stays = [stay for x in v.in_week(lessons, week) for stay in _stays(rule, v, row, x)]
            days = [_is_long(rule, v, cells, stays) for cells in v.grid.day_cells]
            possible = [x for x in days if x is not False]
            v.at_most(rule, sum(possible), rule.limit, most=len(possible) - rule.limit)


def _stays(rule: MaxLongDays, v: Variables, row: str, lesson: str) -> Stays:
    duration = v.problem.lesson[lesson].duration
    return [(range(c, c + duration), x) for c, x in v.attends(rule.who.kind, row, lesson).items()]


def _is_long(rule: MaxLongDays, v: Variables, cells: range, stays: Stays) -> Lit:
    """True at least when a lesson starts in or before some cell of the day and one ends `span` cells after it or
    later."""
    here = [(covered, x) for covered, x in stays if covered.start in cells]
    return v.any_of(
        v.when_all(
            [
                v.any_of(x for covered, x in here if covered.start <= cell),
                v.any_of(x for covered, x in here if covered.stop > cell + rule.span),
            ]
        )
        for cell in cells[: -rule.span]
    )
