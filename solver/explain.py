"""Why a problem has no timetable: few of its facts that cannot hold together.

Numbered steps: 1. ask the counting proofs where to look, then every teacher, class and kind of room by itself, then
the whole problem; the first part without a timetable holds the reason; 2. leave out facts of it, half by half, until
none can be spared; 3. prove the rest again: impossible by a second, different solve, and possible without any one of
its facts, by a timetable that is judged by the definition of the rules.
"""

import math
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.board import Board
from models.diagnose import diagnose
from models.problem import Problem
from models.rules import LessonRule
from models.timetable import Placement, Timetable
from solver.context import Stopped
from solver.cpsat import Outcome, Parameters, Run, Solution, parameters
from solver.errors import ScoreMismatch, SolverDisagreement
from solver.exact import MOST_REBUILDS, OTHERWISE
from solver.extract import timetable_of
from solver.facts import Fact, facts_of, part_of, users_of
from solver.limits import Limits
from solver.model import add_clashes, add_pools
from solver.result import Status
from solver.rules import ENCODERS
from solver.variables import Variables

QUICK: Parameters = {"num_workers": 1, "max_deterministic_time": 0.5}
"""The first attempt at a part of the problem, which mostly is enough."""


LARGE = 60
"""More lessons than a class or teacher has: such parts are looked at last."""


@dataclass(frozen=True)
class Core:
    """Facts that cannot hold together.

    minimal: without any one of them there is a timetable, each found and judged. confirmed: proven impossible by two
    different solves.
    """

    facts: tuple[Fact, ...]
    minimal: bool
    confirmed: bool

    @property
    def sentence(self) -> str:
        """All facts, each with its source, in one sentence."""
        told = (f.sentence + (f" ({f.source})" if f.source else "") for f in self.facts)
        lead = "These cannot all hold" if self.minimal else "Somewhere among these is a contradiction"
        return f"{lead}: {'; '.join(told)}."


@dataclass(frozen=True)
class Explanation:
    """status: INFEASIBLE with at least one core; FEASIBLE: a timetable exists, which is handed over; UNKNOWN: neither
    was found out in time. cores: no two share a fact; seconds: it took."""

    status: Status
    cores: tuple[Core, ...] = ()
    timetable: Timetable | None = None
    seconds: float = 0.0


def explain(
    problem: Problem,
    limits: Limits = Limits(),  # noqa: B008  frozen
    cores: int = 1,
    cancel: Callable[[], bool] = lambda: False,
) -> Explanation:
    """At most `cores` reasons why no timetable keeps every hard rule, each as small as the limits allow.

    limits: `seconds`, `deterministic` (for each solve), `workers` and `seed` count. ValueError when cores < 1.
    """
    if cores < 1:
        raise ValueError(f"{cores} reasons are asked for, it must be at least 1")
    judge = Judge(problem, limits, cancel)
    left, found, witness = facts_of(problem), list[Core](), None
    try:
        while len(found) < cores:
            part, witness = impossible_part(judge, left)
            if part is None:
                break
            core = core_of(judge, part)
            found.append(core)
            left = [f for f in left if f not in core.facts]
            if not core.minimal and judge.over():
                break
    except Stopped:
        pass
    if found:
        return Explanation(Status.INFEASIBLE, tuple(found), seconds=judge.elapsed)
    return Explanation(Status.UNKNOWN if witness is None else Status.FEASIBLE, (), witness, judge.elapsed)


def impossible_part(judge: "Judge", facts: list[Fact]) -> tuple[list[Fact] | None, Timetable | None]:
    """Facts that cannot hold together; else a timetable that keeps all, if one was found."""
    for window in windows(judge.problem):
        part = [f for f in facts if f.lessons <= window]
        if part and judge.impossible(part, QUICK):
            return part, None
    if judge.impossible(facts):
        return facts, None
    return None, judge.witness(facts)


def windows(problem: Problem) -> Iterator[frozenset[str]]:
    """Sets of lessons in which a reason may lie: those of the counting proofs, those that rules link, then of every
    class and teacher and of every kind of room, those with the most periods first, but large sets last."""
    users = users_of(problem)
    for finding in diagnose(problem):
        if finding.severity == "proof":
            yield frozenset(finding.lessons)
    yield from linked(problem)
    kinds: dict[object, set[str]] = defaultdict(set)
    for x in problem.lessons:
        for request in x.rooms:
            kinds[problem.room_choices(request)].add(x.id)
    rows = {frozenset(lessons) for lessons in (*users.of.values(), *kinds.values())}
    lasting = {x.id: x.duration for x in problem.lessons}
    yield from sorted(rows, key=lambda lessons: (len(lessons) > LARGE, -sum(lasting[x] for x in lessons), min(lessons)))


def linked(problem: Problem) -> list[frozenset[str]]:
    """The lessons that at least two hard rules link, directly or through others."""
    group: dict[str, tuple[str, ...]] = {x.id: (x.id,) for x in problem.lessons}
    links = Counter[str]()
    for rule in problem.rules:
        if rule.weight is None and isinstance(rule, LessonRule):
            groups = dict.fromkeys(group[x] for x in rule.lessons)
            joined = tuple(x for g in groups for x in g)
            if len(groups) > 1:
                group.update(dict.fromkeys(joined, joined))
            links.update(rule.lessons[:1])
    whole = sorted({g for g in group.values() if sum(links[x] for x in g) > 1}, key=lambda g: (len(g), g))
    return [frozenset(g) for g in whole]


