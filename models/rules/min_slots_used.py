"""Some lessons cover enough of certain times."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MinSlotsUsed(LessonRule):
    """Amount: different cells covered by at least one of the lessons, missing to the limit."""

    unit: ClassVar[str] = "period"
    kind: Literal["min_slots_used"] = "min_slots_used"
    cells: tuple[int, ...]
    limit: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
