"""A pause between some lessons of one day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MinGapBetween(LessonRule):
    """Amount: for each pair that shares a week and a day, periods missing between the end of the earlier and
    the start of the later (all of them if they overlap)."""

    unit: ClassVar[str] = "period"
    kind: Literal["min_gap_between"] = "min_gap_between"
    periods: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
