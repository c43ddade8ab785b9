"""When a search for a complete timetable is stuck: now and then a slow descent from a higher temperature, by swaps.

Where everybody is busy all the time, who makes room has nowhere to go: each move but a change of two places ends in
as many clashes as it began with. Such a school needs cooling, slower each time.
"""

import time
from collections.abc import Callable

HOT, COLD = 0.24, 0.2
"""Temperatures in units of one hard violation. Where every class, teacher and room is busy all week, a school freezes
at about 0.2: above, many violations come and go; below, nothing moves any more. See `docs/discussions.md`."""

SHORTEST = 10.0
"""Seconds without improvement before the first descent, and its length; each later one takes twice as long as the one
before. After one that found better the next one follows at once."""


class Descents:
    """Says of every moment how the search goes on. clock: gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.seconds = SHORTEST
        self.since = clock()
        self.running = self.gained = False
        self.fewest: int | None = None

    def temperature(self, violations: int) -> float | None:
        """That of the descent, None while the search goes on as usual. violations: fewest so far."""
        if self.fewest is None or violations < self.fewest:
            self.fewest, self.gained = violations, self.running
            self.since = self.since if self.running else self.clock()
        part = (self.clock() - self.since) / self.seconds
        if part >= 1:
            self.seconds *= 2 if self.running else 1
            self.running = self.gained or not self.running
            self.gained, self.since, part = False, self.clock(), 0.0
        return HOT * (COLD / HOT) ** part if self.running else None
