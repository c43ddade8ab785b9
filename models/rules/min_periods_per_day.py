"""No nearly empty days."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MinPeriodsPerDay(ResourceRule):
    """empty_days: a day without lessons is allowed. Amount: periods missing to the limit on a day."""

    unit: ClassVar[str] = "period"
    kind: Literal["min_periods_per_day"] = "min_periods_per_day"
    limit: PositiveInt
    empty_days: bool = True

    def violations(self, board: "Board") -> Iterator[Violation]:
        count = len(board.grid.day_names)
        for row, week, days in board.weeks(self):
            for day in range(count):
                periods = len(days.get(day, ()))
                if periods < self.limit and (periods or not self.empty_days):
                    name, label = board.name(self.who.kind, row), board.day_label(week * count + day)
                    yield self.broken(
                        self.limit - periods,
                        f"{name} has {counted(periods, 'period')} on {label}, at least {self.limit} are asked",
                        who=(name,),
                    )
