"""A course stays in one room."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class RoomStability(LessonRule):
    """limit: different rooms allowed. Amount: different rooms of the lessons above the limit."""

    unit: ClassVar[str] = "room"
    kind: Literal["room_stability"] = "room_stability"
    limit: PositiveInt = 1

    def violations(self, board: "Board") -> Iterator[Violation]:
        placed = board.only_placed(self.lessons)
        rooms = tuple(dict.fromkeys(r for x in placed for r in board.rooms_of(board.placed[x])))
        if len(rooms) > self.limit:
            titles = ", ".join(dict.fromkeys(board.problem.lesson[x].title for x in placed))
            yield self.broken(
                len(rooms) - self.limit,
                f"{titles} is spread over {len(rooms)} rooms ({', '.join(rooms)}), at most {self.limit} are allowed",
                who=rooms,
                lessons=tuple(placed),
            )
