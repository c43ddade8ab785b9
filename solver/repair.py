"""The timetable that keeps all hard rules with the fewest changes, and proof that fewer are impossible.

Numbered steps: 1. all lessons keep their times, only teachers and rooms may change; 2. lessons that break a rule or
have no place are free, all others stay or are given up (see `solver.repair_model`): the fewest changes of that are a
lower bound; those given up become free and the step is repeated until none is: then the bound is a repair, the best;
3. among repairs that change as much, prefer the better soft score.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from models.board import Board
from models.problem import Lesson, Pin, Problem
from models.rules import STRUCTURAL, Violation
from models.rules.preferred_times import PreferredTimes
from models.score import score
from models.timetable import Placement, Timetable
from solver.context import Stopped
from solver.cpsat import Outcome, Parameters, Run, Solution, parameters
from solver.errors import ScoreMismatch, SolverDisagreement
from solver.exact import OTHERWISE
from solver.extract import hints_of, timetable_of
from solver.facts import Fact
from solver.limits import Limits
from solver.old_places import Amount, affected, amount, old_places
from solver.repair_model import Levels, Part, School, Scope, sees_rooms
from solver.repair_result import Repair
from solver.result import Status
from solver.statements import Expr
from solver.stopwatch import Stopwatch

SHARE = 0.3
"""Of the time left, for one question about a part of the school: as processor time, which a busy machine gives less
of without the question being any harder."""

LONGEST = 0.7
"""Of the time left, for one question however busy the machine is."""

QUICK: Parameters = {"num_workers": 1, "linearization_level": 2, "symmetry_level": 0, "cp_model_probing_level": 0}
"""For the small models of a repair one strategy with much linear reasoning is the fastest."""

PATIENCE = 1
"""Questions in a row that need not raise the bound."""

POLISH = 0.3
"""Processor seconds at least for the soft score, if the limits leave them; at most a quarter of those so far."""


def repair(
    problem: Problem,
    timetable: Timetable,
    limits: Limits = Limits(),  # noqa: B008  frozen
    locked: Collection[str] = (),
    effective_from: int | None = None,
    most: int | None = None,
    cancel: Callable[[], bool] = lambda: False,
    removed: Iterable[Lesson] = (),
) -> Repair:
    """The nearest timetable that keeps every hard rule of the problem, which already holds what has changed.

    locked: lessons that must stay as they are. effective_from: lessons that start in an earlier cell stay as they
    are, and none is moved there. most: search no further when more lessons than this must move to another time.
    removed: lessons the problem no longer has, whose people are named as affected too.
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
    return work.result(timetable, {x.id: x for x in removed})


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


NOTHING = Scope(frozenset())


class Found(NamedTuple):
    """bound: no solution of the model has a smaller value of the goal."""

    outcome: Outcome
    solution: Solution | None
    bound: int


class Answer(NamedTuple):
    """What was found out about a part. impossible: proven to have no timetable. exhausted: whether all questions were
    answered. bounds: lower bounds, level by level, each under the best values of the levels before it; as many as
    were proven. timetable: of the part, at its best. given_up: lessons it gives up; unserved: those whose rooms were
    counted in vain, which ends the questions."""

    impossible: bool = False
    exhausted: bool = False
    bounds: tuple[int, ...] = ()
    timetable: Timetable | None = None
    given_up: frozenset[str] = frozenset()
    unserved: frozenset[str] = frozenset()


class Share(NamedTuple):
    """How long one question may take. worked, elapsed: processor time and wall-clock time, of the time left; most:
    processor seconds."""

    worked: float = SHARE
    elapsed: float = LONGEST
    most: float = math.inf


