"""What an instance speaks of: times, resources, events and their groups, with every reference checked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from formats.xml import Node
from models.base import ResourceKind

T = TypeVar("T")

KINDS: dict[str, ResourceKind] = {
    "teacher": "teacher",
    "teachers": "teacher",
    "class": "class",
    "classes": "class",
    "student": "class",
    "students": "class",
    "room": "room",
    "rooms": "room",
}
"""Resource types by their Id, as archives name them; each kind has its own place in a lesson."""


class EventResource(NamedTuple):
    """resource: None when it is to be chosen, from those of the type; role: empty when it has none; workload: of
    whoever takes part in the whole event."""

    resource: str | None
    role: str
    type_: str
    kind: ResourceKind
    workload: int


@dataclass(frozen=True, slots=True)
class Event:
    """duration: in times; start: the preassigned time, None when it is free."""

    id: str
    name: str
    duration: int
    start: int | None
    resources: tuple[EventResource, ...]
    node: Node


@dataclass(frozen=True)
class Instance:
    """Times are numbered in the order of the file, which is that of the week. days: the times of each day;
    time_groups: days and weeks included; types and kinds: of each resource; event_groups: courses included; all
    groups keep the order of the file."""

    node: Node
    times: tuple[str, ...]
    days: dict[str, range]
    time_groups: dict[str, frozenset[int]]
    types: dict[str, str]
    kinds: dict[str, ResourceKind]
    resource_groups: dict[str, tuple[str, ...]]
    events: dict[str, Event]
    event_groups: dict[str, tuple[str, ...]]

    @cached_property
    def cell(self) -> dict[str, int]:
        return {time: number for number, time in enumerate(self.times)}

    @cached_property
    def attended(self) -> dict[str, frozenset[str]]:
        """Resource -> the events it is preassigned to."""
        found: dict[str, set[str]] = {r: set() for r in self.kinds}
        for event in self.events.values():
            for part in event.resources:
                if part.resource is not None:
                    found[part.resource].add(event.id)
        return {r: frozenset(events) for r, events in found.items()}


def read_instance(node: Node) -> Instance:
    """FormatError at the element that is missing, doubled or refers to nothing."""
    times, days, time_groups = _times(node.child("Times"))
    kinds = _kinds(node.child("Resources"))
    types, groups = _resources(node.child("Resources"), kinds)
    of_resource = {r: kinds[type_] for r, type_ in types.items()}
    instance = Instance(node, times, days, time_groups, types, of_resource, groups, {}, {})
    _events(node.child("Events"), instance, kinds)
    return instance


def reference(node: Node, known: Iterable[str], kind: str) -> str:
    """What the element refers to."""
    name = node.attributes.get("Reference", "")
    if name not in known:
        raise node.wrong(f"Reference {name!r}", f"the Id of a {kind}")
    return name


def _new(node: Node, known: dict[str, T], value: T) -> str:
    """Notes what the element defines under its Id."""
    name = node.attributes.get("Id", "")
    if not name or len(name) > 150:
        raise node.wrong(f"Id {name!r}", "a name of 1 to 150 characters")
    if name in known:
        raise node.wrong(f"Id {name!r} again", "every Id once")
    known[name] = value
    return name


def _listed(node: Node, tag: str) -> list[Node]:
    """The children of an element that may be absent."""
    found = node.find(tag)
    return found.children if found is not None else []


def _times(node: Node) -> tuple[tuple[str, ...], dict[str, range], dict[str, frozenset[int]]]:
    groups: dict[str, list[int]] = {}
    for group in _listed(node, "TimeGroups"):
        _new(group, groups, [])
    seen: dict[str, int] = {}
    days: dict[str, list[int]] = {}
    for time in node.all("Time"):
        number = len(seen)
        _new(time, seen, number)
        own = [*time.all("Day"), *time.all("Week"), *_listed(time, "TimeGroups")]
        for name in dict.fromkeys(reference(g, groups, "time group") for g in own):
            groups[name].append(number)
        day = time.find("Day")
        days.setdefault(reference(day, groups, "day") if day is not None else "", []).append(number)
    for day_name, numbers in days.items():
        if numbers != list(range(numbers[0], numbers[-1] + 1)):
            raise node.wrong(f"day {day_name!r} in pieces", "times of a day one after the other")
    if not seen:
        raise node.wrong("no <Time>", "one at least")
    ranges = {day: range(numbers[0], numbers[-1] + 1) for day, numbers in days.items()}
    return tuple(seen), ranges, {g: frozenset(numbers) for g, numbers in groups.items()}


def _kinds(node: Node) -> dict[str, ResourceKind]:
    """Resource type -> its kind."""
    kinds: dict[str, ResourceKind] = {}
    for type_ in _listed(node, "ResourceTypes"):
        name = type_.attributes.get("Id", "")
        if name.lower() not in KINDS:
            raise type_.wrong(f"Id {name!r}", "a type of teachers, classes, students or rooms")
        _new(type_, kinds, KINDS[name.lower()])
    return kinds


def _resources(node: Node, kinds: dict[str, ResourceKind]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Resource -> its type; resource group -> its members."""
    groups: dict[str, list[str]] = {}
    for group in _listed(node, "ResourceGroups"):
        _new(group, groups, [])
    types: dict[str, str] = {}
    for resource in node.all("Resource"):
        name = _new(resource, types, reference(resource.child("ResourceType"), kinds, "resource type"))
        for g in _listed(resource, "ResourceGroups"):
            groups[reference(g, groups, "resource group")].append(name)
    return types, {g: tuple(dict.fromkeys(names)) for g, names in groups.items()}


def _events(node: Node, instance: Instance, kinds: dict[str, ResourceKind]) -> None:
    groups: dict[str, list[str]] = {}
    for group in _listed(node, "EventGroups"):
        _new(group, groups, [])
    for child in node.all("Event"):
        start = child.find("Time")
        name = child.attributes.get("Id", "")
        event = Event(
            id=name,
            name=child.value_or("", "Name").strip() or name,
            duration=child.integer("Duration"),
            start=None if start is None else instance.cell[reference(start, instance.cell, "time")],
            resources=tuple(_parts(child, instance, kinds)),
            node=child,
        )
        if not 1 <= event.duration <= len(instance.times):
            raise child.child("Duration").wrong(str(event.duration), f"1 to {len(instance.times)} times")
        _new(child, instance.events, event)
        for g in (*child.all("Course"), *_listed(child, "EventGroups")):
            groups[reference(g, groups, "event group")].append(name)
    instance.event_groups.update({g: tuple(dict.fromkeys(names)) for g, names in groups.items()})


def _parts(event: Node, instance: Instance, kinds: dict[str, ResourceKind]) -> Iterator[EventResource]:
    open_roles: set[str] = set()
    whole = event.integer("Workload" if event.find("Workload") is not None else "Duration")
    for node in _listed(event, "Resources"):
        role = node.value_or("", "Role").strip()
        workload = node.integer("Workload") if node.find("Workload") is not None else whole
        if "Reference" in node.attributes:
            name = reference(node, instance.types, "resource")
            yield EventResource(name, role, instance.types[name], instance.kinds[name], workload)
        elif not role or role in open_roles:
            raise node.wrong(f"<Role> {role!r}", "a Reference, or a role of its own")
        else:
            open_roles.add(role)
            type_ = reference(node.child("ResourceType"), kinds, "resource type")
            yield EventResource(None, role, type_, kinds[type_], workload)
