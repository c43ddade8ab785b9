"""No long stretches without a pause."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxInARow(ResourceRule):
    """limit: periods in a row; a run ends at a free period, at the end of the day and at lunch or assembly
    (cells that are not joined). Amount: periods of each run above the limit."""

    unit: ClassVar[str] = "period"
    kind: Literal["max_in_a_row"] = "max_in_a_row"
    limit: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
