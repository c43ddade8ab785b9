"""Lessons that follow each other directly, in any order."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class Grouped(LessonRule):
    """Amount: the lessons sorted by start, neighbours of which the later does not start right where the earlier
    ends."""

    unit: ClassVar[str] = "pair"
    kind: Literal["grouped"] = "grouped"

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
