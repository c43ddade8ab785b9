"""Rooms that are counted instead of assigned.

Where no rule looks at which room a lesson has, it is enough that in every slot, for each set of rooms, the lessons
that need one of the set are not more than the rooms in it. That is exact for nested (laminar) sets of rooms; the
rooms themselves are handed out after the solve (`solver.rooms`). Requests outside a nested family stay explicit.
"""

from collections.abc import Callable, Iterable

from models.problem import Problem
from models.rules.base import ResourceRule, Rule
from solver.domains import Domains

Request = tuple[str, int]
"""(lesson, position of the request)"""

ROOM_RULES = frozenset(
    {
        "home_room",
        "max_room_changes",
        "max_site_changes",
        "preferred_rooms",
        "room_stability",
        "room_wanted",
        "same_room_if_consecutive",
        "travel_time",
    }
)
"""Rules that look at which room a lesson has (besides every rule whose `who` are rooms)."""


def looks_at_rooms(problem: Problem, rule: Rule) -> Iterable[str]:
    """Ids of the lessons whose room identity the rule looks at."""
    if rule.name == "room_capacity":
        return _too_small_possible(problem, rule)
    if isinstance(rule, ResourceRule) and rule.who.kind == "room":
        return [] if rule.name == "unavailable" and rule.weight is None else _users_of(problem, rule)
    if rule.name not in ROOM_RULES:
        return []
    lessons: tuple[str, ...] | None = getattr(rule, "lessons", None)
    return [x.id for x in problem.lessons] if lessons is None else lessons


def _users_of(problem: Problem, rule: ResourceRule) -> list[str]:
    rooms = set(problem.rows(rule.who))
    return [x.id for x in problem.lessons if any(rooms.intersection(problem.room_choices(r)) for r in x.rooms)]


def _too_small_possible(problem: Problem, rule: Rule) -> list[str]:
    """Lessons that could get a room too small for them."""
    lessons: tuple[str, ...] = getattr(rule, "lessons", ()) or tuple(problem.lesson)
    found = []
    for id_ in lessons:
        lesson = problem.lesson[id_]
        capacities = [problem.room[r].capacity for request in lesson.rooms for r in problem.room_choices(request)]
        if any(c is not None and c < problem.head_count(lesson) for c in capacities):
            found.append(id_)
    return found


def counted_requests(problem: Problem, domains: Domains, explicit: frozenset[str]) -> dict[Request, frozenset[str]]:
    """The requests that are counted, with the rooms each may have.

    1. Requests for a single room are explicit (they cost no variable). 2. So are optional ones and those a rule
    looks at. 3. The sets of rooms of the rest are taken from the most wanted on, as long as they stay nested.
    """
    watched = explicit.union(*(set(looks_at_rooms(problem, rule)) for rule in problem.rules))
    wanted: dict[frozenset[str], list[Request]] = {}
    for lesson in problem.lessons:
        for i, rooms in enumerate(domains.rooms[lesson.id]):
            if len(rooms) > 1 and lesson.id not in watched and not lesson.rooms[i].optional:
                wanted.setdefault(frozenset(rooms), []).append((lesson.id, i))
    return {
        request: rooms for rooms in nested_family(wanted, key=lambda s: len(wanted[s])) for request in wanted[rooms]
    }


def nested_family(sets: Iterable[frozenset[str]], key: Callable[[frozenset[str]], int]) -> list[frozenset[str]]:
    """A family in which any two sets are nested or disjoint, taken greedily by descending key."""
    family: list[frozenset[str]] = []
    for s in sorted(sets, key=lambda s: (-key(s), sorted(s))):
        if all(s <= t or t <= s or s.isdisjoint(t) for t in family):
            family.append(s)
    return family
