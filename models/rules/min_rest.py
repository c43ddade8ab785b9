"""Rest between an evening and the next morning."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board


class MinRest(ResourceRule):
    """Amount: for each two successive days of a week that are both busy, periods missing to the limit among
    those after the last lesson of the first and before the first lesson of the second."""

    unit: ClassVar[str] = "period"
    kind: Literal["min_rest"] = "min_rest"
    periods: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        count = len(board.grid.day_names)
        for row, week, days in board.weeks(self):
            for day, evening in enumerate(board.grid.day_cells):
                if day in days and day + 1 in days:
                    rest = len(evening) - 1 - days[day][-1] + days[day + 1][0]
                    if rest < self.periods:
                        name = board.name(self.who.kind, row)
                        yield self.broken(
                            self.periods - rest,
                            f"{name} has {counted(rest, 'free period')} between "
                            f"{board.day_label(week * count + day)} and {board.day_label(week * count + day + 1)}, "
                            f"at least {self.periods} are asked",
                            who=(name,),
                        )
