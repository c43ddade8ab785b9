"""Every lesson gets the rooms and teachers it asks for, and keeps its pinned place."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import Rule, Violation

if TYPE_CHECKING:
    from models.board import Board
    from models.problem import Lesson


class RoomRequested(Rule):
    """Amount: 1 for each request whose room is missing (unless optional) or does not fulfil it, for each chosen
    teacher who is not a candidate, for each room or teacher given more than once, and for each part of the pin
    that is not kept."""

    unit: ClassVar[str] = "request"
    kind: Literal["room_request"] = "room_request"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for id_, placement in board.placed.items():
            for sentence in _faults(board, board.problem.lesson[id_]):
                rooms = tuple(r for r in placement.rooms if r is not None)
                yield self.broken(1, f"{board.at(id_)} {sentence}", who=rooms, lessons=(id_,))


def _faults(board: "Board", lesson: "Lesson") -> Iterator[str]:
    placement, pin = board.placed[lesson.id], lesson.pin
    for request, room in zip(lesson.rooms, placement.rooms, strict=True):
        if room is None and not request.optional:
            yield "has no room"
        elif room is not None and room not in board.problem.room_choices(request) and room not in (pin.rooms or ()):
            yield f"is in {room}, which is not one it may use"
    for candidates, teacher in zip(lesson.any_teacher, placement.teachers, strict=True):
        if teacher not in candidates:
            yield f"is given to {teacher}, who is not one of {', '.join(candidates)}"
    given = [r for r in placement.rooms if r is not None]
    for twice in _repeated(given) + _repeated([*dict.fromkeys(lesson.teachers), *placement.teachers]):
        yield f"is given {twice} more than once"
    if pin.start not in (None, placement.start):
        yield f"is pinned to {board.grid.label(pin.start or 0)}"
    if pin.rooms not in (None, placement.rooms):
        yield "is not in the room it is pinned to"
    if pin.teachers not in (None, placement.teachers):
        yield "does not have the teacher it is pinned to"


def _repeated(ids: list[str]) -> list[str]:
    return [x for x in dict.fromkeys(ids) if ids.count(x) > 1]
