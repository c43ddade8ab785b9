"""Sheet Fixed: lessons whose place is decided."""

from formats.excel.context import Course, Reading
from formats.excel.pins import Ledger, Openings, Spot, pin_of, read_spot
from formats.excel.rows import Rows


def read_fixed(reading: Reading, rows: Rows, openings: Openings, ledger: Ledger) -> None:
    """Each row pins the next lesson of its class and subject; the periods of a double may stand in one row (P1-P2)
    or in two."""
    covered: set[tuple[tuple[str, ...], str, int]] = set()
    for row in rows:
        spot = read_spot(reading, row)
        if spot is None or (not spot.length and (spot.classes, spot.subject, spot.start) in covered):
            continue
        taken = _take(reading, openings, spot)
        if taken is None:
            openings.report_none(spot)
            continue
        course, number = taken
        length = course.durations[number]
        covered.update((spot.classes, spot.subject, spot.start + n) for n in range(length))
        pin = pin_of(reading, spot, course)
        if ledger.book(spot, course, length) and pin is not None:
            reading.pins[course.ids[number]] = pin


def _take(reading: Reading, openings: Openings, spot: Spot) -> tuple[Course, int] | None:
    """The lesson named; else the next one of the length stated; with none stated, the shortest that fits there."""
    named = openings.take_named(spot.row.text("Lesson"))
    if named is not None:
        return named
    grid = reading.times.grid
    lengths = [spot.length] if spot.length else openings.lengths(spot)
    fitting = [n for n in lengths if grid is not None and grid.fits(spot.start, n)]
    return openings.take(spot, fitting[0]) if fitting else None
