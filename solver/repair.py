"""The timetable that keeps all hard rules with the fewest changes, and proof that fewer are impossible.

Numbered steps: 1. free the lessons that break a rule or have no place, then those beside them, then all; 2. each time,
the others kept give a repair, the others left out a lower bound (see `solver.repair_model`); end where both agree;
3. among repairs that change as much, prefer the better soft score.
"""

import math
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from models.board import Board
from models.problem import Pin, Problem
from models.rules import STRUCTURAL
from models.rules.preferred_times import PreferredTimes
from models.score import score
from models.timetable import Placement, Timetable
from solver.context import Stopped
from solver.cpsat import Outcome, Parameters, Run, Solution, parameters
from solver.errors import ScoreMismatch, SolverDisagreement
from solver.exact import MOST_REBUILDS, OTHERWISE
from solver.extract import hints_of, timetable_of
from solver.limits import Limits
from solver.old_places import Amount, affected, amount, old_places
from solver.repair_model import Levels, School
from solver.repair_result import Repair
from solver.result import Status
from solver.statements import Expr

SHARE = 0.3
"""Of the time left, for one question about a part of the school."""

POLISH = 0.5
"""Seconds at least for the soft score, if the limits leave them; at most as long as the repair took."""


def repair(
    problem: Problem,
    timetable: Timetable,
    limits: Limits = Limits(),  # noqa: B008  frozen
    locked: Collection[str] = (),
    effective_from: int | None = None,
    most: int | None = None,
    cancel: Callable[[], bool] = lambda: False,
) -> Repair:
    """The nearest timetable that keeps every hard rule of the problem, which already holds what has changed.

    locked: lessons that must stay as they are. effective_from: lessons that start in an earlier cell stay as they
    are, and none is moved there. most: search no further when more lessons than this must move to another time.
    ValueError for unknown or unplaced locked lessons, for lessons that must stay but are pinned elsewhere or no
    longer fit, and for a cell outside the grid.
    """
    pinned = locked_problem(problem, timetable, locked, effective_from)
    work = Repairing(School(pinned, old_places(pinned, timetable)), limits, most, cancel)
    try:
        work.squeeze()
        work.polish()
    except Stopped:
        pass
    return work.result(timetable)


def locked_problem(
    problem: Problem, timetable: Timetable, locked: Collection[str] = (), effective_from: int | None = None
) -> Problem:
    """The problem with lessons that must stay pinned to their places, and the past closed to all others."""
    if effective_from is not None and not 0 <= effective_from <= problem.grid.size:
        raise ValueError(f"the repair is to begin in cell {effective_from}, the grid has {problem.grid.size}")
    first = effective_from or 0
    past = [p.lesson for p in timetable.placements if p.start < first and p.lesson in problem.lesson]
    fixed = {id_: _locked_place(problem, timetable, id_) for id_ in (*locked, *past)}
    lessons = tuple(
        x.model_copy(update={"pin": Pin(start=p.start, rooms=p.rooms, teachers=p.teachers)})
        if (p := fixed.get(x.id))
        else x
        for x in problem.lessons
    )
    rules = problem.rules
    free = tuple(x.id for x in problem.lessons if x.id not in fixed)
    if first and free:
        rules = (*rules, PreferredTimes(lessons=free, cells=tuple(range(first, problem.grid.size)), source="the past"))
    fields = {name: getattr(problem, name) for name in type(problem).model_fields}
    return Problem(**{**fields, "lessons": lessons, "rules": rules})


def _locked_place(problem: Problem, timetable: Timetable, id_: str) -> Placement:
    if id_ not in problem.lesson:
        raise ValueError(f"the unknown lesson {id_!r} is to be locked")
    place = timetable.placement.get(id_)
    if place is None:
        raise ValueError(f"lesson {id_!r} is to be locked, but the timetable does not place it")
    start = problem.lesson[id_].pin.start
    if start not in (None, place.start):
        here, there = problem.grid.label(place.start), problem.grid.label(start or 0)
        raise ValueError(f"lesson {id_!r} is to be locked at {here}, but is pinned to {there}")
    return place


@dataclass(frozen=True)
class Answer:
    """What was found out about a part. impossible: proven to have no timetable. bounds: lower bounds, level by level,
    each under the best values of the levels before it; as many as were proven. timetable: of the part, at its best."""

    impossible: bool
    bounds: tuple[int, ...]
    timetable: Timetable | None


class Found(NamedTuple):
    """bound: no solution of the model has a smaller value of the goal."""

    outcome: Outcome
    solution: Solution | None
    bound: int


