"""Times of a timetable as people write them: "Mon P1-P3, Tue", "2026-03-02 09:00-12:00"."""

import re

from formats.excel.times import Times
from formats.excel.values import Unreadable, split_list
from models.time import ClockGrid, PeriodGrid, clock

_SPAN = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:\s+(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2}))?$")


def times_of(grid: PeriodGrid) -> Times:
    """The names of days and periods, with all the ways to write them."""
    labels = list(dict.fromkeys(p.id for p in sorted(grid.periods, key=lambda p: (p.start, p.end))))
    lessons = frozenset(cell.label for cell in grid.cells)
    return Times(list(grid.day_names), labels, lessons, list(grid.weeks), grid)


def cells_named(grid: PeriodGrid | ClockGrid, text: str) -> tuple[int, ...]:
    """Cells of the week, sorted: days and periods of a school week, dates and clock times of a clock grid; a day alone
    is all of it. ValueError says what was expected."""
    try:
        found = _of_clock(grid, text) if isinstance(grid, ClockGrid) else _of_periods(grid, text)
    except Unreadable as error:
        raise ValueError(f'"{text}" is no time of the timetable; expected: {error}') from error
    if not found:
        raise ValueError(f'"{text}" names no time of the timetable')
    return found


def _of_periods(grid: PeriodGrid, text: str) -> tuple[int, ...]:
    times = times_of(grid)
    try:
        return times.cells(times.places_in(text))
    except Unreadable:
        periods = ", ".join(label for label in times.labels if label in times.lessons)
        raise Unreadable(f"days of {', '.join(times.days)} and periods of {periods}") from None


def _of_clock(grid: ClockGrid, text: str) -> tuple[int, ...]:
    """Every cell that the span touches."""
    found: set[int] = set()
    for item in split_list(text):
        match = _SPAN.match(item)
        if match is None or match[1] not in grid.day_names:
            dates = f"{grid.day_names[0]} to {grid.day_names[-1]}"
            raise Unreadable(f"a date of {dates}, alone or with a time such as 09:00-12:00")
        day = grid.day_names.index(match[1])
        begin, end = _minutes(match)
        if begin >= end:
            raise Unreadable(f"a time that ends after {clock(begin)}")
        found.update(c.number for c in grid.cells if c.day == day and c.start < end and begin < c.end)
    return tuple(sorted(found))


def _minutes(match: re.Match[str]) -> tuple[int, int]:
    if match[2] is None:
        return 0, 24 * 60
    hours = [int(x) for x in match.groups()[1:]]
    return hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
