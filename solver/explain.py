"""Why a problem has no timetable: few of its facts that cannot hold together.

Numbered steps: 1. look where a counting proof points, then at classes, teachers and kinds of room with the facts that
can be said of their lessons alone, then at the whole problem; the first part without a timetable holds the reason;
2. leave out lessons, then facts, half by half, until none can be spared; 3. prove the rest again: impossible by a
second, different solve, and possible without any one of its facts, by a timetable that is judged by the definition of
the rules.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from models.problem import Problem
from models.timetable import Timetable
from solver.context import Stopped
from solver.counted import counted_out
from solver.errors import SolverDisagreement
from solver.facts import Fact, facts_of, facts_within
from solver.judge import HASTY, QUICK, Judge
from solver.limits import Limits
from solver.result import Status
from solver.windows import Window, batches, by_class, families, proven, union
from solver.witness import looking_for_timetable

T = TypeVar("T")


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

    A local search looks for a timetable beside, and for one without the facts of the reasons found; either ends the
    search.
    limits: `seconds`, `deterministic` (for each solve; without local search), `workers` and `seed` count. ValueError
    when cores < 1.
    """
    if cores < 1:
        raise ValueError(f"{cores} reasons are asked for, it must be at least 1")
    judge = Judge(problem, limits, cancel)
    left, found = facts_of(problem), list[Core]()
    try:
        while len(found) < cores:
            suspect = impossible_part(judge, left)
            if suspect is None:
                break
            if judge.found is not None:
                raise SolverDisagreement("facts were proven impossible, but a timetable that keeps all was found")
            core = core_of(judge, suspect)
            found.append(core)
            left = [f for f in left if f not in core.facts]
            if judge.over():
                break
    except Stopped:
        pass
    if found:
        return Explanation(Status.INFEASIBLE, tuple(found), seconds=judge.elapsed)
    witness = judge.witness(left)
    return Explanation(Status.UNKNOWN if witness is None else Status.FEASIBLE, (), witness, judge.elapsed)


class Suspect(NamedTuple):
    """Facts proven impossible together. window: already so when only these lessons are looked at; None: with all of
    the facts' lessons."""

    facts: list[Fact]
    window: Window | None


def contradiction(
    problem: Problem,
    limits: Limits,
    cancel: Callable[[], bool] = lambda: False,
    windows: Sequence[Window] | None = None,
) -> Core | None:
    """A quick look: facts that cannot hold together, neither surely minimal nor confirmed; None when there are none,
    or none that shows in few lessons. windows: where to look; None: everywhere. limits, cancel: as in `explain`."""
    judge = Judge(problem, limits, cancel)
    facts = facts_of(problem)
    try:
        for window in _likely(judge, facts) if windows is None else _impossible(judge, facts, windows):
            few = few_of(judge, Suspect(facts_within(facts, window), window))
            return Core(tuple(few), minimal=False, confirmed=False)
    except Stopped:
        pass
    return None


# ---- where it is -----------------------------------------------------------------------------------------------------


def impossible_part(judge: Judge, facts: list[Fact]) -> Suspect | None:
    """Facts that cannot hold together; None when a timetable keeps all, or when nothing was found out."""
    for window in _likely(judge, facts):
        return Suspect(facts_within(facts, window), window)
    if judge.impossible(facts, HASTY):
        return _in_few_classes(judge, facts)
    with looking_for_timetable(judge, facts) if judge.limits.deterministic is None else nullcontext():
        for window in _unlikely(judge, facts):
            return Suspect(facts_within(facts, window), window)
        return _in_few_classes(judge, facts) if judge.impossible(facts) else None


def _likely(judge: Judge, facts: list[Fact]) -> Iterator[Window]:
    """Sets of lessons that are impossible by themselves: those a counting proof points at, then the smallest that
    are found by a hasty look at several windows at once."""

    def impossible(windows: list[Window]) -> bool:
        return judge.impossible(facts, HASTY, union(windows))

    yield from _impossible(judge, facts, proven(judge.problem, judge.check))
    for family in families(judge.problem):
        for batch in batches(family):
            if impossible(batch):
                yield union(quickxplain([], batch, impossible))


def _unlikely(judge: Judge, facts: list[Fact]) -> Iterator[Window]:
    """Windows in which it takes some counting."""
    return _impossible(judge, facts, (w for family in families(judge.problem) for w in family))


def _impossible(judge: Judge, facts: list[Fact], windows: Iterable[Window]) -> Iterator[Window]:
    return (w for w in windows if judge.impossible(facts, QUICK, w))


def _in_few_classes(judge: Judge, facts: list[Fact]) -> Suspect:
    """All facts, or those on as few classes as are impossible."""
    classes = [frozenset(lessons) for lessons in by_class(judge.problem)]

    def impossible(windows: list[Window]) -> bool:
        return judge.impossible(facts, HASTY, union(windows))

    if not classes or not impossible(classes):
        return Suspect(facts, None)
    window = union(quickxplain([], classes, impossible))
    return Suspect(facts_within(facts, window), window)


# ---- what it is ------------------------------------------------------------------------------------------------------


def core_of(judge: Judge, suspect: Suspect) -> Core:
    """A minimal part of facts that cannot hold together; what is known at the limit, if that comes first."""
    judge.smallest = suspect.facts
    try:
        few = few_of(judge, suspect)
        kept = _without_spare(few, judge.impossible)
        confirmed = judge.impossible_again(kept)
        minimal = all(judge.possible([f for f in kept if f is not out]) for out in kept)
        return Core(tuple(kept), minimal, confirmed)
    except Stopped:
        return Core(tuple(judge.smallest), minimal=False, confirmed=False)


def few_of(judge: Judge, suspect: Suspect) -> list[Fact]:
    """As few of the facts as counting can tell, or else the solver, are still impossible."""
    window = suspect.window

    def counted(facts: list[Fact]) -> bool:
        return counted_out(judge.problem, facts, window, judge.check)

    if window is not None and counted(suspect.facts):
        few = quickxplain([], suspect.facts, counted)
        if judge.impossible(few, QUICK, window):
            return few
    return quickxplain([], suspect.facts, lambda facts: judge.impossible(facts, QUICK, window))


def _without_spare(facts: list[Fact], impossible: Callable[[list[Fact]], bool]) -> list[Fact]:
    """Leaves out facts one by one, as long as the others are impossible."""
    kept = facts
    for fact in facts:
        rest = [f for f in kept if f is not fact]
        if rest and impossible(rest):
            kept = rest
    return kept


def quickxplain(given: list[T], facts: Sequence[T], impossible: Callable[[list[T]], bool]) -> list[T]:
    """The facts of which none can be spared, if `given` and `facts` together are impossible and `given` are not.

    Example: of 1000 facts with 3 to be found, about 3 x log2(1000) + 6 = 36 questions are asked. Each half is searched
    with the other half given, so halves without a needed fact vanish with one question.
    """
    if len(facts) == 1:
        return list(facts)
    first, second = facts[: len(facts) // 2], facts[len(facts) // 2 :]
    needed = [] if impossible([*given, *first]) else quickxplain([*given, *first], second, impossible)
    rest = [] if needed and impossible([*given, *needed]) else quickxplain([*given, *needed], first, impossible)
    return [*rest, *needed]
