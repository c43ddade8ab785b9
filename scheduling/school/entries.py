"""Timetable entries: checked against the school's data and against each other, one after the other or many at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from scheduling.errors import SchedulingError
from scheduling.school.clashes import conflicts, neighbours, oddities
from scheduling.school.mails import tell_teacher
from scheduling.school.masters import folded
from scheduling.school.states import ClassTaken, EntryUnknown, TeacherTaken
from scheduling.school.wishes import Known, Parts, Wish, look_up
from scheduling.store import StoreSession, audit
from scheduling.store.base import Json, new_id
from scheduling.store.errors import constraint_name
from scheduling.store.tables import TimetableEntry

TAKEN = {"uq_timetable_entries_class": ClassTaken, "uq_timetable_entries_teacher": TeacherTaken}
"""What the database says when somebody else was quicker."""

FIELDS = tuple(Wish.__dataclass_fields__)


def add_entry(session: StoreSession, wish: Wish, tell: bool = True) -> Parts:
    """Raises what speaks against it, the first in the order: session, class, subject, teacher, slot, day, conflicts.
    tell: whether the teacher gets a mail, sent after the transaction."""
    hold(session, [wish])
    parts = _judged(session, wish, None).passed()
    with nobody_quicker():
        session.insert(parts.entry)
    session.insert(audit.line(session, "created", "timetable entry", parts.entry.id, new=fields_of(parts.entry)))
    if tell:
        tell_teacher(session, parts.teacher, [parts])
    return parts


def hold(session: StoreSession, wishes: Sequence[Wish]) -> None:
    """Nobody else books these classes, teachers and rooms, or closes these slots, until the transaction ends."""
    session.lock(*(name for wish in wishes for name in _locks(wish)))


def _locks(wish: Wish) -> Iterator[str]:
    yield f"class:{wish.class_id}"
    yield f"teacher:{wish.teacher_id}"
    yield f"slot:{wish.time_slot_id}"
    if wish.room:
        yield f"room:{folded(wish.room)}"


@contextmanager
def nobody_quicker() -> Iterator[None]:
    """Around what writes entries: ClassTaken or TeacherTaken when somebody else was quicker."""
    try:
        yield
    except IntegrityError as error:
        taken = TAKEN.get(constraint_name(error))
        raise error if taken is None else taken() from error


def change_entry(session: StoreSession, id_: str, changes: Json) -> Parts:
    """changes: fields of `Wish` that differ. A part of a joint lesson that goes elsewhere is no part of it any more."""
    entry = _held(session, id_, changes)
    old = fields_of(entry)
    wish = Wish(**{**old, **changes})
    with session.no_autoflush:
        _set(entry, wish, old)
        parts = _judged(session, wish, entry).passed()
    entry.updated_at = session.now
    with nobody_quicker():
        session.flush()
    audit.record(session, "updated", "timetable entry", id_, old, fields_of(entry))
    tell_teacher(session, parts.teacher, [parts])
    return parts


def _held(session: StoreSession, id_: str, changes: Json) -> TimetableEntry:
    """The entry as it is once nobody else can change it any more, nor book what it is about to take. When it has moved
    meanwhile, what was held is let go: locks are always taken in one order."""
    while True:
        before = fields_of(known(session, id_))
        attempt = session.begin_nested()
        hold(session, [Wish(**before), Wish(**{**before, **changes})])
        entry = known(session, id_)
        if fields_of(entry) == before:
            attempt.commit()
            return entry
        attempt.rollback()


def _set(entry: TimetableEntry, wish: Wish, old: Json) -> None:
    for name in FIELDS:
        setattr(entry, name, getattr(wish, name))
    if any(getattr(wish, name) != old[name] for name in FIELDS if name not in ("room", "notes")):
        entry.lesson, entry.guarded = "", not entry.weeks


def delete_entry(session: StoreSession, id_: str) -> TimetableEntry:
    """Made inactive; its class, teacher and slot are free again."""
    entry = _held(session, id_, {})
    entry.active, entry.updated_at = False, session.now
    audit.record(session, "deleted", "timetable entry", id_, old=fields_of(entry))
    return entry


def known(session: StoreSession, id_: str) -> TimetableEntry:
    """The active entry of that id, as it is now."""
    wanted = select(TimetableEntry).where(TimetableEntry.id == id_, TimetableEntry.active)
    entry = session.scalar(wanted.execution_options(populate_existing=True))
    if entry is None:
        raise EntryUnknown
    return entry


def faults(session: StoreSession, wish: Wish) -> tuple[list[SchedulingError], tuple[str, ...]]:
    """Everything that speaks against an entry at once, and the warnings; nothing is stored."""
    judged = _judged(session, wish, None)
    return judged.faults, () if judged.parts is None else judged.parts.warnings


class Judged(NamedTuple):
    """parts: None where something is missing."""

    parts: Parts | None
    faults: list[SchedulingError]

    def passed(self) -> Parts:
        """Raises the first fault."""
        for fault in self.faults:
            raise fault
        assert self.parts is not None
        return self.parts


def _judged(session: StoreSession, wish: Wish, entry: TimetableEntry | None) -> Judged:
    """entry: the one that is changed; None: a new one."""
    found = look_up(session, wish)
    if not isinstance(found, Known):
        return Judged(None, found)
    entry = entry or _new(session, wish, found)
    others = neighbours(session, entry, found.class_)
    against = list(conflicts(entry, found, others))
    return Judged(found.parts(entry, tuple(oddities(entry, found, others))), against)


def _new(session: StoreSession, wish: Wish, found: Known) -> TimetableEntry:
    return TimetableEntry(
        id=new_id(),
        **{name: getattr(wish, name) for name in FIELDS},
        active=True,
        lesson="",
        weeks=[],
        guarded=True,
        academic_session_id=found.current.id,
        updated_at=session.now,
    )


def fields_of(entry: TimetableEntry) -> Json:
    return {name: getattr(entry, name) for name in FIELDS}
