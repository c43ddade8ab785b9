"""A lesson gets a room though it could go without."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class RoomWanted(LessonRule):
    """Amount: room requests of the placed lessons that are left without a room."""

    unit: ClassVar[str] = "room"
    kind: Literal["room_wanted"] = "room_wanted"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for id_ in board.only_placed(self.lessons):
            missing = board.placed[id_].rooms.count(None)
            if missing:
                yield self.broken(missing, f"{board.at(id_)} goes without {missing} of its rooms", lessons=(id_,))
