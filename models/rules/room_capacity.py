"""Enough seats for everyone."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.base import Id
from models.rules.base import Rule, Violation

if TYPE_CHECKING:
    from models.board import Board


class RoomCapacity(Rule):
    """lessons: empty means all. Amount: students of a lesson above the summed capacity of its rooms. Lessons
    without a room are not judged; a room without a stated capacity holds everyone."""

    unit: ClassVar[str] = "seat"
    kind: Literal["room_capacity"] = "room_capacity"
    lessons: tuple[Id, ...] = ()

    def violations(self, board: "Board") -> Iterator[Violation]:
        for id_ in board.only_placed(self.lessons or board.problem.lesson):
            rooms = board.rooms_of(board.placed[id_])
            heads = board.problem.head_count(board.problem.lesson[id_])
            seats = sum(board.problem.useful_seats(r, heads) for r in rooms)
            if rooms and heads > seats:
                yield self.broken(
                    heads - seats,
                    f"{board.at(id_)} has {heads} students, {', '.join(rooms)} {seats} seats",
                    who=rooms,
                    lessons=(id_,),
                )
