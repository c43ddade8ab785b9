"""No change of room between lessons that follow each other directly."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class SameRoomIfConsecutive(LessonRule):
    """Amount: pairs of the lessons of which one starts right where the other ends, that have no room in common;
    lessons without a room are not judged."""

    unit: ClassVar[str] = "pair"
    kind: Literal["same_room_if_consecutive"] = "same_room_if_consecutive"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for a, b in board.pairs(self.lessons, same_week=True):
            if board.follows(a, b) or board.follows(b, a):
                left, right = board.rooms_of(board.placed[a]), board.rooms_of(board.placed[b])
                if left and right and not set(left).intersection(right):
                    yield self.broken(
                        1,
                        f"{board.at(a)} in {', '.join(left)} and {board.at(b)} in {', '.join(right)} follow each other",
                        who=(*left, *right),
                        lessons=(a, b),
                    )
