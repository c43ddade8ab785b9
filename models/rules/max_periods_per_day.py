"""Not too many lessons a day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxPeriodsPerDay(ResourceRule):
    """Amount: busy periods of a day above the limit."""

    unit: ClassVar[str] = "period"
    kind: Literal["max_periods_per_day"] = "max_periods_per_day"
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
