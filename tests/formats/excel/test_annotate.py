"""The user's own workbook with its findings."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from formats.excel.annotate import RED, YELLOW, annotate
from formats.excel.findings import Refused
from formats.excel.read import read
from tests.formats.excel.school import book, sentences, tables, xlsx
from tests.formats.excel.test_csv import folder_of

BROKEN: dict[str, Any] = {"Lessons!C2": "SMl", "Lessons!D3": "three", "Lessons!K1": "Fax", "Teachers!C2": "nobody"}


def annotated(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(annotate(data, read(data).findings)))


@pytest.fixture(scope="module")
def copy() -> openpyxl.Workbook:
    return annotated(xlsx(tables(BROKEN)))


def test_errors_are_red_and_warnings_yellow(copy: openpyxl.Workbook) -> None:
    colours = {
        f"{sheet.title}!{cell.coordinate}": cell.fill.fgColor.rgb
        for sheet in copy.worksheets[1:]
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid"
    }
    assert colours == {"Lessons!C2": RED, "Lessons!D3": RED, "Lessons!K1": YELLOW, "Teachers!C2": YELLOW}


def test_a_comment_says_what_is_wrong(copy: openpyxl.Workbook) -> None:
    comment = copy["Lessons"]["C2"].comment
    assert comment is not None
    assert comment.text == '"SMl" is not a teacher. Expected a code of sheet Teachers. Did you mean "SMI"?'


def test_the_first_sheet_lists_all_with_links_errors_first(copy: openpyxl.Workbook) -> None:
    sheet = copy.worksheets[0]
    assert sheet.title == "Problems"
    assert [c.value for c in sheet[1]] == ["Severity", "Sheet", "Cell", "Problem", "Expected", "Suggestion"]
    assert [(r[0].value, r[1].value, r[2].value) for r in sheet.iter_rows(min_row=2)] == [
        ("error", "Lessons", "C2"),
        ("error", "Lessons", "D3"),
        ("warning", "Teachers", "C2"),
        ("warning", "Lessons", "K1"),
    ]
    assert sheet["C2"].hyperlink.location == "'Lessons'!C2"
    assert sheet["D3"].value == 'Per week is "three"'


def test_everything_else_stays_as_it_was() -> None:
    workbook = book(tables(BROKEN))
    lessons = workbook["Lessons"]
    lessons.column_dimensions["A"].width = 33
    lessons["A2"].font = openpyxl.styles.Font(bold=True)
    lessons["B2"].comment = Comment("ask Ada", "Bo")
    lessons["C2"].comment = Comment("is this right?", "Bo")
    lessons.add_data_validation(DataValidation("list", formula1='"1,2,3"', sqref="D2:D9"))
    after = annotated(xlsx(workbook))["Lessons"]
    assert [[c.value for c in r] for r in after.iter_rows()] == [[c.value for c in r] for r in lessons.iter_rows()]
    assert after.column_dimensions["A"].width == 33
    assert after["A2"].font.bold
    assert after["B2"].comment.text == "ask Ada"
    assert after["C2"].comment.text.startswith('is this right?\n"SMl" is not a teacher.')
    assert str(after.data_validations.dataValidation[0].sqref) == "D2:D9"


def test_annotating_twice_keeps_one_list() -> None:
    data = xlsx(tables(BROKEN))
    once = annotate(data, read(data).findings)
    twice = annotate(once, read(once).findings)
    assert openpyxl.load_workbook(io.BytesIO(twice)).sheetnames.count("Problems") == 1
    assert sentences(read(twice)) == sentences(read(data))


def test_a_merged_cell_is_marked_where_it_shows() -> None:
    workbook = book(tables({"Lessons!C3": "SMl", "Lessons!C4": ""}))
    workbook["Lessons"].merge_cells("C3:C4")
    after = annotated(xlsx(workbook))
    assert after["Lessons"]["C3"].fill.fgColor.rgb == RED
    assert [c.value for c in after["Problems"]["C"]] == ["Cell", "C3", "C4"]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    after = annotated(xlsx(tables({"Lessons!C2": "'=cmd"})))
    assert all(c.data_type == "s" for row in after["Problems"].iter_rows(max_col=2) for c in row)


def test_a_sheet_with_an_apostrophe_is_linked() -> None:
    contents: dict[str, Any] = {**tables(), "Ada's": [["Soup"]]}
    assert annotated(xlsx(contents))["Problems"]["C2"].hyperlink.location == "'Ada''s'!A1"


def test_text_files_become_a_workbook(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, tables({"Lessons!C2": "SMl", "Teachers!B2": "=1+1"}))
    after = openpyxl.load_workbook(io.BytesIO(annotate(folder, read(folder).findings)))
    assert after["Lessons"]["C2"].fill.fgColor.rgb == RED
    assert (after["Teachers"]["B2"].value, after["Teachers"]["B2"].data_type) == ("=1+1", "s")


def test_what_cannot_be_read_cannot_be_annotated() -> None:
    with pytest.raises(Refused, match="empty"):
        annotate(b"", ())
