"""The day starts with the first period."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class DayStartsEarly(ResourceRule):
    """late_days: days per week that may start one open period late. Lateness of a busy day: open periods before
    its first busy one. Amount per week: lateness beyond one period, summed over the days, plus late days above
    late_days."""

    unit: ClassVar[str] = "period"
    kind: Literal["day_starts_early"] = "day_starts_early"
    late_days: NonNegativeInt = 0

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
