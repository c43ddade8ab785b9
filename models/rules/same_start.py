"""Lessons that happen at the same time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class SameStart(LessonRule):
    """Amount: pairs of the lessons that start in different cells of the week."""

    unit: ClassVar[str] = "pair"
    kind: Literal["same_start"] = "same_start"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for a, b in board.pairs(self.lessons):
            if board.start_of(a) != board.start_of(b):
                yield self.broken(1, f"{board.at(a)} and {board.at(b)} should start together", lessons=(a, b))
