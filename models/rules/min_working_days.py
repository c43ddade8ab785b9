"""The lessons of a course use enough days."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MinWorkingDays(LessonRule):
    """Amount: days of the week with one of the lessons, missing to `days`. A lesson without a place counts as if it
    filled a day; when none has a place, nothing is missing."""

    unit: ClassVar[str] = "day"
    kind: Literal["min_working_days"] = "min_working_days"
    days: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        placed = board.only_placed(self.lessons)
        used = len(board.by_day(placed))
        missing = self.days - used - (len(self.lessons) - len(placed))
        if placed and missing > 0:
            title = board.problem.lesson[placed[0]].title
            yield self.broken(
                missing, f"{title} is on {counted(used, 'day')}, at least {self.days} are asked", lessons=tuple(placed)
            )
