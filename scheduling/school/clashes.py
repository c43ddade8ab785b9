"""What else happens in the slot of an entry: what forbids it, and what is only unusual."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, true
from sqlalchemy.orm import aliased

from scheduling.errors import SchedulingError
from scheduling.school.masters import folded
from scheduling.school.states import ClassTaken, RoomTaken, TeacherTaken
from scheduling.school.wishes import Known
from scheduling.store import StoreSession
from scheduling.store.tables import SchoolClass, TimetableEntry

PLAIN = frozenset("abcdefghjlmnopqrstuvwxyz0123456789")
"""What is in lower case for every database if it is for us; other characters turn into i and k, and back, here and
there."""
_PART = aliased(SchoolClass)


class Neighbour(NamedTuple):
    """Another active entry of the same slot and day. related: of the same class, of a part of it, or of the class it is
    a part of."""

    teacher_id: str
    room: str | None
    related: bool


def neighbours(session: StoreSession, entry: TimetableEntry, class_: SchoolClass) -> list[Neighbour]:
    """Those that share the class, the teacher or the room, in a week the entry is in, and perhaps some in rooms of a
    similar name; parts of the same joint lesson are none."""
    asked = {
        "session_id": entry.academic_session_id,
        "slot_id": entry.time_slot_id,
        "on": entry.day,
        "spelt": spellings(entry.room or ""),
        "self": entry.id or "",
        "own": class_.id,
        "whole": class_.part_of_id or class_.id,
        "teacher": entry.teacher_id,
    }
    own = {class_.id, class_.part_of_id}
    return [
        Neighbour(teacher_id, room, class_id in own or part_of == class_.id)
        for class_id, teacher_id, room, lesson, weeks, part_of in session.rows(_sharing(), asked)
        if meet(entry.weeks or (), weeks) and not (lesson and lesson == entry.lesson)
    ]


def spellings(room: str) -> str:
    """A pattern of LIKE that every spelling of the room fits, in lower case, and few others: people write "Room 1" and
    "room-1"."""
    found = folded(room)
    return f"%{'%'.join(ch for ch in found if ch in PLAIN)}%" if found else ""


@cache
def _sharing() -> "Select[*tuple[Any, ...]]":
    """Built once: that takes longer than asking it."""
    shared = [
        TimetableEntry.class_id == bindparam("own"),
        TimetableEntry.class_id == bindparam("whole"),
        # Asked by itself, so that only classes of the entries found are looked up.
        TimetableEntry.class_id.in_(select(_PART.id).where(_PART.part_of_id == bindparam("own"))),
        TimetableEntry.teacher_id == bindparam("teacher"),
        func.lower(TimetableEntry.room).like(bindparam("spelt")),
    ]
    entry = TimetableEntry
    told = (entry.class_id, entry.teacher_id, entry.room, entry.lesson, entry.weeks, SchoolClass.part_of_id)
    return (
        select(*told)
        .join(SchoolClass, SchoolClass.id == TimetableEntry.class_id)
        .where(*_in_slot(), TimetableEntry.id != bindparam("self"), or_(*shared))
    )


def _in_slot() -> "tuple[ColumnElement[bool], ...]":
    return (
        TimetableEntry.academic_session_id == bindparam("session_id"),
        TimetableEntry.time_slot_id == bindparam("slot_id"),
        TimetableEntry.day == bindparam("on"),
        TimetableEntry.active == true(),
    )


def meet(weeks: Sequence[str], others: Sequence[str]) -> bool:
    """Whether there is a week in which both happen; none named: every week."""
    return not weeks or not others or not set(weeks).isdisjoint(others)


def conflicts(entry: TimetableEntry, known: Known, others: Sequence[Neighbour]) -> Iterator[SchedulingError]:
    """The class first, then the teacher, then, for strict schools, the room."""
    if any(x.related for x in others):
        yield ClassTaken()
    if any(x.teacher_id == entry.teacher_id for x in others):
        yield TeacherTaken()
    if known.strict_rooms and _same_room(entry, others):
        yield RoomTaken(entry.room or "")


def oddities(entry: TimetableEntry, known: Known, others: Sequence[Neighbour]) -> Iterator[str]:
    """What is unusual, but allowed."""
    if not known.strict_rooms and _same_room(entry, others):
        yield f"{entry.room} is already used in this time slot and day"
    yield from known.oddities()


def _same_room(entry: TimetableEntry, others: Sequence[Neighbour]) -> bool:
    room = folded(entry.room or "")
    return bool(room) and any(folded(x.room or "") == room for x in others)
