"""Reads an instance of an XHSTT archive as a problem."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pydantic import ValidationError

from formats.content import content
from formats.errors import Unsupported
from formats.xhstt.day_limits import BUSY, IDLE, DayLimits
from formats.xhstt.entry import Entry, Inexpressible, read_entries
from formats.xhstt.event_constraints import EVENT_CONSTRAINTS, Converter
from formats.xhstt.instance import Instance, read_instance
from formats.xhstt.resource_constraints import RESOURCE_CONSTRAINTS
from formats.xhstt.school import Roles, School
from formats.xhstt.splits import Parts
from formats.xml import Node, parse
from models.problem import Problem, Room, SchoolClass, Subject, Teacher
from models.rules import AnyRule
from models.time import Day, Period, PeriodGrid

CONVERTERS: dict[str, Converter] = {**EVENT_CONSTRAINTS, **RESOURCE_CONSTRAINTS}

FIRST_BELL, HOUR, MIDNIGHT = 8 * 60, 60, 24 * 60
"""In minutes. An archive has no clock; periods last an hour from eight on, less where a day has too many."""


class XhsttImport(NamedTuple):
    """unsupported: (what was left out, how often); times: the Id of each cell; roles: event -> what its lessons
    choose; pairs: the events of which each time is a lesson, what stands side by side being one piece; notes: what
    else a person should know. A lesson is named after its event, with a number; its `course` is the Id of the event.
    The name of the problem is the Id of the instance."""

    problem: Problem
    unsupported: tuple[tuple[str, int], ...]
    times: tuple[str, ...]
    roles: dict[str, Roles]
    pairs: frozenset[str]
    notes: tuple[str, ...]


def read_xhstt(
    data: bytes | str | Path,
    instance: str = "",
    *,
    splits: Mapping[str, Parts] = MappingProxyType({}),
    ignore_unsupported: bool = False,
) -> XhsttImport:
    """data: the content of a file, gzip or not, or where it lies. instance: its Id; empty: the only one. splits:
    durations of the lessons of events, long ones first; those of events that are not named are chosen.

    Required constraints become hard rules, the others cost what they cost in the archive.
    FormatError: the file is broken, or refers to what it does not define; the message says where.
    Unsupported: constraints that no rule expresses exactly, unless these are to be ignored.
    """
    root = parse(content(data))
    node = chosen(root, instance)
    reading = Reading(node, splits)
    unsupported = tuple(reading.unsupported.items())
    if unsupported and not ignore_unsupported:
        raise Unsupported(node.place, unsupported, "constraints that the rules express")
    return XhsttImport(
        reading.problem(),
        unsupported,
        reading.instance.times,
        reading.school.roles,
        frozenset(reading.school.pairs),
        tuple(reading.notes()),
    )


def chosen(root: Node, name: str) -> Node:
    if root.tag != "HighSchoolTimetableArchive":
        raise root.wrong(f"<{root.tag}>", "<HighSchoolTimetableArchive>")
    listing = root.child("Instances")
    found = [n for n in listing.all("Instance") if name in ("", n.attributes.get("Id", ""))]
    if len(found) != 1:
        raise listing.wrong(f"{len(found)} instances {name}".strip(), "one, or the Id of one")
    return found[0]


class Reading:
    """Gathers the rules of an instance constraint by constraint."""

    def __init__(self, node: Node, splits: Mapping[str, Parts]) -> None:
        self.node = node
        self.instance: Instance = read_instance(node)
        entries = read_entries(node, self.instance)
        self.school = School(self.instance, entries, splits)
        self.rules: list[AnyRule] = []
        self.unsupported: Counter[str] = Counter()
        self._limits = DayLimits(self.school)
        for entry in entries:
            self._convert(entry)
        self.rules.extend(self._limits.rules())
        for event, pairs in self.school.pairs.items():
            self.rules.extend(pairs.rules(self.school.of_event[event]))
        for entry, lack in self._limits.unsupported.items():
            self.unsupported[f"{entry.node.tag} {lack}"] += 1
        self.grid = self._grid()
        self.unsupported.update(self.school.unsupported)
        self._lessons_stay_in_a_day()

    def _convert(self, entry: Entry) -> None:
        try:
            if entry.node.tag in (IDLE, BUSY):
                self.rules.extend(self._limits.add(entry))
            elif entry.node.tag in CONVERTERS:
                self.rules.extend(list(CONVERTERS[entry.node.tag](entry, self.school)))
            else:
                self.unsupported[entry.node.tag] += 1
        except Inexpressible as lack:
            self.unsupported[f"{entry.node.tag} {lack}"] += 1

    def _grid(self) -> PeriodGrid:
        sizes = {day or "week": len(times) for day, times in self.instance.days.items()}
        longest = max(sizes.values())
        if longest > MIDNIGHT:
            raise self.node.child("Times").wrong(f"{longest} times a day", f"at most {MIDNIGHT}")
        hour = min(HOUR, MIDNIGHT // longest)
        bell = min(FIRST_BELL, MIDNIGHT - longest * hour)
        return PeriodGrid(
            days=tuple(Day(id=day) for day in sizes),
            periods=tuple(
                Period(
                    id=str(n + 1),
                    start=bell + n * hour,
                    end=bell + (n + 1) * hour,
                    days=tuple(day for day, size in sizes.items() if size > n),
                )
                for n in range(longest)
            ),
        )

    def _lessons_stay_in_a_day(self) -> None:
        """In an archive a lesson may run on into the next day unless its preferred times forbid it."""
        over = {
            lesson.course
            for lesson in self.school.lessons.values()
            if lesson.duration > 1 and any(not self.grid.fits(t, lesson.duration) for t in self.school.starts(lesson))
        }
        if over:
            self.unsupported["events that may run over the end of a day"] += len(over)

    def notes(self) -> Iterator[str]:
        if self.school.open_splits:
            yield (
                f"{self.school.open_splits} events could be split into other lessons as well; a timetable that is the "
                "best of these lessons need not be the best of the instance"
            )

    def _classes(self) -> Iterator[SchoolClass]:
        attendees = [p.attendee for p in self.school.pairs.values()]
        for name in (*(r for r, kind in self.instance.kinds.items() if kind == "class"), *attendees):
            yield SchoolClass(id=name, students=(name,))

    def problem(self) -> Problem:
        kinds = self.instance.kinds
        lessons = tuple(self.school.lessons.values())
        try:
            return Problem(
                name=self.node.attributes.get("Id", ""),
                grid=self.grid,
                subjects=tuple(Subject(id=s) for s in dict.fromkeys(x.subject for x in lessons)),
                teachers=tuple(Teacher(id=r) for r, kind in kinds.items() if kind == "teacher"),
                classes=tuple(self._classes()),
                rooms=tuple(Room(id=r) for r, kind in kinds.items() if kind == "room"),
                lessons=lessons,
                rules=tuple(self.rules),
            )
        except ValidationError as error:
            raise self.node.wrong(str(error.errors()[0]["msg"]), "a sound problem") from None
