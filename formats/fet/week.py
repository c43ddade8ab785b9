"""The week of a FET file: days times hours, less the breaks."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from formats.xml import Node
from models.interval import Interval
from models.time import Day, Period, PeriodGrid, PeriodKind

TIME = re.compile(r"(?<!\d)(\d{1,2})[:.hH](\d{2})(?!\d)")
DAY_START, DAY_LENGTH = 8 * 60, 24 * 60


class Week(NamedTuple):
    """cells: (day, hour) -> cell; a break has none."""

    grid: PeriodGrid
    days: tuple[str, ...]
    hours: tuple[str, ...]
    cells: dict[tuple[str, str], int]

    @property
    def breaks(self) -> bool:
        return len(self.cells) < len(self.days) * len(self.hours)

    @property
    def breaks_inside(self) -> bool:
        """Whether a break lies between two cells of a day."""
        return any(not b.joined and a.day == b.day for a, b in pairwise(self.grid.cells))

    @property
    def even(self) -> bool:
        """Whether every hour has the same position in all the days that have it."""
        position: dict[str, int] = {}
        return all(
            position.setdefault(c.label, c.number - cells.start) == c.number - cells.start
            for cells in self.grid.day_cells
            for c in self.grid.cells[cells.start : cells.stop]
        )

    def times(self, node: Node, day: str, hour: str) -> list[int]:
        """The cells of a time given by two child elements; an empty one means every day or every hour."""
        days = self._chosen(node, day, self.days, "a day of <Days_List>")
        hours = self._chosen(node, hour, self.hours, "an hour of <Hours_List>")
        return [self.cells[d, h] for d in days for h in hours if (d, h) in self.cells]

    def _chosen(self, node: Node, tag: str, known: tuple[str, ...], expected: str) -> tuple[str, ...]:
        child = node.child(tag)
        if child.text and child.text not in known:
            raise child.wrong(repr(child.text), expected)
        return (child.text,) if child.text else known

    def rows(self, start: str, end: str) -> set[int]:
        """The cells of all days from one hour up to another; no end means to the end of the day."""
        stop = self.hours.index(end) if end else len(self.hours)
        hours = self.hours[self.hours.index(start) : stop]
        return {cell for (_, hour), cell in self.cells.items() if hour in hours}


def read_week(root: Node) -> Week:
    days = _names(root.child("Days_List"), "Day")
    hours = _names(root.child("Hours_List"), "Hour")
    breaks = _breaks(root.child("Time_Constraints_List"), days, hours)
    clock = clock_of(hours) or plain_clock(len(hours))
    periods = [
        Period(id=hour, start=span.start, end=span.end, kind=kind, days=on)
        for hour, span in zip(hours, clock, strict=True)
        for kind, on in _kinds(hour, days, breaks)
    ]
    grid = PeriodGrid(days=tuple(Day(id=day) for day in days), periods=tuple(periods))
    cells = {(grid.day_names[cell.day], cell.label): cell.number for cell in grid.cells}
    return Week(grid, days, hours, cells)


def _names(listing: Node, tag: str) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for node in listing.all(tag):
        name = node.child("Name")
        if not name.text or name.text in names:
            raise name.wrong(repr(name.text), "a name that occurs once")
        names[name.text] = None
    if not names:
        raise listing.wrong("nothing", f"at least one <{tag}>")
    return tuple(names)


def _breaks(listing: Node, days: tuple[str, ...], hours: tuple[str, ...]) -> set[tuple[str, str]]:
    found = set()
    for constraint in listing.all("ConstraintBreakTimes"):
        for node in constraint.all("Break_Time") if constraint.flag("Active", True) else ():
            day, hour = node.child("Day"), node.child("Hour")
            if day.text not in days:
                raise day.wrong(repr(day.text), "a day of <Days_List>")
            if hour.text not in hours:
                raise hour.wrong(repr(hour.text), "an hour of <Hours_List>")
            found.add((day.text, hour.text))
    return found


def _kinds(
    hour: str, days: tuple[str, ...], breaks: set[tuple[str, str]]
) -> Iterable[tuple[PeriodKind, tuple[str, ...]]]:
    """An hour as periods: a lesson on some days, a separator on others. A break keeps neighbouring hours apart,
    so it is an assembly: over a break of kind BREAK a long lesson could run."""
    taken = tuple(day for day in days if (day, hour) in breaks)
    if len(taken) < len(days):
        yield PeriodKind.LESSON, tuple(day for day in days if day not in taken) if taken else ()
    if taken:
        yield PeriodKind.ASSEMBLY, taken if len(taken) < len(days) else ()


def clock_of(hours: tuple[str, ...]) -> list[Interval] | None:
    """The times that the names of the hours state ("08:00-08:50", or a start alone), None when they do not.

    Example: 11:10, 01:00 is read as 11:10, 13:00; an hour without an end lasts until the next one.
    """
    starts: list[int] = []
    ends: list[int | None] = []
    for name in hours:
        times = [int(h) * 60 + int(m) for h, m in TIME.findall(name) if int(h) < 24 and int(m) < 60]
        if not times:
            return None
        starts.append(_later(times[0], starts[-1] if starts else -1))
        ends.append(_later(times[1], starts[-1]) if len(times) == 2 else None)
    lengths = [b - a for a, b in pairwise(starts)]
    lengths.append(min(lengths, default=60))
    spans = [Interval(s, e or s + length) for s, e, length in zip(starts, ends, lengths, strict=True)]
    sound = all(s < e <= DAY_LENGTH for s, e in spans) and all(a.end <= b.start for a, b in pairwise(spans))
    return spans if sound else None


def _later(minute: int, before: int) -> int:
    """A time of the twelve-hour clock moved to the afternoon where only that keeps the order."""
    return minute + DAY_LENGTH // 2 if minute <= before < minute + DAY_LENGTH // 2 else minute


def plain_clock(count: int) -> list[Interval]:
    """Hours of 60 minutes from 8:00, shorter ones when the day is too short for them."""
    step = min(60, (DAY_LENGTH - DAY_START) // count)
    return [Interval(DAY_START + step * i, DAY_START + step * (i + 1)) for i in range(count)]
