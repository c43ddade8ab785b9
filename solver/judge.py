"""Whether facts can hold together: each question asked once, each timetable judged by the definition of the rules."""

import math
import time
from collections.abc import Callable

from models.board import Board
from models.problem import Problem
from models.timetable import Placement, Timetable
from solver.context import stop_if
from solver.cpsat import Outcome, Parameters, Run, Solution, parameters
from solver.errors import ScoreMismatch, SolverDisagreement
from solver.exact import MOST_REBUILDS, OTHERWISE
from solver.extract import timetable_of
from solver.facts import Fact, facts_within, part_of, with_context
from solver.limits import Limits
from solver.model import add_clashes, add_pools
from solver.rules import ENCODERS
from solver.variables import Variables

HASTY: Parameters = {"num_workers": 1, "max_deterministic_time": 0.05, "stop_after_presolve": True}
"""Only what follows without a search: enough for many contradictions, in any number of lessons."""

QUICK: Parameters = {"num_workers": 1, "max_deterministic_time": 0.5, "linearization_level": 2}
"""The first attempt at a part of the problem, which mostly is enough."""

THOROUGH: Parameters = {}
"""As long as the limits allow."""

MOST_TRIED = 5
"""Timetables found for other questions that are tried before a solve, the latest first."""


class Judge:
    """Answers whether facts can hold together. Raises Stopped at the limit, or when `cancel` says so."""

    def __init__(self, problem: Problem, limits: Limits, cancel: Callable[[], bool]) -> None:
        self.problem, self.limits, self._cancel = problem, limits, cancel
        self.smallest: list[Fact] = []
        """The fewest facts proven impossible since it was set."""
        self.found: Timetable | None = None
        """A timetable that was found elsewhere and keeps the facts in question; there is nothing left to judge then."""
        self._began = time.monotonic()
        self._known: dict[tuple[frozenset[Fact], frozenset[str] | None], bool | Timetable | None] = {}
        """Question -> a timetable of the lessons asked about, False: impossible, None: undecided."""

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._began

    def over(self) -> bool:
        if self.found is not None:
            return True
        return self._cancel() or (self.limits.seconds is not None and self.elapsed >= self.limits.seconds)

    def impossible(
        self, facts: list[Fact], only: Parameters | None = None, within: frozenset[str] | None = None
    ) -> bool:
        """Whether it is proven; False also when it could not be decided. only: the one attempt to make; within: look
        at these lessons alone, and so at the facts that can be said of them alone."""
        asked = facts if within is None else facts_within(facts, within)
        key = frozenset(asked), within
        known = self._answer(*key)
        if known is None:
            known = self._known[key] = self._kept_by_another(asked, within)
        for changes in (QUICK, THOROUGH) if only is None else (only,):
            if known is None:
                known = self._known[key] = self._solve(asked, changes, within)
        found = known is False
        if found and len(asked) < len(self.smallest):
            self.smallest = list(asked)
        return found

    def possible(self, facts: list[Fact]) -> bool:
        """Whether a timetable is known that keeps the facts."""
        return not self.impossible(facts) and isinstance(self._answer(frozenset(facts), None), Timetable)

    def _answer(self, facts: frozenset[Fact], within: frozenset[str] | None) -> bool | Timetable | None:
        """What is known: of these facts, that some of them are impossible, or that more of them are possible."""
        for (known, lessons), answer in self._known.items():
            says = facts <= known if isinstance(answer, Timetable) else known <= facts
            if answer is not None and lessons == within and says:
                return answer
        return None

    def _kept_by_another(self, facts: list[Fact], within: frozenset[str] | None) -> Timetable | None:
        """A timetable found for other facts that keeps these, as it is or without the rooms nobody asks for."""
        wanted = frozenset[str]().union(*(f.lessons for f in facts))
        wanted = wanted if within is None else wanted & within
        roomed = {x for f in facts if f.kind in ("rooms", "pin") for x in f.lessons}
        found = [t for t in self._known.values() if isinstance(t, Timetable) and wanted <= t.placement.keys()]
        for timetable in reversed(found[-MOST_TRIED:]):
            places = [p for p in timetable.placements if p.lesson in wanted]
            bare = [p if p.lesson in roomed else p.model_copy(update={"rooms": (None,) * len(p.rooms)}) for p in places]
            for candidate in (places, bare):
                kept = Timetable(placements=tuple(candidate))
                if not self._broken(facts, kept):
                    return kept
        return None

    def witness(self, facts: list[Fact]) -> Timetable | None:
        """A timetable of all lessons that was found to keep the facts."""
        if self.found is not None:
            return self.found
        known = self._known.get((frozenset(facts), None))
        if not isinstance(known, Timetable):
            return None
        return self.completed(known)

    def completed(self, known: Timetable) -> Timetable:
        """With a place for each lesson that no fact speaks of."""
        rest = (_somewhere(self.problem, id_) for id_ in self.problem.lesson if id_ not in known.placement)
        return Timetable(placements=(*known.placements, *rest))

    def impossible_again(self, facts: list[Fact]) -> bool:
        """A second, different proof. SolverDisagreement when it finds a timetable instead."""
        answer = self._solve(facts, {**OTHERWISE, "random_seed": self.limits.seed + 1})
        if isinstance(answer, Timetable):
            raise SolverDisagreement("facts were proven impossible, but a second solve found a timetable")
        return answer is False

    # ---- one question --------------------------------------------------------------------------------------------

    def _solve(
        self, facts: list[Fact], changes: Parameters, within: frozenset[str] | None = None
    ) -> bool | Timetable | None:
        """A timetable, False if there is none, None if that was not found out. Rooms that were counted in vain are
        told apart in a further solve."""
        self.check()
        part, alone = part_of(self.problem, facts, within)
        everyone = frozenset(x.id for x in part.lessons if x.rooms)
        explicit = frozenset[str]()
        for attempt in range(MOST_REBUILDS + 1):
            v = _model(part, alone, explicit, self.check)
            outcome, solution = self._run(v, changes)
            if solution is None:
                self.check()
                return False if outcome.infeasible else None
            timetable, conflicting = timetable_of(v, solution.holds)
            if not conflicting:
                self._confirm(facts, timetable)
                return timetable
            explicit = everyone if attempt + 2 > MOST_REBUILDS else explicit | conflicting
        return None

    def _run(self, v: Variables, changes: Parameters) -> tuple[Outcome, Solution | None]:
        found: list[Solution] = []
        run = Run(v.model, found.append, lambda bound: None, lambda: self.over() or bool(found), at_once=True)
        outcome = run.solve({**parameters(self.limits), **self._time(), **changes})
        return outcome, found[-1] if found else None

    def _confirm(self, facts: list[Fact], timetable: Timetable) -> None:
        """ScoreMismatch when a fact does not hold on a timetable of its lessons."""
        broken = self._broken(facts, timetable)
        if broken is not None:
            raise ScoreMismatch(f"a solve kept to {broken.sentence!r}, the rule says it did not")

    def _broken(self, facts: list[Fact], timetable: Timetable) -> Fact | None:
        """The first fact that does not hold on a timetable of its lessons."""
        lessons = tuple(x for x in self.problem.lessons if x.id in timetable.placement)
        board = Board(with_context(self.problem, lessons, ()), timetable)
        return next((f for f in facts if not f.holds(board)), None)

    def check(self) -> None:
        """Raises Stopped when it is over."""
        stop_if(self.over)

    def _time(self) -> Parameters:
        left = math.inf if self.limits.seconds is None else max(0.0, self.limits.seconds - self.elapsed)
        found: dict[str, bool | int | float] = {"max_time_in_seconds": left}
        if self.limits.deterministic is not None:
            found["max_deterministic_time"] = self.limits.deterministic
        return found


def _somewhere(problem: Problem, id_: str) -> Placement:
    lesson = problem.lesson[id_]
    start = next(c for c in range(problem.grid.size) if problem.grid.fits(c, lesson.duration))
    teachers = tuple(options[0] for options in lesson.any_teacher)
    return Placement(lesson=id_, start=start, rooms=(None,) * len(lesson.rooms), teachers=teachers)


def _model(
    part: Problem, alone: frozenset[tuple[str, str]], explicit: frozenset[str], on_step: Callable[[], None]
) -> Variables:
    v = Variables(part, explicit=explicit, on_step=on_step)
    add_clashes(v, only=alone)  # type: ignore[arg-type]
    add_pools(v)
    for rule in part.rules:
        on_step()
        ENCODERS[rule.name](rule, v)
    return v
