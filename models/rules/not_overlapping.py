"""Lessons never at the same time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class NotOverlapping(LessonRule):
    """Amount: for each slot, lessons that cover it beyond the first."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["not_overlapping"] = "not_overlapping"

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
