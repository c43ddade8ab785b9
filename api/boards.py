"""Timetables laid out for questions about them: whoever moves lessons by hand asks many about the same one."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from models.what_if import WhatIf
from scheduling.store import StoreSession

MOST = 3
"""Of one process. One of 100 classes takes 30 MB, and reading and laying it out longer than an answer."""


class Laid(NamedTuple):
    """alone: to be held while it is asked."""

    what_if: WhatIf
    alone: Lock


class Boards:
    """most: timetables; those that were asked for last stay. Stored ones never change, so what is kept is right."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.lock, self.kept = most, Lock(), OrderedDict[tuple[str, str], Laid]()

    def of(self, session: StoreSession, timetable_id: str, make: Callable[[], WhatIf]) -> Laid:
        """Of the session's organisation. make: reads it; what that refuses is not kept."""
        place = (session.organisation_id, timetable_id)
        with self.lock:
            known = self.kept.get(place)
            if known is not None:
                self.kept.move_to_end(place)
                return known
        made = Laid(make(), Lock())
        with self.lock:
            self.kept[place] = made
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)
        return made
