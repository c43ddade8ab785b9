"""Not too many lessons a week."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MaxPeriodsPerWeek(ResourceRule):
    """Amount: busy periods of a week above the limit."""

    unit: ClassVar[str] = "period"
    kind: Literal["max_periods_per_week"] = "max_periods_per_week"
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, week, days in board.weeks(self):
            total = sum(len(busy) for busy in days.values())
            if total > self.limit:
                name = board.name(self.who.kind, row)
                yield self.broken(
                    total - self.limit,
                    f"{name} has {counted(total, 'period')} {board.week_label(week)}, at most {self.limit} are allowed",
                    who=(name,),
                )
