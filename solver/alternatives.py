"""Several good timetables that really differ, along the trade-off of a few goals.

Numbered steps: 1. give each alternative its own emphasis: all alike, one goal, two of them, in turn; 2. search with
the weights of these goals raised; 3. if what is found is too close to a timetable already kept, ask CP-SAT with the
distance as a constraint; 4. judge each by the problem as it is, and mark those that no other beats.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, cycle, islice
from time import monotonic

from models.compare import apart
from models.goals import Goal
from models.problem import Problem
from models.score import Score, score
from models.timetable import Timetable
from solver.distance import far_from
from solver.limits import Limits
from solver.result import Status
from solver.run import solve

EMPHASIS = 4
"""How many times dearer the rules of an emphasised goal become."""

SHARE = 0.6
"""Of the time of an alternative, for the search that does not know the distance."""


@dataclass(frozen=True)
class Alternative:
    """emphasis: goals it was made for; score: by the problem as it is; goals: penalty of each goal; best: whether no
    other alternative is at least as good in every goal and in the whole penalty, and better in one."""

    timetable: Timetable
    emphasis: tuple[str, ...]
    score: Score
    goals: tuple[int, ...]
    best: bool = True

    @property
    def values(self) -> tuple[int, ...]:
        """What is compared: less is better."""
        return *self.goals, self.score.soft


@dataclass(frozen=True)
class Alternatives:
    """exhausted: proven that no further timetable is so far from all of these."""

    goals: tuple[Goal, ...]
    found: tuple[Alternative, ...]
    exhausted: bool = False


def alternatives(
    problem: Problem,
    goals: Sequence[Goal],
    count: int,
    distance: int,
    limits: Limits = Limits(),  # noqa: B008  frozen
    start: Timetable | None = None,
    cancel: Callable[[], bool] = lambda: False,
) -> Alternatives:
    """Up to `count` complete timetables, of which any two have at least `distance` lessons at other times.

    goals: 1 to 3. limits: the seconds are for all of them together. start: a complete timetable that counts as the
    first. ValueError for too few or many goals, a goal that no soft rule belongs to, a start that is not complete, or
    more distance than lessons.
    """
    _check(problem, goals, count, distance, start)
    work = Searching(problem, tuple(goals), distance, limits, cancel)
    if start is not None:
        work.keep(start, ())
    for number, emphasis in enumerate(islice(cycle(emphases(goals)), count - len(work.found))):
        if cancel() or work.exhausted:
            break
        work.add(emphasis, number, left=count - len(work.found))
    return Alternatives(tuple(goals), tuple(marked(work.found)), work.exhausted)


def _check(problem: Problem, goals: Sequence[Goal], count: int, distance: int, start: Timetable | None) -> None:
    if not 1 <= len(goals) <= 3:
        raise ValueError(f"{len(goals)} goals are given, expected 1 to 3")
    if count < 1:
        raise ValueError(f"{count} alternatives are asked for, expected at least 1")
    if not 1 <= distance <= len(problem.lessons):
        raise ValueError(f"a distance of {distance} lessons is asked for, expected 1 to {len(problem.lessons)}")
    for goal in goals:
        if not any(goal.covers(rule) for rule in problem.rules):
            raise ValueError(f"no soft rule of the problem belongs to the goal {goal.name!r}")
    if start is not None and not score(problem, start).complete:
        raise ValueError("the timetable to begin with is not complete or breaks a hard rule")


def emphases(goals: Sequence[Goal]) -> list[tuple[Goal, ...]]:
    """Each goal alone, every two, none: the weights as they are come first."""
    pairs = combinations(goals, 2) if len(goals) > 2 else ()
    return [(), *((goal,) for goal in goals), *pairs]


def emphasised(problem: Problem, goals: Sequence[Goal]) -> Problem:
    """The rules of the goals `EMPHASIS` times as dear."""
    rules = tuple(
        rule.model_copy(update={"weight": rule.weight * EMPHASIS})
        if rule.weight is not None and any(goal.covers(rule) for goal in goals)
        else rule
        for rule in problem.rules
    )
    return problem.model_copy(update={"rules": rules})


class Searching:
    """Alternatives while they are made."""

    def __init__(
        self, problem: Problem, goals: tuple[Goal, ...], distance: int, limits: Limits, cancel: Callable[[], bool]
    ) -> None:
        self.problem, self.goals, self.distance, self.limits, self.cancel = problem, goals, distance, limits, cancel
        self.found: list[Alternative] = []
        self.exhausted = False
        self._began = monotonic()

    def add(self, emphasis: Sequence[Goal], number: int, left: int) -> None:
        """One more, if one is found in its share of the time. left: how many are still wanted, this one included."""
        weighted, names = emphasised(self.problem, emphasis), tuple(goal.name for goal in emphasis)
        mine = self._limits(left, SHARE, self.limits.seed + number)
        result = solve(weighted, mine, cancel=self.cancel)
        found = result.timetable
        if result.status is Status.INFEASIBLE:
            self.exhausted = True
        elif result.score is not None and result.score.complete and found is not None:
            far = found if self.far(found) else self._constrained(weighted, found, self._limits(left, 1.0, mine.seed))
            if far is not None:
                self.keep(far, names)

    def _constrained(self, weighted: Problem, near: Timetable, limits: Limits) -> Timetable | None:
        others = [kept.timetable for kept in self.found]
        answer = far_from(weighted, others, self.distance, near, limits, self.cancel)
        self.exhausted = answer.impossible
        return answer.timetable

    def keep(self, timetable: Timetable, emphasis: tuple[str, ...]) -> None:
        judged = score(self.problem, timetable)
        values = tuple(goal.penalty(self.problem, timetable) for goal in self.goals)
        self.found.append(Alternative(timetable, emphasis, judged, values))

    def far(self, timetable: Timetable) -> bool:
        return all(apart(kept.timetable, timetable) >= self.distance for kept in self.found)

    def _limits(self, left: int, share: float, seed: int) -> Limits:
        if self.limits.seconds is None:
            return replace(self.limits, seed=seed)
        seconds = max(1.0, (self.limits.seconds - (monotonic() - self._began)) * share / left)
        return replace(self.limits, seconds=seconds, seed=seed)


def marked(found: Sequence[Alternative]) -> Iterator[Alternative]:
    for one in found:
        yield replace(one, best=not any(beats(other.values, one.values) for other in found))


def beats(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Whether a is nowhere worse than b, and somewhere better."""
    return a != b and all(x <= y for x, y in zip(a, b, strict=True))
