"""Lessons in the order given."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class Ordered(LessonRule):
    """same_day_only: judge only neighbours in the list that are on the same day. Amount: neighbours in the list
    of which the later starts before the earlier ends (in the week)."""

    unit: ClassVar[str] = "pair"
    kind: Literal["ordered"] = "ordered"
    same_day_only: bool = False

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
