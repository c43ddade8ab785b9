"""Lunch is kept free."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board
    from models.time import BaseGrid


class LunchBreak(ResourceRule):
    """cells: the periods of each day in which lunch can be; periods: free ones needed in a row (neighbouring
    positions of the day). A day whose cells are fewer than periods is not judged. Amount: busy days without
    such a row."""

    unit: ClassVar[str] = "day"
    kind: Literal["lunch_break"] = "lunch_break"
    cells: tuple[int, ...]
    periods: PositiveInt = 1

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, day, busy in board.days(self):
            windows = self.windows(board.grid, day)
            if windows is not None and all(not window.isdisjoint(busy) for window in windows):
                name = board.name(self.who.kind, row)
                wanted = "free period" if self.periods == 1 else f"{self.periods} free periods in a row"
                yield self.broken(1, f"{name} has no {wanted} for lunch on {board.day_label(day)}", who=(name,))

    def windows(self, grid: "BaseGrid", day: int) -> list[frozenset[int]] | None:
        """The positions of a day (over all weeks) that would do, each set for one lunch; None if it is not judged."""
        cells = grid.day_cells[day % len(grid.day_cells)]
        meant = {c - cells.start for c in self.cells if c in cells}
        if len(meant) < self.periods:
            return None
        windows = (frozenset(range(first, first + self.periods)) for first in sorted(meant))
        return [window for window in windows if window <= meant]
