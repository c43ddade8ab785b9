"""From a complete timetable to a better one: simulated annealing, planned over the time there is.

A descent goes from a warm to a cold temperature by the share of its time that has passed, so that it ends cold
however fast the machine is. Temperatures follow from what random changes cost in the timetable at hand.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from solver.context import Stopped
from solver.search import layout as L  # noqa: N812
from solver.search.kernel import begin, forget, go_to_best, judge_soft, keep_best, refine, undo, vary

if TYPE_CHECKING:
    from solver.search.local import Climber

SLICE = 20_000
"""Steps between two looks at the clock; some hundredths of a second. After each the climber needs the interpreter,
which another thread that builds a model may keep from it for some thousandths."""

FOCUS, CHOICES, CHAINS, LONGEST = 0.3, 0.2, 0.02, 8
"""Share of changes that begin in a violation, while there is one; that choose another room or teacher; share of those
of a start with several lessons in the way that are tried as a chain; most blocks of a chain. A chain costs as much time
as ten other changes and is mostly taken back: with 0.1 chains took a third of the time on university courses and two
thirds on a school of 100 classes."""

WARM, COLD = 0.5, 0.15
"""The warm temperature in medians of what changes for the worse cost, the cold one in the least of it. Medians are 5 to
60 on university courses and 5 to 100 on schools: what is right for one is far too warm or too cold for another. In
25 to 50 s of one core 0.5 against 0.2: comp12 335 346, comp07 25 22, 100 classes 1906 2132, IT-I4-96 38 36."""

SLOWING = 0.25
"""How much slower it cools where it is colder: temperature ** -SLOWING grows evenly with time; 0 would be a constant
factor for each step. The colder it is, the fewer changes are accepted (comp07: a fifth at 2.4, a fortieth at 0.2) and
the longer it takes to settle. Compared in `docs/discussions.md`: 0.5 was better on courses and worse on schools."""

SAMPLE = 4_000
"""Changes looked at to know what they cost."""

QUENCH = 15
"""Slices of the first descent, which is cold throughout."""

SHARES = ((0.15, 0.75), (0.5,))
"""Of the time left, for the first descents of each climber: the first one has a good timetable early and then a long
descent, the second one a descent of middling length, so that there is time left for neighbourhoods."""

ALONE = ((0.25, 1.0), (1.0,))
"""The same where the exact search takes over and looks around better."""

AGAIN = 0.5
"""Share of the time left for each later descent, which begins mildly warm."""

SHORTEST, LONGEST_DESCENT = 10.0, 640.0
"""Seconds of a later descent, if there are so many left; of the first descent without a limit, each being twice as long
as the one before, up to the longest."""

STALLED = 15.0
"""Seconds without a gain after which neighbourhoods make way for another descent."""

OFFER_EVERY, OFFER_SHARE = 0.5, 10.0
"""Least seconds between two offers to the pool, and in times of what the last one took."""

DEAR = 2
"""The price of a hard violation in dearest changes for the worse: none pays, so what is complete stays complete. At a
price of eight mean weights a school of 100 classes was held at 15 violations and never improved."""

PATIENCE = 3
"""Slices with a hard violation after which the search returns to its best state."""


class Descent(NamedTuple):
    """seconds: how long it takes; mild: whether it begins halfway between warm and cold."""

    seconds: float
    mild: bool


def temperature(warm: float, cold: float, part: float) -> float:
    """When so much of the way from warm (part 0) to cold (part 1) has been gone."""
    return float(((1 - part) * warm**-SLOWING + part * cold**-SLOWING) ** (-1 / SLOWING))


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
        for descent in self.plan():
            if self.over():
                break
            self.take_over()
            self.descend(descent)
            if self.climber.number > 0 and self.search.handover is None:
                self.look_around()

    def over(self) -> bool:
        perfect = self.m[L.BEST_HARD] == self.m[L.BEST_SOFT] == 0
        handed_over = self.search.handover is not None and self.left <= 0
        return perfect or handed_over or self.search.should_stop()

    def plan(self) -> Iterator[Descent]:
        patience = (self.search.limits.no_improvement or 2 * LONGEST_DESCENT) / 2
        for seconds, mild in self.growing() if self.search.limits.seconds is None else self.sharing():
            yield Descent(max(0.1, min(seconds, patience)), mild)

    def growing(self) -> Iterator[Descent]:
        """Without a limit."""
        seconds = SHORTEST
        while True:
            yield Descent(seconds, mild=False)
            seconds = min(2 * seconds, LONGEST_DESCENT)

    def sharing(self) -> Iterator[Descent]:
        """With a limit, of which some is left for look_around."""
        for share in (SHARES if self.search.handover is None else ALONE)[self.climber.number]:
            yield Descent(share * self.left, mild=False)
        while True:
            yield Descent(min(self.left, max(SHORTEST, AGAIN * self.left)), mild=True)

    @property
    def left(self) -> float:
        """Seconds to the limit, or until the exact search takes over."""
        end = self.search.limits.seconds if self.search.handover is None else self.search.handover
        return max(0.0, (end or 0.0) - self.pool.elapsed)

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

    def descend(self, descent: Descent) -> None:
        began, broken = time.monotonic(), 0
        warm = (self.warm * self.cold) ** 0.5 if descent.mild else self.warm
        while not self.over() and (part := (time.monotonic() - began) / descent.seconds) < 1:
            self.step(temperature(warm, self.cold, part))
            broken = broken + 1 if self.m[L.HARD] else 0
            if broken >= PATIENCE and not self.m[L.BEST_HARD]:
                go_to_best(self.m)
            self.offer_at_times()
        self.offer()

    def step(self, temperature: float) -> None:
        refine(self.m, SLICE, temperature, self.unit / self.m[L.WEEKS], FOCUS, CHOICES, CHAINS, LONGEST)

    def look_around(self) -> None:
        """Small exact searches around the best timetable, as long as they gain. They know no order of weights."""
        from solver.neighbourhoods import Neighbourhoods  # loads CP-SAT, which takes long

        if not self.search.limits.lexicographic:
            with suppress(Stopped):
                Neighbourhoods(self.search, self.climber.seed).run(STALLED)

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
