"""Lessons never at the same time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class NotOverlapping(LessonRule):
    """Amount: for each slot, lessons that cover it beyond the first."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["not_overlapping"] = "not_overlapping"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for week in range(len(board.grid.weeks)):
            for cell, lessons in sorted(board.covered(self.lessons, week).items()):
                if len(lessons) > 1:
                    names = " and ".join(board.at(x) for x in lessons)
                    where = board.grid.slot_label(week * board.grid.size + cell)
                    yield self.broken(len(lessons) - 1, f"{names} overlap on {where}", lessons=tuple(lessons))
