"""Lessons close to each other in the week."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import LessonRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MaxDaysBetween(LessonRule):
    """days: largest difference between the days of any two of the lessons. Amount: days too many, summed over
    the pairs that share a week."""

    unit: ClassVar[str] = "day"
    kind: Literal["max_days_between"] = "max_days_between"
    days: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        for a, b in board.pairs(self.lessons, same_week=True):
            distance = abs(board.day_of(a) - board.day_of(b))
            if distance > self.days:
                yield self.broken(
                    distance - self.days,
                    f"{board.at(a)} and {board.at(b)} are {counted(distance, 'day')} apart, "
                    f"at most {self.days} are allowed",
                    lessons=(a, b),
                )
