"""Not too many lessons a day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MaxPeriodsPerDay(ResourceRule):
    """Amount: busy periods of a day above the limit."""

    unit: ClassVar[str] = "period"
    kind: Literal["max_periods_per_day"] = "max_periods_per_day"
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, day, busy in board.days(self):
            if len(busy) > self.limit:
                name = board.name(self.who.kind, row)
                yield self.broken(
                    len(busy) - self.limit,
                    f"{name} has {counted(len(busy), 'period')} on {board.day_label(day)}, "
                    f"at most {self.limit} are allowed",
                    who=(name,),
                )
