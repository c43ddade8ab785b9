"""No long stretches without a pause."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxInARow(ResourceRule):
    """limit: periods in a row; a run ends at a free period, at the end of the day and at lunch or assembly
    (cells that are not joined). Amount: periods of each run above the limit."""

    unit: ClassVar[str] = "period"
    kind: Literal["max_in_a_row"] = "max_in_a_row"
    limit: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, day, busy in board.days(self):
            for run in board.runs(day, busy):
                if len(run) > self.limit:
                    name = board.name(self.who.kind, row)
                    yield self.broken(
                        len(run) - self.limit,
                        f"{name} has {len(run)} periods in a row from {board.time(day, run[0])}, "
                        f"at most {self.limit} are allowed",
                        who=(name,),
                    )
