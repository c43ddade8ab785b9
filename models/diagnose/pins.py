"""Contradictions: lessons without any possible start, pins that clash, lessons that exclude each other."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from models.base import ResourceKind
from models.diagnose.facts import Facts, unique
from models.diagnose.finding import Finding, listed, times
from models.domains import Resource
from models.problem import Lesson
from models.rules.preferred_rooms import PreferredRooms
from models.rules.room_capacity import RoomCapacity


class Restriction(NamedTuple):
    """allowed: the cells in which it lets a lesson start."""

    words: str
    sources: tuple[str, ...]
    allowed: frozenset[int]


def contradictions(facts: Facts) -> Iterator[Finding]:
    yield from _never(facts)
    yield from _roomless(facts)
    yield from _inseparable(facts)
    yield from _clashing(facts)


# ---- no possible start -----------------------------------------------------------------------------------------------


def _never(facts: Facts) -> Iterator[Finding]:
    for leader, members in facts.domains.blocks.items():
        if not facts.domains.starts[leader]:
            lessons = [facts.problem.lesson[x] for x in members]
            kept = _smallest([(x, r) for x in lessons for r in _restrictions(facts, x)])
            named = list(dict.fromkeys(x.id for x, _ in kept))
            words = [r.words if len(named) == 1 else f"{x.title}: {r.words}" for x, r in kept]
            titles = listed(facts.problem.lesson[x].title for x in named)
            # Several named lessons: only together they have none, since they must start at the same time.
            together = "cannot start together" if len(named) > 1 else "has no possible start"
            sources = unique(
                [*(facts.problem.lesson[x].source for x in named), *(s for _, r in kept for s in r.sources)]
                + [rule.source for rule in facts.limiting[named[0]] if len(named) > 1]
            )
            yield Finding("no_start", "proof", f"{titles} {together}: {'; '.join(words)}", sources, tuple(named))


def _smallest(restrictions: list[tuple[Lesson, Restriction]]) -> list[tuple[Lesson, Restriction]]:
    """As few of the restrictions as still leave no cell: each is dropped if it can be."""
    kept = list(restrictions)
    for item in restrictions:
        rest = [x for x in kept if x is not item]
        if rest and not frozenset.intersection(*(r.allowed for _, r in rest)):
            kept = rest
    return kept


def _restrictions(facts: Facts, lesson: Lesson) -> Iterator[Restriction]:
    grid, pin = facts.grid, lesson.pin.start
    fitting = frozenset(c for c in range(grid.size) if grid.fits(c, lesson.duration))
    if pin is not None:
        yield Restriction(f"it is pinned to {grid.label(pin)}", (), frozenset((pin,)))
    for rule in facts.domains.required_times.get(lesson.id, ()):
        allowed = frozenset(c for c in fitting if rule.misses(lesson, c) == 0)
        yield Restriction(_only("its times", allowed, facts, fitting), (rule.source,), allowed)
    for resource in facts.domains.fixed(lesson):
        yield _availability(facts, lesson, [resource], fitting)
    for teachers in facts.domains.teachers[lesson.id]:
        yield _availability(facts, lesson, [("teacher", t) for t in teachers], fitting)
    for position, rooms in enumerate(facts.domains.rooms[lesson.id]):
        if not rooms and not lesson.may_go_without(position):
            yield Restriction(_no_room(facts, lesson, position), unique(_room_sources(facts, lesson)), frozenset())
        elif not lesson.may_go_without(position):
            yield _availability(facts, lesson, [("room", r) for r in rooms], fitting)


def _no_room(facts: Facts, lesson: Lesson, position: int) -> str:
    """Why no room at all is left for a request."""
    choices = facts.problem.room_choices(lesson.rooms[position])
    if lesson.pin.rooms is not None:
        return "it is pinned to no room, but must have one"
    if not choices:
        return "no room fulfils its request"
    asked = [f"seats for {facts.problem.head_count(lesson)}"] if lesson.id in facts.domains.seats_required else []
    asked += [f"one of {listed(sorted(rooms))}" for rooms in facts.domains.required_rooms.get(lesson.id, ())]
    return f"of the rooms {listed(_seats(facts, r) for r in choices)} it needs {' and '.join(asked)}"


def _seats(facts: Facts, room: str) -> str:
    capacity = facts.problem.room[room].capacity
    return room if capacity is None else f"{room} ({capacity} seats)"


def _room_sources(facts: Facts, lesson: Lesson) -> Iterator[str]:
    return (r.source for r in facts.limiting[lesson.id] if isinstance(r, (PreferredRooms, RoomCapacity)))


def _availability(facts: Facts, lesson: Lesson, options: list[Resource], fitting: frozenset[int]) -> Restriction:
    """One of the options must be open for the whole lesson."""
    shut = [facts.domains.closed_cells(resource, lesson) for resource in options]
    allowed = frozenset(c for c in fitting if any(cells.isdisjoint(range(c, c + lesson.duration)) for cells in shut))
    sources = unique(rule.source for resource in options for rule in facts.domains.closed.get(resource, ()))
    names = [facts.name(kind, row) for kind, row in options]
    kind = options[0][0]
    who = f"{kind} {names[0]}" if len(names) == 1 else f"any of the {kind}s {listed(names)}"
    return Restriction(_only(who, allowed, facts, fitting), sources, allowed)


def _only(who: str, allowed: frozenset[int], facts: Facts, fitting: frozenset[int]) -> str:
    return f"{who}: only {times(facts.grid, allowed, fitting)}" if allowed else f"{who}: at no time"


def _roomless(facts: Facts) -> Iterator[Finding]:
    """Lessons for which rooms are open, but not the home room."""
    for lesson in facts.placeable:
        for position, rooms in enumerate(facts.domains.rooms[lesson.id]):
            if not lesson.may_go_without(position) and not facts.rooms(lesson, position):
                rules = facts.domains.home_rooms[lesson.id]
                homes = listed(dict.fromkeys(rule.room for rule in rules))
                sentence = f"{lesson.title} should be in the home room {homes}, but may only use {listed(rooms)}"
                sources = [lesson.source, *(r.source for r in (*facts.limiting[lesson.id], *rules))]
                yield Finding("no_room", "proof", sentence, unique(sources), (lesson.id,), rooms)


# ---- lessons that exclude each other ---------------------------------------------------------------------------------


def _inseparable(facts: Facts) -> Iterator[Finding]:
    """Lessons that must start together, but share a teacher, students or the only room."""
    for members in facts.domains.blocks.values():
        for a, b in combinations((facts.problem.lesson[x] for x in members), 2):
            shared = _shared(facts, a, b)
            if shared:
                sources = [rule.source for rule in facts.limiting[a.id] if rule.name == "same_start"]
                yield _clash(facts, a, b, "must start together", shared, sources)


def _clashing(facts: Facts) -> Iterator[Finding]:
    """Lessons pinned to the same time that share a teacher, students or a room."""
    at: dict[int, list[Lesson]] = {}
    for x in facts.placeable:
        if x.pin.start is not None:
            for cell in range(x.pin.start, x.pin.start + x.duration):
                at.setdefault(cell, []).append(x)
    seen: set[tuple[str, str]] = set()
    for cell, lessons in sorted(at.items()):
        for a, b in combinations(lessons, 2):
            shared = [] if (a.id, b.id) in seen else _shared(facts, a, b)
            seen.add((a.id, b.id))
            if shared and facts.domains.leader[a.id] != facts.domains.leader[b.id]:
                yield _clash(facts, a, b, f"are both pinned to {facts.grid.label(cell)}", shared, [])


def _shared(facts: Facts, a: Lesson, b: Lesson) -> list[Resource]:
    if set(facts.problem.weeks_of(a)).isdisjoint(facts.problem.weeks_of(b)):
        return []
    of_b = set(_certain(facts, b))
    return [r for r in dict.fromkeys(_certain(facts, a)) if r in of_b and facts.is_alone(r)]


def _certain(facts: Facts, lesson: Lesson) -> Iterator[Resource]:
    """Everything the lesson uses wherever it is, chosen things with one candidate included."""
    yield from facts.domains.fixed(lesson)
    yield from (("teacher", t[0]) for t in facts.domains.teachers[lesson.id] if len(t) == 1)
    for position, rooms in enumerate(facts.domains.rooms[lesson.id]):
        if len(rooms) == 1 and not lesson.may_go_without(position):
            yield "room", rooms[0]


def _clash(facts: Facts, a: Lesson, b: Lesson, what: str, shared: list[Resource], sources: list[str]) -> Finding:
    who = listed(dict.fromkeys(f"{kind} {_known_as(facts, kind, row)}" for kind, row in shared))
    sentence = f"{a.title} and {b.title} {what}, but share {who}"
    rows = tuple(row for _, row in shared)
    return Finding("clash", "proof", sentence, unique([*sources, a.source, b.source]), (a.id, b.id), rows)


def _known_as(facts: Facts, kind: ResourceKind, row: str) -> str:
    """A student set goes by the name of its whole class, so that two sets of one class are told once."""
    return facts.problem.students.classes_of[row][0] if kind == "class" else row
