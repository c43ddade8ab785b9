"""A priced menu of changes of the input, each of which makes an impossible problem solvable.

Numbered steps: 1. explain the problem; 2. list the ways to loosen one fact of each
core, with their prices (`solver.loosen`); 3. take one way per core, the cheapest combination first, and look for a
timetable of the whole problem loosened so; what it makes use of is the fix, and the timetable its proof; 4. when none
exists, there is another contradiction: add its core and go on with one way for it too.
"""

import heapq
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.diagnose import diagnose
from models.problem import Problem
from models.score import score
from models.timetable import Placement, Timetable
from solver.context import Stopped
from solver.edits import changed
from solver.explain import Core, Explanation, explain
from solver.facts import facts_of
from solver.judge import QUICK, Judge
from solver.limits import Limits
from solver.loosen import Change, Way, ways
from solver.result import Progress, Status
from solver.run import solve

MENU = 5
"""Fixes on a menu at most, unless another number is asked for."""

CHEAPER = 2.0
"""Seconds without a cheaper timetable after which a fix is taken as it is."""

EXPLAINING = 0.4
"""Share of the time for the first explanation."""

TRYING = 0.5
"""Share of the time left for one combination of ways."""


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
    found = tuple(sorted(fixing.found, key=lambda f: (f.price, f.sentence)))
    whole = Explanation(Status.INFEASIBLE, tuple(fixing.cores), None, explanation.seconds)
    return Menu(Status.INFEASIBLE, found, whole, time.monotonic() - began)


def _within(limits: Limits, seconds: float | None, share: float = 1.0) -> Limits:
    left = None if seconds is None else max(0.0, seconds * share)
    return Limits(seconds=left, workers=limits.workers, seed=limits.seed, deterministic=limits.deterministic)


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
        self.found: list[Fix] = []
        self._began = began
        self._last: Timetable | None = None

    def run(self) -> None:
        """Step 3, begun anew with every core of step 4."""
        known = [ways(self.problem, core) for core in self.cores]
        tried: set[tuple[Way, ...]] = set()
        while True:
            chosen = next((c for c in combinations(known) if c not in tried), None)
            if chosen is None or len(self.found) >= self.count or self._over():
                return
            tried.add(chosen)
            missed = self._try(chosen)
            if missed is not None:
                self.cores.append(missed)
                known.append(ways(self.problem, missed))

    def _left(self) -> float | None:
        return None if self.limits.seconds is None else self.limits.seconds - (time.monotonic() - self._began)

    def _over(self) -> bool:
        left = self._left()
        return self._cancel() or (left is not None and left <= 0)

    def _try(self, chosen: Sequence[Way]) -> Core | None:
        """Keeps the fix if these ways make the problem solvable; else gives a core that they do not touch, if known."""
        opened = self._opened(chosen)
        looser = self._with_gaps_as_before(opened)
        sure, timetable, missed = all(w.sure for w in chosen), None, None
        if not sure and self._hopeless(looser):
            return None
        if not any(f.severity == "proof" for f in diagnose(opened)):
            timetable = self._timetable(looser, [w.least for w in chosen if w.measured])
        if timetable is None and sure:
            timetable, missed = self._explained(looser)
        if timetable is not None:
            self._last = timetable
            self._keep(chosen, looser, timetable)
        return missed

    def _keep(self, chosen: Sequence[Way], looser: Problem, timetable: Timetable) -> None:
        """The fix that the timetable stands for, if it is a new one and proven by the definition of the rules."""
        settled = (w.settle(looser, timetable) for w in dict.fromkeys(chosen))
        changes = {c.sentence: c for c in settled if c is not None}
        fix = Fix(tuple(changes.values()), timetable)
        new = fix.sentence not in {f.sentence for f in self.found}
        if new and fix.changes and score(fix.apply(self.problem), fix.timetable).complete:
            self.found.append(fix)

    def _opened(self, chosen: Sequence[Way]) -> Problem:
        """Hard rules and the prices of what is loosened, no other wish."""
        looser = changed(self.problem, rules=tuple(r for r in self.problem.rules if r.weight is None))
        for way in dict.fromkeys(chosen):
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

    def _timetable(self, looser: Problem, least: list[int]) -> Timetable | None:
        """A complete one, as cheap as it soon becomes; least: prices that none can be below together."""
        cheap, better = False, math.inf

        def follow(p: Progress) -> None:
            nonlocal cheap, better
            if p.objective is not None and not p.hard and not p.unplaced:
                cheap, better = p.objective <= sum(least), time.monotonic()

        def enough() -> bool:
            return cheap or time.monotonic() - better > CHEAPER

        limits = _within(self.limits, self._left(), TRYING)
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

    def _explained(self, looser: Problem) -> tuple[Timetable | None, Core | None]:
        """A timetable that was found after all, or why there is none."""
        explanation = explain(looser, _within(self.limits, self._left(), TRYING), 1, self._cancel)
        return explanation.timetable, next(iter(explanation.cores), None)


def _fits(problem: Problem, placement: Placement) -> bool:
    """Whether the lesson still has this length, and as many rooms and teachers to choose."""
    lesson = problem.lesson[placement.lesson]
    known = all(r is None or r in problem.room for r in placement.rooms)
    chosen = len(placement.teachers) == len(lesson.any_teacher) and len(placement.rooms) == len(lesson.rooms)
    return known and chosen and problem.grid.fits(placement.start, lesson.duration)


def combinations(options: Sequence[Sequence[tuple[int, Way]]]) -> Iterator[tuple[Way, ...]]:
    """One way from each list, the combination with the smallest sum of ranks first."""
    if not all(options):
        return
    first = (0,) * len(options)
    heap, seen = [(_sum(options, first), first)], {first}
    while heap:
        _, places = heapq.heappop(heap)
        yield tuple(ranked[place][1] for ranked, place in zip(options, places, strict=True))
        for i in range(len(options)):
            next_ = (*places[:i], places[i] + 1, *places[i + 1 :])
            if next_[i] < len(options[i]) and next_ not in seen:
                seen.add(next_)
                heapq.heappush(heap, (_sum(options, next_), next_))


def _sum(options: Sequence[Sequence[tuple[int, Way]]], places: tuple[int, ...]) -> int:
    return sum(ranked[place][0] for ranked, place in zip(options, places, strict=True))
