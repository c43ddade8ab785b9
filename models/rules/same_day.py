"""Lessons on the same day of the week."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class SameDay(LessonRule):
    """Amount: pairs of the lessons on different days."""

    unit: ClassVar[str] = "pair"
    kind: Literal["same_day"] = "same_day"

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
