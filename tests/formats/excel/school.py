"""A small valid school as tables, from which tests build workbooks with one thing changed."""

import io
from typing import Any

import openpyxl
from openpyxl.utils import cell as cell_names

from formats.excel.read import Import, read

Rows = list[list[Any]]

SCHOOL: dict[str, Rows] = {
    "School": [["Setting", "Value"], ["School", "Hilltop"], ["Days", "Mon-Fri"], ["Week pattern", "1"]],
    "Periods": [
        ["Label", "Start", "End", "Kind", "Days"],
        ["P1", "08:00", "08:45", "lesson", ""],
        ["P2", "08:45", "09:30", "", ""],
        ["Lunch", "09:30", "10:00", "lunch", ""],
        ["P3", "10:00", "10:45", "", ""],
        ["P4", "10:45", "11:30", "", "Mon-Thu"],
    ],
    "Subjects": [
        ["Code", "Name", "Colour", "Room type", "Max per day"],
        ["MATH", "Mathematics"],
        ["ART", "Art"],
        ["CHEM", "Chemistry", "#4E79A7", "lab"],
    ],
    "Teachers": [
        ["Code", "Name", "Email", "Subjects", "Max per day", "Max gaps per week", "Active"],
        ["SMI", "Ada Smith", "", "MATH"],
        ["JON", "Bo Jones"],
        ["OLD", "Cy Old", "", "", "", "", "no"],
    ],
    "Rooms": [
        ["Code", "Name", "Capacity", "Type", "Site", "Home class"],
        ["R1", "", 30],
        ["R2", "", 30],
        ["LAB1", "", 24, "lab"],
    ],
    "Classes": [
        ["Code", "Name", "Level", "Size", "Part of", "Split", "Home room"],
        ["7A", "", "7", 28, "", "", "R1"],
        ["7B", "", "7", 26, "", "", "R2"],
    ],
    "Lessons": [
        ["Class", "Subject", "Teacher", "Per week", "Blocks", "Room", "Week", "Together", "Students", "Notes"],
        ["7A", "MATH", "SMI", 4, "2+1+1"],
        ["7B", "MATH", "SMI", 3],
        ["7A", "CHEM", "JON", 2, "2"],
        ["7B", "ART", "JON", 1],
    ],
    "Unavailable": [["Who", "Day", "Periods", "Weight"], ["JON", "Fri"]],
    "Rules": [["Rule", "Applies to", "Value", "Weight"]],
    "Fixed": [["Class", "Subject", "Day", "Period", "Room", "Teacher"]],
    "Timetable": [["Class", "Subject", "Teacher", "Day", "Period", "Room", "Locked"]],
}


def tables(cells: dict[str, Any] | None = None, **sheets: Rows | None) -> dict[str, Rows]:
    """The school with whole sheets replaced (None: left out), then single cells ("Lessons!C2") set."""
    result = {name: [list(row) for row in rows] for name, rows in {**SCHOOL, **sheets}.items() if rows is not None}
    for place, value in (cells or {}).items():
        name, address = place.split("!")
        column, row = cell_names.coordinate_from_string(address)
        _set(result.setdefault(name, []), row - 1, cell_names.column_index_from_string(column) - 1, value)
    return result


def _set(rows: Rows, row: int, column: int, value: Any) -> None:
    while len(rows) <= row:
        rows.append([])
    rows[row] += [""] * (column + 1 - len(rows[row]))
    rows[row][column] = value


def book(contents: dict[str, Rows]) -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in contents.items():
        sheet = workbook.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                if value != "":
                    sheet.cell(r, c, value)
    return workbook


def xlsx(contents: dict[str, Rows] | openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    (contents if isinstance(contents, openpyxl.Workbook) else book(contents)).save(stream)
    return stream.getvalue()


def imported(cells: dict[str, Any] | None = None, **sheets: Rows | None) -> Import:
    return read(xlsx(tables(cells, **sheets)), "school.xlsx")


def sentences(result: Import) -> list[str]:
    return [f.sentence for f in result.findings]


def errors(result: Import) -> list[str]:
    return [f.sentence for f in result.errors]
