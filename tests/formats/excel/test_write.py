"""The finished workbook, opened with a library that did not write it."""

from collections import Counter
from functools import cache
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from datasets.generate import generate
from formats.excel.fitting import Space, font_size
from formats.excel.quality import named
from formats.excel.sheets import TIMETABLE as TIMETABLE_SHEET
from formats.excel.write import write_timetable
from models.problem import Subject
from models.score import score
from tests.formats.little_school import CLASSES, PROBLEM, ROOMS, SUBJECTS, TEACHERS, TIMETABLE, changed


@cache
def book() -> Workbook:
    return load_workbook(BytesIO(write_timetable(PROBLEM, TIMETABLE, bound=0)), rich_text=False)


def texts(sheet: Worksheet) -> list[str]:
    return [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]


def rows(sheet: Worksheet) -> list[list[object]]:
    return [[c.value for c in row] for row in sheet.iter_rows()]


def test_sheets_stand_in_the_order_people_ask_for_them() -> None:
    *shown, carried = book().sheetnames
    assert shown == ["Classes", "Teachers", "Rooms", "Master", "List", "Quality", "Unplaced"]
    assert (carried, book()[carried].sheet_state) == ("_Problem", "hidden")


@pytest.mark.parametrize(("sheet", "weeks"), [("Classes", 2), ("Teachers", len(TEACHERS)), ("Rooms", len(ROOMS))])
def test_each_week_prints_on_a_landscape_page_of_its_own(sheet: str, weeks: int) -> None:
    page = book()[sheet]
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9  # A4
    assert page.print_title_rows == "$1:$1"
    breaks = [b.id for b in page.row_breaks.brk]
    assert len(breaks) == weeks - 1
    # the row after each break is the title of a week; the week has a row of days and 8 periods besides
    assert breaks == [1 + 10 * n for n in range(1, weeks)]


@pytest.mark.parametrize("sheet", ["Classes", "Teachers", "Rooms"])
def test_week_fits_onto_the_page(sheet: str) -> None:
    page = book()[sheet]
    # repeated title, title of the week, days, 8 periods; a height that is not stated is 15
    heights = [page.row_dimensions[n].height or 15 for n in range(1, 12)]
    assert sum(heights) <= 595 - 0.4 * 72 - 0.6 * 72  # A4 in points less margins
    width = page.column_dimensions["A"].width + 5 * page.column_dimensions["B"].width
    assert width * 7 * 0.75 <= (842 - 2 * 0.4 * 72) / 1.06  # columns are counted in digits of 7 pixels


def test_double_lesson_is_one_cell_over_the_break() -> None:
    # class 7A is first: title in row 2, days in row 3, P1 in row 4; Tuesday is column C; P2, break, P3
    page = book()["Classes"]
    assert "C5:C7" in [str(r) for r in page.merged_cells.ranges]
    assert page["C5"].value == "Mathematics\nAde Bello\nR1"
    assert page["B7"].value == "Mathematics\nAde Bello\nR1"


def test_cells_carry_the_colour_of_the_subject() -> None:
    page = book()["Classes"]
    assert page["C5"].fill.fgColor.rgb == page["B7"].fill.fgColor.rgb != "00000000"
    assert page["B4"].fill.fgColor.rgb == "FFFFFFFF"


def test_lunch_and_break_are_rows_of_their_own() -> None:
    page = book()["Classes"]
    assert (page["A6"].value, page["B6"].value) == ("09:20–09:35", "Break")
    assert (page["A9"].value, page["B9"].value) == ("10:55–11:35", "Lunch")
    assert "B9:E9" in [str(r) for r in page.merged_cells.ranges]  # Friday has no lunch


def test_parts_and_alternating_weeks_share_a_cell() -> None:
    page = book()["Classes"]
    assert page["D4"].value == "French  7A-F DOR R1\nSpanish  7A-S EVA R2"
    assert "Art (A)  CHI\nMusic (B)  EVA" in str(page["F18"].value)


def test_master_has_a_row_for_each_class_with_a_link_to_its_week() -> None:
    master = book()["Master"]
    assert [master.cell(r, 1).value for r in (3, 4)] == ["7A", "7B"]
    links = [link for r in (3, 4) if (link := master.cell(r, 1).hyperlink)]
    assert [link.location for link in links] == ["'Classes'!A2", "'Classes'!A12"]
    labels = [c.value for c in master[2]][1:]
    assert labels == ["P1", "P2", "P3", "P4", "P5", "P6"] * 4 + ["P1", "P2", "P3", "P4"]
    assert master["D3"].value == "MAT\nADE R1"  # Monday P3
    assert "I3:J3" in [str(r) for r in master.merged_cells.ranges]  # Tuesday P2 and P3


