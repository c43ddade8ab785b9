"""What else happens in the slot of an entry: what forbids it, and what is only unusual."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select

from scheduling.errors import SchedulingError
from scheduling.school.masters import folded
from scheduling.school.states import ClassTaken, RoomTaken, TeacherTaken
from scheduling.school.wishes import Known
from scheduling.store import StoreSession
from scheduling.store.tables import SchoolClass, TimetableEntry


class Neighbour(NamedTuple):
    """Another active entry of the same slot and day. related: of the same class, of a part of it, or of the class it is
    a part of."""

    teacher_id: str
    room: str | None
    related: bool


def neighbours(session: StoreSession, entry: TimetableEntry, class_: SchoolClass) -> list[Neighbour]:
    """Those that share the class, the teacher or perhaps the room, in a week the entry is in; parts of the same joint
    lesson are none."""
    wanted = (
        select(
            TimetableEntry.class_id,
            TimetableEntry.teacher_id,
            TimetableEntry.room,
            TimetableEntry.lesson,
            TimetableEntry.weeks,
            SchoolClass.part_of_id,
        )
        .join(SchoolClass, SchoolClass.id == TimetableEntry.class_id)
        .where(
            TimetableEntry.academic_session_id == entry.academic_session_id,
            TimetableEntry.time_slot_id == entry.time_slot_id,
            TimetableEntry.day == entry.day,
            TimetableEntry.active,
            TimetableEntry.id != (entry.id or ""),
            or_(*_shared(entry, class_)),
        )
    )
    own = {class_.id, class_.part_of_id}
    return [
        Neighbour(teacher_id, room, class_id in own or part_of == class_.id)
        for class_id, teacher_id, room, lesson, weeks, part_of in session.execute(wanted)
        if meet(entry.weeks or (), weeks) and not (lesson and lesson == entry.lesson)
    ]


def _shared(entry: TimetableEntry, class_: SchoolClass) -> Iterator[ColumnElement[bool]]:
    yield TimetableEntry.class_id.in_([id_ for id_ in (class_.id, class_.part_of_id) if id_])
    yield SchoolClass.part_of_id == class_.id
    yield TimetableEntry.teacher_id == entry.teacher_id
    if entry.room:
        yield TimetableEntry.room.is_not(None)


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
