"""Answers kept as they were written, for as long as nothing that the organisation shows has changed."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from scheduling.store import StoreSession, number_of_changes

MOST = 32_000_000
"""Bytes of one process."""

Place = tuple[str | None, ...]
"""The organisation, then what was asked."""


class Written(NamedTuple):
    """number: of changes of the organisation when it was made."""

    number: int
    body: bytes


class Finished:
    """most: bytes of all of them; those that were asked for last stay."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.size = most, 0
        self.lock, self.kept = Lock(), OrderedDict[Place, Written]()

    def body(self, session: StoreSession, asked: tuple[str | None, ...], make: Callable[[], bytes]) -> bytes:
        """What `make` makes of this session's view. The number is asked in the same view, so that both are of one
        instant, also where another process has changed something meanwhile."""
        place, number = (session.organisation_id, *asked), number_of_changes(session)
        with self.lock:
            known = self.kept.get(place)
            if known is not None and known.number == number:
                self.kept.move_to_end(place)
                return known.body
        made = Written(number, make())
        with self.lock:
            self._keep(place, made)
        return made.body

    def _keep(self, place: Place, made: Written) -> None:
        old = self.kept.pop(place, None)
        self.size += _size(place, made) - (_size(place, old) if old else 0)
        self.kept[place] = made
        while self.size > self.most:
            self.size -= _size(*self.kept.popitem(last=False))


def _size(place: Place, written: Written) -> int:
    return len(written.body) + sum(len(part or "") for part in place) + 500
