"""A finished workbook can be read alone: its problem is on a hidden sheet, its timetable on the sheet List."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from formats.excel.carried import NAME
from formats.excel.read import Import, read
from formats.excel.write import write_timetable
from tests.formats.little_school import PROBLEM, TIMETABLE, cell


def book() -> Workbook:
    return load_workbook(BytesIO(write_timetable(PROBLEM, TIMETABLE)))


def reread(changed: Workbook) -> Import:
    data = BytesIO()
    changed.save(data)
    return read(data.getvalue())


def row_of(changed: Workbook, lesson: str) -> int:
    sheet = changed["List"]
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 9).value == lesson)


def test_problem_and_timetable_come_back() -> None:
    found = read(write_timetable(PROBLEM, TIMETABLE))
    assert [f.sentence for f in found.findings] == []
    assert found.problem == PROBLEM
    assert found.timetable is not None
    assert found.timetable.placement == TIMETABLE.placement


def test_saving_it_with_another_program_keeps_it() -> None:
    assert reread(book()).problem == PROBLEM


def test_a_lesson_moved_by_hand_is_where_the_list_says() -> None:
    changed = book()
    changed["List"].cell(row_of(changed, "m1"), 4).value = "Wed"
    found = reread(changed)
    assert found.timetable is not None
    assert found.timetable.placement["m1"].start == cell("Wed", "P3")


def test_a_row_locked_by_hand_pins_its_lesson() -> None:
    changed = book()
    changed["List"].cell(row_of(changed, "m1"), 7).value = "yes"
    found = reread(changed)
    assert found.problem is not None
    assert PROBLEM.lesson["m1"].pin.start is None
    assert found.problem.lesson["m1"].pin.start == cell("Mon", "P3")
    assert found.problem.lesson["m2"].pin == PROBLEM.lesson["m2"].pin


def test_an_unknown_room_in_the_list_is_an_error_with_its_cell() -> None:
    changed = book()
    row = row_of(changed, "m1")
    changed["List"].cell(row, 6).value = "R77"
    found = reread(changed)
    assert found.problem is None
    assert [(f.sheet, f.cell) for f in found.errors] == [("List", f"F{row}")]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("eJw", "the hidden sheet was changed and cannot be read"),
        ("not base64!", "the hidden sheet was changed and cannot be read"),
        ("eJyrrgUAAXUA+Q==", "the hidden sheet was changed and cannot be read"),  # {} is no problem
        (None, "the hidden sheet is cut short or too large"),
    ],
)
def test_a_changed_hidden_sheet_is_refused(value: str | None, message: str) -> None:
    changed = book()
    changed[NAME].cell(2, 1).value = value
    found = reread(changed)
    assert found.problem is None
    assert [(f.sheet, f.message) for f in found.errors] == [(NAME, message)]
