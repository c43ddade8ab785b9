"""No lesson stands alone in its day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class Compactness(ResourceRule):
    """Amount: busy periods with no busy period directly before or after them on the same day."""

    unit: ClassVar[str] = "period"
    kind: Literal["compactness"] = "compactness"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, day, busy in board.days(self):
            for position in busy:
                if position - 1 not in busy and position + 1 not in busy:
                    name = board.name(self.who.kind, row)
                    yield self.broken(1, f"{name} has a single period on {board.time(day, position)}", who=(name,))
