"""Lessons on the same day of the week."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class SameDay(LessonRule):
    """Amount: pairs of the lessons on different days."""

    unit: ClassVar[str] = "pair"
    kind: Literal["same_day"] = "same_day"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for a, b in board.pairs(self.lessons):
            if board.day_of(a) != board.day_of(b):
                yield self.broken(1, f"{board.at(a)} and {board.at(b)} should be on the same day", lessons=(a, b))
