"""Some lessons use few different times."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import LessonRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MaxSlotsUsed(LessonRule):
    """cells: times in which it counts; empty means all. Amount: different cells of them covered by at least one
    of the lessons, above the limit."""

    unit: ClassVar[str] = "period"
    kind: Literal["max_slots_used"] = "max_slots_used"
    cells: tuple[int, ...] = ()
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        used = [c for c in sorted(board.covered(self.lessons)) if not self.cells or c in self.cells]
        if len(used) > self.limit:
            yield self.broken(
                len(used) - self.limit,
                f"the lessons use {counted(len(used), 'period')}, at most {self.limit} are allowed",
                lessons=tuple(board.only_placed(self.lessons)),
            )
