"""The best timetable that is far enough from others, found by CP-SAT with the distance as a constraint."""

from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import NamedTuple

from models.compare import apart
from models.problem import Problem
from models.score import score
from models.timetable import Timetable
from solver.context import Stopped, stop_if
from solver.cpsat import Outcome, Parameters, Run, Solution, parameters
from solver.errors import SolverDisagreement
from solver.exact import OTHERWISE, price
from solver.extract import hints_of, timetable_of
from solver.limits import Limits
from solver.model import build
from solver.statements import Expr
from solver.variables import Variables


class FarOne(NamedTuple):
    """timetable: complete; impossible: proven twice that there is none."""

    timetable: Timetable | None
    impossible: bool = False


def far_from(
    problem: Problem,
    others: Sequence[Timetable],
    distance: int,
    near: Timetable,
    limits: Limits,
    cancel: Callable[[], bool] = lambda: False,
) -> FarOne:
    """A cheap complete timetable with at least `distance` lessons at other times than in each of the others.

    near: a hint to begin with. Rooms are counted first, and chosen by the model if they cannot be handed out.
    """
    began = monotonic()

    def over() -> bool:
        return cancel() or (limits.seconds is not None and monotonic() - began > limits.seconds)

    try:
        return _far_from(Asked(problem, others, distance, near), limits, over)
    except Stopped:
        return FarOne(None)


class Asked(NamedTuple):
    """As of `far_from`."""

    problem: Problem
    others: Sequence[Timetable]
    distance: int
    near: Timetable


def _far_from(asked: Asked, limits: Limits, over: Callable[[], bool]) -> FarOne:
    """Raises Stopped when it is over while a model is built."""
    for explicit in (frozenset[str](), frozenset(x.id for x in asked.problem.lessons if x.rooms)):
        v = _model(asked, explicit, partial(stop_if, over))
        outcome, timetable, conflicting = _solved(v, parameters(limits) | _time(limits), over)
        if outcome.infeasible:
            again = {**parameters(limits), **_time(limits), **OTHERWISE, "random_seed": limits.seed + 1}
            return FarOne(None, _solved(v, again, over)[0].infeasible)
        if timetable is None or not conflicting:
            return FarOne(None if timetable is None else _checked(asked, timetable))
    return FarOne(None)


def _model(asked: Asked, explicit: frozenset[str], on_step: Callable[[], None]) -> Variables:
    v = build(asked.problem, explicit=explicit, on_step=on_step)
    for other in asked.others:
        v.model.add(_same(v, other) <= len(asked.problem.lessons) - asked.distance)
    v.model.minimize(price(v))
    on_step()
    for literal, truth in hints_of(v, asked.near):
        v.model.add_hint(literal, truth)
    return v


def _same(v: Variables, other: Timetable) -> Expr:
    """How many lessons start as in the other timetable."""
    starts = (v.starts(p.lesson).get(p.start) for p in other.placements)
    return sum(x for x in starts if x is not None)


def _time(limits: Limits) -> dict[str, bool | int | float]:
    return {} if limits.deterministic is None else {"max_deterministic_time": limits.deterministic}


def _solved(
    v: Variables, changes: Parameters, over: Callable[[], bool]
) -> tuple[Outcome, Timetable | None, frozenset[str]]:
    solutions = list[Solution]()
    outcome = Run(v.model, solutions.append, lambda bound: None, over).solve(changes)
    if not solutions:
        return outcome, None, frozenset()
    return outcome, *timetable_of(v, solutions[-1].holds)


def _checked(asked: Asked, timetable: Timetable) -> Timetable:
    """SolverDisagreement when it is not what was asked for."""
    near = any(apart(other, timetable) < asked.distance for other in asked.others)
    if near or not score(asked.problem, timetable).complete:
        raise SolverDisagreement("a timetable far from others was found that the definitions refuse")
    return timetable
