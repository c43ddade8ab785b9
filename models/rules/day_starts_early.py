"""The day starts with the first period."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation, counted

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
        for row, week, days in board.weeks(self):
            late = {d: n for d, busy in days.items() if (n := board.open_before(self.who.kind, row, d, busy[0]))}
            amount = sum(n - 1 for n in late.values()) + max(0, len(late) - self.late_days)
            if amount:
                name = board.name(self.who.kind, row)
                days_late = ", ".join(f"{board.day_list([d])} by {counted(n, 'period')}" for d, n in late.items())
                allowed = counted(self.late_days, "day") if self.late_days else "no day"
                yield self.broken(
                    amount,
                    f"{name} starts late {board.week_label(week)} ({days_late}), {allowed} may be late by 1 period",
                    who=(name,),
                )
