"""The lessons of a course use enough days."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MinWorkingDays(LessonRule):
    """Amount: days of the week with one of the lessons, missing to `days`; no placed lesson breaks nothing."""

    unit: ClassVar[str] = "day"
    kind: Literal["min_working_days"] = "min_working_days"
    days: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
