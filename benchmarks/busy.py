"""A school with 10,000 timetable entries, written straight into a database, and requests to it."""

import json
from datetime import date, timedelta
from typing import Any, NamedTuple

from scheduling.identity.people import add_organisation, add_person
from scheduling.identity.tokens import create_token
from scheduling.school.clock import WEEKDAYS
from scheduling.store import Store, StoreSession, Tenant
from scheduling.store.base import new_id
from scheduling.store.tables import (
    AcademicSession,
    SchoolClass,
    SchoolSubject,
    SchoolTeacher,
    SubjectTeacher,
    TimeSlot,
    TimetableEntry,
)

ENTRIES = 10_000
CLASSES, PARALLEL = 400, 5
"""Classes, and how many of them have the same level."""
SLOTS = 8
SUBJECTS = 12
BASE = "/director/schedules"


class Call(NamedTuple):
    """A request that is sent again and again, each time with the next body; fine: the status of a success."""

    method: str
    path: str
    bodies: tuple[str, ...] = ("",)
    fine: int = 200

    def after(self, count: int) -> "Call":
        """The same when so many requests have been sent."""
        begin = count % len(self.bodies)
        return self._replace(bodies=self.bodies[begin:] + self.bodies[:begin])


class Busy(NamedTuple):
    """token: of the director; calls: by name."""

    token: str
    calls: dict[str, Call]


class Lesson(NamedTuple):
    """Numbers of what an entry refers to; the teacher and the room have the number of the class."""

    class_: int
    slot: int
    day: int


def busy(store: Store, entries: int = ENTRIES) -> Busy:
    """Every class has its own teacher and room, and some of its week is free: that is where new entries go."""
    with store.write_across() as session:
        tenant = Tenant(add_organisation(session, "Busy school", "director", "UTC").id, "benchmark")
    with store.write(tenant) as session:
        person = add_person(session, "Director", "director@busy.example", ("director",))
        token = create_token(session, person.id, "benchmark")
        filled, free = _week(entries)
        ids = _masters(session)
        session.add_all(
            TimetableEntry(**_entry(lesson, ids), academic_session_id=ids["current"][0], updated_at=session.now)
            for lesson in filled
        )
    return Busy(token, _calls(ids, free))


def _week(entries: int) -> tuple[list[Lesson], list[Lesson]]:
    """What is taken and what is free, both spread over classes and days."""
    places = [Lesson(c, s, d) for s in range(SLOTS) for d in range(len(WEEKDAYS)) for c in range(CLASSES)]
    return places[:entries], places[entries:]


Ids = dict[str, list[str]]


def _masters(session: StoreSession) -> Ids:
    today = session.now.date()
    stamp = {"updated_at": session.now}
    year = {"starts_on": date(today.year, 1, 1), "ends_on": today + timedelta(days=400), "current": True}
    rows: dict[str, list[Any]] = {
        "current": [AcademicSession(id=new_id(), name="This year", **year, **stamp)],
        "slot": [TimeSlot(id=new_id(), **_slot(n), **stamp) for n in range(SLOTS)],
        "teacher": [SchoolTeacher(id=new_id(), **_teacher(n), **stamp) for n in range(CLASSES)],
        "class": [SchoolClass(id=new_id(), name=class_name(n), code=class_name(n), **stamp) for n in range(CLASSES)],
        "subject": [SchoolSubject(id=new_id(), name=f"Subject {n}", code=f"S{n}", **stamp) for n in range(SUBJECTS)],
    }
    session.add_all(row for of_kind in rows.values() for row in of_kind)
    session.flush()
    ids = {name: [str(row.id) for row in of_kind] for name, of_kind in rows.items()}
    session.add_all(
        SubjectTeacher(subject_id=ids["subject"][n % SUBJECTS], teacher_id=id_) for n, id_ in enumerate(ids["teacher"])
    )
    return ids


def _slot(number: int) -> dict[str, Any]:
    begin = 8 * 60 + 50 * number
    return {"starts": begin, "ends": begin + 45, "label": f"Period {number + 1}", "position": number + 1}


def _teacher(number: int) -> dict[str, str]:
    return {"first_name": "Teacher", "last_name": str(number), "email": f"teacher{number}@busy.example"}


def class_name(number: int) -> str:
    """JSS 1A, JSS 1B, ...: parallel classes have a number in common."""
    return f"JSS {number // PARALLEL + 1}{chr(ord('A') + number % PARALLEL)}"


def _entry(lesson: Lesson, ids: Ids) -> dict[str, str]:
    return {
        "class_id": ids["class"][lesson.class_],
        "subject_id": ids["subject"][lesson.class_ % SUBJECTS],
        "teacher_id": ids["teacher"][lesson.class_],
        "time_slot_id": ids["slot"][lesson.slot],
        "day": WEEKDAYS[lesson.day],
        "room": f"Room {lesson.class_}",
    }


def _calls(ids: Ids, free: list[Lesson]) -> dict[str, Call]:
    levels = tuple(json.dumps({"class": f"jss{n + 1}"}) for n in range(CLASSES // PARALLEL))
    new = tuple(json.dumps(_wire(_entry(lesson, ids))) for lesson in free)
    return {
        "GET time-slots": Call("GET", f"{BASE}/time-slots"),
        "POST timetable": Call("POST", f"{BASE}/timetable", levels),
        "POST create-timetable": Call("POST", f"{BASE}/create-timetable", new, 201),
    }


def _wire(entry: dict[str, str]) -> dict[str, str]:
    names = {"time_slot_id": "timeSlotId", "day": "day_of_week"}
    return {names.get(name, name): value for name, value in entry.items()}
