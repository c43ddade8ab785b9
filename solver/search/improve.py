"""From a complete timetable to a better one: simulated annealing, planned over the time there is.

A descent goes from a warm to a cold temperature by the share of its time that has passed, so that it ends cold
however fast the machine is. Temperatures follow from what random changes cost in the timetable at hand.
"""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from solver.search import layout as L  # noqa: N812
from solver.search.kernel import begin, forget, go_to_best, judge_soft, keep_best, refine, undo, vary

if TYPE_CHECKING:
    from solver.search.local import Climber

SLICE = 5_000
"""Steps between two looks at the clock; about a hundredth of a second."""

FOCUS, CHOICES, CHAINS, LONGEST = 0.3, 0.2, 0.1, 8
"""Share of changes that begin in a violation, while there is one; that choose another room or teacher; share of those
of a start with several lessons in the way that are tried as a chain; most blocks of a chain."""

WARM, COLD = 0.5, 0.15
"""The warm temperature in medians of what changes for the worse cost, the cold one in the least of it. Medians are 5 to
60 on university courses and 5 to 100 on schools: what is right for one is far too warm or too cold for another. In
25 to 50 s of one core 0.5 against 0.2: comp12 335 346, comp07 25 22, 100 classes 1906 2132, IT-I4-96 38 36."""

SAMPLE = 4_000
"""Changes looked at to know what they cost."""

QUENCH = 60
"""Slices of the first descent, which is cold throughout."""

FIRST = 0.15
"""Share of the time left for the first descent from warm to cold, so that there is a good timetable early; what is
left is one long descent."""

SHORTEST, LONGEST_DESCENT = 10.0, 640.0
"""Seconds of the first descent without a limit, each being twice as long as the one before, up to the longest."""

OFFER_EVERY, OFFER_SHARE = 0.5, 10.0
"""Least seconds between two offers to the pool, and in times of what the last one took."""

DEAR = 2
"""The price of a hard violation in dearest changes for the worse: none pays, so what is complete stays complete. At a
price of eight mean weights a school of 100 classes was held at 15 violations and never improved."""

PATIENCE = 10
"""Slices with a hard violation after which the search returns to its best state."""


class Improver:
    """The second half of a climber's work, on the memory of the first."""

    def __init__(self, climber: "Climber") -> None:
        self.climber, self.search, self.pool = climber, climber.search, climber.pool
        self.next_offer = 0.0
        self.unit = self.warm = self.cold = 1.0

    @property
    def m(self) -> L.Memory:
        """It is another one after the climber had to tell rooms apart."""
        return self.climber.m

    def run(self) -> None:
        judge_soft(self.m, False)
        go_to_best(self.m)
        keep_best(self.m)
        self.take_over()
        self.quench()
        for seconds in self.plan():
            if self.over():
                break
            self.take_over()
            self.descend(seconds)

    def over(self) -> bool:
        perfect = self.m[L.BEST_HARD] == self.m[L.BEST_SOFT] == 0
        return perfect or self.search.should_stop()

    def plan(self) -> Iterator[float]:
        """Seconds of each descent."""
        patience = (self.search.limits.no_improvement or 2 * LONGEST_DESCENT) / 2
        next_ = SHORTEST
        while True:
            if self.search.limits.seconds is None:
                wanted, next_ = next_, min(2 * next_, LONGEST_DESCENT)
            else:
                left = max(0.0, self.search.limits.seconds - self.pool.elapsed)
                wanted, next_ = (left * FIRST if next_ else left), 0.0
            yield max(0.1, min(wanted, patience))

    # ---- temperatures --------------------------------------------------------------------------------------------

    def quench(self) -> None:
        """A quick descent; what changes cost in a timetable without easy gains says how warm to begin."""
        self.calibrate()
        for _ in range(QUENCH):
            self.step(self.cold)
            if self.over():
                break
        self.offer()
        go_to_best(self.m)
        self.calibrate()

    def calibrate(self) -> None:
        costs = sorted(self.losses()) or [1]
        least, median = costs[0], costs[len(costs) // 2]
        self.warm, self.cold = max(WARM * median, COLD * least), COLD * least
        self.unit = DEAR * float(costs[-1])

    def losses(self) -> Iterator[int]:
        """What random changes that break nothing cost, where they cost something."""
        m = self.m
        for _ in range(SAMPLE):
            begin(m)
            if vary(m, FOCUS, CHOICES, CHAINS, LONGEST) and m[L.HARD] <= m[L.SAVED] and m[L.SOFT] > m[L.SAVED + 2]:
                yield int(m[L.SOFT] - m[L.SAVED + 2])
            undo(m)

    # ---- one descent ---------------------------------------------------------------------------------------------

    def descend(self, seconds: float) -> None:
        began, broken = time.monotonic(), 0
        while not self.over() and (part := (time.monotonic() - began) / seconds) < 1:
            self.step(self.warm * (self.cold / self.warm) ** part)
            broken = broken + 1 if self.m[L.HARD] else 0
            if broken >= PATIENCE and not self.m[L.BEST_HARD]:
                go_to_best(self.m)
            self.offer_at_times()
        self.offer()

    def step(self, temperature: float) -> None:
        refine(self.m, SLICE, temperature, self.unit / self.m[L.WEEKS], FOCUS, CHOICES, CHAINS, LONGEST)

    def offer_at_times(self) -> None:
        """Judging a large timetable takes long, so it is done now and then."""
        began = time.monotonic()
        if began >= self.next_offer:
            self.offer()
            self.next_offer = time.monotonic() + max(OFFER_EVERY, OFFER_SHARE * (time.monotonic() - began))

    def offer(self) -> None:
        if not self.m[L.BEST_HARD]:
            self.climber.hand_in()

    def take_over(self) -> None:
        """Go on from the best timetable of all parts."""
        best = self.pool.best()
        worse = self.m[L.BEST_HARD] > 0 or (best is not None and best[1].soft < self.m[L.BEST_SOFT])
        if best is not None and best[1].complete and worse:
            self.climber.compiled.load(best[0])
            keep_best(self.m)
        else:
            go_to_best(self.m)
        forget(self.m)
