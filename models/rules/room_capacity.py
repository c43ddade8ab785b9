"""Enough seats for everyone."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.base import Id
from models.rules.base import Rule, Violation

if TYPE_CHECKING:
    from models.board import Board


class RoomCapacity(Rule):
    """lessons: empty means all. Amount: students of a lesson above the summed capacity of its rooms; lessons
    without a room and rooms without a stated capacity are not judged."""

    unit: ClassVar[str] = "seat"
    kind: Literal["room_capacity"] = "room_capacity"
    lessons: tuple[Id, ...] = ()

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
