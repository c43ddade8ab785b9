"""Lessons of one day stand next to each other in one room."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class SideBySide(LessonRule):
    """Amount: for each week, lessons that share a day with others of them, but start right after none of these and end
    right before none, or do so in other rooms; two lessons without a room are in the same one."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["side_by_side"] = "side_by_side"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for week in range(len(board.grid.weeks)):
            for lessons in board.by_day(self.lessons, week).values():
                for x in lessons:
                    if len(lessons) > 1 and not any(_joined(board, x, other) for other in lessons):
                        yield self.broken(
                            1, f"{board.at(x)} stands alone, but not on a day of its own", lessons=tuple(lessons)
                        )


def _joined(board: "Board", a: str, b: str) -> bool:
    left, right = board.rooms_of(board.placed[a]), board.rooms_of(board.placed[b])
    shared = not set(left).isdisjoint(right) if left or right else True
    return shared and (board.follows(a, b) or board.follows(b, a))
