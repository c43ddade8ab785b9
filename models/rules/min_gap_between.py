"""A pause between some lessons of one day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MinGapBetween(LessonRule):
    """Amount: for each pair that shares a week and a day, periods missing between the end of the earlier and
    the start of the later (all of them if they overlap)."""

    unit: ClassVar[str] = "period"
    kind: Literal["min_gap_between"] = "min_gap_between"
    periods: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        for a, b in board.pairs(self.lessons, same_week=True):
            if board.day_of(a) == board.day_of(b):
                gap = max(0, board.start_of(b) - board.end_of(a), board.start_of(a) - board.end_of(b))
                if gap < self.periods:
                    yield self.broken(
                        self.periods - gap,
                        f"{board.at(a)} and {board.at(b)} have {counted(gap, 'period')} between them, "
                        f"at least {self.periods} are asked",
                        lessons=(a, b),
                    )
