"""The empty workbook: everything a director needs to fill it in, nothing that gets in the way."""

from functools import cache
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from formats.excel.book import Book, header_text
from formats.excel.choices import CODES
from formats.excel.read import read
from formats.excel.sheets import SHEETS, Kind, Sheet
from formats.excel.template import write_template
from models.rules import RULES


@cache
def book() -> Workbook:
    return load_workbook(BytesIO(write_template()))


def test_all_sheets_are_there_behind_the_explanation_and_the_lists_are_hidden() -> None:
    assert book().sheetnames == ["Read me", *(s.name for s in SHEETS), "Lists"]
    assert book()["Lists"].sheet_state == "hidden"


@pytest.mark.parametrize("schema", SHEETS, ids=lambda s: s.name)
def test_header_names_the_columns_needed_ones_in_bold_and_explains_each(schema: Sheet) -> None:
    sheet = book()[schema.name]
    for column, cell in zip(schema.columns, sheet[1], strict=True):
        assert cell.value == column.name
        assert bool(cell.font.b) == column.required
        assert cell.comment is not None
        assert column.note in cell.comment.text
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("schema", SHEETS, ids=lambda s: s.name)
def test_cells_offer_choices_and_refuse_impossible_numbers(schema: Sheet) -> None:
    sheet = book()[schema.name]
    offered = {str(v.sqref).split(":")[0]: v for v in sheet.data_validations.dataValidation}
    for number, column in enumerate(schema.columns):
        found = offered.get(f"{chr(65 + number)}2")
        if column.kind in (Kind.NUMBER, Kind.WEIGHT):
            assert found is not None
            assert (found.type, int(found.formula1), int(found.formula2)) == ("whole", column.least, column.most)
        elif column.kind in (Kind.CHOICE, Kind.YES_NO) or column.refers:
            assert found is not None
            assert found.formula1.lstrip("=") in book().defined_names


def test_drop_downs_lead_to_filled_lists() -> None:
    lists = book()["Lists"]
    names = {c.value: [x.value for x in column[1:] if x.value] for column in lists.iter_cols() for c in column[:1]}
    assert len(names["Rule_names"]) == len(RULES)
    assert names["Period_kinds"] == ["lesson", "break", "lunch", "assembly"]
    for name, words in names.items():
        target = book().defined_names[name].attr_text
        assert target.endswith(f"${len(words) + 1}")
    assert set(CODES.values()) <= set(book().defined_names)


def test_explanation_speaks_of_every_sheet_and_every_rule() -> None:
    text = [c.value for row in book()["Read me"].iter_rows() for c in row]
    assert {s.name for s in SHEETS} <= set(text)
    assert {str(r.model_fields["kind"].default).replace("_", " ") for r in RULES} <= set(text)


def test_example_rows_are_remarks_that_the_reader_passes_over() -> None:
    for schema in SHEETS[1:]:
        assert str(book()[schema.name]["A2"].value).startswith("# ")
    found = read(write_template())
    assert found.problem is None
    # nothing is wrong but that nothing has been filled in
    assert not [f for f in found.errors if f.found]
    assert found.settings["Days"] == "Mon-Fri"


def test_template_is_the_same_every_time() -> None:
    assert write_template() == write_template()


def test_text_of_page_footers_cannot_command() -> None:
    assert header_text("A&B &P") == "A&&B &&P"


def test_book_marks_risky_text_as_quoted_only() -> None:
    book = Book("t")
    sheet = book.sheet("s")
    for row, text in enumerate(["=1+1", "plain"]):
        book.value(sheet, row, 0, text)
    opened = load_workbook(BytesIO(book.finish()))["s"]
    assert [(c.value, c.data_type, bool(c.quotePrefix)) for c in opened["A"]] == [
        ("=1+1", "s", True),
        ("plain", "s", False),
    ]
