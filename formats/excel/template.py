"""The empty school workbook that a director fills in."""

from formats.excel.school_book import write_school
from formats.excel.sheets import COMMENT_MARK, SCHOOL, SETTINGS, SHEETS, Kind, Sheet
from formats.excel.write_table import Row

GIVEN = ("Days", "Week pattern")
"""Settings that are filled in already: nearly every school has these."""


def write_template() -> bytes:
    """The .xlsx file: every sheet with an example row, which is a remark and not read."""
    tables = {s.name: [_example(s)] for s in SHEETS}
    tables[SCHOOL.name] = [
        {"Setting": s.name, "Value": s.example if s.name in GIVEN else None} for s in SETTINGS
    ]  # fmt: skip
    return write_school("School workbook", tables)


def _example(sheet: Sheet) -> Row:
    row: dict[str, str | int | None] = {
        c.name: int(c.example) if c.kind is Kind.NUMBER and c.example else c.example for c in sheet.columns
    }
    first = sheet.columns[0].name
    return {**row, first: f"{COMMENT_MARK} {row[first]}"}
