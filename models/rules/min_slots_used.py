"""Some lessons cover enough of certain times."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MinSlotsUsed(LessonRule):
    """Amount: different cells covered by at least one of the lessons, missing to the limit. A lesson without a place
    counts as if it filled a cell for each of its periods; when none has a place, nothing is missing. or_none: neither
    is it when they cover none of the cells."""

    unit: ClassVar[str] = "period"
    kind: Literal["min_slots_used"] = "min_slots_used"
    cells: tuple[int, ...]
    limit: PositiveInt
    or_none: bool = False

    def violations(self, board: "Board") -> Iterator[Violation]:
        placed = board.only_placed(self.lessons)
        used = len(set(self.cells).intersection(board.covered(placed)))
        free = sum(board.problem.lesson[x].duration for x in self.lessons if x not in board.placed)
        asked = used > 0 if self.or_none else bool(placed)
        if asked and used + free < self.limit:
            yield self.broken(
                self.limit - used - free,
                f"the lessons use {used} of the given periods, at least {self.limit} are asked",
                lessons=tuple(placed),
            )
