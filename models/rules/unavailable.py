"""A teacher, class or room is not to be used at certain times."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class Unavailable(ResourceRule):
    """cells: the cells of the week to keep free, in every week. Amount: periods used in them."""

    unit: ClassVar[str] = "period"
    kind: Literal["unavailable"] = "unavailable"
    cells: tuple[int, ...]

    def violations(self, board: "Board") -> Iterator[Violation]:
        forbidden = set(self.cells)
        for row in board.rows(self.who):
            for booking in board.of(self.who.kind, row, self.tags):
                hit = [s for s in range(booking.start, booking.end) if s % board.grid.size in forbidden]
                if hit:
                    name = board.name(self.who.kind, row)
                    yield self.broken(
                        len(hit),
                        f"{name} is not available on {board.grid.slot_label(hit[0])}, but has {booking.lesson.title}",
                        who=(name,),
                        lessons=(booking.lesson.id,),
                    )
