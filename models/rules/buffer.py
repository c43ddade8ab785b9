"""A pause between two neighbouring lessons."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.interval import buffer_between
from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board, Booking


class Buffer(ResourceRule):
    """minutes: pause asked between any two lessons of the resource on one day, besides what the lessons ask
    themselves; the pause needed is the maximum of minutes, the buffer_after of the earlier and the
    buffer_before of the later lesson (`interval.buffer_between`). Amount: missing minutes, summed over
    neighbouring lessons of a day."""

    unit: ClassVar[str] = "minute"
    kind: Literal["buffer"] = "buffer"
    minutes: NonNegativeInt = 0

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, _, bookings in board.lesson_days(self):
            for before, after in pairwise(bookings):
                pause, needed = (
                    self.pause(board, before, after),
                    self.minutes_needed(before.lesson.buffer_after, after.lesson.buffer_before),
                )
                if pause < needed:
                    name = board.name(self.who.kind, row)
                    yield self.broken(
                        needed - pause,
                        f"{name} has a pause of {pause} min between {board.at(before.lesson.id)} and "
                        f"{board.at(after.lesson.id)}, {needed} are needed",
                        who=(name,),
                        lessons=(before.lesson.id, after.lesson.id),
                    )

    def pause(self, board: "Board", before: "Booking", after: "Booking") -> int:
        """Minutes between two neighbouring lessons of a day; 0 if they overlap."""
        cells, size = board.grid.cells, board.grid.size
        return max(0, cells[after.start % size].start - cells[(before.end - 1) % size].end)

    def minutes_needed(self, asked_after: int, asked_before: int) -> int:
        """Pause needed between two neighbours, of which the earlier and the later lesson ask so much."""
        return max(self.minutes, buffer_between(asked_after, asked_before))
