"""Lessons of one day stay together."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class TogetherIfSameDay(LessonRule):
    """Amount: for each day of the week, joins missing for one unbroken chain of the lessons on it: their number
    beyond the first, less the cells in which one of them starts right where another ends (`Board.joins`)."""

    unit: ClassVar[str] = "pair"
    kind: Literal["together_if_same_day"] = "together_if_same_day"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for lessons in board.by_day(self.lessons).values():
            missing = len(lessons) - 1 - board.joins(lessons)
            if missing > 0:
                names = ", ".join(board.at(x) for x in lessons)
                yield self.broken(
                    missing, f"{names} are on one day, but not right after each other", lessons=tuple(lessons)
                )
