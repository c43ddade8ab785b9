"""Lessons in the same period of the day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class SamePeriod(LessonRule):
    """Amount: pairs of the lessons that start at different positions of their days."""

    unit: ClassVar[str] = "pair"
    kind: Literal["same_period"] = "same_period"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for a, b in board.pairs(self.lessons):
            if board.position(board.start_of(a))[1] != board.position(board.start_of(b))[1]:
                yield self.broken(
                    1, f"{board.at(a)} and {board.at(b)} should start in the same period of their days", lessons=(a, b)
                )