class Repairing:
    """One repair while it is made. Raises Stopped at the limit."""

    def __init__(self, school: School, limits: Limits, most: int | None, cancel: Callable[[], bool]) -> None:
        self.school, self.limits, self.most, self._cancel = school, limits, most, cancel
        self.best: tuple[Amount, Timetable] | None = None
        self.bounds: tuple[int, ...] = (len(school.old.lost),)
        self.impossible = False
        self._kept: Levels | None = None
        self._began = time.monotonic()

    # ---- the steps -----------------------------------------------------------------------------------------------

    def squeeze(self) -> None:
        first = self.school.starting_with(self.conflicting)
        second = self.school.starting_with(self.school.beside(first))
        for step, window in (
            (self._bound, first),
            (self._improve, first),
            (self._improve, second),
            (self._bound, second),
            (self._conclude, self.school.everyone),
        ):
            if not self.settled:
                step(window)

    @cached_property
    def conflicting(self) -> frozenset[str]:
        """Lessons that break a hard rule where they were, or have no place."""
        problem, places = self.school.problem, self.school.old.places
        board = Board(problem, Timetable(placements=tuple(places.values())))
        found = {x.id for x in problem.lessons if x.id not in places}
        found.update(x for rule in STRUCTURAL for v in rule.violations(board) for x in v.lessons)
        for fact in self.school.hard:
            for violation in fact.rule.violations(board) if fact.rule is not None else ():
                found.update(violation.lessons or fact.lessons)
        return frozenset(found)

    @property
    def proven(self) -> bool:
        return self.best is not None and self.best[0] == self.bounds

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be found out."""
        return self.impossible or self.proven or (self.most is not None and self.bounds[0] > self.most)

    def _bound(self, window: frozenset[str]) -> None:
        part = self.school.others_absent(window)
        answer = self._solved(part, window, {})
        if answer.impossible and self._solved(part, window, self._otherwise()).impossible:
            self.impossible = True
        self._raise_bounds(answer.bounds)

    def _improve(self, window: frozenset[str]) -> None:
        answer = self._solved(self.school.others_kept(window), window, {})
        if answer.timetable is not None:
            self._offer(answer.timetable)

    def _conclude(self, window: frozenset[str]) -> None:
        """The whole school at once, which settles the matter if there is time.

        Few moves are allowed at first, then twice as many: that is soon found to be too few, which raises the bound,
        or leaves little to try.
        """
        part, width, done = self.school.others_kept(window), 0, False
        while not self.settled and not done:
            top = len(window) if self.best is None else self.best[0].moves
            allowed = min(self.bounds[0] + width, top)
            answer = self._solved(part, window, {}, allowed)
            if answer.timetable is not None:
                self._offer(answer.timetable)
            if answer.impossible and self.best is None and allowed == top:
                self.impossible = self._solved(part, window, self._otherwise()).impossible
            else:
                self._raise_bounds((allowed + 1,) if answer.impossible else answer.bounds)
            done, width = allowed == top, 2 * width + 1

    def _otherwise(self) -> Parameters:
        return {**OTHERWISE, "random_seed": self.limits.seed + 1}

    def _raise_bounds(self, bounds: tuple[int, ...]) -> None:
        self.bounds = max(self.bounds, bounds)
        if self.best is not None and self.bounds > self.best[0]:
            raise SolverDisagreement(
                f"repairs were proven to change {self.bounds} at least, one changes {self.best[0]}"
            )

    def _offer(self, part: Timetable) -> None:
        """Keeps the repair if it changes less than the best. ScoreMismatch when it breaks a rule."""
        placed = part.placement
        kept = (p for id_, p in self.school.old.places.items() if id_ not in placed)
        whole = Timetable(placements=(*placed.values(), *kept))
        judged = score(self.school.problem, whole)
        if not judged.complete:
            raise ScoreMismatch(f"a repair was found that the rules refuse: {judged}")
        rank = (*amount(self.school.problem, self.school.old, whole), judged.soft)
        if self.best is None or rank < (*self.best[0], score(self.school.problem, self.best[1]).soft):
            self.best = Amount(*rank[:4]), whole

    def polish(self) -> None:
        """A better soft score with the same amount of change, of the lessons that change anyway."""
        if self.best is None:
            return
        before = Timetable(placements=tuple(self.school.old.places.values()))
        window = self.school.starting_with(self.conflicting | {c.lesson for c in before.diff(self.best[1])})
        self._check()
        part = self.school.others_kept(window, soft=True)
        levels = Levels(self.school, part, window, frozenset(), self._check)
        for total, value in zip(levels.totals, self.best[0], strict=True):
            levels.v.model.add(total <= value)
        self._hint(levels, self.best[1])
        found = self._run(levels, levels.price(), self._time(1.0, most=max(POLISH, self.elapsed)))
        if found.solution is not None:
            timetable, conflicting = timetable_of(levels.v, found.solution.holds)
            if not conflicting:
                self._offer(timetable)

    # ---- one question --------------------------------------------------------------------------------------------

    def _solved(self, part: Problem, window: frozenset[str], changes: Parameters, allowed: int | None = None) -> Answer:
        """Fewest changes of a part, level by level; rooms counted in vain are told apart in a further model.
        allowed: at most so many moves; the model is kept for the next question."""
        levels = self._kept if allowed is not None else None
        explicit = frozenset[str]()
        for attempt in range(MOST_REBUILDS + 1):
            self._check()
            levels = levels or Levels(self.school, part, window, explicit, self._check)
            if allowed is not None:
                levels.allow(allowed)
                self._kept = levels
            answer, conflicting = self._by_level(levels, changes)
            if not conflicting:
                break
            rooms = frozenset(x.id for x in part.lessons if x.rooms)
            explicit = rooms if attempt + 2 > MOST_REBUILDS else explicit | conflicting
            levels = None
        return answer

    def _by_level(self, levels: Levels, changes: Parameters) -> tuple[Answer, frozenset[str]]:
        """The answer, and lessons whose rooms were counted in vain: then only the first bound counts."""
        bounds, best = list[int](), Timetable(placements=tuple(self.school.old.places.values()))
        solution: Solution | None = None
        for total in levels.totals:
            if solution is None or solution.values[total.index] > 0:
                self._hint(levels, best)
                found = self._run(levels, total, {**self._time(SHARE), **changes})
                if found.outcome.infeasible and solution is not None:
                    raise SolverDisagreement("a part was proven impossible, for which a timetable was found before")
                if found.outcome.infeasible:
                    return Answer(True, (), None), frozenset()
                bounds.append(found.bound)
                if found.solution is None:
                    break
                solution = found.solution
                best, conflicting = timetable_of(levels.v, solution.holds)
                if conflicting:
                    return Answer(False, tuple(bounds[:1]), None), conflicting
                if not found.outcome.exhausted:
                    break
            else:
                bounds.append(0)
            levels.v.model.add(total <= solution.values[total.index])
        return Answer(False, tuple(bounds), None if solution is None else best), frozenset()

    def _hint(self, levels: Levels, timetable: Timetable) -> None:
        levels.v.model.clear_hints()  # type: ignore[no-untyped-call]
        for literal, truth in hints_of(levels.v, timetable):
            levels.v.model.add_hint(literal, truth)

    def _run(self, levels: Levels, goal: Expr, changes: Parameters) -> Found:
        solutions, bounds = list[Solution](), [0]
        levels.v.model.minimize(goal)
        run = Run(levels.v.model, solutions.append, bounds.append, self._over, self.limits.deterministic is not None)
        outcome = run.solve({**parameters(self.limits), **changes})
        return Found(outcome, solutions[-1] if solutions else None, max(bounds))

    # ---- limits and result ---------------------------------------------------------------------------------------

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._began

    def _over(self) -> bool:
        return self._cancel() or self._left() <= 0

    def _left(self) -> float:
        return math.inf if self.limits.seconds is None else max(0.0, self.limits.seconds - self.elapsed)

    def _check(self) -> None:
        if self._over():
            raise Stopped

    def _time(self, share: float, most: float = math.inf) -> Parameters:
        """A share of the time left, but at most so many seconds where the run need not be reproducible."""
        left = self._left() * share
        if self.limits.deterministic is None:
            return {"max_time_in_seconds": min(left, most)}
        return {"max_time_in_seconds": left, "max_deterministic_time": self.limits.deterministic}

    def result(self, before: Timetable) -> Repair:
        about = {"problem": self.school.problem, "most": self.most, "seconds": self.elapsed}
        if self.best is None:
            status = Status.INFEASIBLE if self.impossible else Status.UNKNOWN
            return Repair(status, at_least=self.bounds[0], **about)  # type: ignore[arg-type]
        changed, timetable = self.best
        changes = tuple(before.diff(timetable))
        return Repair(
            status=Status.OPTIMAL if self.proven else Status.FEASIBLE,
            timetable=timetable,
            amount=changed,
            at_least=self.bounds[0],
            changes=changes,
            affected=frozenset(affected(self.school.problem, changes)),
            **about,  # type: ignore[arg-type]
        )
