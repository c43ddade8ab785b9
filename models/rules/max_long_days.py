"""Long days are rare."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt, PositiveInt

from models.rules.base import ResourceRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MaxLongDays(ResourceRule):
    """span: periods from the first busy one to the last, both included, up to which a day is not long; limit: long
    days allowed per week. Amount: long days per week above the limit."""

    unit: ClassVar[str] = "day"
    kind: Literal["max_long_days"] = "max_long_days"
    span: PositiveInt
    limit: NonNegativeInt = 0

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, week, days in board.weeks(self):
            long_days = [d for d, busy in days.items() if busy[-1] - busy[0] >= self.span]
            if len(long_days) > self.limit:
                name = board.name(self.who.kind, row)
                yield self.broken(
                    len(long_days) - self.limit,
                    f"{name} is there for more than {counted(self.span, 'period')} on "
                    f"{counted(len(long_days), 'day')} {board.week_label(week)} ({board.day_list(long_days)}), "
                    f"at most {self.limit} are allowed",
                    who=(name,),
                )
