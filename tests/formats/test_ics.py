"""Lessons in a calendar: at the right wall-clock time, in the right weeks, for as long as the timetable is in force."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from formats.ics import Term, write_ics
from models.problem import Lesson, Problem, Teacher
from models.time import ClockGrid, Day, Opening, Period, PeriodGrid
from models.timetable import Placement, Timetable
from tests.formats.little_school import PROBLEM, TIMETABLE

BERLIN = ZoneInfo("Europe/Berlin")
STAMP = dt.datetime(2027, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
MONDAY = dt.date(2027, 1, 11)


def term(first: dt.date = MONDAY, last: dt.date | None = None, anchor: dt.date = MONDAY, **changed: Any) -> Term:
    return Term(PROBLEM, TIMETABLE, first, last, anchor, "v1", 1, STAMP)._replace(**changed)


def events(data: bytes) -> list[Any]:
    """Any: the library types a property as one of thirty kinds."""
    return list(Calendar.from_ical(data).walk("VEVENT"))


def dates(event: Any, until: dt.date) -> list[dt.date]:
    """Days on which the event takes place."""
    start = event["dtstart"].dt
    if "rrule" not in event:
        return [start.date()]
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=start)
    return [at.date() for at in rule.between(start, dt.datetime.combine(until, dt.time(23), BERLIN), inc=True)]


def one(data: bytes, summary: str) -> Any:
    (found,) = (event for event in events(data) if str(event["summary"]).startswith(summary))
    return found


def test_a_lesson_is_every_week_at_its_time() -> None:
    event = one(write_ics([term()], "teacher", "ADE", "Europe/Berlin"), "Physics")
    assert event["dtstart"].dt == dt.datetime(2027, 1, 12, 11, 35, tzinfo=BERLIN)
    assert event["dtend"].dt == dt.datetime(2027, 1, 12, 12, 55, tzinfo=BERLIN)
    assert dates(event, dt.date(2027, 1, 26)) == [dt.date(2027, 1, d) for d in (12, 19, 26)]
    assert (str(event["summary"]), str(event["location"])) == ("Physics · 7B", "Science lab")
    assert (event["dtstamp"].dt, event["sequence"]) == (STAMP, 1)
    assert "description" not in event


def test_the_wall_clock_time_outlasts_summer_time() -> None:
    event = one(write_ics([term()], "teacher", "ADE", "Europe/Berlin"), "Physics")
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=event["dtstart"].dt)
    summer = next(at for at in rule if at.date() == dt.date(2027, 6, 1))
    assert (summer.hour, summer.minute, summer.utcoffset()) == (11, 35, dt.timedelta(hours=2))


@pytest.mark.parametrize(("anchor", "art", "music"), [(MONDAY, 15, 22), (dt.date(2027, 1, 6), 22, 15)])
def test_weeks_alternate_from_the_first_of_them_on(anchor: dt.date, art: int, music: int) -> None:
    data = write_ics([term(anchor=anchor)], "class", "7B", "Europe/Berlin")
    for summary, day in (("Art", art), ("Music", music)):
        event = one(data, summary)
        assert dates(event, dt.date(2027, 2, 6))[0] == dt.date(2027, 1, day)
        assert event["rrule"]["interval"] == [2]


def test_it_begins_and_ends_with_the_term() -> None:
    wednesday, tuesday = dt.date(2027, 1, 13), dt.date(2027, 1, 26)
    event = one(write_ics([term(wednesday, tuesday)], "teacher", "ADE", "Europe/Berlin"), "Physics")
    assert dates(event, dt.date(2027, 12, 31)) == [dt.date(2027, 1, 19), tuesday]
    ended = one(write_ics([term(wednesday, dt.date(2027, 1, 25))], "teacher", "ADE", "Europe/Berlin"), "Physics")
    assert dates(ended, dt.date(2027, 12, 31)) == [dt.date(2027, 1, 19)]
    assert events(write_ics([term(wednesday, wednesday)], "teacher", "ADE", "UTC")) == []


def test_one_version_follows_the_other() -> None:
    earlier = term(last=dt.date(2027, 1, 17))
    later = term(dt.date(2027, 1, 18), id="v2", number=2)
    found = [e for e in events(write_ics([earlier, later], "teacher", "ADE", "UTC")) if "Physics" in str(e["summary"])]
    assert [dates(e, dt.date(2027, 1, 31)) for e in found] == [
        [dt.date(2027, 1, 12)],
        [dt.date(2027, 1, 19), dt.date(2027, 1, 26)],
    ]
    assert len({str(e["uid"]) for e in found}) == 2


def test_who_is_in_no_term_has_an_empty_calendar() -> None:
    assert events(write_ics([term()], "teacher", "NOBODY", "UTC")) == []


def test_equal_input_gives_equal_bytes() -> None:
    first, again = (write_ics([term()], "class", "7A", "Europe/Berlin") for _ in range(2))
    assert first == again


def test_text_cannot_break_out_of_its_line() -> None:
    problem = PROBLEM.model_copy(
        update={"teachers": (Teacher(id="ADE", name="A\r\nEND:VCALENDAR"), *PROBLEM.teachers[1:])}
    )
    data = write_ics([term(problem=problem)], "class", "7B", "UTC")
    assert data.count(b"\nEND:VCALENDAR") == 1
    assert len(events(data)) == 4


def dated() -> list[Problem]:
    lesson = Lesson(id="x", teachers=("T",))
    openings = (Opening(date=dt.date(2027, 1, 12), start=540, end=600),)
    clock = ClockGrid(openings=openings, step=60)
    grid = PeriodGrid(days=(Day(id="First", date=dt.date(2027, 1, 12)),), periods=(Period(id="1", start=540, end=600),))
    return [Problem(grid=each, teachers=(Teacher(id="T"),), lessons=(lesson,)) for each in (clock, grid)]


@pytest.mark.parametrize("problem", dated())
def test_what_has_a_date_happens_once(problem: Problem) -> None:
    placed = Timetable(placements=(Placement(lesson="x", start=0),))
    (event,) = events(write_ics([term(problem=problem, timetable=placed)], "teacher", "T", "UTC"))
    assert event["dtstart"].dt == dt.datetime(2027, 1, 12, 9, tzinfo=dt.UTC)
    assert "rrule" not in event
    late = term(dt.date(2027, 1, 13), problem=problem, timetable=placed)
    assert events(write_ics([late], "teacher", "T", "UTC")) == []


@pytest.mark.parametrize(
    ("names", "day", "date", "interval"),
    [
        (("Lundi", "Mercredi"), 1, dt.date(2027, 1, 13), 1),
        (("Sun", "Mon"), 0, dt.date(2027, 1, 17), 1),
        (("Day 1", "Day 2"), 1, dt.date(2027, 1, 12), 1),
        (tuple(f"Day {n}" for n in range(1, 11)), 6, dt.date(2027, 1, 19), 2),
    ],
)
def test_days_find_their_weekday(names: tuple[str, ...], day: int, date: dt.date, interval: int) -> None:
    grid = PeriodGrid(days=tuple(Day(id=n) for n in names), periods=(Period(id="1", start=0, end=1440),))
    problem = Problem(grid=grid, teachers=(Teacher(id="T"),), lessons=(Lesson(id="x", teachers=("T",)),))
    placed = Timetable(placements=(Placement(lesson="x", start=day),))
    (event,) = events(write_ics([term(problem=problem, timetable=placed)], "teacher", "T", "UTC"))
    assert event["dtstart"].dt.date() == date
    assert event["dtend"].dt.date() == date + dt.timedelta(days=1)
    assert event["rrule"]["interval"] == [interval]
