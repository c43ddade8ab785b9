"""The sheet `Read me`: how the workbook is filled in, made from the declared sheets and the rule catalogue."""

import sys

from formats.excel.book import LINE, Book
from formats.excel.rule_names import BY_KIND, spoken
from formats.excel.rule_values import expects
from formats.excel.sheets import SHEETS, Sheet
from formats.excel.write_table import plain_table, set_up_report
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


WIDTHS = (26, 52, 48, 34)
"""Of the columns, in characters."""
SHEET_HEADERS = ("Sheet", "One row is", "Columns that are needed", "Others")
RULE_HEADERS = ("Rule", "What it asks for", "Value", "Weight is the price of")


def write_read_me(book: Book) -> None:
    sheet = book.sheet(NAME)
    set_up_report(sheet, WIDTHS)
    book.text(sheet, 0, 0, "The school workbook", font_size=18, bold=True)
    sheet.set_row(0, 28)
    for row, step in enumerate(STEPS, start=2):
        book.text(sheet, row, 0, f"{row - 1}.  {step}")
        sheet.set_row(row, 18)
    top = plain_table(book, sheet, len(STEPS) + 3, SHEET_HEADERS, WIDTHS, map(_sheet, SHEETS))
    for row, schema in enumerate(SHEETS, start=len(STEPS) + 4):
        link = book.style(bold=True, bottom=1, bottom_color=LINE, valign="top")
        sheet.write_url(row, 0, f"internal:'{schema.name}'!A1", link, string=schema.name)
    plain_table(book, sheet, top + 1, RULE_HEADERS, WIDTHS, map(_rule, BY_KIND.items()))


def _sheet(schema: Sheet) -> tuple[str, ...]:
    needed = ", ".join(c.name for c in schema.columns if c.required)
    return schema.name, schema.row, needed, ", ".join(c.name for c in schema.columns if not c.required)


def _rule(entry: tuple[str, type[Rule]]) -> tuple[str, ...]:
    kind, rule = entry
    meaning = (sys.modules[rule.__module__].__doc__ or "").strip()
    return spoken(kind), meaning, expects(rule), f"one {rule.unit}"
