"""Lessons on different days."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class DifferentDay(LessonRule):
    """Amount: pairs of the lessons that share a week and a day."""

    unit: ClassVar[str] = "pair"
    kind: Literal["different_day"] = "different_day"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for a, b in board.pairs(self.lessons, same_week=True):
            if board.day_of(a) == board.day_of(b):
                yield self.broken(1, f"{board.at(a)} and {board.at(b)} are on the same day", lessons=(a, b))
