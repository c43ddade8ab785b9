"""A cover plan as a workbook with one sheet, to print and pin up."""

from collections.abc import Iterable, Sequence

from formats.excel.book import Book
from formats.excel.write_table import plain_table, set_up_report

HEADERS = ("When", "Class", "Subject", "Room", "Absent", "Cover", "Why")
WIDTHS = (14, 16, 16, 14, 14, 34, 44)
"""Characters."""


def write_cover(summary: str, rows: Iterable[Sequence[object]]) -> bytes:
    """rows: one value for each of `HEADERS`, by time."""
    book = Book("Cover")
    sheet = book.sheet("Cover")
    set_up_report(sheet, WIDTHS)
    book.text(sheet, 0, 0, summary, bold=True)
    plain_table(book, sheet, 2, HEADERS, WIDTHS, rows)
    sheet.repeat_rows(2)
    return book.finish()
