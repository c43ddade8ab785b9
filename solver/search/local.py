"""Local search as a part of a solve: from nothing to a complete timetable, then to a better one."""

import time
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import NamedTuple

from models.problem import Problem
from models.timetable import Placement, Timetable
from solver.context import Search
from solver.search import layout as L  # noqa: N812
from solver.search.compile import Compiled
from solver.search.descents import Descents
from solver.search.improve import Improver
from solver.search.jit import COMPILED
from solver.search.kernel import (
    anneal,
    anneal_by_swaps,
    forget,
    go_to_best,
    judge_soft,
    keep_best,
    learn,
    put_back,
    strip,
)

SOURCE = "local search"

SLICE = 5_000
"""Steps between two looks at the clock; some hundredths of a second."""


class Temper(NamedTuple):
    """How a climber looks for a complete timetable.

    temperature: in units of one hard violation, the same throughout (slow cooling from a high one was far worse);
    patience: slices without improvement after which the rules still broken are made heavier, at least, and for each
    thousand blocks; greedy: share of moves that go to the quietest start.
    """

    temperature: float
    patience: int
    per_thousand: float
    greedy: float

    def patience_for(self, blocks: int) -> int:
        return max(self.patience, int(self.per_thousand * blocks / 1000))


TEMPERS = (Temper(0.15, 5, 3.0, 0.0), Temper(0.10, 5, 3.0, 0.2))
"""One for each climber; they differ because schools do. Measured on 13 of the FET samples: without learning weights 2
were complete after 6 s of one core, with the first of these 11. Violations left on 6 hard samples after 6 to 8 s of one
core with 0.10 and 0.15: 4 6, 12 16, 7 9, 4 1, 7 10, 6 4; 0.20 and more was worse than the better of both. Greedy moves
on eight files of the tuning half in 8 s of one core: without them the warmer one was complete on 7 (else 6) and the
colder one on 7 (else 8)."""

FOCUS, MIRROR, LONGEST = 0.5, 0.8, 6
"""Looking for a complete timetable: share of moves that begin in a violation, how often the displaced go where the
mover came from, and how many blocks a chain may move."""

FARTHEST, EVERY = 16, 4
"""Blocks that a chain may move in each so many-th slice: where classes are busy nearly all week, two of their lessons
change places only if many others do. See `docs/discussions.md`."""

RESERVE, LARGEST_RESERVE = 1.2, 0.05
"""Seconds before the end of the time, but at most this share of it, when what has been found is offered without what is
broken, so that the end is not late."""

TIDYING, REMOVALS = 0.3, 4
"""Seconds to find out which lessons to leave out at the end of the time, and lessons left out between two looks at
the clock."""

ALL, FEW = 1 << 30, 8
"""Lessons of a broken row that are looked at: before and after that time."""

SWAP_FOCUS = 0.9
"""Share of swaps that begin in a violation. Beginning anywhere instead took about four times as many swaps."""

HEAVIEST, WORN = 20, 0.8
"""Most that the weight of a stubborn rule grows to; mean weight of what is broken, as a share of it, from which the
weights say nothing any more: they are forgotten."""


def local_search(search: Search) -> None:
    """Runs until the search is over; offers every improvement to the pool. Without machine code it would be too slow
    to be of use.

    With several threads a second climber with another temper begins where the first one does."""
    if not COMPILED:
        return
    climbers = [Climber(search, 0)]
    if search.limits.threads > 1:
        climbers.append(Climber(search, 1, climbers[0].compiled))
    climb_together(search, climbers)


def climb_together(search: Search, climbers: list["Climber"]) -> None:
    """Each in its own thread; an error in one of them ends the search."""
    with ThreadPoolExecutor(len(climbers)) as threads:
        futures = [threads.submit(climber.run) for climber in climbers]
        if any(x.exception() for x in wait(futures, return_when=FIRST_EXCEPTION).done):
            search.finish()
    for future in futures:
        future.result()


def with_rooms(problem: Problem, timetable: Timetable) -> Timetable:
    """A timetable without the lessons that lack a room they need."""

    def has_rooms(placement: Placement) -> bool:
        lesson = problem.lesson[placement.lesson]
        return all(room is not None or lesson.may_go_without(i) for i, room in enumerate(placement.rooms))

    return Timetable(placements=tuple(x for x in timetable.placements if has_rooms(x)))


def tidy(m: L.Memory) -> None:
    """Leave out lessons until nothing is broken, then put in those that find a place; roughly once it is late. What
    leaving out does not mend, since days need a minimum, stays broken."""
    late = time.monotonic() + TIDYING
    take_out(m, late, ALL)
    if m[L.HARD]:
        go_to_best(m)
        take_out(m, late, 0)
    while time.monotonic() < late and put_back(m):
        pass


