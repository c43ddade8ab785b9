"""The events of an instance as lessons: how long, with whom, where, and what they may choose from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from formats.repeated import each_counted
from formats.xhstt.entry import Entry, Inexpressible
from formats.xhstt.instance import Event, EventResource, Instance
from formats.xhstt.pairs import Pairs, pairs_in
from formats.xhstt.splits import Parts, Split, Splits
from models.base import ResourceKind, Weight
from models.problem import Lesson, Pin, RoomRequest
from models.rules import Who

ORDINARY = "ordinary workload"
"""Tag of the lessons whose workload is their duration, where there are others."""

Wish = tuple[str, str]
"""Event and role."""


class Roles(NamedTuple):
    """teachers: the role of each teacher to be chosen; rooms: that of each room request, None for a fixed room."""

    teachers: tuple[str, ...]
    rooms: tuple[str | None, ...]


class School:
    """entries: the constraints; splits: event -> durations of its lessons, where they are given.

    unsupported: what cannot be expressed of the events alone, and how often; open_splits: how many events could be
    split otherwise as well; pairs: the events of which every time is a lesson, so that their split is open.

    lessons: by id; of_event: event -> its lessons; roles: event -> what its lessons choose; chosen: resources that a
    lesson may be given; closed: resource -> times in which a hard constraint forbids it.
    """

    def __init__(self, instance: Instance, entries: list[Entry], splits: Mapping[str, Parts]) -> None:
        self.instance = instance
        self.entries = entries
        self.unsupported: Counter[str] = Counter()
        self.open_splits = 0
        self.lessons: dict[str, Lesson] = {}
        self.of_event: dict[str, tuple[str, ...]] = {}
        self.roles: dict[str, Roles] = {}
        self.closed = self._closed()
        self._assigned = {(e, x.role) for x in self._all("AssignResourceConstraint") if x.hard for e in x.events}
        self._timed = {e for x in self._all("AssignTimeConstraint") if x.hard for e in x.events}
        self._preferred = self._preferences()
        self._timing = self._preferred_times()
        self.chosen: set[str] = set()
        self._odd = self._odd_events()
        found = Splits(instance, entries, splits)
        self.pairs: dict[str, Pairs] = {e: p for e, p in pairs_in(instance, entries).items() if found.of(e).ways > 1}
        for event in instance.events.values():
            self._add(event, found.of(event.id))
        self._clashes()

    def _all(self, tag: str) -> Iterator[Entry]:
        return (x for x in self.entries if x.node.tag == tag)

    def _closed(self) -> dict[str, frozenset[int]]:
        found: dict[str, frozenset[int]] = {r: frozenset() for r in self.instance.kinds}
        for entry in self._all("AvoidUnavailableTimesConstraint"):
            for resource in entry.resources if entry.hard else ():
                found[resource] |= entry.times
        return found

    def _preferences(self) -> dict[Wish, list[frozenset[str]]]:
        found: dict[Wish, list[frozenset[str]]] = {}
        for entry in self._all("PreferResourcesConstraint"):
            for event in entry.events if entry.hard else ():
                found.setdefault((event, entry.role), []).append(frozenset(entry.preferred))
        return found

    def _preferred_times(self) -> dict[str, list[tuple[int | None, frozenset[int]]]]:
        """Event -> (only duration meant, start times) of the hard constraints on it."""
        found: dict[str, list[tuple[int | None, frozenset[int]]]] = {}
        for entry in self._all("PreferTimesConstraint"):
            demand = entry.duration, entry.times
            for event in entry.events if entry.hard else ():
                found.setdefault(event, []).append(demand)
        return found

    def _add(self, event: Event, split: Split) -> None:
        pairs = self.pairs.get(event.id)
        durations = split.parts if pairs is None else (1,) * event.duration
        self.open_splits += split.ways > 1 and pairs is None
        if not split.ways:
            self.unsupported["events for which no split keeps what is required"] += 1
        if event.start is None and event.id not in self._timed:
            self.unsupported["events without AssignTimeConstraint"] += 1
        if event.start is not None and len(durations) > 1:
            self.unsupported["events with a fixed time that are split"] += 1
        whole = self._lesson(event)
        for n, duration in enumerate(durations, start=1):
            self.lessons[f"{event.id}-{n}"] = whole.model_copy(update={"id": f"{event.id}-{n}", "duration": duration})
        self.of_event[event.id] = tuple(f"{event.id}-{n}" for n in range(1, len(durations) + 1))

    def _lesson(self, event: Event) -> Lesson:
        """The event in one piece."""
        fixed: dict[ResourceKind, list[str]] = {"teacher": [], "class": [], "room": []}
        teachers: list[tuple[str, tuple[str, ...]]] = []
        rooms: list[tuple[str, RoomRequest]] = []
        for part in event.resources:
            if part.resource is not None:
                fixed[part.kind].append(part.resource)
            elif part.kind == "room":
                rooms.extend((part.role, request) for request in self._room(event, part))
            else:
                teachers.extend((part.role, candidates) for candidates in self._teacher(event, part))
        if event.id in self.pairs:
            fixed["class"].append(self.pairs[event.id].attendee)
        own = [RoomRequest(any_of=(r,)) for r in dict.fromkeys(fixed["room"])]
        self.roles[event.id] = Roles(tuple(r for r, _ in teachers), (*(None for _ in own), *(r for r, _ in rooms)))
        return Lesson(
            id=event.id,
            subject=event.name,
            course=event.id,
            duration=event.duration,
            teachers=tuple(dict.fromkeys(fixed["teacher"])),
            classes=tuple(dict.fromkeys(fixed["class"])),
            any_teacher=tuple(candidates for _, candidates in teachers),
            rooms=(*own, *(request for _, request in rooms)),
            tags=self._tags(event),
            pin=Pin(start=event.start),
            source=event.node.place,
        )

    def _odd_events(self) -> tuple[str, ...]:
        """Those whose workload for somebody to be chosen differs from their duration, where workload is limited."""
        if not any(self._all("LimitWorkloadConstraint")):
            return ()
        events = self.instance.events.values()
        return tuple(e.id for e in events if any(p.resource is None and p.workload != e.duration for p in e.resources))

    def _tags(self, event: Event) -> tuple[str, ...]:
        if not self._odd:
            return ()
        return (f"event {event.id}",) if event.id in self._odd else (ORDINARY,)

    def tags_without(self, events: list[str]) -> tuple[str, ...]:
        """The tags of all lessons but those of some odd events; none means all."""
        return (ORDINARY, *(f"event {e}" for e in self._odd if e not in events)) if events else ()

    def _room(self, event: Event, part: EventResource) -> Iterator[RoomRequest]:
        """A role that nothing requires to be assigned may go without; left out when no room suits."""
        required = (event.id, part.role) in self._assigned
        rooms = self._candidates(event, part)
        self.chosen.update(rooms)
        if rooms:
            yield RoomRequest(any_of=rooms, optional=not required)
        elif required:
            self.unsupported["roles without a resource that may have them"] += 1

    def _teacher(self, event: Event, part: EventResource) -> Iterator[tuple[str, ...]]:
        """The candidates of an open role; none at all when that cannot be said."""
        teachers = self._candidates(event, part)
        if part.kind == "class":
            self.unsupported["events that choose a class"] += 1
        elif (event.id, part.role) not in self._assigned:
            self.unsupported["teacher roles without AssignResourceConstraint"] += 1
        elif not teachers:
            self.unsupported["roles without a resource that may have them"] += 1
        else:
            self.chosen.update(teachers)
            yield teachers

    def _candidates(self, event: Event, part: EventResource) -> tuple[str, ...]:
        wanted = self._preferred.get((event.id, part.role), [])
        types = self.instance.types.items()
        return tuple(r for r, type_ in types if type_ == part.type_ and all(r in group for group in wanted))

    def _clashes(self) -> None:
        """In a problem everybody is in one place at a time; here only those of whom a constraint says so."""
        safe = {r for x in self._all("AvoidClashesConstraint") if x.hard for r in x.resources}
        used = self.chosen.union(r for r, events in self.instance.attended.items() if events)
        if used - safe:
            self.unsupported["resources without AvoidClashesConstraint"] += len(used - safe)

    def lessons_of(self, events: Iterable[str]) -> list[Lesson]:
        return [self.lessons[x] for e in events for x in self.of_event[e]]

    def fixed_lessons(self, resource: str) -> tuple[str, ...]:
        """All lessons of a resource that is never chosen."""
        if resource in self.chosen:
            raise Inexpressible("for resources that are chosen")
        attended = self.instance.attended[resource]
        return tuple(x for e in self.instance.events if e in attended for x in self.of_event[e])

    def load(self, resource: str) -> tuple[int, int]:
        """Least and most times a resource is busy in all."""
        week, events = len(self.instance.times), self.instance.events
        fixed = sum(events[e].duration for e in self.instance.attended[resource])
        return fixed, week - len(self.closed[resource]) if resource in self.chosen else fixed

    def each(self, resources: Iterable[str], weight: Weight) -> Iterator[tuple[Who, Weight]]:
        """Resources by kind, with what one unit costs for each of them."""
        by_kind: dict[ResourceKind, list[str]] = {}
        for resource in resources:
            by_kind.setdefault(self.instance.kinds[resource], []).append(resource)
        for kind, ids in by_kind.items():
            if kind == "class":
                attended: Mapping[str, frozenset[str]] = {r: self.instance.attended[r] for r in ids}
                yield from each_counted(attended, weight)
            else:
                yield Who(kind=kind, ids=tuple(ids)), weight

    def starts(self, lesson: Lesson) -> frozenset[int]:
        """Times at which a lesson may start, by its pin, hard preferred times and the end of the week."""
        if lesson.pin.start is not None:
            return frozenset([lesson.pin.start])
        found = frozenset(range(len(self.instance.times) - lesson.duration + 1))
        for duration, times in self._timing.get(lesson.course, ()):
            if duration in (None, lesson.duration):
                found &= times
        return found
