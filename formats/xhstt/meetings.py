"""A solution as the archive sees it: pieces of events with their times and resources."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from formats.xhstt.instance import Instance, reference
from formats.xhstt.read import XhsttImport
from formats.xhstt.school import Roles
from formats.xml import Node
from models.problem import Lesson
from models.time import Grid
from models.timetable import Timetable


class Meeting(NamedTuple):
    """A piece of an event. start: number of its first time, None when it has none; given: open role -> resource."""

    event: str
    duration: int
    start: int | None
    given: Mapping[str, str]

    @property
    def times(self) -> range:
        return range(0) if self.start is None else range(self.start, self.start + self.duration)


class Meetings:
    """All pieces of all events; what is left of an event that none is named for is a piece without a time."""

    def __init__(self, instance: Instance, named: Iterable[Meeting]) -> None:
        self.instance = instance
        self.of_event: dict[str, list[Meeting]] = {e: [] for e in instance.events}
        for meeting in named:
            self.of_event[meeting.event].append(meeting)
        for event, meetings in self.of_event.items():
            rest = instance.events[event].duration - sum(m.duration for m in meetings)
            if rest > 0:
                meetings.append(Meeting(event, rest, instance.events[event].start if not meetings else None, {}))

    def durations(self) -> dict[str, tuple[int, ...]]:
        """Into what each event is split, long pieces first."""
        return {e: tuple(sorted((m.duration for m in own), reverse=True)) for e, own in self.of_event.items()}

    def resource(self, meeting: Meeting, role: str) -> str | None:
        """Who has a role in a piece; None when nobody has it or the event has no such role."""
        if role in meeting.given:
            return meeting.given[role]
        parts = self.instance.events[meeting.event].resources
        return next((p.resource for p in parts if p.role == role), None)

    @cached_property
    def attendance(self) -> dict[str, list[tuple[Meeting, float]]]:
        """Resource -> the pieces it takes part in, with the workload it has from each."""
        found: dict[str, list[tuple[Meeting, float]]] = {r: [] for r in self.instance.kinds}
        for event, meetings in self.of_event.items():
            whole = self.instance.events[event].duration
            for part in self.instance.events[event].resources:
                for m in meetings:
                    who = part.resource or m.given.get(part.role)
                    if who is not None:
                        found[who].append((m, m.duration * part.workload / whole))
        return found

    @cached_property
    def busy(self) -> dict[str, Counter[int]]:
        """Resource -> time -> in how many pieces it is then."""
        return {r: Counter(t for m, _ in own for t in m.times) for r, own in self.attendance.items()}


def meetings_of(found: XhsttImport, timetable: Timetable) -> Iterator[Meeting]:
    """The lessons of a timetable, those of an event of pairs joined where they are side by side."""
    made = (_meeting(x, found.roles[x.course], timetable) for x in found.problem.lessons)
    for event, group in groupby(made, key=lambda m: m.event):
        pieces = list(group)
        yield from _joined(pieces, found.problem.grid) if event in found.pairs else pieces


def _joined(pieces: list[Meeting], grid: Grid) -> Iterator[Meeting]:
    """Pieces of one event, each of one time; no two of those at once are joined."""
    yield from (m for m in pieces if m.start is None)
    starts = sorted(m.start for m in pieces if m.start is not None)
    for _, run in groupby(enumerate(starts), key=lambda x: (grid.positions[x[1]][0], x[1] - x[0])):
        first, *others = (start for _, start in run)
        yield pieces[0]._replace(duration=1 + len(others), start=first)


def _meeting(lesson: Lesson, roles: Roles, timetable: Timetable) -> Meeting:
    placed = timetable.placement.get(lesson.id)
    if placed is None:
        return Meeting(lesson.course, lesson.duration, None, {})
    given = [*zip(roles.teachers, placed.teachers, strict=True), *zip(roles.rooms, placed.rooms, strict=True)]
    return Meeting(
        lesson.course,
        lesson.duration,
        placed.start,
        {role: r for role, r in given if role is not None and r is not None},
    )


def read_meetings(solution: Node, instance: Instance) -> Meetings:
    """The events of a <Solution>. FormatError for what the instance does not have."""
    return Meetings(instance, (_read(n, instance) for n in solution.child("Events").all("Event")))


def _read(node: Node, instance: Instance) -> Meeting:
    event = instance.events[reference(node, instance.events, "event")]
    duration = node.integer("Duration") if node.find("Duration") is not None else event.duration
    if not 1 <= duration <= event.duration:
        raise node.child("Duration").wrong(str(duration), f"1 to {event.duration}, the duration of the event")
    time = node.find("Time")
    start = event.start if time is None else instance.cell[reference(time, instance.cell, "time")]
    return Meeting(event.id, duration, start, dict(_given(node, event.id, instance)))


def _given(node: Node, event: str, instance: Instance) -> Iterator[tuple[str, str]]:
    """Role and resource of each open role that is filled."""
    open_ = {p.role for p in instance.events[event].resources if p.resource is None}
    listing = node.find("Resources")
    for child in listing.all("Resource") if listing is not None else ():
        role = child.value_or("", "Role").strip()
        if role not in open_:
            raise child.wrong(f"role {role!r}", f"an open role of event {event}")
        yield role, reference(child, instance.types, "resource")
