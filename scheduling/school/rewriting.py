"""Timetable entries become those that a timetable wants: what differs alone is touched."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduling.school.entries import fields_of, nobody_quicker
from scheduling.school.holdings import Holdings
from scheduling.school.keys import Keys
from scheduling.school.mails import tell_teacher
from scheduling.school.targets import Target
from scheduling.school.wishes import Parts
from scheduling.store import StoreSession, audit
from scheduling.store.base import new_id
from scheduling.store.tables import AcademicSession, TimetableEntry


@dataclass
class Changes:
    created: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0


def rewrite(
    session: StoreSession, held: Holdings, current: AcademicSession, keys: Keys, wanted: Sequence[Target]
) -> Changes:
    """What differs alone is touched: the same entries keep their ids, and those that move as well."""
    cells = set(keys.cells)
    present = {_target(x): x for x in held.entries if (x.day, x.time_slot_id) in cells}
    staying = set(wanted)
    left = {target: row for target, row in present.items() if target not in staying}
    for row in left.values():
        row.active = False
    session.flush()
    changes, changed = Changes(), list[TimetableEntry]()
    spare: dict[tuple[str, str, str], list[TimetableEntry]] = {}
    for target, row in left.items():
        spare.setdefault(target.whose, []).append(row)
    for target in wanted:
        known = present.get(target)
        if known is not None:
            _adopt(session, known, target)
            changes.unchanged += 1
            continue
        moved = spare.get(target.whose)
        if moved:
            changed.append(_moved(session, moved.pop(), target))
            changes.moved += 1
        else:
            changed.append(_created(session, current, target))
            changes.created += 1
    with nobody_quicker():
        session.flush()
    for row in (row for rows in spare.values() for row in rows):
        row.updated_at = session.now
        audit.record(session, "deleted", "timetable entry", row.id, old=fields_of(row))
        changes.removed += 1
    _tell(session, held, changed)
    return changes


def _target(row: TimetableEntry) -> Target:
    return Target(
        class_id=row.class_id,
        subject_id=row.subject_id,
        teacher_id=row.teacher_id,
        time_slot_id=row.time_slot_id,
        day=row.day,
        weeks=tuple(row.weeks),
        lesson=row.lesson,
        room=row.room,
        guarded=row.guarded,
    )


def _adopt(session: StoreSession, row: TimetableEntry, target: Target) -> None:
    """An entry that stays at its time; its room may change."""
    old = fields_of(row)
    row.lesson, row.guarded, row.room = target.lesson, target.guarded, target.room or row.room
    if fields_of(row) != old:
        row.updated_at = session.now
        audit.record(session, "updated", "timetable entry", row.id, old, fields_of(row))


def _moved(session: StoreSession, row: TimetableEntry, target: Target) -> TimetableEntry:
    old = fields_of(row)
    row.time_slot_id, row.day, row.room = target.time_slot_id, target.day, target.room
    row.lesson, row.guarded, row.weeks = target.lesson, target.guarded, list(target.weeks)
    row.active, row.updated_at = True, session.now
    audit.record(session, "updated", "timetable entry", row.id, old, fields_of(row))
    return row


def _created(session: StoreSession, current: AcademicSession, target: Target) -> TimetableEntry:
    row = TimetableEntry(
        id=new_id(),
        class_id=target.class_id,
        subject_id=target.subject_id,
        teacher_id=target.teacher_id,
        time_slot_id=target.time_slot_id,
        day=target.day,
        room=target.room,
        weeks=list(target.weeks),
        lesson=target.lesson,
        guarded=target.guarded,
        active=True,
        academic_session_id=current.id,
        updated_at=session.now,
    )
    session.add(row)
    audit.record(session, "created", "timetable entry", row.id, new=fields_of(row))
    return row


def _tell(session: StoreSession, held: Holdings, changed: Sequence[TimetableEntry]) -> None:
    """One mail for each teacher."""
    classes, subjects = {x.id: x for x in held.classes}, {x.id: x for x in held.subjects}
    slots, teachers = {x.id: x for x in held.slots}, {x.id: x for x in held.teachers}
    by_teacher: dict[str, list[TimetableEntry]] = {}
    for row in changed:
        by_teacher.setdefault(row.teacher_id, []).append(row)
    for id_, rows in by_teacher.items():
        teacher = teachers[id_]
        parts = [Parts(x, classes[x.class_id], subjects[x.subject_id], teacher, slots[x.time_slot_id]) for x in rows]
        tell_teacher(session, teacher, parts)
