"""A room holds one lesson at a time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import Rule, Violation

if TYPE_CHECKING:
    from models.board import Board


class RoomClash(Rule):
    """Amount: for each slot, lessons in the room beyond the first."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["room_clash"] = "room_clash"

    def violations(self, board: "Board") -> Iterator[Violation]:
        return board.clashes(self, "room")
