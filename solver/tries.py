"""One try of a menu: some ways to loosen a problem, and whether a timetable or a contradiction is found for them."""

import math
import time
from collections import deque
from collections.abc import Callable, Sequence

from models.board import Board
from models.problem import Problem
from models.score import score
from models.timetable import Placement, Timetable
from solver.context import Search, Stopped, stop_if
from solver.edits import changed
from solver.explain import Core, contradiction, explain
from solver.facts import facts_of
from solver.incumbents import Incumbents
from solver.judge import QUICK, Judge
from solver.limits import Limits
from solver.loosen import Way, elastic
from solver.result import Progress
from solver.run import solve
from solver.search.local import local_search
from solver.stopwatch import Stopwatch
from solver.windows import Window, proven

CHEAPER = 1.0
"""Processor seconds without a cheaper timetable after which a fix is taken as it is."""

SHARES = (1 / 15, 1 / 8, 1 / 4)
"""Shares of the time for the first, second and third try of the same ways. The first begins with the local
search alone, which mostly is enough; then both a timetable and a contradiction are looked for in turns, for where there
is the one, the search for the other can last for ever."""

REMEMBERED = 6
"""So many of the latest timetables are considered to begin with."""


def within(limits: Limits, seconds: float | None, share: float = 1.0) -> Limits:
    """The same limits for a share of the seconds."""
    left = None if seconds is None else max(0.0, seconds * share)
    return Limits(seconds=left, workers=limits.workers, seed=limits.seed, deterministic=limits.deterministic)


