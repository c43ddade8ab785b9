"""CP-SAT twin of `models.rules.side_by_side`."""

from models.rules.side_by_side import SideBySide
from solver.rules.same_room_if_consecutive import follows, possible_rooms
from solver.statements import Lit, negation
from solver.variables import Variables


def encode(rule: SideBySide, v: Variables) -> None:
    """Not both: a lesson shares a day with another one, and is joined to none."""
    joined: dict[tuple[str, str], Lit] = {}
    for week in range(len(v.grid.weeks)):
        lessons = v.in_week(rule.lessons, week)
        for a in lessons:
            others = [b for b in lessons if b != a]
            for b in others:
                key = (min(a, b), max(a, b))
                if key not in joined:
                    joined[key] = _joined(v, *key)
            company = v.any_of(joined[min(a, b), max(a, b)] for b in others)
            v.forbid(rule, [_meets(v, a, others), negation(company)])


def _meets(v: Variables, lesson: str, others: list[str]) -> Lit:
    """True at least when the lesson is on a day with one of the others."""
    days = range(len(v.grid.day_cells))
    here = {d: v.one_of(v.on_day(lesson, d)) for d in days}
    there = {d: v.any_of(y for x in others for y in v.on_day(x, d)) for d in days}
    return v.any_of(v.when_all([here[d], there[d]]) for d in days)


def _joined(v: Variables, a: str, b: str) -> Lit:
    """Whether one of two lessons starts where the other ends, in a room of both."""
    beside = v.any_of([follows(v, a, b), follows(v, b, a)])
    rooms = [r for r in possible_rooms(v, a) if r in possible_rooms(v, b)]
    nowhere = v.all_of([negation(v.has_any_room(a)), negation(v.has_any_room(b))])
    shared = v.any_of([nowhere, *(v.all_of([v.has_room(a, r), v.has_room(b, r)]) for r in rooms)])
    return v.all_of([beside, shared])
