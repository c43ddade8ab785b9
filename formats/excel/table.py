"""Any accepted file as plain tables of raw cells, with addresses."""

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from python_calamine import CalamineWorkbook

from formats.excel.csv_tables import csv_rows
from formats.excel.findings import Findings, Refused
from formats.excel.guards import (
    MOST_BYTES,
    OLE,
    WORKBOOK,
    check_extent,
    check_ole,
    check_parts,
    check_sheet_count,
    check_size,
    unzip,
)
from formats.excel.parts import Broken, BrokenCells, look_into_ods, look_into_xlsx

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | Broken
"""A raw value; an empty cell is the empty text."""

MOST_MERGED = 1_000_000
"""Cells that merged ranges of a sheet may fill."""


@dataclass(frozen=True)
class Table:
    """name: of the sheet, as in the file; rows: from the first row of the sheet, each from its first column."""

    name: str
    rows: list[list[Cell]]


def letters(column: int) -> str:
    """Name of a column counted from 0: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """Cell address, row and column counted from 0: (4, 2) is C5."""
    return f"{letters(column)}{row + 1}"


def load(source: str | Path | bytes, name: str, findings: Findings) -> list[Table]:
    """The tables of a file or folder. `name`: file name, needed only when a single .csv comes as bytes.

    Raises Refused when the file cannot be read as a whole.
    """
    if isinstance(source, bytes):
        return _tables(source, name, findings)
    path = Path(source)
    if path.is_dir():
        return _folder(path, findings)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(f"the file has {path.stat().st_size / 2**20:.1f} MB", "at most 20 MB")
        return _tables(path.read_bytes(), name or path.name, findings)
    except OSError as error:
        raise Refused(f"the file cannot be opened: {error.strerror}", WORKBOOK) from error


def _tables(data: bytes, name: str, findings: Findings) -> list[Table]:
    check_size(data)
    if data.startswith(b"PK"):
        return _zipped(data, findings)
    if data.startswith(OLE):
        check_ole(data)
        return _open(data, {})
    if name.lower().endswith((".csv", ".tsv", ".txt")):
        return [_csv(name, data, findings)]
    raise Refused(f"the file is not a workbook{_looks_like(data)}", WORKBOOK)


def _looks_like(data: bytes) -> str:
    kinds = {b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"%PDF": "a PDF", b"<": "a web page"}
    return next((f" but {kind}" for start, kind in kinds.items() if data.lstrip().startswith(start)), "")


def _zipped(data: bytes, findings: Findings) -> list[Table]:
    parts = unzip(data)
    if "xl/workbook.bin" in parts:
        raise Refused("the file is a binary workbook (.xlsb)", WORKBOOK, "Save it as .xlsx.")
    if "xl/workbook.xml" in parts:
        check_parts(parts)
        return _open(data, look_into_xlsx(parts))
    if "content.xml" in parts:
        check_parts(parts)
        return _open(data, look_into_ods(parts))
    return _csv_files({n: c for n, c in parts.items() if not n.startswith("__MACOSX/")}.items(), findings)


def _folder(folder: Path, findings: Findings) -> list[Table]:
    files = sorted(f for f in folder.iterdir() if f.is_file())
    if sum(f.stat().st_size for f in files if f.suffix.lower() == ".csv") > MOST_BYTES:
        raise Refused("the files of the folder are too large", "at most 20 MB")
    return _csv_files(((f.name, f.read_bytes()) for f in files if f.suffix.lower() == ".csv"), findings)


def _csv_files(files: Iterable[tuple[str, bytes]], findings: Findings) -> list[Table]:
    tables = [_csv(name, data, findings) for name, data in files if name.lower().endswith(".csv")]
    if not tables:
        raise Refused("there is neither a workbook nor any .csv file in it", WORKBOOK)
    check_sheet_count(len(tables))
    return tables


def _csv(name: str, data: bytes, findings: Findings) -> Table:
    rows: list[list[Cell]] = [list(row) for row in csv_rows(name, data, findings)]
    return Table(PurePosixPath(name).stem, rows)


def _open(data: bytes, broken: dict[str, BrokenCells]) -> list[Table]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        check_sheet_count(len(book.sheet_names))
        return [_sheet(book, sheet, broken.get(sheet, {})) for sheet in book.sheet_names]
    except Refused:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library below is no Exception
        raise Refused("the file is damaged: it cannot be read as a workbook", WORKBOOK) from error


def _sheet(book: CalamineWorkbook, name: str, broken: BrokenCells) -> Table:
    sheet = book.get_sheet_by_name(name)
    check_extent(name, *(x + 1 for x in sheet.end or (-1, -1)))
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), what in broken.items():
        _put(rows, row, column, what)
    _spread_merged(rows, sheet.merged_cell_ranges or [])
    return Table(name, rows)


def _spread_merged(rows: list[list[Cell]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Gives every cell of a merged range the value of its top left one, within the filled area of the sheet."""
    width = max(map(len, rows), default=0)
    left_to_fill = MOST_MERGED
    for (top, left), (bottom, right) in ranges:
        bottom, right = min(bottom, len(rows) - 1), min(right, width - 1)
        left_to_fill -= max(0, bottom - top + 1) * max(0, right - left + 1)
        value = rows[top][left] if top <= bottom and left < len(rows[top]) else ""
        if value == "" or left_to_fill < 0:
            continue
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                _put(rows, row, column, value)


def _put(rows: list[list[Cell]], row: int, column: int, value: Cell) -> None:
    while len(rows) <= row:
        rows.append([])
    line = rows[row]
    line.extend([""] * (column + 1 - len(line)))
    line[column] = value
