"""The timetable in a finished workbook, for a problem that is known already."""

from pathlib import Path

from formats.excel.codes import Codes
from formats.excel.context import Course, Reading
from formats.excel.findings import Finding, Findings, Refused
from formats.excel.match import sheet_named
from formats.excel.pins import Ledger
from formats.excel.read_timetable import read_timetable
from formats.excel.rows import Row, Rows, rows_of
from formats.excel.sheets import LESSONS, TIMETABLE
from formats.excel.table import Table, load
from formats.when import times_of
from models.problem import Pin, Problem
from models.time import PeriodGrid
from models.timetable import Timetable


def read_placed(source: str | Path | bytes, problem: Problem, name: str = "") -> tuple[Timetable | None, list[Finding]]:
    """(timetable, findings) of the sheet `Timetable` or `List`; None with any error."""
    findings = Findings()
    try:
        tables = load(source, name, findings)
    except Refused as refused:
        return None, [*findings.all, refused.finding]
    timetable, _ = placed_in(tables, problem, findings)
    return timetable, findings.all


def placed_in(tables: list[Table], problem: Problem, findings: Findings) -> tuple[Timetable | None, dict[str, Pin]]:
    """The same for tables that are loaded already, with the pins of the problem and of the rows that are locked."""
    if not isinstance(problem.grid, PeriodGrid):
        findings.error("a timetable of dates cannot be read from a workbook", expected="a problem with periods")
        return None, {}
    table = next((t for t in tables if sheet_named(t.name) is TIMETABLE), None)
    if table is None:
        columns = ", ".join(c.name for c in TIMETABLE.columns if c.required)
        findings.error("there is no timetable in it", expected=f"a sheet Timetable or List with the columns {columns}")
        return None, {}
    reading = _known(problem, problem.grid, findings)
    rows = rows_of(table, TIMETABLE, findings)
    timetable = None if findings.errors else read_timetable(reading, rows, Ledger(reading))
    return (None if findings.errors else timetable or Timetable()), reading.pins


def _known(problem: Problem, grid: PeriodGrid, findings: Findings) -> Reading:
    """What reading the problem from a workbook would have told."""
    reading = Reading(
        findings,
        times_of(grid),
        _codes("subject", "Subjects", [*(s.id for s in problem.subjects), *(x.subject for x in problem.lessons)]),
        _codes("teacher", "Teachers", list(problem.teacher)),
        _codes("room", "Rooms", list(problem.room)),
        _codes("class", "Classes", list(problem.class_)),
        room=dict(problem.room),
        class_=dict(problem.class_),
    )
    nowhere = Row(Rows(LESSONS, Table("Lessons", []), findings, 0, {}), 0, [])
    reading.courses = [
        Course(
            row=nowhere,
            id=x.id,
            classes=x.classes,
            subject=x.subject,
            teachers=x.teachers,
            any_teacher=x.any_teacher,
            durations=[x.duration],
            rooms=x.rooms,
            weeks=x.weeks,
            together="",
            students=x.students,
            ids=[x.id],
        )
        for x in problem.lessons
    ]
    reading.pins = {x.id: x.pin for x in problem.lessons if x.pin.start is not None}
    return reading


def _codes(word: str, sheet: str, ids: list[str]) -> Codes:
    codes = Codes(word, sheet)
    for id_ in filter(None, ids):
        codes.know(id_)
    return codes
