"""A workbook fills the school: people, subjects, classes, slots, and what is to be taught. All of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from formats.excel.findings import Finding
from models.diagnose import proofs, told
from models.problem import Problem
from models.time import PeriodGrid
from scheduling import library
from scheduling.errors import Invalid
from scheduling.school.clock import DAYS, WEEKDAYS
from scheduling.school.expressible import day_of, faults_of
from scheduling.school.grid import Cell
from scheduling.school.holdings import holdings
from scheduling.school.keys import Keys
from scheduling.school.masters import classes, subjects
from scheduling.school.merging import Merged, Rows, Tally, merge_people, merge_slots
from scheduling.school.sessions import current_session, start_session
from scheduling.school.slots import LOCK, slots
from scheduling.store import StoreSession, audit
from scheduling.store.tables import AcademicSession, Organisation, SchoolTeacher, SubjectTeacher

if TYPE_CHECKING:
    from formats.excel.read import Import

MOST_TOLD = 20
"""Errors in the sentence about a workbook that is refused."""
SESSION = "Academic session"
"""Setting of the workbook."""


class WorkbookRefused(Invalid):
    """findings: every error with its cell; report: warnings as well."""

    def __init__(self, errors: Sequence[Finding]) -> None:
        told = " ".join(finding.sentence for finding in errors[:MOST_TOLD])
        more = f" And {len(errors) - MOST_TOLD} more." if len(errors) > MOST_TOLD else ""
        count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        super().__init__(f"The workbook has {count}, nothing was imported. {told}{more}")
        self.errors = tuple(errors)


@dataclass(frozen=True)
class Workbook:
    """A file that was read. proofs: why no timetable of it can exist, and what is tight."""

    name: str
    data: bytes
    read: "Import"
    proofs: tuple[str, ...]

    @property
    def errors(self) -> list[Finding]:
        """What is wrong with it, also for a school of timetable entries."""
        found = list(self.read.errors)
        return found or (faults_of(self.read.problem) if self.read.problem is not None else [])


@dataclass(frozen=True)
class Imported:
    """tallies: by kind of thing; problem_id: what is to be taught; timetable_id: of the workbook, where it has one, to
    be published; notes: what else a person should know."""

    tallies: dict[str, Tally]
    lessons: int
    problem_id: str
    timetable_id: str | None
    notes: tuple[str, ...]


def read_workbook(name: str, data: bytes) -> Workbook:
    """Takes its time: not inside a transaction. Never raises for what is in the file."""
    from formats.excel.read import read

    found = read(data, name)
    against = () if found.problem is None else tuple(told(proofs(found.problem)))
    return Workbook(name, data, found, against)


def import_workbook(session: StoreSession, workbook: Workbook, replace: bool = False) -> Imported:
    """replace: slots that are not in the workbook are put out of use. WorkbookRefused."""
    problem = workbook.read.problem
    if workbook.errors or problem is None or not isinstance(problem.grid, PeriodGrid):
        raise WorkbookRefused(workbook.errors)
    session.lock(LOCK, "import", *(f"slot:{slot.id}" for slot in slots(session)))
    current, notes = _session(session, workbook.read.settings.get(SESSION, ""))
    merged = merge_people(session, problem, _rows(session))
    faults = merge_slots(session, problem.grid, slots(session), merged, replace)
    if faults:
        raise WorkbookRefused(faults)
    _keep_days(session, problem.grid)
    problem_id = _keep_plan(session, workbook, problem, merged, current)
    timetable_id = _keep_timetable(session, workbook, problem, problem_id)
    audit.record(session, "imported", "workbook", problem_id, None, {"name": workbook.name, "replace": replace})
    return Imported(merged.tallies, len(problem.lessons), problem_id, timetable_id, notes)


def _rows(session: StoreSession) -> Rows:
    pairs = frozenset((x.subject_id, x.teacher_id) for x in session.scalars(select(SubjectTeacher)))
    teachers = session.scalars(select(SchoolTeacher).order_by(SchoolTeacher.id)).all()
    return Rows(classes(session), subjects(session), teachers, pairs)


def _session(session: StoreSession, name: str) -> tuple[AcademicSession, tuple[str, ...]]:
    """The current academic session; a new one where there is none."""
    current = current_session(session)
    if current is None:
        year = session.now.year
        return start_session(session, name[:100] or str(year), date(year, 1, 1), date(year, 12, 31)), ()
    if name and name.strip().casefold() != current.name.strip().casefold():
        return current, (f'The workbook is for "{name}"; it was imported into the current session "{current.name}".',)
    return current, ()


def _keep_days(session: StoreSession, grid: PeriodGrid) -> None:
    """Days at the weekend are shown from now on."""
    school = session.scalars(select(Organisation)).one()
    wanted = {*school.settings.get("days", ()), *(day_of(name) for name in grid.day_names)}
    more = [day for day in DAYS if day in wanted and day not in WEEKDAYS]
    if more:
        school.settings = {**school.settings, "days": more}


def _keep_plan(
    session: StoreSession, workbook: Workbook, problem: Problem, merged: Merged, current: AcademicSession
) -> str:
    upload = library.keep_upload(session, workbook.name, workbook.data)
    keys = Keys(
        classes={code: row.id for code, row in merged.classes.items()},
        teachers={code: row.id for code, row in merged.teachers.items()},
        subjects={code: row.id for code, row in merged.subjects.items()},
        cells=_cells(problem, merged),
        state=holdings(session).state,
    )
    name = problem.name.strip() or workbook.name
    kept = library.keep_problem(session, problem, name, keys.report(), upload.id)
    current.plan_id, current.updated_at = kept.id, session.now
    return kept.id


def _cells(problem: Problem, merged: Merged) -> tuple[Cell, ...]:
    grid, found = problem.grid, list[Cell]()
    for cell in grid.cells:
        day = day_of(grid.day_names[cell.day]) or ""
        rows = [x for x in merged.slots[cell.label] if (x.starts, x.ends) == (cell.start, cell.end)]
        found.append((day, next(x.id for x in rows if not x.days or day in x.days)))
    return tuple(found)


def _keep_timetable(session: StoreSession, workbook: Workbook, problem: Problem, problem_id: str) -> str | None:
    timetable = workbook.read.timetable
    if timetable is None:
        return None
    judged = library.judge(problem, timetable)
    return library.keep_timetable(session, problem_id, timetable, judged, "upload").id
