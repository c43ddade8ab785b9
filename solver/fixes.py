"""A priced menu of changes of the input, each of which makes an impossible problem solvable.

Numbered steps: 1. explain the problem; 2. list the ways to loosen one fact of each
core, with their prices (`solver.loosen`); 3. take one way per core, the cheapest combination first, and look for a
timetable of the whole problem loosened so; what it makes use of is the fix, and the timetable its proof; 4. when none
exists, there is another contradiction: add its core and go on with one way for it too; 5. end when the menu is full and
no combination left can be cheaper than what is on it.
"""

import heapq
import math
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count as counted_from
from typing import NamedTuple

from models.diagnose import proofs
from models.problem import Problem
from models.score import score
from models.timetable import Placement, Timetable
from solver.context import Stopped, stop_if
from solver.edits import changed
from solver.explain import Core, Explanation, explain
from solver.facts import facts_of
from solver.judge import QUICK, Judge
from solver.limits import Limits
from solver.loosen import ALIKE, Change, Key, Way, ways
from solver.result import Progress, Status
from solver.run import solve
from solver.stopwatch import Stopwatch

MENU = 5
"""Fixes on a menu at most, unless another number is asked for."""

CHEAPER = 2.0
"""Processor seconds without a cheaper timetable after which a fix is taken as it is."""

EXPLAINING = 0.4
"""Share of the time for the first explanation."""

TURNS = (1 / 16, 1 / 8, 1 / 4)
"""Shares of the time left in which a combination of ways is tried: in each a timetable is looked for, then a
contradiction. Where there is the one, the search for the other can last for ever, and either may be found at once."""


@dataclass(frozen=True)
class Fix:
    """changes: all are needed; timetable: keeps every hard rule of the changed problem and places every lesson."""

    changes: tuple[Change, ...]
    timetable: Timetable

    @property
    def price(self) -> int:
        return sum(c.price for c in self.changes)

    @property
    def sentence(self) -> str:
        return "; ".join(str(c) for c in self.changes)

    def apply(self, problem: Problem) -> Problem:
        """The changed problem. `problem`: the one the fix was found for."""
        for change in self.changes:
            problem = change.edit(problem)
        return problem


@dataclass(frozen=True)
class Menu:
    """status: INFEASIBLE; FEASIBLE: nothing needs to be fixed; UNKNOWN: neither is known. fixes: different ones, the
    cheapest first, fewer than asked for when time is up or there are no more. explanation: what they mend."""

    status: Status
    fixes: tuple[Fix, ...]
    explanation: Explanation
    seconds: float


def fixes(
    problem: Problem,
    limits: Limits = Limits(seconds=300),  # noqa: B008  frozen
    count: int = MENU,
    cancel: Callable[[], bool] = lambda: False,
) -> Menu:
    """The cheapest changes that were found. limits: `seconds`, `deterministic`, `workers` and `seed` count; None for
    seconds looks at every way. ValueError when count < 1."""
    if count < 1:
        raise ValueError(f"{count} fixes are asked for, it must be at least 1")
    began = time.monotonic()
    explanation = explain(problem, _within(limits, limits.seconds, EXPLAINING), 1, cancel)
    if not explanation.cores:
        return Menu(explanation.status, (), explanation, time.monotonic() - began)
    fixing = Fixing(problem, limits, count, cancel, began, list(explanation.cores))
    fixing.run()
    whole = Explanation(Status.INFEASIBLE, tuple(fixing.cores), None, explanation.seconds)
    return Menu(Status.INFEASIBLE, different(fixing.found, count), whole, time.monotonic() - began)


def _within(limits: Limits, seconds: float | None, share: float = 1.0) -> Limits:
    left = None if seconds is None else max(0.0, seconds * share)
    return Limits(seconds=left, workers=limits.workers, seed=limits.seed, deterministic=limits.deterministic)


class Found(NamedTuple):
    """ways: all that the fix makes use of."""

    fix: Fix
    ways: frozenset[Key]

    def spares(self, price: int, ways: frozenset[Key], sentence: str = "") -> bool:
        """Whether it does with the same ways, or with fewer, and costs no more; or says the same."""
        return (self.ways <= ways and self.fix.price <= price) or self.fix.sentence == sentence


