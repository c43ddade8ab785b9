"""The CP-SAT model of a problem: variables, clashes, pools, and the encoding of every rule."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

from models.problem import Problem
from solver.domains import Domains, Resource
from solver.pools import Request, RoomSet
from solver.rules import ENCODERS
from solver.statements import Enable, Lit
from solver.variables import Variables


def build(
    problem: Problem,
    *,
    best_effort: bool = False,
    enable: Enable | None = None,
    explicit: frozenset[str] = frozenset(),
    domains: Domains | None = None,
    on_step: Callable[[], None] = lambda: None,
) -> Variables:
    """Variables with everything said but the objective (see `Variables.penalties`).

    on_step: called between the steps of the work; what it raises ends the work.
    """
    on_step()
    v = Variables(problem, best_effort=best_effort, enable=enable, explicit=explicit, domains=domains, on_step=on_step)
    on_step()
    add_clashes(v)
    on_step()
    add_pools(v)
    for rule in problem.rules:
        on_step()
        ENCODERS[rule.name](rule, v)
    return v


def add_clashes(v: Variables, only: Collection[Resource] | None = None) -> None:
    """At most one lesson per resource and slot; `only`: for these resources.

    Literals are not made unique here: two lessons of one block (same start) on one resource exclude their start.
    A clique that another one contains says nothing new and is left out.
    """
    cliques: dict[frozenset[int], list[Lit]] = {}
    for resource, slots in v.resources.items():
        for pairs in slots.values() if only is None or resource in only else ():
            if len(pairs) > 1:
                literals = [literal for _, literal in pairs]
                cliques.setdefault(frozenset(x.index for x in literals), literals)  # type: ignore[union-attr]
                if len({x.index for x in literals}) < len(literals):  # type: ignore[union-attr]
                    v.model.add_at_most_one(literals)
    for literals in maximal(cliques):
        v.model.add_at_most_one(literals)


def maximal(cliques: dict[frozenset[int], list[Lit]]) -> list[list[Lit]]:
    """The cliques that no other one contains."""
    by_member: dict[int, list[frozenset[int]]] = defaultdict(list)
    kept: list[list[Lit]] = []
    for members in sorted(cliques, key=lambda s: (-len(s), min(s))):
        rarest = min((by_member[m] for m in members), key=len)
        if any(members <= other for other in rarest):
            continue
        kept.append(cliques[members])
        for m in members:
            by_member[m].append(members)
    return kept


def add_pools(v: Variables) -> None:
    """In every slot, no more lessons that need one of a pool of rooms than rooms of the pool are open then."""
    pools = dict.fromkeys(pool for sets in v.room_sets.values() for pool in sets.values() if len(pool) > 1)
    for pool in pools:
        shut = {r: v.domains.always_closed(("room", r)) for r in pool}
        demand: dict[int, list[Lit]] = defaultdict(list)
        for request in v.room_sets:
            for cell, literal in needing(v, request, pool):
                for slot in v.problem.slots_of(v.problem.lesson[request[0]], cell):
                    demand[slot].append(literal)
        for slot, literals in demand.items():
            open_rooms = sum(slot % v.grid.size not in shut[r] for r in pool)
            if len(literals) > open_rooms:
                v.model.add(sum(literals) <= open_rooms)


def needing(v: Variables, request: Request, pool: RoomSet) -> Iterator[tuple[int, Lit]]:
    """(start cell, literal) under which a request takes one of the pool's rooms: its start literals where it has no
    other choice."""
    id_, position = request
    inside = {rooms for rooms, counted_in in v.room_sets[request].items() if counted_in <= pool}
    if len(inside) == len(v.room_sets[request]) and not v.problem.lesson[id_].may_go_without(position):
        yield from v.starts(id_).items()
    elif inside:
        yield from ((cell, x) for (cell, rooms), x in v.room_picks(id_, position).items() if rooms in inside)
