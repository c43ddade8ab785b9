"""No nearly empty days."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MinPeriodsPerDay(ResourceRule):
    """empty_days: a day without lessons is allowed. Amount: periods missing to the limit on a day."""

    unit: ClassVar[str] = "period"
    kind: Literal["min_periods_per_day"] = "min_periods_per_day"
    limit: PositiveInt
    empty_days: bool = True

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
