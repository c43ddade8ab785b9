"""Hall's theorem as a small maximum flow: do the needs fit into the places they may take?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple


class Shortage(NamedTuple):
    """needs: the masks of needs that are together too much for their places; places: these, as a mask."""

    needs: tuple[int, ...]
    places: int


def bits(mask: int) -> Iterator[int]:
    """Positions of the ones of a mask, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def shortage(needs: Mapping[int, int], capacity: Sequence[int]) -> Shortage | None:
    """needs: mask of the places that will do -> units needed; capacity: units of each place.

    1. Units are sent one need after the other, the most restricted first, to places with something left; where
    nothing is left, another need is moved on (an augmenting path). 2. When no path is left, the places reached are
    full, and all that fills them are needs that can go nowhere else (Hall's condition fails for these needs).
    """
    flow = _Flow(capacity)
    for mask in sorted(needs, key=lambda m: (m.bit_count(), m)):
        units = needs[mask]
        while units:
            sent = flow.direct(mask, units) or flow.augment(mask)
            if not sent:
                return flow.reached
            units -= sent
    return None


class _Flow:
    def __init__(self, capacity: Sequence[int]) -> None:
        self.left = list(capacity)
        self.open = sum(1 << place for place, units in enumerate(capacity) if units)
        self.held: list[dict[int, int]] = [{} for _ in capacity]
        """For each place, mask of the need -> units it holds there."""
        self.reached = Shortage((), 0)

    def direct(self, mask: int, units: int) -> int:
        """Units sent to one place with something left; 0 when there is none."""
        free = mask & self.open
        if not free:
            return 0
        place = (free & -free).bit_length() - 1
        sent = min(units, self.left[place])
        self._hold(mask, place, sent)
        self._take(place, sent)
        return sent

    def augment(self, mask: int) -> int:
        """1 when one unit could be sent by moving others, else 0 and `reached` is set."""
        came: dict[int, tuple[int, int]] = {}  # need -> (place from which it is moved on, need that takes over)
        seen, queue = 0, [mask]
        for need in queue:
            free = need & self.open
            if free:
                self._shift(need, (free & -free).bit_length() - 1, came)
                return 1
            new = need & ~seen
            seen |= new
            for place in bits(new):
                for other in self.held[place]:
                    if other != mask and other not in came:
                        came[other] = (place, need)
                        queue.append(other)
        self.reached = Shortage(tuple(queue), seen)
        return 0

    def _shift(self, need: int, place: int, came: Mapping[int, tuple[int, int]]) -> None:
        self._take(place, 1)
        self._hold(need, place, 1)
        while need in came:
            place, taker = came[need]
            self._hold(need, place, -1)
            self._hold(taker, place, 1)
            need = taker

    def _hold(self, need: int, place: int, units: int) -> None:
        held = self.held[place]
        held[need] = held.get(need, 0) + units
        if not held[need]:
            del held[need]

    def _take(self, place: int, units: int) -> None:
        self.left[place] -= units
        if not self.left[place]:
            self.open &= ~(1 << place)
