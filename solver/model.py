"""The CP-SAT model of a problem: variables, clashes, pools, and the encoding of every rule."""

from collections import defaultdict

from models.problem import Problem
from solver.domains import Domains
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
) -> Variables:
    """Variables with everything said but the objective (see `Variables.penalties`)."""
    v = Variables(problem, best_effort=best_effort, enable=enable, explicit=explicit, domains=domains)
    add_clashes(v)
    add_pools(v)
    for rule in problem.rules:
        ENCODERS[rule.name](rule, v)
    return v


def add_clashes(v: Variables) -> None:
    """At most one lesson per resource and slot.

    Literals are not made unique here: two lessons of one block (same start) on one resource exclude their start.
    A clique that another one contains says nothing new and is left out.
    """
    cliques: dict[frozenset[int], list[Lit]] = {}
    for slots in v.resources.values():
        for pairs in slots.values():
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
    """In every slot, no more lessons that need one of a set of rooms than rooms of the set are open then."""
    members: dict[frozenset[str], list[str]] = defaultdict(list)
    for (lesson, _), rooms in v.counted.items():
        for pool in set(v.counted.values()):
            if rooms <= pool:
                members[pool].append(lesson)
    for pool, lessons in members.items():
        demand: dict[int, list[Lit]] = defaultdict(list)
        for lesson in lessons:
            for cell, literal in v.starts(lesson).items():
                for slot in v.problem.slots_of(v.problem.lesson[lesson], cell):
                    demand[slot].append(literal)
        for room in pool:
            for slot, pairs in v.resources.get(("room", room), {}).items():
                demand[slot].extend(literal for _, literal in pairs)
        for slot, literals in demand.items():
            open_rooms = sum(slot % v.grid.size not in v.problem.closed.get(("room", r), ()) for r in pool)
            if len(literals) > open_rooms:
                v.model.add(sum(literals) <= open_rooms)
