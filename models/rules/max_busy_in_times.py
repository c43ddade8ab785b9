"""Not busy too often at certain times."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MaxBusyInTimes(ResourceRule):
    """cells: the times meant, e.g. all afternoons. Amount: busy periods per week in them, above the limit."""

    unit: ClassVar[str] = "period"
    kind: Literal["max_busy_in_times"] = "max_busy_in_times"
    cells: tuple[int, ...]
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        meant, starts = set(self.cells), [cells.start for cells in board.grid.day_cells]
        for row, week, days in board.weeks(self):
            count = sum(starts[day] + position in meant for day, busy in days.items() for position in busy)
            if count > self.limit:
                name = board.name(self.who.kind, row)
                yield self.broken(
                    count - self.limit,
                    f"{name} is busy for {counted(count, 'period')} of the given times {board.week_label(week)}, "
                    f"at most {self.limit} are allowed",
                    who=(name,),
                )
