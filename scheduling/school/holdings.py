"""Everything a school has at the moment, read once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from scheduling.school.clock import DAYS, WEEKDAYS
from scheduling.school.masters import active_teachers, classes, subjects
from scheduling.school.sessions import current_session
from scheduling.school.slots import slots
from scheduling.store import StoreSession
from scheduling.store.base import canonical
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
class Holdings:
    """slots and teachers: the active ones; entries: the active ones of the current session, by id; assigned: pairs of
    subject and teacher."""

    school: Organisation
    current: AcademicSession | None
    slots: Sequence[TimeSlot]
    classes: Sequence[SchoolClass]
    teachers: Sequence[SchoolTeacher]
    subjects: Sequence[SchoolSubject]
    assigned: frozenset[tuple[str, str]]
    entries: Sequence[TimetableEntry]

    @cached_property
    def days(self) -> tuple[str, ...]:
        """Monday to Friday, the further days of the school, and those with an entry."""
        used = {*WEEKDAYS, *self.school.settings.get("days", ()), *(entry.day for entry in self.entries)}
        return tuple(day for day in DAYS if day in used)

    @cached_property
    def taught(self) -> dict[str, frozenset[str]]:
        """Teacher -> subjects assigned; none: not stated."""
        found: dict[str, set[str]] = {}
        for subject, teacher in self.assigned:
            found.setdefault(teacher, set()).add(subject)
        return {teacher: frozenset(subjects) for teacher, subjects in found.items()}

    @cached_property
    def state(self) -> str:
        """Equal as long as nothing has changed that a timetable is made of."""
        names = ("class_id", "subject_id", "teacher_id", "time_slot_id", "day", "room", "weeks", "lesson")
        entries = sorted(canonical([getattr(x, name) for name in names]) for x in self.entries)
        times = [(x.id, x.starts, x.ends, x.kind, x.label, x.days) for x in self.slots]
        people = [[x.id for x in self.classes], [x.id for x in self.teachers], [x.id for x in self.subjects]]
        said = canonical([entries, times, people])
        return hashlib.sha256(said.encode()).hexdigest()


def holdings(session: StoreSession) -> Holdings:
    current = current_session(session)
    return Holdings(
        school=session.scalars(select(Organisation)).one(),
        current=current,
        slots=slots(session, active=True),
        classes=classes(session),
        teachers=active_teachers(session),
        subjects=subjects(session),
        assigned=frozenset((x.subject_id, x.teacher_id) for x in session.scalars(select(SubjectTeacher))),
        entries=() if current is None else _entries(session, current),
    )


def _entries(session: StoreSession, current: AcademicSession) -> Sequence[TimetableEntry]:
    wanted = select(TimetableEntry).where(TimetableEntry.academic_session_id == current.id, TimetableEntry.active)
    return session.scalars(wanted.order_by(TimetableEntry.id)).all()