def test_list_has_the_columns_of_the_input_and_a_row_for_each_placed_lesson() -> None:
    header, *placed = rows(book()["List"])
    assert header == [c.name for c in TIMETABLE_SHEET.columns]
    assert len(placed) == len(TIMETABLE.placements)
    assert ["7A, 7B", "PE", "BEN, CHI", "Thu", "P5-P6", "GYM", None, None, "pe"] in placed
    assert ["7B", "MUS", "EVA", "Fri", "P4", None, None, "B", "mus"] in placed
    assert ["7B", "PHY", "ADE", "Tue", "P5-P6", "LAB", "yes", None, "p"] in placed  # pinned there


def test_quality_says_of_every_rule_what_it_costs() -> None:
    found = rows(book()["Quality"])
    result = score(PROBLEM, TIMETABLE)
    summary = {r[0]: r[1] for r in found if r[0] and r[1] is not None}
    assert summary["Lessons placed"] == "8 of 9"
    assert summary["Hard violations"] == result.hard == 0
    assert summary["Penalty of soft rules"] == result.soft > 0
    assert summary["No timetable has less than"] == 0
    table = [r for r in found if r[1] in (5, 10, "hard")]
    names = {r[0] for r in table}
    assert {"max gaps per week", "unavailable", "same start", "teacher clash", "class clash", "room clash"} <= names
    [gaps] = [r for r in table if r[0] == "max gaps per week" and "(" in str(r[5])]
    # ADE: P2-P3, P5-P6 on Tuesday leave P4 free, in both weeks
    assert gaps[1:] == [10, 2, "gap", 20, "ADE (2)"]
    assert any("ADE" in str(r[5]) and "gap" in str(r[5]) and r[4] == 10 for r in found)


def test_bound_that_is_not_known_is_not_shown() -> None:
    sheet = load_workbook(BytesIO(write_timetable(PROBLEM, TIMETABLE)))["Quality"]
    assert not [t for t in texts(sheet) if "less than" in t]


def test_who_is_concerned_is_named_by_amount_and_the_rest_counted() -> None:
    assert named(Counter({"A": 1, "C": 3, "B": 3})) == "B (3), C (3), A (1)"
    assert named(Counter({f"T{n}": 1 for n in range(8)})).endswith("T5 (1) and 2 more")


def test_unplaced_lessons_are_listed_with_their_reason() -> None:
    assert rows(book()["Unplaced"])[1] == ["7B", "ENG", "BEN", 1, "=1+1 teacher BEN has no free period left", "e"]


def test_complete_timetable_says_so() -> None:
    problem = changed(lessons=tuple(x for x in PROBLEM.lessons if x.id != "e"))
    timetable = TIMETABLE.model_copy(update={"unplaced": ()})
    sheet = load_workbook(BytesIO(write_timetable(problem, timetable)))["Unplaced"]
    assert texts(sheet)[-1] == "Every lesson has its place."


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_text_that_looks_like_a_formula_stays_text(start: str) -> None:
    evil = f'{start}HYPERLINK("http://x","y")'
    subjects = tuple(Subject(id=s.id, name=evil) for s in SUBJECTS)
    classes = tuple(c.model_copy(update={"name": evil}) for c in CLASSES)
    problem = changed(name=evil, subjects=subjects, classes=classes)
    opened = load_workbook(BytesIO(write_timetable(problem, TIMETABLE)))
    cells = [c for sheet in opened for row in sheet.iter_rows() for c in row]
    assert not [c.coordinate for c in cells if c.data_type == "f"]
    suspicious = [c for c in cells if isinstance(c.value, str) and c.value.startswith(start)]
    assert suspicious
    assert all(c.quotePrefix for c in suspicious)


def test_equal_timetables_give_equal_bytes() -> None:
    assert write_timetable(PROBLEM, TIMETABLE, 0) == write_timetable(changed(), TIMETABLE.model_copy(), 0)


def test_font_shrinks_until_all_lines_fit() -> None:
    space = Space(130.0, 46.0)
    assert font_size(["Mathematics", "Ade Bello"], space) == 10
    assert font_size(["French  7A-F DOR R1"] * 4, space) < 10
    assert font_size(["a very long line without any end " * 9] * 9, space) == 5.5


@pytest.mark.slow
def test_hundred_classes_are_written_in_less_than_two_megabytes() -> None:
    school = generate(100, 1)
    data = write_timetable(school.problem, school.timetable, bound=0)
    assert len(data) < 2_000_000
