"""Lessons that are the last of the day for their classes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class EndsDay(LessonRule):
    """Amount: placed lessons after which one of their student sets has another lesson on the same day."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["ends_day"] = "ends_day"

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
