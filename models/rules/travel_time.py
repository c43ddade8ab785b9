"""Time to go from one site to another."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.base import Id, Value
from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class Travel(Value):
    """Minutes needed between two sites, in both directions."""

    a: Id
    b: Id
    minutes: NonNegativeInt


class TravelTime(ResourceRule):
    """minutes: pause needed between any two different sites; pairs: other values for some pairs of sites, in
    both directions; periods: free periods needed between them as well. Judged for successive lessons of a day
    (lessons without a room passed over; the site of a lesson is that of its first room). Amount: 1 for each two
    whose pause is too short."""

    unit: ClassVar[str] = "way"
    kind: Literal["travel_time"] = "travel_time"
    minutes: NonNegativeInt = 0
    periods: NonNegativeInt = 0
    pairs: tuple[Travel, ...] = ()

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