def take_out(m: L.Memory, late: float, more: int) -> None:
    """late: when it becomes so, by the monotonic clock; more: what leaving one out may break."""
    while not strip(m, REMOVALS, FEW if time.monotonic() > late else ALL, more):
        pass


class Climber:
    """One local search with its own memory. like: what another one has compiled, to begin from its state."""

    def __init__(self, search: Search, number: int, like: Compiled | None = None) -> None:
        self.search, self.pool, self.number = search, search.incumbents, number
        self.temper = TEMPERS[number]
        self.seed = search.limits.seed + 1 + 1000 * number
        self.explicit = frozenset[str]()
        self.offered: tuple[int, int] | None = None
        self.partly_offered, self.slices = False, 0
        self.descents = Descents()
        if like is None:
            best = self.pool.best()
            self.begin_from(best[0] if best else None)
        else:
            self.work_on(like.copy(self.seed))

    def begin_from(self, timetable: Timetable | None) -> None:
        self.work_on(Compiled(self.search.problem, self.search.domains, self.seed, self.explicit))
        self.compiled.load(timetable)
        keep_best(self.m)

    def work_on(self, compiled: Compiled) -> None:
        self.compiled, self.m = compiled, compiled.m

    def run(self) -> None:
        impossible = self.compiled.doubled or not self.everything_in
        if impossible or not self.m[L.MOVABLE_COUNT] or self.search.should_stop():
            return
        self.find_complete()
        if self.pool.complete:
            Improver(self).run()

    @property
    def everything_in(self) -> bool:
        m = self.m
        return all(m[m[L.START] + b] >= 0 for b in range(m[L.BLOCKS]))

    # ---- a complete timetable ------------------------------------------------------------------------------------

    def find_complete(self) -> None:
        """Lower the hard violations to zero. Shortly before the end of the time, what was found is offered without the
        lessons that break something."""
        judge_soft(self.m, True)
        idle, known = 0, self.m[L.BEST_HARD]
        patience = self.temper.patience_for(self.m[L.BLOCKS])
        while not self.pool.complete:
            over = self.search.should_stop()
            if (over or self.late) and not self.partly_offered:
                self.offer_partial()
            if over:
                return
            self.seek()
            idle = 0 if self.m[L.BEST_HARD] < known else idle + 1
            known = self.m[L.BEST_HARD]
            if idle and idle % patience == 0 and not self.descents.running:
                self.weigh()
            if known == 0:
                self.offer()
                return

    def weigh(self) -> None:
        """Make what is still broken heavier, or all alike again."""
        if self.m[L.HARD_WEIGHTED] >= WORN * HEAVIEST * self.m[L.HARD]:
            forget(self.m)
        else:
            learn(self.m, HEAVIEST)

    @property
    def late(self) -> bool:
        seconds = self.search.limits.seconds
        return seconds is not None and seconds - self.pool.elapsed < min(RESERVE, LARGEST_RESERVE * seconds)

    def seek(self) -> None:
        """Some steps. The second climber cools down by swaps where it is stuck."""
        unit = 1.0 / self.m[L.WEEKS]  # a violation in every week counts once for each
        cooling = self.descents.running
        heat = self.descents.temperature(int(self.m[L.BEST_HARD])) if self.number else None
        if cooling and heat is None:
            go_to_best(self.m)
        if heat is None:
            self.slices += 1
            most = LONGEST if self.slices % EVERY else FARTHEST
            steps = SLICE * LONGEST // most
            temper = self.temper
            anneal(self.m, steps, temper.temperature, unit, FOCUS, most, temper.greedy, MIRROR, True)
            return
        if not cooling:
            forget(self.m)
        anneal_by_swaps(self.m, SLICE, heat, unit, SWAP_FOCUS)

    def offer_partial(self) -> None:
        """Offer the best state without the lessons that break hard rules, as few as possible; the search can go on
        from where it is."""
        self.partly_offered = True
        spare = self.compiled.copy(self.seed)
        go_to_best(spare.m)
        tidy(spare.m)
        timetable, _ = spare.timetable(best=False, effort=0.0)  # there is no time
        self.pool.offer(with_rooms(self.search.problem, timetable), SOURCE)

    def offer(self) -> None:
        """Give the best state to the pool. Where counted rooms could not be handed out, the search goes on with the
        rooms of those lessons told apart."""
        if self.hand_in():
            self.find_complete()

    def hand_in(self) -> bool:
        """Give the best state to the pool; whether counted rooms could not be handed out, so that the memory has been
        made anew with the rooms of those lessons told apart."""
        state = self.m[L.BEST_HARD], self.m[L.BEST_SOFT]
        if state == self.offered:
            return False
        timetable, conflicting = self.compiled.timetable(over=self.search.should_stop)
        self.pool.offer(timetable, SOURCE)
        self.offered = state
        again = bool(conflicting) and not self.search.should_stop()
        if again:
            self.offered = None
            self.explicit |= conflicting
            self.begin_from(timetable)
        return again
