"""Large workbooks are read whole; how fast is measured by the benchmarks."""

import io
from typing import Any

import pytest
import xlsxwriter

from formats.excel.read import read
from tests.formats.excel.school import Rows, tables

ROWS = 20_000
CLASSES = ROWS // 10


def large() -> dict[str, Rows]:
    def sheet(head: list[str], rows: list[list[Any]]) -> Rows:
        return [list(head), *rows]

    lessons = [
        [f"C{n // 10}", f"S{n % 10}", f"T{n // 20}", 1 + n % 3, "", f"R{n // 10}, R{n // 10 + 1}" if n % 5 else ""]
        for n in range(ROWS)
    ]
    return tables(
        Subjects=sheet(["Code"], [[f"S{n}"] for n in range(10)]),
        Teachers=sheet(["Code", "Max per day"], [[f"T{n}", 4] for n in range(ROWS // 20)]),
        Rooms=sheet(["Code", "Capacity"], [[f"R{n}", 30] for n in range(CLASSES + 1)]),
        Classes=sheet(["Code", "Size", "Home room"], [[f"C{n}", 28, f"R{n}"] for n in range(CLASSES)]),
        Lessons=sheet(["Class", "Subject", "Teacher", "Per week", "Blocks", "Room"], lessons),
        Unavailable=sheet(["Who", "Day"], []),
    )


@pytest.mark.slow
def test_20_000_rows_are_read() -> None:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, rows in large().items():
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    workbook.close()
    result = read(stream.getvalue())
    assert result.problem is not None
    assert len(result.problem.lessons) == sum(1 + n % 3 for n in range(ROWS))
