"""A course not too often on one day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class NotTwiceADay(LessonRule):
    """limit: lessons of the list allowed per day. Amount: lessons above it, for each day over all weeks."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["not_twice_a_day"] = "not_twice_a_day"
    limit: PositiveInt = 1

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
