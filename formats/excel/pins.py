"""Decided places: which lesson a row of the sheets Fixed and Timetable means, and whether the places can be kept."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from formats.excel.context import Course, Reading
from formats.excel.rows import Row
from models.base import ResourceKind
from models.problem import Pin, RoomRequest


@dataclass(frozen=True)
class Spot:
    """What a row says of one lesson. length: in periods, 0 if not stated; teachers, rooms: empty if not stated."""

    row: Row
    classes: tuple[str, ...]
    subject: str
    start: int
    length: int
    teachers: tuple[str, ...]
    rooms: tuple[str, ...]
    weeks: tuple[int, ...]


def read_spot(reading: Reading, row: Row) -> Spot | None:
    """The row, or None after reporting what is wrong with it."""
    before = reading.findings.errors
    row.missing("Class", "Subject", "Day", "Period")
    classes = () if reading.classes.is_none(row.text("Class")) else reading.classes.many(row, "Class")
    subject = reading.subjects.one(row, "Subject")
    teachers = () if reading.teachers.is_none(row.text("Teacher")) else reading.teachers.many(row, "Teacher")
    rooms = reading.rooms.many(row, "Room")
    weeks = reading.times.read_weeks(row, "Week")
    at = reading.times.read_start(row)
    if reading.findings.errors > before or at is None or subject is None:
        return None
    return Spot(row, classes, subject, *at, teachers, rooms, weeks)


@dataclass
class Openings:
    """The lessons no row has taken yet, by class and subject."""

    reading: Reading
    _taken: set[str] = field(default_factory=set)

    @cached_property
    def _courses(self) -> dict[tuple[tuple[str, ...], str], list[Course]]:
        found: dict[tuple[tuple[str, ...], str], list[Course]] = {}
        for course in self.reading.courses:
            found.setdefault((tuple(sorted(course.classes)), course.subject), []).append(course)
        return found

    @cached_property
    def _by_subject(self) -> dict[str, list[Course]]:
        found: dict[str, list[Course]] = {}
        for course in self.reading.courses:
            found.setdefault(course.subject, []).append(course)
        return found

    @cached_property
    def _by_id(self) -> dict[str, tuple[Course, int]]:
        return {id_: (c, n) for c in self.reading.courses for n, id_ in enumerate(c.ids)}

    def courses(self, spot: Spot) -> list[Course]:
        """Courses the row may mean: of these classes and this subject, with these teachers, in these weeks. A
        joint course may be named by one of its classes."""
        same = self._courses.get((tuple(sorted(spot.classes)), spot.subject), []) or [
            c for c in self._by_subject.get(spot.subject, []) if set(spot.classes) <= set(c.classes)
        ]
        return [
            c for c in same if set(spot.teachers) <= c.staff and (not spot.weeks or set(spot.weeks) == set(c.weeks))
        ]

    def take(self, spot: Spot, length: int) -> tuple[Course, int] | None:
        """(course, position of its lesson) of a lesson left with this length: one pinned there, else the first
        that is not pinned, else the first."""
        pins, free = self.reading.pins, Pin()
        left = [
            (course, number)
            for course in self.courses(spot)
            for number, id_ in enumerate(course.ids)
            if id_ not in self._taken and course.durations[number] == length
        ]
        order = {spot.start: 0, None: 1}
        best = min(left, key=lambda x: order.get(pins.get(x[0].ids[x[1]], free).start, 2), default=None)
        if best is not None:
            self._taken.add(best[0].ids[best[1]])
        return best

    def take_named(self, id_: str) -> tuple[Course, int] | None:
        """The lesson of this id, if it is left."""
        if id_ in self._taken or id_ not in self._by_id:
            return None
        self._taken.add(id_)
        return self._by_id[id_]

    def lengths(self, spot: Spot) -> list[int]:
        """Lengths of the lessons left, the shortest first."""
        left = [
            duration
            for course in self.courses(spot)
            for id_, duration in zip(course.ids, course.durations, strict=True)
            if id_ not in self._taken
        ]
        return sorted(set(left))

    def report_none(self, spot: Spot) -> None:
        """Says why no lesson is left for the row."""
        if self.reading.lacks_lessons or self._reported_teacher(spot):
            return
        title = f"{spot.subject} {'+'.join(spot.classes)}"
        courses, left = self.courses(spot), self.lengths(spot)
        if not courses:
            weeks = " in these weeks" if spot.weeks else ""
            message, expected = f"there is no {title}{weeks} on sheet Lessons", "a row of sheet Lessons"
        elif not left:
            count = sum(len(c.ids) for c in courses)
            message, expected = f"all lessons of {title} have their place already", f"at most {count} of them"
        else:
            message = f"{title} has no lesson of {spot.length or 1} periods left that fits there"
            expected = f"a lesson of {' or '.join(map(str, left))} periods"
        spot.row.error("Subject", message, expected)

    def _reported_teacher(self, spot: Spot) -> bool:
        """Whether the row fails for its teachers alone, which is then reported."""
        others = self.courses(replace(spot, teachers=()))
        if not spot.teachers or not others or self.courses(spot):
            return False
        title = f"{spot.subject} {'+'.join(spot.classes)}"
        staff = sorted({t for c in others for t in c.staff})
        spot.row.error("Teacher", f"{title} is not taught by {', '.join(spot.teachers)}", ", ".join(staff))
        return True


@dataclass
class Ledger:
    """Who is pinned where: finds contradictions between pins."""

    reading: Reading
    _busy: dict[tuple[str, str, int, int], Row] = field(default_factory=dict)

    def book(self, spot: Spot, course: Course, length: int) -> bool:
        """Whether everyone the lesson needs is free there; each contradiction is reported."""
        before = self.reading.findings.errors
        teachers = (*course.teachers, *spot.teachers)
        needed: list[tuple[ResourceKind, str, str]] = [("teacher", t, "Teacher") for t in dict.fromkeys(teachers)]
        needed += [("room", r, "Room") for r in spot.rooms]
        for kind, code, column in [*needed, *(("class", c, "Class") for c in course.classes)]:
            self._check_open(spot, kind, code, column, length)
        needed += [("class", s, "Class") for s in self.reading.sets_of(course.classes)]
        for kind, code, column in needed:
            self._book(spot, course, kind, code, column, length)
        return self.reading.findings.errors == before

    def _check_open(self, spot: Spot, kind: ResourceKind, code: str, column: str, length: int) -> None:
        closed = self.reading.closed.get((kind, code), set())
        hit = [cell for cell in range(spot.start, spot.start + length) if cell in closed]
        grid = self.reading.times.grid
        if hit and grid is not None:
            message = f'{kind} "{code}" is not available on {grid.label(hit[0])} (sheet Unavailable)'
            spot.row.error(_filled(spot.row, column), message, "a time when it is available")

    def _book(self, spot: Spot, course: Course, kind: str, code: str, column: str, length: int) -> None:
        weeks = course.weeks or range(len(self.reading.times.weeks))
        for week in weeks:
            for cell in range(spot.start, spot.start + length):
                other = self._busy.setdefault((kind, code, week, cell), spot.row)
                if other is not spot.row:
                    self._report(spot, kind, code, column, cell, other)
                    return

    def _report(self, spot: Spot, kind: str, code: str, column: str, cell: int, other: Row) -> None:
        grid = self.reading.times.grid
        who = f'class "{"+".join(spot.classes)}"' if kind == "class" else f'{kind} "{code}"'
        place = f"row {other.index + 1} of sheet {other.rows.table.name}"
        if grid is not None:
            spot.row.error(
                _filled(spot.row, column),
                f"{who} is already fixed on {grid.label(cell)} by {place}",
                "one lesson at a time",
            )


def _filled(row: Row, column: str) -> str:
    """Where to point: the cell that names who it is about, else the day."""
    return column if row.text(column) else "Day"


def pin_of(reading: Reading, spot: Spot, course: Course) -> Pin | None:
    """The pin a row asks for; None after reporting a room or teacher the lesson cannot have."""
    rooms = _pinned_rooms(reading, spot, course)
    teachers: tuple[str, ...] | None = None
    if course.any_teacher and spot.teachers:
        chosen = [next((t for t in spot.teachers if t in choice), None) for choice in course.any_teacher]
        if all(chosen):
            teachers = tuple(t for t in chosen if t)
    if rooms is None and spot.rooms:
        return None
    return Pin(start=spot.start, rooms=rooms, teachers=teachers)


def _pinned_rooms(reading: Reading, spot: Spot, course: Course) -> tuple[str | None, ...] | None:
    """Rooms by request; the rooms named are given to the first requests they fulfil."""
    if not spot.rooms:
        return None
    if not course.rooms:
        spot.row.error(
            "Room",
            f"{course.title} asks for no room",
            f"a room in {course.row.rows.table.name}!{course.row.cell('Room')}",
        )
        return None
    left = list(spot.rooms)
    given: list[str | None] = []
    for request in course.rooms:
        room = next((r for r in left if fulfils(reading, request, r)), None)
        given.append(room)
        if room is not None:
            left.remove(room)
    if left:
        expected = "a room its row on sheet Lessons allows"
        spot.row.error("Room", f'{course.title} cannot be in room "{left[0]}"', expected)
        return None
    return tuple(given) if all(given) else None


def fulfils(reading: Reading, request: RoomRequest, room: str) -> bool:
    known = reading.room.get(room)
    features = known.features if known is not None else ()
    return (not request.any_of or room in request.any_of) and set(request.features) <= set(features)
