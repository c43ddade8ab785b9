"""The sheet `Read me`: how the workbook is filled in, made from the declared sheets and the rule catalogue."""

import sys
from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from formats.colours import INK
from formats.excel.book import LINE, Book, Range
from formats.excel.rule_names import BY_KIND, spoken
from formats.excel.sheets import SHEETS
from formats.excel.write_table import set_up_report
from models.rules import Rule

NAME = "Read me"
STEPS = (
    "Fill in the sheets from left to right. Columns with a bold, darker heading are needed; the others may stay empty.",
    "Point at a heading to read what the column means. Cells offer a list of choices where there is one.",
    "Rows that begin with # are remarks: the example rows in grey are not read and may be deleted.",
    "Lists are separated by commas: 7A, 7B. Ranges of days and periods are written with a dash: Mon-Fri, P1-P4.",
    "The order of sheets, columns and rows does not matter. Further columns may be added for your own notes.",
    "Then check it:  timewright check school.xlsx",
    "Once there are no errors, make the timetable:  timewright solve school.xlsx -o timetable.xlsx",
)


def write_read_me(book: Book) -> None:
    sheet = book.sheet(NAME)
    set_up_report(sheet, (30, 60, 60))
    book.text(sheet, 0, 0, "The school workbook", font_size=18, bold=True)
    sheet.set_row(0, 28)
    top = 2
    for top, step in enumerate(STEPS, start=2):
        book.merge(sheet, Range(top, 0, top, 2), f"{top - 1}.  {step}", text_wrap=True)
        sheet.set_row(top, 18)
    top = _write_sheets(book, sheet, top + 2)
    _write_rules(book, sheet, top + 1)


def _write_sheets(book: Book, sheet: Worksheet, top: int) -> int:
    _head(book, sheet, top, ("Sheet", "One row is", "Columns (needed ones first)"))
    line = dict(bottom=1, bottom_color=LINE, valign="top", text_wrap=True)
    for row, schema in enumerate(SHEETS, start=top + 1):
        needed = [c.name for c in schema.columns if c.required]
        others = [c.name for c in schema.columns if not c.required]
        link = book.style(bold=True, **line)
        sheet.write_url(row, 0, f"internal:'{schema.name}'!A1", link, string=schema.name)
        book.text(sheet, row, 1, schema.row, **line)
        book.text(sheet, row, 2, "; ".join(filter(None, (", ".join(needed), ", ".join(others)))), **line)
    return top + 1 + len(SHEETS)


def _write_rules(book: Book, sheet: Worksheet, top: int) -> None:
    """The catalogue, for the sheet Rules."""
    _head(book, sheet, top, ("Rule", "What it asks for", "Its amount, which the weight multiplies"))
    line = dict(bottom=1, bottom_color=LINE, valign="top", text_wrap=True)
    for row, (kind, rule) in enumerate(BY_KIND.items(), start=top + 1):
        for column, text in enumerate(_rule(kind, rule)):
            book.text(sheet, row, column, text, **line, bold=not column)


def _rule(kind: str, rule: type[Rule]) -> Iterator[str]:
    yield spoken(kind)
    yield (sys.modules[rule.__module__].__doc__ or "").strip()
    yield " ".join((rule.__doc__ or "").split())


def _head(book: Book, sheet: Worksheet, row: int, texts: tuple[str, ...]) -> None:
    for column, text in enumerate(texts):
        book.text(sheet, row, column, text, bold=True, bottom=1, bottom_color=INK)
