"""Certain times are used on few days only."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class IntervalMaxDays(ResourceRule):
    """cells: the times meant, e.g. all late periods. Amount: days per week with a busy period in them, above
    the limit."""

    unit: ClassVar[str] = "day"
    kind: Literal["interval_max_days"] = "interval_max_days"
    cells: tuple[int, ...]
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
