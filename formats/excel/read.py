"""A workbook as a problem, and all that is wrong with it, in one pass."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from formats.excel.carried import carried_problem
from formats.excel.codes import Codes
from formats.excel.context import Reading
from formats.excel.defaults import Said, default_rules
from formats.excel.findings import Finding, Findings, Refused
from formats.excel.match import match_sheets
from formats.excel.pins import Ledger, Openings
from formats.excel.read_fixed import read_fixed
from formats.excel.read_lessons import read_lessons
from formats.excel.read_people import define, read_classes, read_rooms, read_subjects, read_teachers
from formats.excel.read_placed import placed_in
from formats.excel.read_rules import read_rules
from formats.excel.read_school import School, read_school, read_times
from formats.excel.read_timetable import read_timetable
from formats.excel.read_unavailable import read_unavailable
from formats.excel.rows import Rows, rows_of
from formats.excel.sheets import (
    CLASSES,
    FIXED,
    LESSONS,
    PERIODS,
    ROOMS,
    RULES_SHEET,
    SCHOOL,
    SUBJECTS,
    TEACHERS,
    TIMETABLE,
    UNAVAILABLE,
    Sheet,
)
from formats.excel.table import Table, load
from formats.excel.together import put_together
from models.problem import Lesson, Pin, Problem
from models.timetable import Timetable


@dataclass(frozen=True)
class Import:
    """What a workbook holds. problem: None if there is any error; timetable: None also without a sheet Timetable.

    settings: of the sheet School; extra: sheet -> headers that are not read; notes: course -> remark.
    """

    problem: Problem | None
    timetable: Timetable | None
    findings: tuple[Finding, ...]
    settings: dict[str, str] = field(default_factory=dict)
    extra: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.is_error)


def read(source: str | Path | bytes, name: str = "") -> Import:
    """Reads a school workbook (.xlsx, .ods, .xls), a folder or zip of .csv files, or the bytes of one of these; a
    finished workbook as well: its problem with the timetable as it stands on the sheet `List`.

    name: file name, needed only for the bytes of a single .csv file. Never raises for what stands in the file.
    """
    findings = Findings()
    with _no_collection():
        try:
            tables = load(source, name, findings)
            carried = carried_problem(tables)
        except Refused as refused:
            return Import(None, None, (*findings.all, refused.finding))
        return read_tables(tables, findings) if carried is None else _read_finished(tables, carried, findings)


def _read_finished(tables: list[Table], problem: Problem, findings: Findings) -> Import:
    """Lessons whose row was locked by hand are pinned."""
    timetable, pins = placed_in(tables, problem, findings)
    if findings.errors:
        return Import(None, None, tuple(findings.all))
    if any(pins.get(x.id, x.pin) != x.pin for x in problem.lessons):
        fields = {name: getattr(problem, name) for name in Problem.model_fields}
        lessons = tuple(x.model_copy(update={"pin": pins.get(x.id, x.pin)}) for x in problem.lessons)
        problem = Problem(**{**fields, "lessons": lessons})
    return Import(problem, timetable, tuple(findings.all), {"School": problem.name})


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the garbage collector: a large workbook makes a million values that all live on, and looking through
    them again and again takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_tables(found: list[Table], findings: Findings) -> Import:
    """The same for tables that are loaded already."""
    tables = match_sheets(found, findings)
    sheets = Sheets(tables, findings)
    school = read_school(tables.get(SCHOOL.name), findings)
    reading = _read_people(sheets, school)
    timetable, said = _read_lessons(sheets, reading)
    problem = _build(reading, school, said) if not findings.errors else None
    return Import(
        problem,
        timetable if problem is not None else None,
        tuple(findings.all),
        school.settings,
        {rows.table.name: tuple(header for _, header in rows.extra) for rows in sheets.read if rows.extra},
        reading.notes,
    )


@dataclass
class Sheets:
    """Makes rows of tables on demand and remembers them."""

    tables: dict[str, Table]
    findings: Findings
    read: list[Rows] = field(default_factory=list)

    def rows(self, sheet: Sheet) -> Rows | None:
        table = self.tables.get(sheet.name)
        if table is None:
            return None
        self.read.append(rows_of(table, sheet, self.findings))
        return self.read[-1]

    def complete(self, sheet: Sheet) -> Rows | None:
        """The rows of a sheet, if the sheet and all its required columns are there."""
        rows = self.rows(sheet)
        return rows if rows is not None and all(c.name in rows for c in sheet.columns if c.required) else None


def _read_people(sheets: Sheets, school: School) -> Reading:
    reading = Reading(
        sheets.findings,
        read_times(school, sheets.complete(PERIODS)),
        Codes("subject", "Subjects"),
        Codes("teacher", "Teachers"),
        Codes("room", "Rooms"),
        Codes("class", "Classes"),
    )
    subjects = define(sheets.rows(SUBJECTS), reading.subjects)
    teachers = define(sheets.rows(TEACHERS), reading.teachers)
    rooms = define(sheets.rows(ROOMS), reading.rooms)
    classes = define(sheets.rows(CLASSES), reading.classes)
    if ROOMS.name not in sheets.tables:
        reading.rooms.defined = True  # a school without the sheet has no rooms, so any room named is unknown
    read_rooms(reading, rooms)
    read_subjects(reading, subjects)
    read_teachers(reading, teachers)
    read_classes(reading, classes)
    return reading


def _read_lessons(sheets: Sheets, reading: Reading) -> tuple[Timetable | None, Said]:
    """Everything that speaks of lessons, each sheet after those it refers to."""
    lessons, unavailable = sheets.complete(LESSONS), sheets.complete(UNAVAILABLE)
    rules, fixed, timetable = sheets.complete(RULES_SHEET), sheets.complete(FIXED), sheets.complete(TIMETABLE)
    if lessons is not None:
        read_lessons(reading, lessons)
        put_together(reading)
    reading.lacks_lessons = reading.lacks_lessons or lessons is None
    if unavailable is not None:
        read_unavailable(reading, unavailable)
    said = read_rules(reading, rules) if rules is not None else Said()
    ledger = Ledger(reading)
    if fixed is not None:
        read_fixed(reading, fixed, Openings(reading), ledger)
    placed = read_timetable(reading, timetable, ledger) if timetable is not None else None
    return placed, said


def _build(reading: Reading, school: School, said: Said) -> Problem | None:
    """The checked problem. What only the problem itself finds is reported with the place it came from."""
    grid = reading.times.grid
    if grid is None:
        return None
    try:
        return Problem(
            name=school.settings.get("School", ""),
            grid=grid,
            subjects=tuple(reading.subject.values()),
            teachers=tuple(reading.teacher.values()),
            classes=tuple(reading.class_.values()),
            rooms=tuple(reading.room.values()),
            lessons=tuple(_lessons(reading)),
            rules=(*reading.rules, *default_rules(reading, said)),
        )
    except ValidationError as error:
        for problem in error.errors():
            message = problem["msg"].removeprefix("Value error, ")
            named = {id_: course for course in reading.courses for id_ in course.ids}
            row = next((c.row for id_, c in named.items() if repr(id_) in message), None)
            if row is None:
                reading.findings.error(message)
            else:
                row.error("Class", message)
        return None


def _lessons(reading: Reading) -> Iterator[Lesson]:
    free = Pin()
    for course in reading.courses:
        source = course.row.source("Class")
        for id_, duration in zip(course.ids, course.durations, strict=True):
            yield Lesson(
                id=id_,
                subject=course.subject,
                course=course.id,
                duration=duration,
                classes=course.classes,
                teachers=course.teachers,
                any_teacher=course.any_teacher,
                rooms=course.rooms,
                weeks=course.weeks,
                students=course.students,
                tags=course.tags,
                pin=reading.pins.get(id_, free),
                source=source,
            )
