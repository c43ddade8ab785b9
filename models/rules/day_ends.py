"""The day ends early enough."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation, counted
from models.time import Minute, clock

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
        late = frozenset(c.number for c in board.grid.cells if c.end > self.until)
        for row, week, days in board.busy_days(self, late):
            if len(days) > self.late_days:
                name = board.name(self.who.kind, row)
                yield self.broken(
                    len(days) - self.late_days,
                    f"{name} ends after {clock(self.until)} on {counted(len(days), 'day')} {board.week_label(week)} "
                    f"({board.day_list(days)}), at most {self.late_days} are allowed",
                    who=(name,),
                )
