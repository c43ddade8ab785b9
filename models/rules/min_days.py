"""Work is spread over the week."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MinDays(ResourceRule):
    """Amount: days missing to the limit in a week; a week without any lesson breaks nothing."""

    unit: ClassVar[str] = "day"
    kind: Literal["min_days"] = "min_days"
    limit: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, week, days in board.busy_days(self):
            if 0 < len(days) < self.limit:
                name = board.name(self.who.kind, row)
                yield self.broken(
                    self.limit - len(days),
                    f"{name} has lessons on {counted(len(days), 'day')} {board.week_label(week)} "
                    f"({board.day_list(days)}), at least {self.limit} are asked",
                    who=(name,),
                )
