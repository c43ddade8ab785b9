"""A table as the rows of a declared sheet: finds the header, names the cells, reads them by kind."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from formats.excel import values
from formats.excel.findings import Findings
from formats.excel.parts import Broken
from formats.excel.sheets import COMMENT_MARK, Sheet, key
from formats.excel.table import Cell, Table, address
from formats.excel.values import Unreadable, text_of

HEADER_WITHIN = 30
"""Rows from the top in which the header is looked for."""

MOST_LETTERS = 100
"""Letters of a code or another name."""

MOST_HINTS = 200

T = TypeVar("T")


@dataclass(frozen=True)
class Rows:
    """at: column name -> its position; header: row of the header, from 0; extra: (position, header) not known."""

    sheet: Sheet
    table: Table
    findings: Findings
    header: int
    at: dict[str, int]
    extra: tuple[tuple[int, str], ...] = ()

    def __iter__(self) -> Iterator["Row"]:
        """Filled rows below the header, without remarks."""
        for number in range(self.header + 1, len(self.table.rows)):
            cells = self.table.rows[number]
            first = next((c for c in cells if c != "" and text_of(c)), None)
            if first is not None and not (isinstance(first, str) and first.lstrip().startswith(COMMENT_MARK)):
                yield Row(self, number, cells)

    def __contains__(self, column: str) -> bool:
        return column in self.at


class Row:
    """One row; index: from 0. A reading method answers None for a blank cell, and None after reporting an
    unreadable one."""

    __slots__ = ("cells", "index", "rows")

    def __init__(self, rows: Rows, index: int, cells: list[Cell]) -> None:
        self.rows = rows
        self.index = index
        self.cells = cells

    def raw(self, column: str) -> Cell:
        at = self.rows.at.get(column)
        return self.cells[at] if at is not None and at < len(self.cells) else ""

    def cell(self, column: str) -> str:
        """Address of a cell of this row; without such a column, of the row's first cell."""
        return address(self.index, self.rows.at.get(column, 0))

    def source(self, column: str) -> str:
        """Place as rules keep it, e.g. "Teachers!F12"."""
        return f"{self.rows.table.name}!{self.cell(column)}"

    def error(self, column: str, message: str, expected: str = "", suggestion: str = "") -> None:
        found = text_of(self.raw(column))
        self.rows.findings.error(
            message, self.rows.table.name, self.cell(column), found=found, expected=expected, suggestion=suggestion
        )

    def warning(self, column: str, message: str, expected: str = "", suggestion: str = "") -> None:
        found = text_of(self.raw(column))
        self.rows.findings.warning(
            message, self.rows.table.name, self.cell(column), found=found, expected=expected, suggestion=suggestion
        )

    def read(self, column: str, parse: Callable[[Cell], T]) -> T | None:
        """The value as `parse` makes it."""
        cell = self.raw(column)
        if cell == "" or (isinstance(cell, str) and not cell.strip()):
            return None
        if isinstance(cell, Broken):
            self.broken(column, cell)
            return None
        try:
            return parse(cell)
        except Unreadable as error:
            self.error(column, f'{column} is "{text_of(cell)}"', str(error))
            return None

    def hint(self, column: str, text: str, known: Iterable[str]) -> str:
        """The closest known word as a question; only for the first texts, since comparing is slow."""
        hints, place = self.rows.findings.hints, (self.rows.table.name, column, text)
        if place not in hints and len(hints) < MOST_HINTS:
            hints[place] = values.did_you_mean(text, known)
        return hints.get(place, "")

    def broken(self, column: str, cell: Broken) -> None:
        advice = "Open the file in the spreadsheet program and save it, or type the value."
        self.error(column, f"{column} is {cell}", "a value", advice)

    def text(self, column: str) -> str:
        """Text of the cell; blank and unreadable: empty."""
        return self.read(column, text_of) or ""

    def name(self, column: str) -> str:
        """A short text that names something."""
        return self._short(column, self.text(column))

    def _short(self, column: str, word: str) -> str:
        if len(word) <= MOST_LETTERS:
            return word
        self.error(column, f"{column} has {len(word)} characters", f"at most {MOST_LETTERS}")
        return ""

    def number(self, column: str) -> int | None:
        """A whole number within the range of the column."""
        declared = self.rows.sheet.column[column]
        number = self.read(column, values.whole_number)
        if number is not None and not declared.least <= number <= declared.most:
            self.error(column, f"{column} is {number}", f"a whole number from {declared.least} to {declared.most}")
            return None
        return number

    def choice(self, column: str) -> str:
        """One of the column's choices; blank: empty."""
        choices = self.rows.sheet.column[column].choices
        word = self.text(column)
        if not word or key(word) in choices:
            return key(word)
        self.error(column, f'{column} is "{word}"', f"one of {', '.join(choices)}", self.hint(column, word, choices))
        return ""

    def items(self, column: str) -> list[str]:
        """Items of a list, separated by , ; or /."""
        words = values.split_list(self.text(column).replace("/", ","))
        return [x for x in (self._short(column, word) for word in words) if x]

    def missing(self, *columns: str) -> bool:
        """Whether a required cell is blank; each is reported."""
        blank = [c for c in columns if not text_of(self.raw(c)) and c in self.rows]
        for column in blank:
            note = self.rows.sheet.column[column].note
            self.error(column, f"{column} is missing", note[0].lower() + note[1:])
        return bool(blank)