class Tries:
    """What is known of a problem and its timetables, and the time there is. began: by the monotonic clock."""

    def __init__(self, problem: Problem, limits: Limits, cancel: Callable[[], bool], began: float) -> None:
        self.problem, self.limits, self._cancel, self._began = problem, limits, cancel, began
        self._latest: deque[Timetable] = deque(maxlen=REMEMBERED)
        self.hard = changed(problem, rules=tuple(r for r in problem.rules if r.weight is None))

    def left(self) -> float | None:
        """Seconds."""
        return None if self.limits.seconds is None else self.limits.seconds - (time.monotonic() - self._began)

    def over(self) -> bool:
        left = self.left()
        return self._cancel() or (left is not None and left <= 0)

    def check(self) -> None:
        """Raises Stopped when it is over."""
        stop_if(self.over)

    # ---- looser problems ---------------------------------------------------------------------------------------------

    def opened(self, chosen: Sequence[Way]) -> Problem:
        """Hard rules and the prices of what is loosened, no other wish."""
        looser = self.hard
        for way in chosen:
            looser = way.looser(looser)
        return looser

    def elastic(self, chosen: Sequence[Way]) -> Problem:
        """The same, with a price for each breach of what is taken away."""
        looser = self.hard
        for way in chosen:
            looser = elastic(looser, way)
        return looser

    def with_gaps_as_before(self, opened: Problem) -> Problem:
        """The same problem, in which a time that is only now open does not become a gap where it is not used."""
        if opened.students.sets != self.problem.students.sets:
            return opened
        looser = changed(opened)
        rooms = {row: cells for row, cells in opened.closed.items() if row[0] == "room"}
        people = {row: cells for row, cells in self.problem.closed.items() if row[0] != "room"}
        looser.__dict__["closed"] = {**rooms, **people}  # where a cached property keeps its value
        return looser

    def broken(self, chosen: Sequence[Way], timetable: Timetable) -> tuple[Way, ...]:
        """Those of the ways whose facts the timetable does not keep."""
        board = Board(self.problem, timetable)
        return tuple(w for w in chosen if not w.fact.holds(board))

    # ---- one try -----------------------------------------------------------------------------------------------------

    def answer(
        self,
        chosen: Sequence[Way],
        cores: Sequence[Core],
        before: int,
        share: float | None = None,
        hasty: bool = False,
    ) -> tuple[Timetable | None, Core | None, bool]:
        """A timetable or a contradiction of the problem loosened, and whether another try is worth while. before:
        tries of these ways before this one; share: of the time, if another than usual; hasty: look for no
        contradiction but by counting."""
        opened = self.opened(chosen)
        looser = self.with_gaps_as_before(opened)
        sure, least = all(w.sure for w in chosen), sum(w.least for w in chosen if w.measured)
        windows = self.windows(opened)
        if windows:
            return None, self.counted(looser, windows) if sure else None, False
        if not sure and not before and self._hopeless(looser, cores):
            return None, None, False
        left = self.left()
        if left is None:
            timetable = self.timetable(looser, least, self.limits)
            found = (timetable, None) if timetable or not sure else self._explained(looser, self.limits)
            return *found, False
        limits = within(self.limits, min(left, (self.limits.seconds or 0) * (share or SHARES[before])))
        timetable, core = self._in_turns(looser, least, sure, limits, before, hasty)
        return timetable, core, timetable is None and core is None and before + 1 < len(SHARES)

    def _in_turns(
        self, looser: Problem, least: int, sure: bool, limits: Limits, before: int, hasty: bool
    ) -> tuple[Timetable | None, Core | None]:
        timetable = self.timetable(looser, least, limits, local=not before)
        if timetable is not None or not sure or hasty:
            return timetable, None
        if not before:
            return None, contradiction(looser, limits, self._cancel)
        return self._explained(looser, limits)

    def windows(self, problem: Problem) -> list[Window]:
        """Lessons for which counting proves that there is no timetable of them."""
        return proven(problem, self.check)

    def counted(self, looser: Problem, windows: Sequence[Window]) -> Core | None:
        """A contradiction where a counting proof says that there is one; it must not be about gaps alone."""
        return contradiction(looser, within(self.limits, self.left()), self._cancel, windows)

    def _explained(self, looser: Problem, limits: Limits) -> tuple[Timetable | None, Core | None]:
        """A timetable that was found after all, or why there is none."""
        explanation = explain(looser, limits, 1, self._cancel)
        return explanation.timetable, next(iter(explanation.cores), None)

    def _hopeless(self, looser: Problem, cores: Sequence[Core]) -> bool:
        """Whether the lessons of the cores are still impossible by themselves."""
        judge = Judge(looser, within(self.limits, self.left()), self._cancel)
        window = frozenset(x for core in cores for f in core.facts for x in f.lessons if x in looser.lesson)
        try:
            return judge.impossible(facts_of(looser), QUICK, window)
        except Stopped:
            return True

    # ---- timetables --------------------------------------------------------------------------------------------------

    def timetable(self, looser: Problem, least: int, limits: Limits, local: bool = False) -> Timetable | None:
        """A complete one, as cheap as it soon becomes; least: the price that none can be below; local: by the local
        search alone."""
        watch, cheap, better = Stopwatch(), False, math.inf

        def follow(p: Progress) -> None:
            nonlocal cheap, better
            if p.objective is not None and not p.hard and not p.unplaced:
                cheap, better = p.objective <= least, watch.worked

        def enough() -> bool:
            return cheap or watch.worked - better > CHEAPER or self._cancel()

        found = (_found_nearby if local else _found)(looser, limits, self._start(looser), follow, enough)
        if found is not None:
            self._latest.append(found)
        return found

    def _start(self, looser: Problem) -> Timetable | None:
        """What is left of the one of the latest timetables that is the nearest to one of this problem."""
        fitting = [_fitting(looser, t) for t in self._latest]
        return min(fitting, key=lambda t: score(looser, t).key, default=None)


def _found(
    problem: Problem,
    limits: Limits,
    start: Timetable | None,
    follow: Callable[[Progress], None],
    enough: Callable[[], bool],
) -> Timetable | None:
    result = solve(problem, limits, start=start, on_progress=follow, cancel=enough)
    complete = result.timetable is not None and result.score is not None and result.score.complete
    return result.timetable if complete else None


def _found_nearby(
    problem: Problem,
    limits: Limits,
    start: Timetable | None,
    follow: Callable[[Progress], None],
    enough: Callable[[], bool],
) -> Timetable | None:
    search = Search(problem, limits, Incumbents(problem, follow), enough)
    if start is not None:
        search.incumbents.offer(start, "start")
    local_search(search)
    return search.incumbents.timetable if search.incumbents.complete else None


def _fitting(problem: Problem, timetable: Timetable) -> Timetable:
    known = (p for p in timetable.placements if p.lesson in problem.lesson)
    return Timetable(placements=tuple(p for p in known if _fits(problem, p)))


def _fits(problem: Problem, placement: Placement) -> bool:
    """Whether the lesson still has this length, and as many rooms and teachers to choose."""
    lesson = problem.lesson[placement.lesson]
    known = all(r is None or r in problem.room for r in placement.rooms)
    chosen = len(placement.teachers) == len(lesson.any_teacher) and len(placement.rooms) == len(lesson.rooms)
    return known and chosen and problem.grid.fits(placement.start, lesson.duration)