def core_of(judge: "Judge", facts: Sequence[Fact]) -> Core:
    """A minimal part of facts that cannot hold together; what is known at the limit, if that comes first."""
    judge.smallest = list(facts)
    try:
        kept = quickxplain([], list(facts), judge.impossible)
        confirmed = judge.impossible_again(kept)
        minimal = all(judge.possible([f for f in kept if f is not out]) for out in kept)
        return Core(tuple(kept), minimal, confirmed)
    except Stopped:
        return Core(tuple(judge.smallest), minimal=False, confirmed=False)


def quickxplain(given: list[Fact], facts: list[Fact], impossible: Callable[[list[Fact]], bool]) -> list[Fact]:
    """The facts of which none can be spared, if `given` and `facts` together are impossible and `given` are not.

    Example: of 1000 facts with 3 to be found, about 3 x log2(1000) + 6 = 36 questions are asked. Each half is searched
    with the other half given, so halves without a needed fact vanish with one question.
    """
    if len(facts) == 1:
        return facts
    first, second = facts[: len(facts) // 2], facts[len(facts) // 2 :]
    needed = [] if impossible([*given, *first]) else quickxplain([*given, *first], second, impossible)
    rest = [] if needed and impossible([*given, *needed]) else quickxplain([*given, *needed], first, impossible)
    return [*rest, *needed]


class Judge:
    """Answers whether facts can hold together, each question once. Raises Stopped at the limit."""

    def __init__(self, problem: Problem, limits: Limits, cancel: Callable[[], bool]) -> None:
        self.problem, self.limits, self._cancel = problem, limits, cancel
        self.smallest: list[Fact] = []
        """The fewest facts proven impossible since it was set."""
        self._began = time.monotonic()
        self._known: dict[frozenset[Fact], bool | Timetable] = {}
        """Facts -> a timetable, or False: impossible. Undecided questions are not kept."""

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._began

    def over(self) -> bool:
        return self._cancel() or (self.limits.seconds is not None and self.elapsed >= self.limits.seconds)

    def impossible(self, facts: list[Fact], only: Parameters | None = None) -> bool:
        """Whether it is proven; False also when it could not be decided. only: the one attempt to make."""
        key = frozenset(facts)
        for changes in (QUICK, {}) if only is None else (only,):
            if key not in self._known:
                self._ask(key, facts, changes)
        found = self._known.get(key) is False
        if found and len(facts) < len(self.smallest):
            self.smallest = list(facts)
        return found

    def possible(self, facts: list[Fact]) -> bool:
        """Whether a timetable is known that keeps the facts."""
        return not self.impossible(facts) and self.witness(facts) is not None

    def witness(self, facts: list[Fact]) -> Timetable | None:
        """The timetable that was found to keep the facts."""
        known = self._known.get(frozenset(facts))
        return known if isinstance(known, Timetable) else None

    def impossible_again(self, facts: list[Fact]) -> bool:
        """A second, different proof. SolverDisagreement when it finds a timetable instead."""
        answer = self._solve(facts, {**OTHERWISE, "random_seed": self.limits.seed + 1})
        if isinstance(answer, Timetable):
            raise SolverDisagreement("facts were proven impossible, but a second solve found a timetable")
        return answer is False

    # ---- one question --------------------------------------------------------------------------------------------

    def _ask(self, key: frozenset[Fact], facts: list[Fact], changes: Parameters) -> None:
        answer = self._solve(facts, changes)
        if answer is not None:
            self._known[key] = answer

    def _solve(self, facts: list[Fact], changes: Parameters) -> bool | Timetable | None:
        """A timetable, False if there is none, None if that was not found out. Rooms that were counted in vain are
        told apart in a further solve."""
        part, alone = part_of(self.problem, facts)
        everyone = frozenset(x.id for x in part.lessons if x.rooms)
        explicit = frozenset[str]()
        for attempt in range(MOST_REBUILDS + 1):
            v = _model(part, alone, explicit, self._check)
            outcome, solution = self._run(v, changes)
            if solution is None:
                self._check()
                return False if outcome.infeasible else None
            timetable, conflicting = timetable_of(v, solution.holds)
            if not conflicting:
                return self._judged(facts, timetable)
            explicit = everyone if attempt + 2 > MOST_REBUILDS else explicit | conflicting
        return None

    def _run(self, v: Variables, changes: Parameters) -> tuple[Outcome, Solution | None]:
        found: list[Solution] = []
        run = Run(v.model, found.append, lambda bound: None, lambda: self.over() or bool(found), at_once=True)
        outcome = run.solve({**parameters(self.limits), **self._time(), **changes})
        return outcome, found[-1] if found else None

    def _judged(self, facts: list[Fact], timetable: Timetable) -> Timetable:
        """The timetable with all other lessons at some time. ScoreMismatch when a fact does not hold on it."""
        placed = timetable.placement
        rest = (_somewhere(self.problem, id_) for id_ in self.problem.lesson if id_ not in placed)
        whole = Timetable(placements=(*timetable.placements, *rest))
        board = Board(self.problem, whole)
        for fact in facts:
            if not fact.holds(board):
                raise ScoreMismatch(f"a solve kept to {fact.sentence!r}, the rule says it did not")
        return whole

    def _check(self) -> None:
        if self.over():
            raise Stopped

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
