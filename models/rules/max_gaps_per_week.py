"""Not too much waiting in a week."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxGapsPerWeek(ResourceRule):
    """limit: gaps allowed per week (see `max_gaps_per_day`). Amount: gaps above the limit."""

    unit: ClassVar[str] = "gap"
    kind: Literal["max_gaps_per_week"] = "max_gaps_per_week"
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
