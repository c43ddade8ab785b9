"""The day ends early enough."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation
from models.time import Minute

if TYPE_CHECKING:
    from models.board import Board


class DayEnds(ResourceRule):
    """until: minutes since midnight by which the day should be over; late_days: days per week on which it may
    end later. Amount: days per week that end later, above late_days."""

    unit: ClassVar[str] = "day"
    kind: Literal["day_ends"] = "day_ends"
    until: Minute
    late_days: NonNegativeInt = 0

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
