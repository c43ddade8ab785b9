"""Lessons of one day stay together."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class TogetherIfSameDay(LessonRule):
    """Amount: for each day of the week, the lessons on it sorted by start: neighbours of which the later does
    not start right where the earlier ends."""

    unit: ClassVar[str] = "pair"
    kind: Literal["together_if_same_day"] = "together_if_same_day"

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
