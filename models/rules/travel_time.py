"""Time to go from one site to another."""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.base import Id, Value
from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board
    from models.time import BaseGrid


class Travel(Value):
    """Minutes needed between two sites, in both directions."""

    a: Id
    b: Id
    minutes: NonNegativeInt


class TravelTime(ResourceRule):
    """minutes: pause needed between any two different sites; pairs: other values for some pairs of sites, in
    both directions (the last one counts); periods: whole periods needed between them as well. Judged for
    successive lessons of a day (lessons without a room passed over; the site of a lesson is that of its first
    room). Amount: 1 for each two whose pause is too short."""

    unit: ClassVar[str] = "way"
    kind: Literal["travel_time"] = "travel_time"
    minutes: NonNegativeInt = 0
    periods: NonNegativeInt = 0
    pairs: tuple[Travel, ...] = ()

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, _, bookings in board.roomed_days(self):
            for before, after in pairwise(bookings):
                a, b = board.site_of(before.placement), board.site_of(after.placement)
                if self.too_close(board.grid, before.end - 1, after.start, a, b):
                    name = board.name(self.who.kind, row)
                    yield self.broken(
                        1,
                        f"{name} has too little time from {board.at(before.lesson.id)} at {a or 'the main site'} "
                        f"to {board.at(after.lesson.id)} at {b or 'the main site'}",
                        who=(name,),
                        lessons=(before.lesson.id, after.lesson.id),
                    )

    def too_close(self, grid: "BaseGrid", last: int, start: int, a: str, b: str) -> bool:
        """Whether the pause is too short between a lesson at site a whose last slot is `last` and one at site b
        that starts in slot `start` of the same day."""
        if a == b:
            return False
        pause = grid.cells[start % grid.size].start - grid.cells[last % grid.size].end
        return pause < self.needed(a, b) or start - last - 1 < self.periods

    def needed(self, a: str, b: str) -> int:
        """Minutes needed between two different sites."""
        return self._ways.get(frozenset((a, b)), self.minutes)

    @cached_property
    def _ways(self) -> dict[frozenset[str], int]:
        return {frozenset((way.a, way.b)): way.minutes for way in self.pairs}
