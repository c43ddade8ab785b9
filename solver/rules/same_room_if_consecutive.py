"""CP-SAT twin of `models.rules.same_room_if_consecutive`."""

from models.rules.same_room_if_consecutive import SameRoomIfConsecutive
from solver.statements import Lit, negation
from solver.variables import Variables


def encode(rule: SameRoomIfConsecutive, v: Variables) -> None:
    for a, b in v.pairs(rule.lessons, same_week=True):
        rooms = [r for r in possible_rooms(v, a) if r in possible_rooms(v, b)]
        common = v.any_of(v.all_of([v.has_room(a, r), v.has_room(b, r)]) for r in rooms)
        for first, second in ((a, b), (b, a)):
            v.forbid(rule, [follows(v, first, second), v.has_any_room(a), v.has_any_room(b), negation(common)])


def possible_rooms(v: Variables, lesson: str) -> dict[str, None]:
    return dict.fromkeys(r for options in v.domains.rooms[lesson] for r in options)


def follows(v: Variables, first: str, second: str) -> Lit:
    """Whether the second lesson starts right where the first ends."""
    duration, later = v.problem.lesson[first].duration, v.starts(second)
    return v.one_of(
        [
            v.all_of([literal, later[cell + duration]])
            for cell, literal in v.starts(first).items()
            if cell + duration in later and v.grid.cells[cell + duration].joined
        ]
    )
