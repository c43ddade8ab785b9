"""Drop-downs and ranges for the cells of the school workbook, from names defined once."""

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from formats.excel.book import Book
from formats.excel.rule_names import BY_KIND, spoken
from formats.excel.sheets import (
    CLASSES,
    PERIODS,
    ROOMS,
    RULES_SHEET,
    SCHOOL,
    SETTINGS,
    SUBJECTS,
    TEACHERS,
    Column,
    Kind,
    Sheet,
)

LISTS = "Lists"
"""The hidden sheet that holds the fixed choices."""
ROWS = 2000
"""Rows below the header that have drop-downs, at least."""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CODES = {s.name: f"{s.name[:-1]}_codes" for s in (SUBJECTS, TEACHERS, ROOMS, CLASSES, PERIODS)}
"""Sheet -> name of the range of its codes."""


def rule_names() -> list[str]:
    """Names of the catalogue as people write them."""
    return [spoken(kind) for kind in BY_KIND]


def define_lists(book: Book, days: Sequence[str] = DAYS, weeks: Sequence[str] = ("A", "B", "both")) -> None:
    """Add the hidden sheet, and names for its columns and for the code columns of the other sheets."""
    sheet = book.sheet(LISTS)
    sheet.hide()
    fixed: Mapping[str, Sequence[str]] = {
        "Rule_names": rule_names(),
        "Setting_names": [s.name for s in SETTINGS],
        "Day_names": days,
        "Week_names": weeks,
        "Period_kinds": PERIODS.column["Kind"].choices,
        "Yes_no": ("yes", "no"),
    }
    for column, (name, words) in enumerate(fixed.items()):
        letter = chr(ord("A") + column)
        book.text(sheet, 0, column, name)
        for row, word in enumerate(words, start=1):
            book.text(sheet, row, column, word)
        book.define_name(name, f"={LISTS}!${letter}$2:${letter}${len(words) + 1}")
    for sheet_name, name in CODES.items():
        # as long as the filled part of the column, so that the drop-down has no empty lines
        cells = f"{sheet_name}!$A$2:$A${ROWS}"
        book.define_name(name, f"={sheet_name}!$A$2:INDEX({cells},MAX(1,COUNTA({cells})))")


def add_choices(sheet: Worksheet, schema: Sheet, filled: int) -> None:
    """Drop-downs and ranges for all columns, over the filled rows and many more."""
    for number, column in enumerate(schema.columns):
        options = _options(schema, column)
        if options:
            sheet.data_validation(1, number, max(ROWS, filled + 500), number, options)


def _options(schema: Sheet, column: Column) -> dict[str, Any] | None:
    if column.kind in (Kind.NUMBER, Kind.WEIGHT):
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": column.least,
            "maximum": column.most,
            "error_title": column.name,
            "error_message": f"A whole number from {column.least} to {column.most}, or empty."[:255],
        }
    source = _source(schema, column)
    if source is None:
        return None
    # lists and choices such as "any of A|B" are typed in, so other text is let through
    strict = column.kind in (Kind.CHOICE, Kind.YES_NO)
    return {"validate": "list", "source": f"={source}", "error_type": "warning", "show_error": strict}


def _source(schema: Sheet, column: Column) -> str | None:
    """Name of the range a column's drop-down shows."""
    if column.refers:
        return CODES[column.refers]
    if schema is RULES_SHEET and column.name == "Rule":
        return "Rule_names"
    if schema is SCHOOL and column.name == "Setting":
        return "Setting_names"
    by_kind = {Kind.YES_NO: "Yes_no", Kind.DAYS: "Day_names", Kind.WEEKS: "Week_names", Kind.PERIODS: CODES["Periods"]}
    return "Period_kinds" if column.kind is Kind.CHOICE else by_kind.get(column.kind)
