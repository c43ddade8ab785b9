"""What a timetable must cost at least, summed over people.

CP-SAT's bound on a whole school stays near 0 for long. A teacher alone, or a class with all its students, is a small
problem that is solved in an instant. What these must cost each adds up, as long as no penalty is counted twice.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ortools.sat.python import cp_model

from models.base import ResourceKind
from solver.context import Search
from solver.cpsat import Parameters, Run, parameters
from solver.cuts import Blocks, Cuts, Price
from solver.errors import SolverDisagreement
from solver.variables import Variables

SOURCE = "bounds"

SHARE = 0.2
"""Of the time left, for all parts together."""

LONGEST = 60.0
"""Seconds for all parts together, at the most."""

PATIENCE = 3
"""A part may take so many times its share of the time left for the parts."""


class Part(NamedTuple):
    """Blocks of lessons and the prices that are theirs."""

    blocks: Blocks
    prices: list[Price]


def raise_bound(search: Search, v: Variables) -> None:
    """Solves part after part, the smallest first, tells the model what each costs at least, and notes the sum as a
    bound for every complete timetable.

    v: a model in which every lesson is placed, with no demands but those of the problem.
    """
    clock = Clock(search)
    cuts = Cuts(v, search.check)
    parts = sorted(shared_out(v, cuts.prices), key=lambda part: len(part.blocks))
    total = sum(price.offset for price in cuts.prices if not price.terms)
    search.incumbents.raise_bound(total, SOURCE)
    for number, part in enumerate(parts):
        limit = min(clock.left, PATIENCE * clock.left / (len(parts) - number))
        if limit <= 0 or search.should_stop():
            break
        bound = clock.least_cost(cuts.model(*part), limit)
        if bound > 0:
            total += bound
            v.model.add(cuts.cost(part.prices) >= bound)
            search.incumbents.raise_bound(total, SOURCE)


def shared_out(v: Variables, prices: Iterable[Price]) -> Iterator[Part]:
    """Each price in one part: the first class or teacher whose lessons decide it, else a part of its own lessons."""
    left = [price for price in prices if price.terms]
    for blocks in people(v):
        own = [price for price in left if price.blocks <= blocks]
        if own:
            left = [price for price in left if not price.blocks <= blocks]
            yield Part(blocks, own)
    rest: dict[Blocks, list[Price]] = {}
    for price in left:
        rest.setdefault(price.blocks, []).append(price)
    yield from (Part(blocks, own) for blocks, own in rest.items())


def people(v: Variables) -> Iterator[Blocks]:
    """The blocks of each class with all its students, and of each teacher."""
    for c in v.problem.classes:
        if c.part_of is None:
            yield _blocks_of(v, "class", v.problem.students.of((c.id,)))
    for teacher in v.problem.teachers:
        yield _blocks_of(v, "teacher", (teacher.id,))


def _blocks_of(v: Variables, kind: ResourceKind, rows: Iterable[str]) -> Blocks:
    lessons = (x for row in rows for x in v.domains.users.get((kind, row), ()))
    return frozenset(v.domains.leader[x] for x in lessons)


class Clock:
    """What is left for the parts: seconds, or units of deterministic time where these are limited."""

    def __init__(self, search: Search) -> None:
        self.search, limits = search, search.limits
        self._began = self._now()
        most = limits.seconds if limits.deterministic is None else limits.deterministic
        self._budget = LONGEST if most is None else min(LONGEST, SHARE * max(0.0, most - self._began))

    def _now(self) -> float:
        """Of the search, in the same unit."""
        return self.search.incumbents.elapsed if self.search.limits.deterministic is None else self.search.spent

    @property
    def left(self) -> float:
        return self._budget - (self._now() - self._began)

    def least_cost(self, model: cp_model.CpModel, limit: float) -> int:
        """What is proven within the limit. SolverDisagreement when there is no way at all."""
        bounds, fixed = [0], self.search.limits.deterministic is not None
        time: Parameters = {"max_deterministic_time" if fixed else "max_time_in_seconds": limit, "num_workers": 1}
        run = Run(model, lambda solution: None, bounds.append, self.search.should_stop)
        outcome = run.solve({**parameters(self.search.limits), **time})
        if outcome.infeasible:
            raise SolverDisagreement("a part of the problem was proven impossible, but a complete timetable was found")
        self.search.spent += outcome.deterministic
        return max(bounds)
