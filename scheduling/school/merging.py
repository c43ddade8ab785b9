"""The people, subjects, classes and slots of a workbook beside those that a school has already.

What has the same code, or else the same name, is the same: it gets what the workbook says about it. Nothing is removed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import TypeVar

from formats.excel.findings import Finding
from models.problem import Problem
from models.time import Period, PeriodGrid
from scheduling.school.clock import clock
from scheduling.school.expressible import day_of, error
from scheduling.school.masters import folded
from scheduling.school.slots import kind_of, overlapping, used
from scheduling.store import StoreSession
from scheduling.store.tables import SchoolClass, SchoolSubject, SchoolTeacher, SubjectTeacher, TimeSlot


@dataclass
class Tally:
    """What came of one kind of thing."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


Thing = TypeVar("Thing", SchoolClass, SchoolSubject, SchoolTeacher)


@dataclass
class Merged:
    """Rows by their code in the workbook."""

    classes: dict[str, SchoolClass] = field(default_factory=dict)
    subjects: dict[str, SchoolSubject] = field(default_factory=dict)
    teachers: dict[str, SchoolTeacher] = field(default_factory=dict)
    slots: dict[str, list[TimeSlot]] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)


def merge_people(session: StoreSession, problem: Problem, held: "Rows") -> Merged:
    merged = Merged()
    merged.subjects = _merge(session, SchoolSubject, merged, held.subjects, _subjects(problem))
    merged.teachers = _merge(session, SchoolTeacher, merged, held.teachers, _teachers(problem))
    merged.classes = _merge(session, SchoolClass, merged, held.classes, _classes(problem))
    session.flush()
    for class_ in problem.classes:
        parent = merged.classes[class_.part_of].id if class_.part_of else None
        merged.classes[class_.id].part_of_id = parent
    _assign(session, problem, merged, held.assigned)
    return merged


@dataclass(frozen=True)
class Rows:
    """What the school has, teachers who left included."""

    classes: Sequence[SchoolClass]
    subjects: Sequence[SchoolSubject]
    teachers: Sequence[SchoolTeacher]
    assigned: frozenset[tuple[str, str]]


Wanted = tuple[str, str, dict[str, object]]
"""Code, name, and the fields of the row that the workbook says something about."""


def _subjects(problem: Problem) -> Iterator[Wanted]:
    for x in problem.subjects:
        yield x.id, x.name or x.id, {"code": x.id, "name": x.name or x.id, **({"color": x.colour} if x.colour else {})}


def _teachers(problem: Problem) -> Iterator[Wanted]:
    for x in problem.teachers:
        first, _, last = (x.name or x.id).rpartition(" ")
        fields: dict[str, object] = {"code": x.id, "first_name": first or last, "last_name": last if first else ""}
        yield x.id, x.name or x.id, {**fields, **({"email": x.email} if x.email else {})}


def _classes(problem: Problem) -> Iterator[Wanted]:
    for x in problem.classes:
        yield x.id, x.name or x.id, {"code": x.id, "name": x.name or x.id, "level": x.level}


KINDS: dict[type[object], str] = {SchoolClass: "classes", SchoolSubject: "subjects", SchoolTeacher: "teachers"}


def _merge(
    session: StoreSession, kind: type[Thing], merged: Merged, rows: Sequence[Thing], wanted: Iterable[Wanted]
) -> dict[str, Thing]:
    by_code = {folded(row.code): row for row in reversed(rows) if row.code}
    by_name = {folded(row.name): row for row in reversed(rows)}
    tally = merged.tallies[KINDS[kind]] = Tally()
    found: dict[str, Thing] = {}
    for code, name, fields in wanted:
        known = by_code.get(folded(code)) or by_name.get(folded(name))
        if known is None or known in found.values():
            known = kind(**{**_new_fields(kind), **fields, "updated_at": session.now})
            session.add(known)
            tally.created += 1
        else:
            _update(session, known, fields, tally)
        found[code] = known
    return found


