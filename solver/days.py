"""Demands on how a resource spends its days and weeks that several rules share, said once."""

from collections.abc import Sequence

from models.rules import ResourceRule
from solver.statements import Lit
from solver.variables import Variables


def limit_days(rule: ResourceRule, v: Variables, limit: int, cells: frozenset[int]) -> None:
    """At most `limit` days per week on which the resource is busy in some of the cells; amount: days above."""
    for row in v.problem.rows(rule.who):
        for week in range(len(v.grid.weeks)):
            days = [d for d in (busy_in(rule, v, row, day, cells) for day in v.days_of_week(week)) if d is not False]
            v.at_most(rule, sum(days), limit, most=len(days) - limit)


def busy_in(rule: ResourceRule, v: Variables, row: str, day: int, cells: frozenset[int]) -> Lit:
    """Whether the resource is busy in some of the cells on a day over all weeks."""
    slots = [s for s in v.day_slots(day) if s % v.grid.size in cells]
    if len(slots) == len(v.day_slots(day)):
        return v.active(rule.who.kind, row, day, rule.tags)
    return v.any_of([v.busy(rule.who.kind, row, s, rule.tags) for s in slots])


def covers_of(rule: ResourceRule, v: Variables, row: str, slots: Sequence[int]) -> list[list[Lit]]:
    """For each of the slots, the literals that make the resource busy in it."""
    return [v.covers(rule.who.kind, row, s, rule.tags) for s in slots]


def limit_busy(rule: ResourceRule, v: Variables, covers: Sequence[list[Lit]], limit: int) -> None:
    """At most `limit` of some slots are busy, each given by what covers it; amount: slots above."""
    v.at_most(rule, sum(x for literals in covers for x in literals), limit, most=sum(map(bool, covers)) - limit)
