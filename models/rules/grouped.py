"""Lessons that follow each other directly, in any order."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class Grouped(LessonRule):
    """over_breaks: lunch or assembly may lie between two of them. Amount: joins missing for one unbroken chain: placed
    lessons beyond the first, less the cells in which one of them starts right where another ends (`Board.joins`)."""

    unit: ClassVar[str] = "pair"
    kind: Literal["grouped"] = "grouped"
    over_breaks: bool = False

    def violations(self, board: "Board") -> Iterator[Violation]:
        placed = board.only_placed(self.lessons)
        missing = len(placed) - 1 - board.joins(placed, self.over_breaks)
        if missing > 0:
            names = ", ".join(board.at(x) for x in placed)
            yield self.broken(missing, f"{names} do not follow each other without a break", lessons=tuple(placed))
