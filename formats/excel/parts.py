"""Looks into the XML of a workbook for what the reader library does not tell: how far the cells reach (before it
allocates them), formulas without a computed value, and error values."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from formats.excel.findings import Refused
from formats.excel.guards import WORKBOOK, check_extent, check_sheet_count

NO_VALUE = "a formula without a computed value"

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>")
_REF = re.compile(rb"""\br=["']\$?([A-Z]{1,3})\$?(\d{1,7})["']""")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_EMPTY_FORMULA = re.compile(
    rb"\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</"
)
_ERROR_VALUE = re.compile(rb"[^/]*?<(?:\w+:)?v>(#[^<]{1,20})</")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@dataclass(frozen=True)
class Broken:
    """A cell whose value cannot be known. what: "#N/A", or NO_VALUE."""

    what: str

    def __str__(self) -> str:
        return self.what


BrokenCells = dict[tuple[int, int], Broken]
"""(row, column), both from 0."""


def column_number(letters: str) -> int:
    """Position of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def look_into_xlsx(parts: dict[str, bytes]) -> dict[str, BrokenCells]:
    """Sheet name -> its broken cells. Refuses sheets that reach too far."""
    files = dict(_sheet_files(parts))
    check_sheet_count(len(files))
    return {sheet: _look_into_sheet(sheet, parts.get(file, b"")) for sheet, file in files.items()}


def _sheet_files(parts: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """(sheet name, name of its part)."""
    book = _xml(parts, "xl/workbook.xml")
    targets = {r.get("Id"): r.get("Target", "") for r in _xml(parts, "xl/_rels/workbook.xml.rels")}
    for element in book.iter():
        if element.tag.rpartition("}")[2] == "sheet":
            relation = next((v for k, v in element.items() if k.endswith("}id")), "")
            target = targets.get(relation, "")
            yield element.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _xml(parts: dict[str, bytes], name: str) -> Element:
    try:
        root: Element = fromstring(parts[name])
    except (KeyError, ParseError, ValueError) as error:
        raise Refused(f"the file is damaged: its part {name!r} cannot be read", WORKBOOK) from error
    return root


def _look_into_sheet(sheet: str, xml: bytes) -> BrokenCells:
    broken: BrokenCells = {}
    last_row = last_column = 0
    columns: dict[bytes, int] = {}
    for match in _CELL.finditer(xml):
        attributes, closed = match.groups()
        ref = None if closed else _REF.search(attributes)
        if ref is None:
            continue
        letters, digits = ref.groups()
        if letters not in columns:
            columns[letters] = column_number(letters.decode())
            last_column = max(last_column, columns[letters] + 1)
        row = int(digits)
        last_row = max(last_row, row)
        found = _broken(attributes, xml, match.end())
        if found is not None:
            broken[row - 1, columns[letters]] = found
    check_extent(sheet, max(last_row, xml.count(b"<row") if not last_row else 0), last_column)
    return broken


def _broken(attributes: bytes, xml: bytes, at: int) -> Broken | None:
    kind = _TYPE.search(attributes)
    if kind is not None and kind[1] == b"e":
        error = _ERROR_VALUE.match(xml, at)
        return Broken(error[1].decode("utf-8", "replace") if error else "#ERROR")
    # A computed text may be empty (t="str"); a computed number never is.
    if xml[at : at + 2] == b"<f" and (kind is None or kind[1] != b"str") and _EMPTY_FORMULA.match(xml, at):
        return Broken(NO_VALUE)
    return None


def look_into_ods(parts: dict[str, bytes]) -> dict[str, BrokenCells]:
    """The same for OpenDocument, where runs of equal cells and rows are written once with a count."""
    tables = list(_xml(parts, "content.xml").iter(f"{_TABLE}table"))
    check_sheet_count(len(tables))
    found: dict[str, BrokenCells] = {}
    for table in tables:
        name = table.get(f"{_TABLE}name", "")
        broken: BrokenCells = {}
        row = last_row = last_column = 0
        for line in table.iter(f"{_TABLE}table-row"):
            columns, empty = _ods_row(line, row, broken)
            row += int(line.get(f"{_TABLE}number-rows-repeated", "1"))
            if not empty:
                last_row, last_column = row, max(last_column, columns)
        check_extent(name, last_row, last_column)
        found[name] = broken
    return found


def _ods_row(line: Element, row: int, broken: BrokenCells) -> tuple[int, bool]:
    """(position of the last filled column, whether nothing is filled)."""
    column = last = 0
    for cell in line:
        count = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        kind = cell.get(f"{_OFFICE}value-type")
        if cell.get(f"{_TABLE}formula") and kind is None:
            broken[row, column] = Broken(NO_VALUE)
        column += count
        if kind is not None or f"{_TABLE}formula" in cell.attrib:
            last = column
    return last, last == 0
