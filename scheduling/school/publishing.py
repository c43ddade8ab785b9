"""A timetable becomes the school's timetable entries, and a version that can be gone back to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from models.problem import Lesson, Problem
from models.timetable import Placement, Timetable
from scheduling import library, versions
from scheduling.errors import Conflict
from scheduling.school.entries import fields_of, flush
from scheduling.school.holdings import Holdings, holdings
from scheduling.school.keys import Keys, keys_of
from scheduling.school.mails import tell_teacher
from scheduling.school.rooms import BETWEEN
from scheduling.school.states import NoSession
from scheduling.school.wishes import Parts
from scheduling.store import StoreSession, audit
from scheduling.store.base import new_id
from scheduling.store.tables import AcademicSession, StoredTimetable, TimetableEntry

MOST_NAMED = 5


class SchoolChanged(Conflict):
    default = (
        "Time slots, people or timetable entries have changed since this timetable was made: make it again, or publish "
        "it with replace=true, which gives up those changes"
    )


class NotComplete(Conflict):
    """names: of lessons without a place."""

    def __init__(self, names: Sequence[str]) -> None:
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        told = ", ".join(names[:MOST_NAMED]) + more
        super().__init__(f"Lessons without a place: {told}. Publish with incomplete=true to leave them out")


class Gone(Conflict):
    default = "Time slots or teachers of this timetable are not active any more"


class BreaksRules(Conflict):
    default = "This timetable breaks hard rules; repair it before it is published"


@dataclass(frozen=True)
class Published:
    """Counts of timetable entries; unplaced: names of lessons left out."""

    version: int
    created: int
    moved: int
    removed: int
    unchanged: int
    unplaced: tuple[str, ...]


@dataclass(frozen=True)
class Target:
    """An entry as the timetable wants it."""

    class_id: str
    subject_id: str
    teacher_id: str
    time_slot_id: str
    day: str
    weeks: tuple[str, ...]
    lesson: str = field(compare=False)
    room: str | None = field(compare=False)
    guarded: bool = field(compare=False)

    @property
    def whose(self) -> tuple[str, str, str]:
        return self.class_id, self.subject_id, self.teacher_id


def publish(
    session: StoreSession, timetable_id: str, note: str = "", replace: bool = False, incomplete: bool = False
) -> Published:
    """From today on. Entries in slots that are no lesson periods stay. replace: also gives up what was changed by hand
    since; incomplete: lessons without a place are left out. NotFound, ForeignTimetable, SchoolChanged, NotComplete,
    BreaksRules, Gone, NoSession."""
    row = library.timetable_row(session, timetable_id)
    keys = keys_of(session, row.problem_id)
    _hold(session, keys)
    held = holdings(session)
    if held.current is None:
        raise NoSession
    problem, timetable = library.problem_in(library.problem_row(session, row.problem_id)), library.timetable_in(row)
    placed = timetable.placement
    unplaced = tuple(x.title for x in problem.lessons if x.id not in placed)
    _check(row, keys, held, unplaced if not incomplete else (), replace)
    wanted = list(targets(problem, timetable, keys))
    _check_present(held, wanted)
    changes = _write(session, held, held.current, keys, wanted)
    today = session.now.astimezone(ZoneInfo(held.school.zone)).date()
    version = versions.publish(session, timetable_id, today, note)
    return Published(version.number, changes.created, changes.moved, changes.removed, changes.unchanged, unplaced)


def _hold(session: StoreSession, keys: Keys) -> None:
    """Nobody books anybody until the transaction ends."""
    slots = {slot for _, slot in keys.cells}
    names = {"class": keys.classes.values(), "teacher": keys.teachers.values(), "slot": slots}
    session.lock("versions", *(f"{kind}:{id_}" for kind, ids in names.items() for id_ in ids))


def _check(row: StoredTimetable, keys: Keys, held: Holdings, unplaced: Sequence[str], replace: bool) -> None:
    if row.score.get("hard"):
        raise BreaksRules
    if unplaced:
        raise NotComplete(unplaced)
    plan = held.current.plan_id if held.current is not None else None
    of_plan = (plan or "") in (keys.plan, row.problem_id)
    if not replace and (keys.state != held.state or not of_plan):
        raise SchoolChanged


def _check_present(held: Holdings, wanted: Sequence[Target]) -> None:
    """Whether what the timetable is made of is still in use."""
    slots, teachers = {x.id for x in held.slots}, {x.id for x in held.teachers}
    if any(x.time_slot_id not in slots or x.teacher_id not in teachers for x in wanted):
        raise Gone


def targets(problem: Problem, timetable: Timetable, keys: Keys) -> Iterator[Target]:
    """Entries for every class, teacher and period of each placed lesson."""
    names = {room.id: room.name or room.id for room in problem.rooms}
    often = list(names.values())
    told = {id_: name if often.count(name) == 1 else id_ for id_, name in names.items()}
    for placement in timetable.placements:
        lesson = problem.lesson[placement.lesson]
        yield from _of_lesson(problem, lesson, placement, keys, told)


def _of_lesson(
    problem: Problem, lesson: Lesson, placement: Placement, keys: Keys, rooms: dict[str, str]
) -> Iterator[Target]:
    teachers = (*lesson.teachers, *placement.teachers)
    weeks = tuple(problem.grid.weeks[w] for w in lesson.weeks)
    room = BETWEEN.join(rooms[r] for r in placement.rooms if r)[:100] or None
    alone = len(lesson.classes) == 1 and len(teachers) == 1 and not weeks
    for cell in range(placement.start, placement.start + lesson.duration):
        day, slot = keys.cells[cell]
        for class_ in lesson.classes:
            for teacher in teachers:
                yield Target(
                    keys.classes[class_],
                    keys.subjects[lesson.subject],
                    keys.teachers[teacher],
                    slot,
                    day,
                    weeks,
                    "" if lesson.id in keys.entries else lesson.id,
                    room,
                    alone,
                )


# ---- writing ---------------------------------------------------------------------------------------------------------


@dataclass
class Changes:
    created: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0


def _write(
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
    flush(session)
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
