"""Sheet Unavailable: times that are closed or should be avoided."""

from formats.excel.context import Reading
from formats.excel.rows import Row, Rows
from formats.excel.who_words import read_one
from models.rules.base import Who
from models.rules.unavailable import Unavailable


def read_unavailable(reading: Reading, rows: Rows) -> None:
    for row in rows:
        _read_row(reading, row)


def _read_row(reading: Reading, row: Row) -> None:
    before = reading.findings.errors
    row.missing("Who", "Day")
    who = read_one(reading, row, "Who")
    times = reading.times
    days = times.read_days(row, "Day")
    labels = times.read_labels(row, "Periods")
    weight = row.number("Weight")
    if reading.findings.errors > before or who is None or not days or not labels or times.grid is None:
        return
    cells = times.cells([(day, label) for day in days for label in labels])
    if not cells:
        row.warning("Periods", f"there are no lessons on {', '.join(days)} in {', '.join(labels)} anyway")
        return
    kind, code = who
    reading.rules.append(
        Unavailable(who=Who(kind=kind, ids=(code,)), cells=cells, weight=weight, source=row.source("Who"))
    )
    if weight is None:
        reading.closed.setdefault((kind, code), set()).update(cells)
