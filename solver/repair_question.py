"""Questions about parts of a repair: the fewest changes of one, within a share of the time left."""

import math
from collections.abc import Callable
from typing import NamedTuple

from models.timetable import Timetable
from solver.context import Stopped
from solver.cpsat import Outcome, Parameters, Run, Solution, parameters
from solver.errors import SolverDisagreement
from solver.extract import hints_of, timetable_of
from solver.limits import Limits
from solver.old_places import Amount
from solver.repair_levels import Levels
from solver.repair_part import Part
from solver.repair_school import School
from solver.statements import Expr
from solver.stopwatch import Stopwatch

SHARE = 0.3
"""Of the time left, for one question about a part of the school: as processor time, which a busy machine gives less
of without the question being any harder."""

LONGEST = 0.7
"""Of the time left, for one question however busy the machine is."""

QUICK: Parameters = {"num_workers": 1, "linearization_level": 2, "symmetry_level": 0, "cp_model_probing_level": 0}
"""For the small models of a repair one strategy with much linear reasoning is the fastest."""

POLISH = 0.3
"""Processor seconds at least for the soft score, if the limits leave them; at most a quarter of those so far."""


class Share(NamedTuple):
    """How long one question may take. worked, elapsed: processor time and wall-clock time, of the time left; most:
    processor seconds."""

    worked: float = SHARE
    elapsed: float = LONGEST
    most: float = math.inf


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


class Questions:
    """What is asked about one school. Raises Stopped at the limit, or when `cancel` says so."""

    def __init__(self, school: School, limits: Limits, cancel: Callable[[], bool]) -> None:
        self.school, self.limits, self._cancel = school, limits, cancel
        self.watch = Stopwatch()

    def fewest(
        self,
        part: Part,
        explicit: frozenset[str],
        at_least: int,
        before: Timetable,
        changes: Parameters | None = None,
    ) -> Answer:
        """Fewest changes of a part: the moves first, with the fewest lessons given up, then all else at once."""
        self._check()
        levels = Levels(self.school, part, explicit, self._check)
        levels.at_least(at_least)
        bounds, best = list[int](), before
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

    def better(self, part: Part, changed: Amount, best: Timetable) -> tuple[Timetable, frozenset[str]] | None:
        """A part at its best by the soft rules, with no more changes than these, and lessons whose rooms were counted
        in vain."""
        self._check()
        levels = Levels(self.school, part, frozenset(), self._check)
        for total, value in zip(levels.totals, changed, strict=True):
            levels.v.model.add(total <= value)
        self._hint(levels, best)
        share = Share(1.0, 1.0, max(POLISH, self.watch.worked / 4))
        found = self._run(levels, levels.price(), QUICK, share)
        return None if found.solution is None else timetable_of(levels.v, found.solution.holds)

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

    def _over(self) -> bool:
        return self._cancel() or self._left() <= 0

    def _left(self) -> float:
        return math.inf if self.limits.seconds is None else max(0.0, self.limits.seconds - self.watch.elapsed)

    def _check(self) -> None:
        if self._over():
            raise Stopped