def different(found: Sequence[Found], count: int) -> tuple[Fix, ...]:
    """So many of the fixes, the cheapest first; one of a kind that is there already must be cheaper than another."""
    left, chosen, seen = sorted(found, key=lambda f: (f.fix.price, f.fix.sentence)), list[Fix](), Counter[str]()
    while left and len(chosen) < count:
        best = min(left, key=lambda f: (f.fix.price + ALIKE * seen[_kinds(f)], f.fix.price, f.fix.sentence))
        left.remove(best)
        chosen.append(best.fix)
        seen[_kinds(best)] += 1
    return tuple(sorted(chosen, key=lambda f: (f.price, f.sentence)))


def _kinds(found: Found) -> str:
    return ", ".join(sorted(kind for kind, *_ in found.ways))


class Fixing:
    """The search for a menu."""

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        count: int,
        cancel: Callable[[], bool],
        began: float,
        cores: list[Core],
    ) -> None:
        self.problem, self.limits, self.count, self._cancel, self.cores = problem, limits, count, cancel, cores
        self.found: list[Found] = []
        self._began = began
        self._last: Timetable | None = None

    def run(self) -> None:
        """Steps 3 to 5, begun anew with every core of step 4."""
        with suppress(Stopped):
            self._run()

    def _run(self) -> None:
        known = [ways(self.problem, core, self._check) for core in self.cores]
        tried: set[frozenset[Key]] = set()
        while not self._over():
            chosen = self._next(known, tried)
            if chosen is None:
                return
            tried.add(keys_of(chosen))
            missed = self._try(chosen)
            if missed is not None:
                self.cores.append(missed)
                known.append(ways(self.problem, missed, self._check))

    def _next(self, known: Sequence[Sequence[tuple[int, Way]]], tried: set[frozenset[Key]]) -> tuple[Way, ...] | None:
        """The first combination by rank while that may better the menu, then by price while it may be the cheapest."""
        prices = sorted(f.fix.price for f in self.found)
        full = prices[self.count - 1] if len(prices) >= self.count else None
        by_price = [sorted(((w.least, w) for _, w in of_core), key=lambda x: x[0]) for of_core in known]
        for options, most in ((known, full), (by_price, prices[0] if prices else 0)):
            for rank, chosen in combinations(options):
                if most is not None and rank >= most:
                    break
                if keys_of(chosen) not in tried and not self._spared(chosen):
                    return chosen
        return None

    def _spared(self, chosen: Sequence[Way]) -> bool:
        price = sum(w.least for w in chosen)
        return any(f.spares(price, keys_of(chosen)) for f in self.found)

    def _left(self) -> float | None:
        return None if self.limits.seconds is None else self.limits.seconds - (time.monotonic() - self._began)

    def _over(self) -> bool:
        left = self._left()
        return self._cancel() or (left is not None and left <= 0)

    def _check(self) -> None:
        stop_if(self._over)

    def _try(self, chosen: Sequence[Way]) -> Core | None:
        """Keeps the fix if these ways make the problem solvable; else gives a core that they do not touch, if known."""
        opened = self._opened(chosen)
        looser = self._with_gaps_as_before(opened)
        sure = all(w.sure for w in chosen)
        if not sure and self._hopeless(looser):
            return None
        possible = not proofs(opened, self._check)
        timetable, missed = self._answer(looser, sum(w.least for w in chosen if w.measured), possible, sure)
        if timetable is not None:
            self._last = timetable
            self._keep(chosen, looser, timetable)
        return missed

    def _keep(self, chosen: Sequence[Way], looser: Problem, timetable: Timetable) -> None:
        """The fix that the timetable stands for, if no other spares it and the definition of the rules proves it."""
        settled = [(w.key, w.settle(looser, timetable)) for w in chosen]
        changes = {c.sentence: c for _, c in settled if c is not None}
        fix, used = Fix(tuple(changes.values()), timetable), frozenset(key for key, c in settled if c is not None)
        if any(f.spares(fix.price, used, fix.sentence) for f in self.found) or not changes:
            return
        if score(fix.apply(self.problem), fix.timetable).complete:
            self.found = [f for f in self.found if not (used <= f.ways and fix.price <= f.fix.price)]
            self.found.append(Found(fix, used))

    def _answer(self, looser: Problem, least: int, possible: bool, sure: bool) -> tuple[Timetable | None, Core | None]:
        """possible: whether a timetable is looked for; sure: whether a contradiction is. What is found first."""
        left, timetable, core = self._left(), None, None
        for turn in TURNS if left is not None and possible and sure else (sum(TURNS),):
            limits = _within(self.limits, left, turn)
            if possible:
                timetable = self._timetable(looser, least, limits)
            if timetable is None and sure:
                timetable, found = self._explained(looser, limits)
                core = found or core
            if timetable is not None or (core is not None and core.minimal) or self._over():
                break
        return timetable, core

    def _opened(self, chosen: Sequence[Way]) -> Problem:
        """Hard rules and the prices of what is loosened, no other wish."""
        looser = changed(self.problem, rules=tuple(r for r in self.problem.rules if r.weight is None))
        for way in chosen:
            looser = way.looser(looser)
        return looser

    def _with_gaps_as_before(self, opened: Problem) -> Problem:
        """The same problem, in which a time that is only now open does not become a gap where it is not used."""
        if opened.students.sets != self.problem.students.sets:
            return opened
        looser = changed(opened)
        rooms = {row: cells for row, cells in opened.closed.items() if row[0] == "room"}
        people = {row: cells for row, cells in self.problem.closed.items() if row[0] != "room"}
        looser.__dict__["closed"] = {**rooms, **people}  # where a cached property keeps its value
        return looser

    def _hopeless(self, looser: Problem) -> bool:
        """Whether the lessons of the cores are still impossible by themselves."""
        judge = Judge(looser, _within(self.limits, self._left()), self._cancel)
        window = frozenset(x for core in self.cores for f in core.facts for x in f.lessons if x in looser.lesson)
        try:
            return judge.impossible(facts_of(looser), QUICK, window)
        except Stopped:
            return True

    def _timetable(self, looser: Problem, least: int, limits: Limits) -> Timetable | None:
        """A complete one, as cheap as it soon becomes; least: the price that none can be below."""
        watch, cheap, better = Stopwatch(), False, math.inf

        def follow(p: Progress) -> None:
            nonlocal cheap, better
            if p.objective is not None and not p.hard and not p.unplaced:
                cheap, better = p.objective <= least, watch.worked

        def enough() -> bool:
            return cheap or watch.worked - better > CHEAPER

        result = solve(looser, limits, start=self._start(looser), on_progress=follow, cancel=self._or(enough))
        complete = result.timetable is not None and result.score is not None and result.score.complete
        return result.timetable if complete else None

    def _or(self, ended: Callable[[], bool]) -> Callable[[], bool]:
        return lambda: ended() or self._cancel()

    def _start(self, looser: Problem) -> Timetable | None:
        """What is left of the last timetable in this problem."""
        if self._last is None:
            return None
        known = (p for p in self._last.placements if p.lesson in looser.lesson)
        return Timetable(placements=tuple(p for p in known if _fits(looser, p)))

    def _explained(self, looser: Problem, limits: Limits) -> tuple[Timetable | None, Core | None]:
        """A timetable that was found after all, or why there is none."""
        explanation = explain(looser, limits, 1, self._cancel)
        return explanation.timetable, next(iter(explanation.cores), None)


def _fits(problem: Problem, placement: Placement) -> bool:
    """Whether the lesson still has this length, and as many rooms and teachers to choose."""
    lesson = problem.lesson[placement.lesson]
    known = all(r is None or r in problem.room for r in placement.rooms)
    chosen = len(placement.teachers) == len(lesson.any_teacher) and len(placement.rooms) == len(lesson.rooms)
    return known and chosen and problem.grid.fits(placement.start, lesson.duration)


def keys_of(chosen: Sequence[Way]) -> frozenset[Key]:
    return frozenset(w.key for w in chosen)


def combinations(options: Sequence[Sequence[tuple[int, Way]]]) -> Iterator[tuple[int, tuple[Way, ...]]]:
    """Ways of which each list has at least one, with the sum of their ranks, the smallest sum first."""
    heap, number = [(0, 0, tuple[Way, ...]())], counted_from(1)
    while heap:
        rank, _, chosen = heapq.heappop(heap)
        keys = keys_of(chosen)
        untouched = next((o for o in options if not any(w.key in keys for _, w in o)), None)
        if untouched is None:
            yield rank, chosen
            continue
        for more, way in untouched:
            heapq.heappush(heap, (rank + more, next(number), (*chosen, way)))
