"""The lessons of a class, teacher or room as an iCalendar file (RFC 5545), repeated week by week."""

import datetime as dt
import hashlib
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration, vRecur

from formats.excel.days import DAY_NUMBER
from formats.excel.sheets import key
from formats.grid import bookings_of
from formats.labels import heading
from models.base import ResourceKind
from models.board import Board, Booking
from models.problem import Problem
from models.time import ClockGrid
from models.timetable import Timetable

PRODUCT = "-//Timewright//Timetable//EN"
REFRESH = dt.timedelta(hours=1)
"""How often a calendar that follows the address should look again."""
SCHOOL_WEEK = 5
"""Days of a week where their names say no weekday: Day 1 is a Monday, Day 6 the Monday of the next week."""
LONGEST_ZONE = dt.timedelta(days=2 * 366)
"""For so long the changes of summer time are written out."""


class Term(NamedTuple):
    """A time in which a timetable is in force. last: None: until further notice; anchor: a day of the first of the
    weeks that alternate; id: tells events of different terms apart; number: higher for later versions; stamp: when it
    was published."""

    problem: Problem
    timetable: Timetable
    first: dt.date
    last: dt.date | None
    anchor: dt.date
    id: str
    number: int
    stamp: dt.datetime


class Slot(NamedTuple):
    """When a lesson takes place: at one date, or every so many weeks from the first date on."""

    first: dt.date
    every: int | None


def write_ics(terms: Iterable[Term], kind: ResourceKind, id_: str, zone: str | None) -> bytes:
    """zone: IANA name; times are wall-clock times there; None: wherever the reader is. Terms that do not know the
    resource are left out. Equal input gives equal bytes."""
    known = [term for term in terms if id_ in _names(term.problem, kind)]
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    title = heading(known[-1].problem, kind, id_) if known else id_
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for term in known:
        for event in _events(term, kind, id_, None if zone is None else ZoneInfo(zone)):
            calendar.add_component(event)
    if known:
        first = min(term.first for term in known)
        calendar.add_missing_timezones(first, max(term.first for term in known) + LONGEST_ZONE)
    return bytes(calendar.to_ical())


def _names(problem: Problem, kind: ResourceKind) -> Container[str]:
    names: dict[ResourceKind, Container[str]] = {
        "class": problem.class_,
        "teacher": problem.teacher,
        "room": problem.room,
    }
    return names[kind]


def _events(term: Term, kind: ResourceKind, id_: str, zone: ZoneInfo | None) -> Iterator[Event]:
    board = Board(term.problem, term.timetable)
    for booking in bookings_of(board, kind, id_):
        for week in term.problem.weeks_of(booking.lesson):
            slot = _slot(term, booking, week)
            if slot is not None:
                yield _event(term, kind, id_, booking, week, slot, zone)
            if _every_week(term.problem, booking):
                break


def _every_week(problem: Problem, booking: Booking) -> bool:
    return len(problem.weeks_of(booking.lesson)) == len(problem.grid.weeks)


def _event(
    term: Term, kind: ResourceKind, id_: str, booking: Booking, week: int, slot: Slot, zone: ZoneInfo | None
) -> Event:
    problem, lesson = term.problem, booking.lesson
    span = problem.grid.span(booking.placement.start, lesson.duration)
    event = Event()
    event.add("uid", _uid(term.id, kind, id_, lesson.id, str(week)))
    event.add("dtstamp", term.stamp.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", term.number)
    event.add("dtstart", _at(slot.first, span.start, zone))
    event.add("dtend", _at(slot.first, span.end, zone))
    event.add("summary", _summary(problem, kind, booking))
    rooms = [_named(problem.room[r].name, r) for r in dict.fromkeys(booking.placement.rooms) if r]
    if rooms:
        event.add("location", ", ".join(rooms))
    teachers = dict.fromkeys((*lesson.teachers, *booking.placement.teachers))
    people = [_named(problem.teacher[t].name, t) for t in teachers if (kind, t) != ("teacher", id_)]
    if people:
        event.add("description", ", ".join(people))
    if slot.every is not None:
        event.add("rrule", _rule(term, slot.every, span.start, zone))
    return event


def _uid(*parts: str) -> str:
    """Nobody can read from it what the lesson is."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32] + "@timewright"


def _at(day: dt.date, minute: int, zone: ZoneInfo | None) -> dt.datetime:
    """Wall-clock time; minute 1440 is midnight after the day."""
    return dt.datetime.combine(day + dt.timedelta(days=minute // 1440), dt.time(minute % 1440 // 60, minute % 60), zone)


def _rule(term: Term, every: int, minute: int, zone: ZoneInfo | None) -> vRecur:
    rule: dict[str, object] = {"freq": "weekly", "interval": every}
    if term.last is not None:
        last = _at(term.last, minute, zone)
        rule["until"] = last if zone is None else last.astimezone(dt.UTC)
    return vRecur(rule)


def _summary(problem: Problem, kind: ResourceKind, booking: Booking) -> str:
    lesson = booking.lesson
    subject = _named(next((s.name for s in problem.subjects if s.id == lesson.subject), ""), lesson.subject)
    whole = kind == "class" and len(lesson.classes) == 1 and problem.class_[lesson.classes[0]].part_of is None
    classes = "" if whole else "+".join(lesson.classes)
    return " · ".join(filter(None, (subject, classes))) or lesson.id


def _named(name: str, code: str) -> str:
    return name or code


# ---- dates -----------------------------------------------------------------------------------------------------------


def _slot(term: Term, booking: Booking, week: int) -> Slot | None:
    """None where it does not take place within the term."""
    grid, day = term.problem.grid, term.problem.grid.cells[booking.placement.start].day
    date = grid.dates[day] if isinstance(grid, ClockGrid) else grid.days[day].date
    if date is not None:
        return Slot(date, None) if _within(term, date) else None
    weekday, later, length = _day(tuple(grid.day_names), day)
    turns = len(grid.weeks) if not _every_week(term.problem, booking) else 1
    every = turns * length
    monday = _monday(term.anchor) + dt.timedelta(weeks=(week if turns > 1 else 0) * length + later)
    weeks = (_monday(term.first) - monday).days // 7
    first = monday + dt.timedelta(weeks=-(-weeks // every) * every, days=weekday)
    first += dt.timedelta(weeks=every) if first < term.first else dt.timedelta()
    return Slot(first, every) if _within(term, first) else None


def _within(term: Term, date: dt.date) -> bool:
    return term.first <= date and (term.last is None or date <= term.last)


def _monday(date: dt.date) -> dt.date:
    return date - dt.timedelta(days=date.weekday())


def _day(names: tuple[str, ...], day: int) -> tuple[int, int, int]:
    """Weekday (Monday 0), weeks after the first, and weeks until it comes again."""
    numbers = [DAY_NUMBER.get(key(name)) for name in names]
    number = numbers[day]
    if number is not None and None not in numbers and len(set(numbers)) == len(numbers):
        return number, 0, 1
    if len(names) <= 7:
        return day, 0, 1
    return day % SCHOOL_WEEK, day // SCHOOL_WEEK, -(-len(names) // SCHOOL_WEEK)
