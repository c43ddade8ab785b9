"""The CP-SAT model of a problem: variables, clashes, pools, and the encoding of every rule."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ortools.sat.python import cp_model

from models.problem import Problem
from solver.domains import Domains, Resource
from solver.lines import Likeness, Line, Use, covering
from solver.pools import Request, RoomSet
from solver.rules import ENCODERS
from solver.statements import Enable, Lit
from solver.variables import Variables

Member = TypeVar("Member", bound=Hashable)
Thing = TypeVar("Thing")


def build(
    problem: Problem,
    *,
    best_effort: bool = False,
    enable: Enable | None = None,
    explicit: frozenset[str] = frozenset(),
    domains: Domains | None = None,
    alone: Collection[Resource] | None = None,
    merge: bool = False,
    on_step: Callable[[], None] = lambda: None,
) -> Variables:
    """Variables with everything said but the objective (see `Variables.penalties`).

    alone: the resources that have one lesson at a time, None: all; merge: see `Variables`; on_step: called between
    the steps of the work; what it raises ends the work.
    """
    on_step()
    v = Variables(
        problem,
        best_effort=best_effort,
        enable=enable,
        explicit=explicit,
        domains=domains,
        merge=merge,
        on_step=on_step,
    )
    on_step()
    add_clashes(v, only=alone, on_step=on_step)
    on_step()
    add_pools(v)
    for rule in problem.rules:
        on_step()
        ENCODERS[rule.name](rule, v)
    return v


def add_clashes(
    v: Variables, only: Collection[Resource] | None = None, on_step: Callable[[], None] = lambda: None
) -> None:
    """At most one lesson per resource and slot; `only`: for these resources; on_step: called many times.

    A clique that another one contains says nothing new and is left out.
    """
    lines: dict[frozenset[Likeness], Line] = {}
    for resource in v.resources if only is None else [r for r in v.resources if r in only]:
        on_step()
        for week in range(len(v.grid.weeks)):
            _forbid_doubles(v, v.uses_in(resource, week))
            line = v.line(resource, week)
            lines[line.likeness] = line
    cliques: dict[frozenset[int], list[Lit]] = {}
    for line in maximal(lines, on_step):
        on_step()
        for literals in line.covers if len(line.likeness) > 1 else ():
            if len(literals) > 1:
                cliques.setdefault(frozenset(x.index for x in literals), literals)  # type: ignore[union-attr]
    for literals in maximal(cliques, on_step):
        v.model.add_at_most_one(literals)


def _forbid_doubles(v: Variables, uses: Sequence[Use]) -> None:
    """Lessons of one block (same start) on one resource exclude every start at which they overlap."""
    count = Counter(use.block for use in uses)
    doubled = [use for use in uses if count[use.block] > 1]
    for literals in covering(doubled, v.grid.size) if doubled else ():
        if len({x.index for x in literals}) < len(literals):  # type: ignore[union-attr]
            v.model.add_at_most_one(literals)


def maximal(sets: Mapping[frozenset[Member], Thing], on_step: Callable[[], None] = lambda: None) -> list[Thing]:
    """What stands for the sets that no other one contains; on_step: called many times."""
    by_member: dict[Member, list[frozenset[Member]]] = defaultdict(list)
    kept: list[Thing] = []
    for number, members in enumerate(sorted(sets, key=len, reverse=True)):
        if number % 100 == 0:
            on_step()
        rarest = min((by_member[m] for m in members), key=len, default=[])
        if any(members <= other for other in rarest):
            continue
        kept.append(sets[members])
        for m in members:
            by_member[m].append(members)
    return kept


def add_pools(v: Variables) -> None:
    """In every slot, no more lessons that need one of a pool of rooms than rooms of the pool are open then."""
    pools = dict.fromkeys(pool for sets in v.room_sets.values() for pool in sets.values() if len(pool) > 1)
    for pool in pools:
        shut = [v.domains.always_closed(("room", r)) for r in pool]
        uses = [use for request in v.room_sets for use in needing(v, request, pool)]
        for demand in _different_weeks(v, uses):
            for cell, literals in enumerate(covering(demand, v.grid.size)):
                open_rooms = sum(cell not in cells for cells in shut)
                if len(literals) > open_rooms:
                    v.model.add(cp_model.LinearExpr.sum(literals) <= open_rooms)


def _different_weeks(v: Variables, uses: Sequence[Use]) -> Iterable[list[Use]]:
    """Those of the uses that are in a week, for every week that differs from those before."""
    weeks = range(len(v.grid.weeks))
    found = ([use for use in uses if week in v.problem.weeks_of(use.lesson)] for week in weeks)
    return {frozenset(Counter(use.likeness for use in here).items()): here for here in found}.values()


def needing(v: Variables, request: Request, pool: RoomSet) -> Iterator[Use]:
    """How a request takes one of the pool's rooms: by its start literals where it has no other choice."""
    id_, position = request
    lesson, block = v.problem.lesson[id_], v.domains.leader[id_]
    inside = [rooms for rooms, counted_in in v.room_sets[request].items() if counted_in <= pool]
    if len(inside) == len(v.room_sets[request]) and not lesson.may_go_without(position):
        yield Use(lesson, block, v.starts(id_))
    else:
        picks = v.room_picks(id_, position).items()
        yield from (Use(lesson, block, {c: x for (c, s), x in picks if s == rooms}) for rooms in inside)
