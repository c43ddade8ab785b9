"""Few changes of room."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxRoomChanges(ResourceRule):
    """limit: changes allowed per day or week. A change: two successive lessons of a day whose sets of rooms
    differ; lessons without a room are passed over. Amount: changes above the limit."""

    unit: ClassVar[str] = "change"
    kind: Literal["max_room_changes"] = "max_room_changes"
    limit: NonNegativeInt
    per: Literal["day", "week"] = "day"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, number, count in board.changes(self, self.per, lambda placement: frozenset(board.rooms_of(placement))):
            if count > self.limit:
                name, span = board.name(self.who.kind, row), board.span_label(self.per, number)
                yield self.broken(
                    count - self.limit,
                    f"{name} changes rooms {count} times {span}, at most {self.limit} are allowed",
                    who=(name,),
                )