def match_header(cells: list[Cell], sheet: Sheet) -> dict[str, int]:
    """Column name -> position, for the cells that are headers of the sheet. A column's own name beats a synonym."""
    found: dict[str, int] = {}
    for exact in (True, False):
        for position, cell in enumerate(cells):
            column = _column(cell, sheet) if position not in found.values() else None
            if column is not None and column not in found and (not exact or key(text_of(cell)) == key(column)):
                found[column] = position
    return found


def _column(cell: Cell, sheet: Sheet) -> str | None:
    """Column a header stands for: as a whole, else without what stands in brackets, else without the name of the
    sheet in front ("Room capacity")."""
    if not isinstance(cell, str) or not cell.strip():
        return None
    whole, outside = key(cell), key(cell.split("(")[0].split("[")[0])
    own = next((whole.removeprefix(k) for k in sheet.prefixes if whole.startswith(k)), "")
    column = sheet.by_key.get(whole) or sheet.by_key.get(outside) or sheet.by_key.get(own)
    return column.name if column else None


def find_header(table: Table, sheet: Sheet) -> tuple[int, dict[str, int]]:
    """(row, columns) of the row that names most columns; without any, row -1."""
    best: tuple[int, dict[str, int]] = (-1, {})
    for number, cells in enumerate(table.rows[:HEADER_WITHIN]):
        found = match_header(cells, sheet)
        if len(found) > len(best[1]):
            best = (number, found)
    return best


def rows_of(table: Table, sheet: Sheet, findings: Findings) -> Rows:
    """The rows of a sheet; what its header lacks and what it has besides is reported."""
    header, at = find_header(table, sheet)
    cells = table.rows[header] if header >= 0 else []
    names = {p: text_of(c) for p, c in enumerate(cells) if text_of(c)}
    extra = tuple((p, name) for p, name in names.items() if p not in at.values())
    for column in sheet.columns:
        if column.required and column.name not in at:
            _report_missing(table, sheet, column.name, header, names, at, findings)
    for position, name in extra:
        findings.warning(f'the column "{name}" is not read', table.name, address(header, position), found=name)
    return Rows(sheet, table, findings, header, at, extra)


def _report_missing(
    table: Table, sheet: Sheet, column: str, header: int, names: dict[int, str], at: dict[str, int], findings: Findings
) -> None:
    place = address(header, 0) if header >= 0 else ""
    known = ", ".join(f'{c} (as "{names[p]}")' if key(names[p]) != key(c) else c for c, p in at.items())
    findings.error(
        f'the column "{column}" is missing; recognised: {known or "no column"}',
        table.name,
        place,
        expected=f"the columns {', '.join(c.name for c in sheet.columns if c.required)}",
        suggestion=values.did_you_mean(column, (n for p, n in names.items() if p not in at.values())),
    )
