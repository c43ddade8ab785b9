"""The week of a class, a level or a teacher."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from scheduling.school.clock import DAYS, WEEKDAYS
from scheduling.school.masters import Named, level_classes
from scheduling.school.sessions import current_session
from scheduling.school.slots import slots
from scheduling.school.states import LevelUnknown, TeacherUnknown
from scheduling.store import StoreSession
from scheduling.store.tables import (
    Organisation,
    SchoolClass,
    SchoolSubject,
    SchoolTeacher,
    TimeSlot,
    TimetableEntry,
)


class Placed(NamedTuple):
    """What a week shows of an entry."""

    id: str
    slot_id: str
    day: str
    room: str | None
    weeks: list[str]


class NamedSubject(NamedTuple):
    id: str
    name: str
    code: str | None
    color: str | None


@dataclass(frozen=True)
class Row:
    """A slot of a day. entry and what it refers to: None for a free slot."""

    slot: TimeSlot
    entry: Placed | None = None
    class_: Named | None = None
    subject: NamedSubject | None = None
    teacher: Named | None = None


@dataclass(frozen=True)
class Week:
    """days: each shown day with a row for every slot it has; one row for each entry where a slot has several."""

    classes: Sequence[Named]
    slots: Sequence[TimeSlot]
    days: Mapping[str, Sequence[Row]]


def week_of_level(session: StoreSession, level: str, class_id: str | None = None) -> Week:
    """level: such as jss1, or the name of a class; class_id: only this one of them. LevelUnknown if there is none."""
    classes = [c for c in level_classes(session, level) if class_id in (None, c.id)]
    if not classes:
        raise LevelUnknown(level)
    return _week(session, classes, _of_classes(), {"classes": [c.id for c in classes]})


def week_of_teacher(session: StoreSession, teacher: SchoolTeacher) -> Week:
    return _week(session, [], _of_teacher(), {"teacher": teacher.id})


def teacher_known(session: StoreSession, id_: str) -> SchoolTeacher:
    teacher = session.scalar(select(SchoolTeacher).where(SchoolTeacher.id == id_))
    if teacher is None:
        raise TeacherUnknown
    return teacher


def teacher_of_person(session: StoreSession, person_id: str | None) -> SchoolTeacher | None:
    return session.scalar(select(SchoolTeacher).where(SchoolTeacher.person_id == person_id))


def _week(
    session: StoreSession, classes: Sequence[Named], wanted: "Select[*tuple[Any, ...]]", asked: Mapping[str, object]
) -> Week:
    """wanted: the statement about the entries; asked: whose."""
    shown = slots(session, active=True)
    rows: dict[tuple[str, str], list[Row]] = {}
    for row in _entries(session, wanted, asked, {slot.id: slot for slot in shown}):
        if row.entry is not None:
            rows.setdefault((row.entry.day, row.slot.id), []).append(row)
    shown_days = {*_school_days(session), *(day for day, _ in rows)}
    days = [day for day in DAYS if day in shown_days]
    return Week(classes, shown, {day: list(_day(day, shown, rows)) for day in days})


def _day(day: str, shown: Sequence[TimeSlot], rows: Mapping[tuple[str, str], list[Row]]) -> Iterator[Row]:
    for slot in shown:
        found = rows.get((day, slot.id), [])
        if found or not slot.days or day in slot.days:
            yield from found or [Row(slot)]


def _school_days(session: StoreSession) -> tuple[str, ...]:
    settings = session.scalar(_settings()) or {}
    return (*WEEKDAYS, *settings.get("days", ()))


@cache
def _settings() -> Select[Any]:
    return select(Organisation.settings)


def _entries(
    session: StoreSession,
    wanted: "Select[*tuple[Any, ...]]",
    asked: Mapping[str, object],
    shown: Mapping[str, TimeSlot],
) -> Iterator[Row]:
    """Of the current academic session; none: no entries."""
    current = current_session(session)
    if current is None:
        return
    for found in session.execute(wanted, {**asked, "current": current.id}):
        entry, class_, subject = Placed(*found[:5]), Named(*found[5:7]), NamedSubject(*found[7:11])
        if entry.slot_id in shown:
            id_, first, last = found[11:]
            yield Row(shown[entry.slot_id], entry, class_, subject, Named(id_, f"{first} {last}".strip()))


@cache
def _of_classes() -> "Select[*tuple[Any, ...]]":
    return _columns().where(TimetableEntry.class_id.in_(bindparam("classes", expanding=True)))


@cache
def _of_teacher() -> "Select[*tuple[Any, ...]]":
    return _columns().where(TimetableEntry.teacher_id == bindparam("teacher"))


def _columns() -> "Select[*tuple[Any, ...]]":
    """Values alone: a level has hundreds of entries, and as objects they would take most of the time of an answer."""
    return (
        select(
            *(TimetableEntry.id, TimetableEntry.time_slot_id, TimetableEntry.day),
            *(TimetableEntry.room, TimetableEntry.weeks),
            *(SchoolClass.id, SchoolClass.name),
            *(SchoolSubject.id, SchoolSubject.name, SchoolSubject.code, SchoolSubject.color),
            *(SchoolTeacher.id, SchoolTeacher.first_name, SchoolTeacher.last_name),
        )
        .select_from(TimetableEntry)
        .join(SchoolClass, SchoolClass.id == TimetableEntry.class_id)
        .join(SchoolSubject, SchoolSubject.id == TimetableEntry.subject_id)
        .join(SchoolTeacher, SchoolTeacher.id == TimetableEntry.teacher_id)
        .where(TimetableEntry.active, TimetableEntry.academic_session_id == bindparam("current"))
        .order_by(SchoolClass.name, SchoolSubject.name, TimetableEntry.id)
    )
