"""Timetable entries: checked against the school's data and against each other, one after the other or many at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from scheduling.errors import SchedulingError
from scheduling.school.clock import day
from scheduling.school.mails import tell_teacher
from scheduling.school.masters import ACTIVE, folded, teaches
from scheduling.school.sessions import current_session
from scheduling.school.slots import kind_of
from scheduling.school.states import (
    ClassTaken,
    EntryUnknown,
    NoSession,
    NotOfSchool,
    RoomTaken,
    SlotNotUsable,
    TeacherTaken,
)
from scheduling.store import StoreSession, audit
from scheduling.store.base import Json
from scheduling.store.errors import constraint_name
from scheduling.store.tables import (
    AcademicSession,
    Organisation,
    SchoolClass,
    SchoolSubject,
    SchoolTeacher,
    TimeSlot,
    TimetableEntry,
)

TAKEN = {"uq_timetable_entries_class": ClassTaken, "uq_timetable_entries_teacher": TeacherTaken}
"""What the database says when somebody else was quicker."""


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


def add_entry(session: StoreSession, wish: Wish, tell: bool = True) -> Parts:
    """Raises what speaks against it, the first in the order: session, class, subject, teacher, slot, day, conflicts.
    tell: whether the teacher gets a mail, sent after the transaction."""
    hold(session, [wish])
    parts = _made(session, wish, None)
    for fault in conflicts(session, parts):
        raise fault
    session.add(parts.entry)
    flush(session)
    audit.record(session, "created", "timetable entry", parts.entry.id, new=_fields(parts.entry))
    if tell:
        tell_teacher(session, parts.teacher, [parts])
    return parts


def hold(session: StoreSession, wishes: Sequence[Wish]) -> None:
    """Nobody else books these classes and teachers until the transaction ends."""
    session.lock(*(f"class:{w.class_id}" for w in wishes), *(f"teacher:{w.teacher_id}" for w in wishes))


def flush(session: StoreSession) -> None:
    """ClassTaken or TeacherTaken when somebody else was quicker."""
    try:
        session.flush()
    except IntegrityError as error:
        taken = TAKEN.get(constraint_name(error))
        raise error if taken is None else taken() from error


def change_entry(session: StoreSession, id_: str, changes: Json) -> Parts:
    """changes: fields of `Wish` that differ."""
    entry = known(session, id_)
    old = _fields(entry)
    wish = Wish(**{**{name: getattr(entry, name) for name in Wish.__dataclass_fields__}, **changes})
    hold(session, [wish])
    with session.no_autoflush:
        for name in Wish.__dataclass_fields__:
            setattr(entry, name, getattr(wish, name))
        parts = _made(session, wish, entry)
        for fault in conflicts(session, parts):
            raise fault
    entry.updated_at = session.now
    flush(session)
    audit.record(session, "updated", "timetable entry", id_, old, _fields(entry))
    tell_teacher(session, parts.teacher, [parts])
    return parts


def delete_entry(session: StoreSession, id_: str) -> TimetableEntry:
    """Made inactive; its class, teacher and slot are free again."""
    entry = known(session, id_)
    entry.active, entry.updated_at = False, session.now
    audit.record(session, "deleted", "timetable entry", id_, old=_fields(entry))
    return entry


def known(session: StoreSession, id_: str) -> TimetableEntry:
    """The active entry of that id."""
    entry = session.scalar(select(TimetableEntry).where(TimetableEntry.id == id_, TimetableEntry.active))
    if entry is None:
        raise EntryUnknown
    return entry


def faults(session: StoreSession, wish: Wish) -> tuple[list[SchedulingError], tuple[str, ...]]:
    """Everything that speaks against an entry at once, and the warnings; nothing is stored."""
    found: list[SchedulingError] = []
    try:
        parts = _made(session, wish, None)
    except SchedulingError as fault:
        return [fault], ()
    found.extend(conflicts(session, parts))
    return found, parts.warnings


# ---- checks --------------------------------------------------------------------------------------------------------


def _made(session: StoreSession, wish: Wish, entry: TimetableEntry | None) -> Parts:
    """entry: the one that is changed; None: a new one."""
    current = current_session(session)
    if current is None:
        raise NoSession
    class_ = session.scalar(select(SchoolClass).where(SchoolClass.id == wish.class_id))
    if class_ is None:
        raise NotOfSchool("class")
    subject = session.scalar(select(SchoolSubject).where(SchoolSubject.id == wish.subject_id))
    if subject is None:
        raise NotOfSchool("subject")
    teacher = session.scalar(select(SchoolTeacher).where(SchoolTeacher.id == wish.teacher_id))
    if teacher is None or teacher.status != ACTIVE:
        raise NotOfSchool("teacher")
    slot = session.scalar(select(TimeSlot).where(TimeSlot.id == wish.time_slot_id))
    if slot is None or not slot.active or (slot.days and day(wish.day) not in slot.days):
        raise SlotNotUsable
    entry = entry or _new(session, wish, current)
    parts = Parts(entry, class_, subject, teacher, slot)
    return Parts(entry, class_, subject, teacher, slot, tuple(_warnings(session, parts)))


def _new(session: StoreSession, wish: Wish, current: AcademicSession) -> TimetableEntry:
    return TimetableEntry(
        class_id=wish.class_id,
        subject_id=wish.subject_id,
        teacher_id=wish.teacher_id,
        time_slot_id=wish.time_slot_id,
        day=day(wish.day),
        room=wish.room,
        notes=wish.notes,
        active=True,
        academic_session_id=current.id,
        updated_at=session.now,
    )


def conflicts(session: StoreSession, parts: Parts) -> Iterator[SchedulingError]:
    """The class first, then the teacher, then, for strict schools, the room."""
    others = _at_the_same_time(session, parts.entry)
    if any(x.class_id == parts.entry.class_id for x in others):
        yield ClassTaken()
    if any(x.teacher_id == parts.entry.teacher_id for x in others):
        yield TeacherTaken()
    if _strict_rooms(session) and _same_room(parts.entry, others):
        yield RoomTaken(parts.entry.room or "")


def _at_the_same_time(session: StoreSession, entry: TimetableEntry) -> Sequence[TimetableEntry]:
    wanted = select(TimetableEntry).where(
        TimetableEntry.academic_session_id == entry.academic_session_id,
        TimetableEntry.time_slot_id == entry.time_slot_id,
        TimetableEntry.day == entry.day,
        TimetableEntry.active,
    )
    return [x for x in session.scalars(wanted) if x is not entry]


def _same_room(entry: TimetableEntry, others: Sequence[TimetableEntry]) -> bool:
    room = folded(entry.room or "")
    return bool(room) and any(folded(x.room or "") == room for x in others)


def _strict_rooms(session: StoreSession) -> bool:
    school = session.scalar(select(Organisation))
    return bool(school is not None and school.settings.get("strict_rooms"))


def _warnings(session: StoreSession, parts: Parts) -> Iterator[str]:
    others = _at_the_same_time(session, parts.entry)
    if not _strict_rooms(session) and _same_room(parts.entry, others):
        yield f"{parts.entry.room} is already used in this time slot and day"
    if not teaches(session, parts.teacher.id, parts.subject.id):
        yield f"{parts.teacher.name} is not assigned to {parts.subject.name}"
    if parts.subject.class_id not in (None, parts.class_.id):
        yield f"{parts.subject.name} belongs to another class"
    if kind_of(parts.slot) != "lesson":
        yield f"{parts.slot.label} is not a lesson period"


def _fields(entry: TimetableEntry) -> Json:
    return {name: getattr(entry, name) for name in Wish.__dataclass_fields__}
