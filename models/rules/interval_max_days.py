"""Certain times are used on few days only."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class IntervalMaxDays(ResourceRule):
    """cells: the times meant, e.g. all late periods. Amount: days per week with a busy period in them, above
    the limit."""

    unit: ClassVar[str] = "day"
    kind: Literal["interval_max_days"] = "interval_max_days"
    cells: tuple[int, ...]
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, week, days in board.busy_days(self, frozenset(self.cells)):
            if len(days) > self.limit:
                name, cells = board.name(self.who.kind, row), board.grid.cells
                times = ", ".join(dict.fromkeys(cells[c].label for c in sorted(self.cells)))
                yield self.broken(
                    len(days) - self.limit,
                    f"{name} is busy in {times} on {counted(len(days), 'day')} {board.week_label(week)} "
                    f"({board.day_list(days)}), at most {self.limit} are allowed",
                    who=(name,),
                )
