"""A pause between two neighbouring lessons."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class Buffer(ResourceRule):
    """minutes: pause asked between any two lessons of the resource on one day, besides what the lessons ask
    themselves; the pause needed is the maximum of minutes, the buffer_after of the earlier and the
    buffer_before of the later lesson (`interval.buffer_between`). Amount: missing minutes, summed over
    neighbouring lessons of a day."""

    unit: ClassVar[str] = "minute"
    kind: Literal["buffer"] = "buffer"
    minutes: NonNegativeInt = 0

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
