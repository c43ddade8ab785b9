"""The school workbook from the rows of its sheets: headings, notes, drop-downs, explanation."""

from collections.abc import Mapping, Sequence

from formats.excel.book import Book
from formats.excel.choices import DAYS, add_choices, define_lists
from formats.excel.read_me import write_read_me
from formats.excel.sheets import SHEETS
from formats.excel.write_table import Row, write_table

Tables = Mapping[str, Sequence[Row]]
"""Sheet name -> its rows."""


def write_school(title: str, tables: Tables, days: Sequence[str] = DAYS, weeks: Sequence[str] = ("A", "B")) -> bytes:
    """The .xlsx file with all sheets; the same rows always give the same bytes."""
    book = Book(title)
    write_read_me(book)
    for schema in SHEETS:
        rows = tables.get(schema.name, ())
        sheet = book.sheet(schema.name)
        write_table(book, sheet, schema, rows)
        add_choices(sheet, schema, len(rows))
    define_lists(book, days, (*weeks, "both"))
    return book.finish()
