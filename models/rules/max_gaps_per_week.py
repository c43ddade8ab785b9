"""Not too much waiting in a week."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MaxGapsPerWeek(ResourceRule):
    """limit: gaps allowed per week (see `max_gaps_per_day`). Amount: gaps above the limit."""

    unit: ClassVar[str] = "gap"
    kind: Literal["max_gaps_per_week"] = "max_gaps_per_week"
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        count = len(board.grid.day_names)
        for row, week, days in board.weeks(self):
            gaps = sum(board.gaps(self.who.kind, row, week * count + day, busy) for day, busy in days.items())
            if gaps > self.limit:
                name = board.name(self.who.kind, row)
                yield self.broken(
                    gaps - self.limit,
                    f"{name} has {counted(gaps, 'gap')} {board.week_label(week)}, at most {self.limit} are allowed",
                    who=(name,),
                )
