"""Sheet Timetable: the places of an existing timetable."""

from collections.abc import Iterator
from dataclasses import replace

from formats.excel.context import Course, Reading
from formats.excel.pins import Ledger, Openings, Spot, fulfils, pin_of, read_spot
from formats.excel.rows import Rows
from formats.excel.values import yes_no
from models.timetable import Placement, Timetable, Unplaced

NOT_THERE = "not in the timetable that was read"


def read_timetable(reading: Reading, rows: Rows, ledger: Ledger) -> Timetable | None:
    """None: no rows. Rows of one class that follow each other and agree otherwise may be one longer lesson."""
    spots = [spot for row in rows for spot in (read_spot(reading, row),) if spot is not None]
    openings = Openings(reading)
    placements: dict[str, Placement] = {}
    for spot in _joined(reading, spots):
        for at, course, number in _lessons_of(openings, reading, spot):
            placement = _placement(reading, at, course, course.ids[number])
            if placement is not None:
                placements[placement.lesson] = placement
                _lock(reading, ledger, at, course, number)
    if not spots:
        return None
    lessons = [id_ for course in reading.courses for id_ in course.ids]
    return Timetable(
        placements=tuple(placements[x] for x in lessons if x in placements),
        unplaced=tuple(Unplaced(lesson=x, reason=NOT_THERE) for x in lessons if x not in placements),
    )


def _joined(reading: Reading, spots: list[Spot]) -> list[Spot]:
    """Single periods that follow each other as one spot; spots with a stated length or lesson stay alone."""
    result: list[Spot] = []
    grid = reading.times.grid
    for spot in sorted(spots, key=lambda s: (*_what(s), s.start)):
        last = result[-1] if result else None
        if spot.length or spot.row.text("Lesson") or last is None or grid is None or _what(last) != _what(spot):
            result.append(spot)
        elif spot.start == last.start + max(1, last.length) and grid.cells[spot.start].joined:
            result[-1] = replace(last, length=max(1, last.length) + 1)
        else:
            result.append(spot)
    return result


def _what(spot: Spot) -> tuple[tuple[str, ...], str, tuple[str, ...], tuple[str, ...], tuple[int, ...], bool]:
    return spot.classes, spot.subject, spot.teachers, spot.rooms, spot.weeks, bool(spot.row.read("Locked", yes_no))


def _lessons_of(openings: Openings, reading: Reading, spot: Spot) -> Iterator[tuple[Spot, Course, int]]:
    """Cuts a spot into lessons that are left, the longest first. A single period may be the start of a longer
    lesson."""
    named = openings.take_named(spot.row.text("Lesson"))
    if named is not None:
        yield spot, *named
        return
    at, end = spot.start, spot.start + max(1, spot.length)
    while at < end:
        here = replace(spot, start=at, length=end - at)
        lengths = openings.lengths(here)
        length = max((n for n in lengths if n <= end - at), default=0)
        if not length and not spot.length:
            length = next((n for n in lengths if reading.times.grid and reading.times.grid.fits(at, n)), 0)
        taken = openings.take(here, length) if length else None
        if taken is None:
            openings.report_none(here)
            return
        yield replace(here, length=length), *taken
        at += length


def _placement(reading: Reading, spot: Spot, course: Course, lesson: str) -> Placement | None:
    """None after reporting a place that cannot be written down."""
    duration = course.durations[course.ids.index(lesson)]
    grid = reading.times.grid
    if grid is None or not grid.fits(spot.start, duration):
        spot.row.error("Period", f"{lesson} of {duration} periods does not fit there", "a place where it fits")
        return None
    teachers = [next((t for t in spot.teachers if t in choice), None) for choice in course.any_teacher]
    if not all(teachers):
        missing = next(choice for choice, t in zip(course.any_teacher, teachers, strict=True) if t is None)
        spot.row.error("Teacher", f"it is not said who teaches {lesson}", f"one of {', '.join(missing)}")
        return None
    rooms = _rooms(reading, spot, course)
    return Placement(lesson=lesson, start=spot.start, rooms=rooms, teachers=tuple(t for t in teachers if t))


def _rooms(reading: Reading, spot: Spot, course: Course) -> tuple[str | None, ...]:
    """Rooms by request: those that fulfil it first, then the rest; more rooms than requests are reported."""
    left = list(spot.rooms)
    given: list[str | None] = []
    for request in course.rooms:
        given.append(next((r for r in left if fulfils(reading, request, r)), None))
        if given[-1] is not None:
            left.remove(given[-1])
    for number, room in enumerate(given):
        if room is None and left:
            given[number] = left.pop(0)
    if left:
        message = f'{course.title} asks for {len(course.rooms)} rooms; room "{left[0]}" is not kept'
        spot.row.warning("Room", message, f"a room in {course.row.source('Room')}")
    return tuple(given)


def _lock(reading: Reading, ledger: Ledger, spot: Spot, course: Course, number: int) -> None:
    """Pins the lesson of a locked row."""
    if not spot.row.read("Locked", yes_no):
        return
    lesson = course.ids[number]
    before = reading.pins.get(lesson)
    if before is not None and before.start == spot.start:
        return
    pin = pin_of(reading, spot, course)
    if ledger.book(spot, course, course.durations[number]) and pin is not None:
        reading.pins[lesson] = pin