def _new_fields(kind: type[object]) -> dict[str, object]:
    return {"email": ""} if kind is SchoolTeacher else {}


def _update(session: StoreSession, row: object, fields: dict[str, object], tally: Tally) -> None:
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        setattr(row, "updated_at", session.now)  # noqa: B010  all three kinds have it
    tally.updated += bool(changed)
    tally.unchanged += not changed


def _assign(session: StoreSession, problem: Problem, merged: Merged, assigned: frozenset[tuple[str, str]]) -> None:
    """Teachers to the subjects they are qualified for, and to those they are or may be chosen to teach."""
    pairs = {(s, t.id) for t in problem.teachers for s in t.subjects}
    for x in problem.lessons:
        pairs |= {(x.subject, t) for t in (*x.teachers, *(t for choice in x.any_teacher for t in choice))}
    for subject, teacher in sorted(pairs):
        ids = merged.subjects[subject].id, merged.teachers[teacher].id
        if ids not in assigned:
            session.add(SubjectTeacher(subject_id=ids[0], teacher_id=ids[1]))


# ---- slots -----------------------------------------------------------------------------------------------------------


Placed = tuple[TimeSlot, str]
"""A slot, and the cell of the workbook that asks for it."""


def merge_slots(
    session: StoreSession, grid: PeriodGrid, rows: Sequence[TimeSlot], merged: Merged, replace: bool
) -> list[Finding]:
    """rows: all of the school. replace: slots that the workbook does not have are put out of use. What stands against
    it."""
    tally = merged.tallies["slots"] = Tally()
    left = [row for row in rows if row.active]
    last = max((row.position for row in rows), default=0)
    own: list[Placed] = []
    for period in sorted(grid.periods, key=lambda p: (p.start, p.end)):
        days = [day for name in period.days if (day := day_of(name)) is not None]
        row = _same_slot(period, days, left)
        fields = _fields(period, days)
        if row is None:
            last += 1
            row = TimeSlot(**fields, position=last, active=True, updated_at=session.now)
            session.add(row)
            tally.created += 1
        else:
            left.remove(row)
            _update(session, row, fields, tally)
        merged.slots.setdefault(period.id, []).append(row)
        own.append((row, period.source))
    session.flush()
    faults = list(_put_out_of_use(session, left)) if replace else []
    return faults or list(_overlaps(own, left if not replace else []))


def _fields(period: Period, days: list[str]) -> dict[str, object]:
    told = kind_of(TimeSlot(label=period.id, kind=None))
    kind = None if told == period.kind.value else period.kind.value
    return {"starts": period.start, "ends": period.end, "label": period.id, "kind": kind, "days": days}


def _same_slot(period: Period, days: list[str], rows: Sequence[TimeSlot]) -> TimeSlot | None:
    """By its times, else by its label."""
    of_days = [row for row in rows if row.days == days]
    same = [row for row in of_days if (row.starts, row.ends) == (period.start, period.end)]
    same += [row for row in of_days if folded(row.label) == folded(period.id)]
    return same[0] if same else None


def _put_out_of_use(session: StoreSession, rows: Sequence[TimeSlot]) -> Iterator[Finding]:
    for row in rows:
        if used(session, row):
            text = f"{row.label} ({clock(row.starts)} - {clock(row.ends)}) is used in timetable entries"
            yield error(text, sheet="Periods", expected="a period at this time")
        else:
            row.active, row.updated_at = False, session.now


def _overlaps(own: Sequence[Placed], left: Sequence[TimeSlot]) -> Iterator[Finding]:
    among_them = [(later, earlier[0]) for earlier, later in combinations(own, 2)]
    for (row, source), other in [*among_them, *product(own, left)]:
        if overlapping(row, other):
            yield error(
                f"{row.label} ({clock(row.starts)} - {clock(row.ends)}) overlaps with existing period"
                f" {other.label} ({clock(other.starts)} - {clock(other.ends)})",
                source,
                sheet="Periods",
                suggestion="Delete that time slot first, or import with replace=true.",
            )
