"""A short day from the first lesson to the last."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxSpanPerDay(ResourceRule):
    """Amount: periods from the first busy one to the last busy one of a day, both included, above the limit."""

    unit: ClassVar[str] = "period"
    kind: Literal["max_span_per_day"] = "max_span_per_day"
    limit: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
