"""What entries are made of: classes, subjects and teachers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from scheduling.school.slots import slots
from scheduling.store import StoreSession
from scheduling.store.tables import SchoolClass, SchoolSubject, SchoolTeacher, SubjectTeacher, TimeSlot

ACTIVE = "active"


@dataclass(frozen=True)
class Options:
    """What can be chosen for an entry, sorted for people."""

    classes: Sequence[SchoolClass]
    teachers: Sequence[SchoolTeacher]
    subjects: Sequence[SchoolSubject]
    slots: Sequence[TimeSlot]


def options(session: StoreSession) -> Options:
    return Options(classes(session), active_teachers(session), subjects(session), slots(session, active=True))


def classes(session: StoreSession) -> Sequence[SchoolClass]:
    return session.scalars(select(SchoolClass).order_by(SchoolClass.name, SchoolClass.id)).all()


def subjects(session: StoreSession) -> Sequence[SchoolSubject]:
    return session.scalars(select(SchoolSubject).order_by(SchoolSubject.name, SchoolSubject.id)).all()


def active_teachers(session: StoreSession) -> Sequence[SchoolTeacher]:
    order = (SchoolTeacher.first_name, SchoolTeacher.last_name, SchoolTeacher.id)
    return session.scalars(select(SchoolTeacher).where(SchoolTeacher.status == ACTIVE).order_by(*order)).all()


def teachers_by_subject(session: StoreSession) -> Mapping[str, Sequence[SchoolTeacher]]:
    """Subject id -> its active teachers, by name."""
    teachers = {teacher.id: teacher for teacher in active_teachers(session)}
    found: dict[str, set[str]] = {}
    for pair in session.scalars(select(SubjectTeacher)):
        found.setdefault(pair.subject_id, set()).add(pair.teacher_id)
    return {subject: [t for id_, t in teachers.items() if id_ in ids] for subject, ids in found.items()}


class Named(NamedTuple):
    """Of a class or a teacher what people call it by."""

    id: str
    name: str


def level_classes(session: StoreSession, wanted: str) -> list[Named]:
    """The classes of a level ("jss1": JSS 1, JSS 1A, JSS 1B), or the one of that name, with their parts; none: there is
    no such."""
    level = folded(wanted)
    every = session.execute(_class_names()).all()
    ids = {id_ for id_, _, *names in every if level and _is_meant(level, *map(folded, names))}
    return [Named(id_, name) for id_, part_of, name, *_ in every if id_ in ids or part_of in ids]


@cache
def _class_names() -> "Select[*tuple[Any, ...]]":
    told = select(SchoolClass.id, SchoolClass.part_of_id, SchoolClass.name, SchoolClass.level, SchoolClass.code)
    return told.order_by(SchoolClass.name, SchoolClass.id)


def _is_meant(level: str, name: str, own_level: str, code: str) -> bool:
    return _belongs(name, level) or level in (own_level, code)


def _belongs(name: str, level: str) -> bool:
    """JSS 1A belongs to jss1, JSS 10 does not."""
    return name == level or (level[-1].isdigit() and name.startswith(level) and not name[len(level)].isdigit())


@lru_cache(10_000)
def folded(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return "".join(ch for ch in text.lower() if ch.isalnum())
