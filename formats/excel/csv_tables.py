"""Tables as text: one .csv file for each sheet, in a folder or a zip."""

import codecs
import csv
import io
from collections import Counter
from pathlib import PurePosixPath

from formats.excel.findings import Findings, Refused
from formats.excel.guards import check_extent

DELIMITERS = ",;\t|"
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
SAMPLE_LINES = 20


def csv_rows(file: str, data: bytes, findings: Findings) -> list[list[str]]:
    """Rows of one file; the guessed encoding is said in a warning."""
    sheet = PurePosixPath(file).stem
    text = _decode(sheet, data, findings)
    if "\0" in text:
        raise Refused("the file is not text: it holds zero bytes", "a .csv file", sheet=sheet)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text)))
    except csv.Error as error:
        raise Refused(f"the file is not a table: {error}", "a .csv file", sheet=sheet) from error
    check_extent(sheet, len(rows), max(map(len, rows), default=0))
    return [[_unescape(cell) for cell in row] for row in rows]


def _decode(sheet: str, data: bytes, findings: Findings) -> str:
    """By its byte order mark, else as UTF-8, else as Windows text, which is told."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        findings.warning(
            "the file is not UTF-8 and was read as Windows text (cp1252)",
            sheet,
            suggestion="If accents look wrong, save it as CSV UTF-8.",
        )
        return data.decode("cp1252", "replace")


def delimiter(text: str) -> str:
    """The separator that cuts most of the first lines into the same, largest number of cells."""
    lines = [line for line in text.splitlines() if line.strip()][:SAMPLE_LINES]

    def score(sign: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign))
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(0, 0))
        return (count if width > 1 else 0, width)

    return max(DELIMITERS, key=score)


def _unescape(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet program from taking a text for a formula."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@" else cell
