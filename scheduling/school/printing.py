"""The entries of a school as a timetable to be printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.base import ResourceKind
from models.problem import Problem
from models.timetable import Timetable
from scheduling.school.holdings import Holdings, holdings
from scheduling.school.keys import Keys
from scheduling.school.masters import level_classes
from scheduling.school.plan import PlanOutdated, plan_of
from scheduling.school.problem import Compiled, How, compile_school
from scheduling.school.sessions import current_session
from scheduling.school.states import LevelUnknown, NoSession, TeacherUnknown
from scheduling.store import StoreSession

Page = tuple[ResourceKind, str]
"""Whose week, by its name in the problem."""


@dataclass(frozen=True)
class Shown:
    """pages: whose weeks; empty: everybody's. first, last: the academic session."""

    problem: Problem
    timetable: Timetable
    pages: tuple[Page, ...]
    first: date
    last: date
    zone: str


@dataclass(frozen=True)
class Whose:
    """At most one of them; level: such as jss1, or the name of a class."""

    level: str | None = None
    class_id: str | None = None
    teacher_id: str | None = None


def shown(session: StoreSession, whose: Whose) -> Shown:
    """NoSession, NothingToTeach, LevelUnknown, TeacherUnknown."""
    current = current_session(session)
    if current is None:
        raise NoSession
    held = holdings(session)
    compiled = _compiled(session, held)
    pages = _without_parts(compiled.problem, tuple(_pages(session, compiled.keys, whose)))
    first, last, zone = current.starts_on, current.ends_on, held.school.zone
    return Shown(compiled.problem, compiled.timetable, pages, first, last, zone)


def _compiled(session: StoreSession, held: Holdings) -> Compiled:
    try:
        return compile_school(held, plan_of(session, held), How(present=True, every_slot=True))
    except PlanOutdated:
        return compile_school(held, None, How(present=True, every_slot=True))


def _pages(session: StoreSession, keys: Keys, whose: Whose) -> Sequence[Page]:
    if whose.teacher_id is not None:
        names = [name for name, row in keys.teachers.items() if row == whose.teacher_id]
        if not names:
            raise TeacherUnknown
        return [("teacher", names[0])]
    if whose.class_id is not None:
        wanted = [whose.class_id]
    elif whose.level is not None:
        wanted = [x.id for x in level_classes(session, whose.level)]
    else:
        return []
    of_row = {row: name for name, row in keys.classes.items()}
    if not wanted or not set(wanted) <= set(of_row):
        raise LevelUnknown(whose.level or whose.class_id or "")
    return [("class", of_row[row]) for row in wanted]


def _without_parts(problem: Problem, pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """The page of a class shows its parts as well."""
    classes = {name for kind, name in pages if kind == "class"}
    return tuple(x for x in pages if x[0] != "class" or problem.class_[x[1]].part_of not in classes)
