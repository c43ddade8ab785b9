"""What all written workbooks share: deterministic files, safe text, formats made once."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from formats.colours import INK

CREATED = dt.datetime(2000, 1, 1)
"""Date written into every file, so that equal content gives equal bytes."""
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings with which a spreadsheet might take text for a formula."""
FONT = {"font_name": "Arial", "font_size": 10, "font_scheme": False}
"""Arial or its metric twin is everywhere, so columns are as wide on paper as they are meant to be: widths are
counted in digits of this font, 7 pixels each."""
LINE = "#C5CDD6"
A4 = 9
A3 = 8
"""Paper sizes as spreadsheets number them."""


Run = tuple[dict[str, Any], str]
"""Text and its font as XlsxWriter properties."""


class Range(NamedTuple):
    """Cells from the first to the last row and column, all included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Book:
    """A workbook in the making. Text is always written as text; text that looks like a formula is marked as quoted,
    as if typed behind an apostrophe, so that editing the cell does not make it one."""

    def __init__(self, title: str) -> None:
        self._bytes = BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True, "default_format_properties": dict(FONT)})
        self._book.set_properties({"title": title, "created": CREATED})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def sheet(self, name: str, tab: str = "") -> Worksheet:
        sheet = self._book.add_worksheet(name)
        if tab:
            sheet.set_tab_color(tab)
        return sheet

    def style(self, **properties: Any) -> Format:
        """The cell format with these XlsxWriter properties, made on first use."""
        properties = {**FONT, "font_color": INK, "valign": "vcenter", **properties}
        wanted = tuple(sorted(properties.items()))
        if wanted not in self._formats:
            self._formats[wanted] = self._book.add_format(properties)
        return self._formats[wanted]

    def text(self, sheet: Worksheet, row: int, column: int, text: str, **properties: Any) -> None:
        if text.startswith(RISKY):
            properties["quote_prefix"] = True
        sheet.write_string(row, column, text, self.style(**properties))

    def value(self, sheet: Worksheet, row: int, column: int, value: str | int | None, **properties: Any) -> None:
        """A number as a number, anything else as text, None as an empty cell with the format."""
        if isinstance(value, int):
            sheet.write_number(row, column, value, self.style(**properties))
        elif value:
            self.text(sheet, row, column, value, **properties)
        else:
            sheet.write_blank(row, column, None, self.style(**properties))

    def rich(self, sheet: Worksheet, row: int, column: int, runs: Sequence[Run], **properties: Any) -> None:
        """Text in several styles, at least two of them not empty; properties: of the cell."""
        if "".join(text for _, text in runs).startswith(RISKY):
            properties["quote_prefix"] = True
        parts = (part for styles, text in runs for part in (self.style(**styles), text))
        sheet.write_rich_string(row, column, *parts, self.style(**properties))

    def merge(self, sheet: Worksheet, cells: Range, text: str, **properties: Any) -> None:
        """Text over a range of cells, joined where there are several."""
        if (cells.top, cells.left) != (cells.bottom, cells.right):
            sheet.merge_range(*cells, "", self.style(**properties))
        self.value(sheet, cells.top, cells.left, text, **properties)

    def define_name(self, name: str, formula: str) -> None:
        self._book.define_name(name, formula)

    def finish(self) -> bytes:
        self._book.close()
        return self._bytes.getvalue()


def header_text(text: str) -> str:
    """Text for a page header or footer, where & begins a code."""
    return text.replace("&", "&&")[:100]
