"""Enough of some lessons at once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MinSimultaneous(LessonRule):
    """Amount: for each of the cells, lessons missing to the limit (in the week where most are missing). A lesson
    without a place counts as if it were there; when none has a place, nothing is missing."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["min_simultaneous"] = "min_simultaneous"
    cells: tuple[int, ...]
    limit: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        placed = board.only_placed(self.lessons)
        weeks = range(len(board.grid.weeks)) if placed else ()
        lacks = [(board.covered(placed, week), self.limit - board.unplaced_in(self.lessons, week)) for week in weeks]
        for cell in sorted(set(self.cells)):
            missing = max((asked - len(covered.get(cell, ())) for covered, asked in lacks), default=0)
            if missing > 0:
                yield self.broken(
                    missing,
                    f"{missing} more of the lessons should be on {board.grid.label(cell)}, {self.limit} are asked",
                    lessons=tuple(placed),
                )
