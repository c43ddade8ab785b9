"""Not too much waiting between two lessons of a day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxGapsPerDay(ResourceRule):
    """limit: gaps allowed per day. A gap is a free period between the first and the last busy one of a day;
    periods in which the resource is (hard) unavailable are not gaps. Amount: gaps above the limit."""

    unit: ClassVar[str] = "gap"
    kind: Literal["max_gaps_per_day"] = "max_gaps_per_day"
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, day, busy in board.days(self):
            gaps = board.gaps(self.who.kind, row, day, busy)
            if gaps > self.limit:
                name = board.name(self.who.kind, row)
                yield self.broken(
                    gaps - self.limit,
                    f"{name} has {gaps} gaps on {board.day_label(day)}, at most {self.limit} are allowed",
                    who=(name,),
                )
