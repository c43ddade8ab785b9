"""A course stays in one room."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class RoomStability(LessonRule):
    """limit: different rooms allowed. Amount: different rooms of the lessons above the limit."""

    unit: ClassVar[str] = "room"
    kind: Literal["room_stability"] = "room_stability"
    limit: PositiveInt = 1

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
