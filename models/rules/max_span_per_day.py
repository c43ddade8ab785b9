"""A short day from the first lesson to the last."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxSpanPerDay(ResourceRule):
    """Amount: periods from the first busy one to the last busy one of a day, both included, above the limit."""

    unit: ClassVar[str] = "period"
    kind: Literal["max_span_per_day"] = "max_span_per_day"
    limit: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, day, busy in board.days(self):
            span = busy[-1] - busy[0] + 1
            if span > self.limit:
                name = board.name(self.who.kind, row)
                yield self.broken(
                    span - self.limit,
                    f"{name} is there for {span} periods from {board.time(day, busy[0])} to "
                    f"{board.time(day, busy[-1])}, at most {self.limit} are allowed",
                    who=(name,),
                )
