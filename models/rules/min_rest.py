"""Rest between an evening and the next morning."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MinRest(ResourceRule):
    """circular: after the last day of a week comes the first one of the same. Amount: for each two successive days of a
    week that are both busy, periods missing to the limit among those after the last lesson of the first and before the
    first lesson of the second."""

    unit: ClassVar[str] = "period"
    kind: Literal["min_rest"] = "min_rest"
    periods: PositiveInt
    circular: bool = False

    def nights(self, days: int) -> list[tuple[int, int]]:
        """Successive days of a week of so many."""
        around = [(days - 1, 0)] if self.circular and days > 1 else []
        return [*pairwise(range(days)), *around]

    def violations(self, board: "Board") -> Iterator[Violation]:
        count = len(board.grid.day_names)
        for row, week, days in board.weeks(self):
            for day, after in self.nights(count):
                if day in days and after in days:
                    rest = len(board.grid.day_cells[day]) - 1 - days[day][-1] + days[after][0]
                    if rest < self.periods:
                        name = board.name(self.who.kind, row)
                        yield self.broken(
                            self.periods - rest,
                            f"{name} has {counted(rest, 'free period')} between "
                            f"{board.day_label(week * count + day)} and {board.day_label(week * count + after)}, "
                            f"at least {self.periods} are asked",
                            who=(name,),
                        )
