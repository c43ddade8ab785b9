"""Work on few days."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MaxDays(ResourceRule):
    """Amount: days with a lesson above the limit, per week."""

    unit: ClassVar[str] = "day"
    kind: Literal["max_days"] = "max_days"
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, week, days in board.busy_days(self):
            if len(days) > self.limit:
                name = board.name(self.who.kind, row)
                yield self.broken(
                    len(days) - self.limit,
                    f"{name} has lessons on {counted(len(days), 'day')} {board.week_label(week)} "
                    f"({board.day_list(days)}), at most {self.limit} are allowed",
                    who=(name,),
                )
