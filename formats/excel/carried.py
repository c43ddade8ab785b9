"""The problem inside a finished workbook: on a hidden sheet, so that the workbook can be read and solved on alone."""

import base64
import binascii
import zlib

from pydantic import ValidationError

from formats.excel.book import Book
from formats.excel.findings import Refused
from formats.excel.guards import MOST_UNZIPPED
from formats.excel.table import Table
from formats.excel.values import text_of
from models.problem import Problem

NAME = "_Problem"
REMARK = "The school this timetable was made for, packed; without this sheet the workbook cannot be read alone."
PIECE = 32_000
"""Characters per cell; spreadsheets allow 32,767."""


def write_carried(book: Book, problem: Problem) -> None:
    """JSON, deflated, in base64: about 25 kB for 700 lessons."""
    sheet = book.sheet(NAME)
    sheet.hide()
    packed = base64.b64encode(zlib.compress(problem.model_dump_json().encode(), 9)).decode()
    book.text(sheet, 0, 0, REMARK)
    for row, at in enumerate(range(0, len(packed), PIECE), start=1):
        book.text(sheet, row, 0, packed[at : at + PIECE])


def carried_problem(tables: list[Table]) -> Problem | None:
    """None where no such sheet is. Refused when it was changed."""
    table = next((t for t in tables if t.name == NAME), None)
    if table is None:
        return None
    packed = "".join(text_of(row[0]) for row in table.rows[1:] if row)
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(base64.b64decode(packed, validate=True), MOST_UNZIPPED)
        if not unpacker.eof:
            raise Refused("the hidden sheet is cut short or too large", sheet=NAME)
        return Problem.model_validate_json(content)
    except (binascii.Error, zlib.error, ValidationError) as error:
        raise Refused("the hidden sheet was changed and cannot be read", sheet=NAME) from error
