"""An entry as it is asked for, and everything it refers to, looked up in one statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute

from scheduling.errors import SchedulingError
from scheduling.school.clock import DAYS
from scheduling.school.masters import ACTIVE
from scheduling.school.slots import kind_of
from scheduling.school.states import BadDay, NoSession, NotOfSchool, SlotNotUsable
from scheduling.store import StoreSession
from scheduling.store.base import Owned
from scheduling.store.tables import (
    AcademicSession,
    Organisation,
    SchoolClass,
    SchoolSubject,
    SchoolTeacher,
    SubjectTeacher,
    TimeSlot,
    TimetableEntry,
)


@dataclass(frozen=True)
class Wish:
    """An entry as it is asked for."""

    class_id: str
    subject_id: str
    teacher_id: str
    time_slot_id: str
    day: str
    room: str | None = None
    notes: str | None = None


@dataclass(frozen=True)
class Parts:
    """An entry with the rows it refers to. warnings: what is unusual about it, but allowed."""

    entry: TimetableEntry
    class_: SchoolClass
    subject: SchoolSubject
    teacher: SchoolTeacher
    slot: TimeSlot
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What a wish refers to, all there. assigned: whether the teacher teaches the subject."""

    school: Organisation
    current: AcademicSession
    class_: SchoolClass
    subject: SchoolSubject
    teacher: SchoolTeacher
    slot: TimeSlot
    assigned: bool

    def parts(self, entry: TimetableEntry, warnings: tuple[str, ...] = ()) -> Parts:
        return Parts(entry, self.class_, self.subject, self.teacher, self.slot, warnings)

    @property
    def strict_rooms(self) -> bool:
        return bool(self.school.settings.get("strict_rooms"))

    def oddities(self) -> Iterator[str]:
        """What is unusual about the wish by itself."""
        if not self.assigned:
            yield f"{self.teacher.name} is not assigned to {self.subject.name}"
        if self.subject.class_id not in (None, self.class_.id):
            yield f"{self.subject.name} belongs to another class"
        if kind_of(self.slot) != "lesson":
            yield f"{self.slot.label} is not a lesson period"


def look_up(session: StoreSession, wish: Wish) -> Known | list[SchedulingError]:
    """What the wish refers to, or all that is missing, in the order: session, class, subject, teacher, slot, day."""
    asked = {name: getattr(wish, name) for name in ("class_id", "subject_id", "teacher_id", "time_slot_id")}
    school, current, class_, subject, teacher, slot, pair = session.execute(_everything(), asked).one()
    faults = list(_faults(current, class_, subject, teacher, slot, wish.day))
    return faults or Known(school, current, class_, subject, teacher, slot, pair is not None)


@cache
def _everything() -> "Select[*tuple[Any, ...]]":
    """Built once: that takes longer than asking it."""
    both = and_(SubjectTeacher.subject_id == SchoolSubject.id, SubjectTeacher.teacher_id == SchoolTeacher.id)
    return (
        select(Organisation, AcademicSession, SchoolClass, SchoolSubject, SchoolTeacher, TimeSlot, SubjectTeacher)
        .select_from(Organisation)
        .outerjoin(AcademicSession, _own(AcademicSession, AcademicSession.current))
        .outerjoin(SchoolClass, _own(SchoolClass, SchoolClass.id == bindparam("class_id")))
        .outerjoin(SchoolSubject, _own(SchoolSubject, SchoolSubject.id == bindparam("subject_id")))
        .outerjoin(SchoolTeacher, _own(SchoolTeacher, SchoolTeacher.id == bindparam("teacher_id")))
        .outerjoin(TimeSlot, _own(TimeSlot, TimeSlot.id == bindparam("time_slot_id")))
        .outerjoin(SubjectTeacher, both)
    )


def _own(row: type[Owned], condition: ColumnElement[bool] | InstrumentedAttribute[bool]) -> ColumnElement[bool]:
    return and_(row.organisation_id == Organisation.id, condition)


def _faults(
    current: AcademicSession | None,
    class_: SchoolClass | None,
    subject: SchoolSubject | None,
    teacher: SchoolTeacher | None,
    slot: TimeSlot | None,
    day: str,
) -> Iterator[SchedulingError]:
    if current is None:
        yield NoSession()
    for what, row in (("class", class_), ("subject", subject), ("teacher", teacher)):
        if row is None or (isinstance(row, SchoolTeacher) and row.status != ACTIVE):
            yield NotOfSchool(what)
    if slot is None or not slot.active or (day in DAYS and slot.days and day not in slot.days):
        yield SlotNotUsable()
    if day not in DAYS:
        yield BadDay()