class Repairing:
    """One repair while it is made. Raises Stopped at the limit."""

    def __init__(self, school: School, limits: Limits, most: int | None, cancel: Callable[[], bool]) -> None:
        self.school, self.limits, self.most, self._cancel = school, limits, most, cancel
        self.best: tuple[Amount, Timetable] | None = None
        self.bounds: tuple[int, ...] = (school.must_move, 0, 0, 0, 0)
        self.impossible = False
        self._boards: dict[int, Board] = {}
        self._watch = Stopwatch()

    # ---- the steps -----------------------------------------------------------------------------------------------

    def squeeze(self) -> None:
        first = self.conflicts
        if first == NOTHING:
            self._offer(self.before)
            return
        if not first.window <= self.school.old.places.keys():
            self.keep_others(first)
        if not self.settled:
            self.keep_times(first)
        scope = first if self.settled else self.move(first)
        if not self.settled:
            self.force(scope)

    def keep_others(self, scope: Scope) -> None:
        """Tries to find places for new lessons without any other change, beyond which there is nothing to prove."""
        part, explicit = self.school.others_kept(scope.window, still=True, soft=False), frozenset[str]()
        while (answer := self._asked(part, explicit)).timetable is not None:
            if answer.unserved <= explicit:
                self._judged(answer._replace(exhausted=False), scope)
                return
            explicit |= answer.unserved

    def keep_times(self, scope: Scope) -> None:
        """Tries to do without moving any lesson but those that cannot stay or are new."""
        scope = self._with_rooms(scope, scope.roomed | (scope.window - self.school.old.places.keys()))
        explicit = scope.window
        while not self.settled:
            answer = self._asked(self.school.still_part(scope), explicit)
            if answer.impossible:
                self._raise_bounds((self.school.must_move + 1,))
            if answer.timetable is None:
                return
            if answer.unserved:
                explicit |= answer.unserved
                continue
            self._raise_bounds(answer.bounds)
            wider = self._judged(answer, scope)
            if wider == scope:
                return
            scope = self._with_rooms(wider, wider.roomed - scope.roomed)

    def _with_rooms(self, scope: Scope, lessons: frozenset[str]) -> Scope:
        """Looks also at the rooms of these lessons, and at all that could be in their way there."""
        anywhere = self.school.in_rooms_of(lessons - self.school.old.places.keys())
        roomed = lessons | self.school.at_the_time_of(lessons) | anywhere
        return scope._replace(around=scope.around | roomed, roomed=scope.roomed | roomed)

    def move(self, scope: Scope) -> Scope:
        """Frees what is in the way until a repair is the best; gives what was looked at last. Where that does not raise
        the bound, whole classes become free."""
        explicit, known, idle = frozenset[str](), self.bounds, 0
        while not self.settled:
            known, idle = self.bounds, idle + 1 if self.bounds == known else 0
            part = self.school.part(scope)
            answer = self._asked(part, explicit)
            if answer.impossible:
                self.impossible = self._asked(part, explicit, self._otherwise()).impossible
                return scope
            self._raise_bounds(answer.bounds)
            if answer.timetable is None or not answer.exhausted:
                return scope
            if answer.unserved:
                explicit |= answer.unserved
                continue
            wider = self._judged(answer, scope)
            if wider == scope:
                return scope
            scope = self.school.with_classes(wider, answer.given_up) if idle > PATIENCE else wider
            if not answer.given_up:
                scope = scope._replace(around=scope.around | self.school.in_rooms_of(scope.window))
        return scope

    def _judged(self, answer: Answer, scope: Scope) -> Scope:
        """Keeps what was found if it is a repair; else what to look at next time."""
        if answer.given_up:
            return scope._replace(window=self.school.starting_with(scope.window | answer.given_up))
        whole = self._whole(answer.timetable or Timetable())
        changed = {c.lesson for c in self.before.diff(whole)} | scope.window
        facts = [f for f in self.school.hard if f in scope.facts or not f.lessons or not f.lessons.isdisjoint(changed)]
        broken = self._conflicts(whole, facts)
        if broken == NOTHING:
            self._offer(whole)
            if answer.exhausted:
                self._raise_bounds(answer.bounds)
            return scope
        around = broken.window.union(*(f.lessons for f in broken.facts))
        return scope.joined(Scope(frozenset(), around, broken.facts, broken.roomed))

    def force(self, scope: Scope) -> None:
        """Looks for any repair, with more and more lessons free, for the time that is left."""
        everyone = Scope(self.school.everyone)
        near = scope._replace(window=self.school.beside(scope.window))
        for wide in (scope, near, everyone):
            if self.settled or self.best is not None:
                return
            wide = wide._replace(around=wide.around | self.school.in_rooms_of(wide.window))
            part = self.school.part(wide, kept=True)
            answer = self._asked(part, self._roomed(part), self._many)
            if wide.window == everyone.window:
                self.impossible = (
                    answer.impossible and self._asked(part, self._roomed(part), self._otherwise()).impossible
                )
            if answer.timetable is not None:
                self._judged(answer._replace(exhausted=wide.window == everyone.window), wide)

    @property
    def _many(self) -> Parameters:
        """For large models, many strategies at once."""
        return {"num_workers": parameters(self.limits)["num_workers"]}

    def _roomed(self, part: Part) -> frozenset[str]:
        return frozenset(x.id for x in part.problem.lessons if x.rooms)

    @cached_property
    def conflicts(self) -> Scope:
        """What is wrong with the old timetable."""
        return self._conflicts(self.before, self.school.hard)

    @cached_property
    def before(self) -> Timetable:
        return Timetable(placements=tuple(self.school.old.places.values()))

    def _whole(self, part: Timetable) -> Timetable:
        old = self.school.old.places
        placed = {p.lesson: _with_rooms(p, old.get(p.lesson)) for p in part.placements}
        kept = (p for id_, p in old.items() if id_ not in placed)
        return Timetable(placements=(*placed.values(), *kept))

    def _conflicts(self, whole: Timetable, facts: Collection[Fact]) -> Scope:
        """Lessons that clash, have no place, or break one of the facts, and facts that are broken by no lesson in
        particular."""
        problem, board = self.school.problem, self._board(whole)
        lessons = {x.id for x in problem.lessons if x.id not in whole.placement}
        broken, roomed = set[Fact](), set[str]()
        for rule, fact in (*((r, None) for r in STRUCTURAL), *((f.rule, f) for f in facts if f.rule is not None)):
            for violation in rule.violations(board):
                lessons.update(violation.lessons)
                broken.update(() if fact is None else (fact,))
                roomed.update(_concerned(violation, fact) if sees_rooms(rule) else ())
        return Scope(self.school.starting_with(lessons), frozenset(), frozenset(broken), frozenset(roomed))

    @property
    def proven(self) -> bool:
        return self.best is not None and self.best[0] == self.bounds

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be found out."""
        return self.impossible or self.proven or (self.most is not None and self.bounds[0] > self.most)

    def _otherwise(self) -> Parameters:
        return {**OTHERWISE, "random_seed": self.limits.seed + 1}

    def _raise_bounds(self, bounds: tuple[int, ...]) -> None:
        self.bounds = max(self.bounds, bounds)
        if self.best is not None and self.bounds > self.best[0]:
            raise SolverDisagreement(
                f"repairs were proven to change {self.bounds} at least, one changes {self.best[0]}"
            )

    def _offer(self, whole: Timetable) -> None:
        """Keeps the repair if it changes less than the best."""
        changed = amount(self.school.problem, self.school.old, whole)
        if self.best is None or changed < self.best[0]:
            self.best = changed, whole

    def polish(self) -> None:
        """A better soft score with the same amount of change, of the lessons that change anyway."""
        if self.best is None:
            return
        changed, best = self.best
        window = self.school.starting_with({c.lesson for c in self.before.diff(best)})
        still = changed.moves == 0 and window <= self.school.old.places.keys()
        self._check()
        levels = Levels(self.school, self.school.others_kept(window, still, True, best), frozenset(), self._check)
        for total, value in zip(levels.totals, changed, strict=True):
            levels.v.model.add(total <= value)
        self._hint(levels, best)
        found = self._run(levels, levels.price(), QUICK, Share(1.0, 1.0, max(POLISH, self._watch.worked / 4)))
        if found.solution is not None:
            timetable, unserved = timetable_of(levels.v, found.solution.holds)
            whole = self._whole(timetable)
            if not unserved and self._better(whole):
                self.best = amount(self.school.problem, self.school.old, whole), whole

    def _better(self, whole: Timetable) -> bool:
        """Whether a timetable with as much change as the best keeps every hard rule and has a better score."""
        if self.best is None or whole.placement == self.best[1].placement:
            return False
        changed = {c.lesson for c in self.best[1].diff(whole)}
        if self._conflicts(whole, self._on(self.school.hard, changed)) != NOTHING:
            return False
        soft = self._on(self.school.soft, changed)
        return _price(self._board(whole), soft) < _price(self._board(self.best[1]), soft)

    def _board(self, whole: Timetable) -> Board:
        """Laid out once for each timetable, since that takes a while in a large school."""
        if id(whole) not in self._boards:
            self._boards[id(whole)] = Board(self.school.problem, whole)
        return self._boards[id(whole)]

    def _on(self, facts: Collection[Fact], lessons: set[str]) -> list[Fact]:
        return [f for f in facts if not f.lessons or not f.lessons.isdisjoint(lessons)]

    # ---- one question --------------------------------------------------------------------------------------------

    def _asked(self, part: Part, explicit: frozenset[str], changes: Parameters | None = None) -> Answer:
        """Fewest changes of a part: the moves first, with the fewest lessons given up, then all else at once."""
        self._check()
        levels = Levels(self.school, part, explicit, self._check)
        levels.at_least(self.bounds[0])
        bounds, best = list[int](), self.before
        solution: Solution | None = None
        for asked in (range(5),) if part.kept else (range(1), range(1, 5)):
            if solution is not None and not any(solution.values[levels.totals[n].index] for n in asked):
                bounds += [0] * len(asked)
                continue
            self._hint(levels, best)
            found = self._run(levels, levels.goal(asked), {**QUICK, **(changes or {})})
            if found.outcome.infeasible and solution is not None:
                raise SolverDisagreement("a part was proven impossible, for which a timetable was found before")
            if found.outcome.infeasible:
                return Answer(impossible=True)
            bounds += levels.bounds(found.bound, asked)
            if found.solution is None:
                return Answer(False, False, tuple(bounds), None if solution is None else best)
            solution = found.solution
            best, unserved = timetable_of(levels.v, solution.holds)
            given_up = frozenset(x for x, lost in levels.given_up.items() if solution.holds(lost))
            exhausted, unserved = found.outcome.exhausted, unserved - given_up
            if unserved or given_up or not exhausted:
                return Answer(False, exhausted, tuple(bounds), best, given_up, unserved)
            for n in asked:
                levels.v.model.add(levels.totals[n] <= solution.values[levels.totals[n].index])
        return Answer(False, True, tuple(bounds), best)

    def _hint(self, levels: Levels, timetable: Timetable) -> None:
        levels.v.model.clear_hints()  # type: ignore[no-untyped-call]
        for literal, truth in hints_of(levels.v, levels.part.seen(timetable)):
            levels.v.model.add_hint(literal, truth)

    def _run(self, levels: Levels, goal: Expr, changes: Parameters, share: Share | None = None) -> Found:
        """Changes of the parameters come last."""
        solutions, bounds = list[Solution](), [0]
        levels.v.model.minimize(goal)
        stop = self._end_of(share or Share())
        run = Run(levels.v.model, solutions.append, bounds.append, stop, self.limits.deterministic is not None)
        outcome = run.solve({**parameters(self.limits), **self._time(share or Share()), **changes})
        return Found(outcome, solutions[-1] if solutions else None, max(bounds))

    # ---- limits and result ---------------------------------------------------------------------------------------

    def _over(self) -> bool:
        return self._cancel() or self._left() <= 0

    def _left(self) -> float:
        return math.inf if self.limits.seconds is None else max(0.0, self.limits.seconds - self._watch.elapsed)

    def _check(self) -> None:
        if self._over():
            raise Stopped

    def _end_of(self, share: Share) -> Callable[[], bool]:
        """When a question that begins now has had its share. One that must be reproducible is not cut by this."""
        watch, most = Stopwatch(), min(share.worked * self._left(), share.most)
        by_work = self.limits.deterministic is None
        return lambda: self._over() or (by_work and watch.worked >= most)

    def _time(self, share: Share) -> Parameters:
        left = {"max_time_in_seconds": share.elapsed * self._left()}
        if self.limits.deterministic is None:
            return left
        return {**left, "max_deterministic_time": self.limits.deterministic}

    def result(self, before: Timetable, removed: Mapping[str, Lesson]) -> Repair:
        about = {"problem": self.school.problem, "most": self.most, "seconds": self._watch.elapsed}
        if self.best is None:
            status = Status.INFEASIBLE if self.impossible else Status.UNKNOWN
            return Repair(status, at_least=self.bounds[0], **about)  # type: ignore[arg-type]
        changed, timetable = self.best
        judged = score(self.school.problem, timetable)
        if not judged.complete:
            raise ScoreMismatch(f"a repair was found that the rules refuse: {judged}")
        changes = tuple(before.diff(timetable))
        return Repair(
            status=Status.OPTIMAL if self.proven else Status.FEASIBLE,
            timetable=timetable,
            amount=changed,
            at_least=self.bounds[0],
            changes=changes,
            affected=frozenset(affected({**removed, **self.school.problem.lesson}, changes)),
            **about,  # type: ignore[arg-type]
        )


def _with_rooms(place: Placement, old: Placement | None) -> Placement:
    """With the old rooms, where a part was shown without any."""
    return place.model_copy(update={"rooms": old.rooms}) if old is not None and not place.rooms else place


def _concerned(violation: Violation, fact: Fact | None) -> Collection[str]:
    return violation.lessons or (() if fact is None else fact.lessons)


def _price(board: Board, facts: Iterable[Fact]) -> int:
    return sum(v.penalty for f in facts if f.rule is not None for v in f.rule.violations(board))
