"""Not too many of some lessons at once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxSimultaneous(LessonRule):
    """cells: times in which it counts; empty means all. Amount: for each of the cells, lessons that cover it
    above the limit (in the week where they are most)."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["max_simultaneous"] = "max_simultaneous"
    cells: tuple[int, ...] = ()
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        weeks = [board.covered(self.lessons, week) for week in range(len(board.grid.weeks))]
        for cell in sorted(set(self.cells)) or range(board.grid.size):
            most = max((covered.get(cell, []) for covered in weeks), key=len)
            if len(most) > self.limit:
                yield self.broken(
                    len(most) - self.limit,
                    f"{len(most)} of the lessons are on {board.grid.label(cell)}, at most {self.limit} are allowed",
                    lessons=tuple(most),
                )
