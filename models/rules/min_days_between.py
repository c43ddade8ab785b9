"""The lessons of a course are spread over the week."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MinDaysBetween(LessonRule):
    """days: least difference between the days of any two of the lessons; 1 means different days.
    Amount: missing days, summed over the pairs that share a week."""

    unit: ClassVar[str] = "day"
    kind: Literal["min_days_between"] = "min_days_between"
    days: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        for a, b in board.pairs(self.lessons, same_week=True):
            distance = abs(board.day_of(a) - board.day_of(b))
            if distance < self.days:
                yield self.broken(
                    self.days - distance,
                    f"{board.at(a)} and {board.at(b)} are {counted(distance, 'day')} apart, "
                    f"at least {self.days} are asked",
                    lessons=(a, b),
                )
