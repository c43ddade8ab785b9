"""The user's own workbook with every finding in its cell: coloured, with a comment, and listed on a sheet."""

import io
import re
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from formats.excel.findings import Finding, Findings
from formats.excel.parts import Broken
from formats.excel.table import Table, load

PROBLEMS = "Problems"
HEADERS = (("Severity", 10), ("Sheet", 16), ("Cell", 8), ("Problem", 70), ("Expected", 40), ("Suggestion", 40))
RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
"""Signs that the name of a sheet cannot have."""
AUTHOR = "Timewright"
MOST_COMMENT = 1_000
MOST_COMMENTS = 5_000
"""Comments beyond this many make a workbook too heavy to open; the list still has every finding."""


def annotate(source: str | Path | bytes, findings: tuple[Finding, ...], name: str = "") -> bytes:
    """The same workbook as .xlsx, unchanged but for the marks; other kinds of file are copied into one first.

    Raises Refused for a file that cannot be read at all.
    """
    tables = load(source, name, Findings())
    book = _open(source, tables)
    places = [f for f in findings if f.sheet in book.sheetnames and f.cell]
    for _, group in groupby(sorted(places, key=_place)[:MOST_COMMENTS], key=_place):
        _mark(book, list(group))
    _list_problems(book, findings)
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


def _place(finding: Finding) -> tuple[str, str]:
    return finding.sheet, finding.cell


def _open(source: str | Path | bytes, tables: list[Table]) -> Workbook:
    """The workbook itself, which `load` has found harmless; where that is no .xlsx, or one with parts that cannot be
    kept, a copy of its cells."""
    path = None if isinstance(source, bytes) else Path(source)
    data = source if isinstance(source, bytes) else path.read_bytes() if path and path.is_file() else b""
    if b"xl/workbook.xml" in data:
        try:
            return load_workbook(io.BytesIO(data))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            return _copied(tables)
    return _copied(tables)


def _copied(tables: list[Table]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(_FORBIDDEN.sub("_", table.name)[:31])
        for row, cells in enumerate(table.rows, 1):
            for column, value in enumerate(cells, 1):
                if value != "":
                    _write(sheet.cell(row, column), str(value) if isinstance(value, Broken) else value)
    return book


def _write(cell: Any, value: Any) -> None:
    """Text stays text, also when it starts like a formula."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"


def _mark(book: Workbook, findings: list[Finding]) -> None:
    """Colour and comment of one cell; a comment of the user stays on top."""
    sheet = book[findings[0].sheet]
    cell = _top_left(sheet, findings[0].cell)
    if not isinstance(cell, Cell):
        return
    colour = RED if any(f.is_error for f in findings) else YELLOW
    cell.fill = PatternFill("solid", fgColor=colour, bgColor=colour)
    lines = [cell.comment.text] if cell.comment else []
    lines += [f.sentence.partition(": ")[2] for f in findings]
    comment = Comment(ILLEGAL_CHARACTERS_RE.sub("", "\n".join(lines))[:MOST_COMMENT], AUTHOR)
    comment.width, comment.height = 360, 60 + 40 * len(lines)
    cell.comment = comment


def _top_left(sheet: Worksheet, address: str) -> Any:
    """The cell that shows; of a merged range, the first."""
    cell = sheet[address]
    if not isinstance(cell, MergedCell):
        return cell
    area = next(r for r in sheet.merged_cells.ranges if address in r)
    return sheet.cell(area.min_row, area.min_col)


def _list_problems(book: Workbook, findings: tuple[Finding, ...]) -> None:
    """A fresh first sheet with all findings, errors first, each with a link to its cell."""
    if PROBLEMS in book.sheetnames:
        book.remove(book[PROBLEMS])
    sheet = book.create_sheet(PROBLEMS, 0)
    for column, (header, width) in enumerate(HEADERS, 1):
        _write(sheet.cell(1, column), header)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, finding in enumerate(sorted(findings, key=lambda f: not f.is_error), 2):
        words = (finding.message, finding.expected, finding.suggestion)
        for column, value in enumerate((finding.severity.value, finding.sheet, finding.cell, *words), 1):
            cell = sheet.cell(row, column)
            _write(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        colour = RED if finding.is_error else YELLOW
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=colour, bgColor=colour)
        if finding.sheet in book.sheetnames:
            _link(sheet.cell(row, 3), finding)
    sheet.freeze_panes = "A2"
    book.active = 0


def _link(cell: Any, finding: Finding) -> None:
    quoted = finding.sheet.replace("'", "''")
    cell.value = finding.cell or "sheet"
    cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{quoted}'!{finding.cell or 'A1'}")
    cell.style = "Hyperlink"
