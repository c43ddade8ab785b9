"""When lessons can be: a week of periods, or dates with clock times.

Both kinds of grid are a list of *cells*. A cell has a day and wall-clock times; cells are numbered from 0,
day by day, early to late. A lesson of duration n starting at cell c covers the cells c to c+n-1, which must
be joined: same day, nothing but a short break between them.

A grid may repeat over several weeks (A/B). A *slot* is a cell of one of those weeks: `week * size + cell`.
"""

import datetime as dt
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, PositiveInt, model_validator

from models.base import Id, Value
from models.interval import Interval, overlaps

Minute = Annotated[int, Field(ge=0, le=24 * 60)]
"""Minutes since midnight, 0 to 1440."""


class PeriodKind(StrEnum):
    LESSON = "lesson"
    BREAK = "break"
    LUNCH = "lunch"
    ASSEMBLY = "assembly"


SEPARATORS = frozenset({PeriodKind.LUNCH, PeriodKind.ASSEMBLY})
"""Kinds over which no lesson may run. A short break does not separate: a double lesson may run over it."""


class Period(Value):
    """A row of the bell schedule. `days` empty means every day."""

    id: Id
    start: Minute
    end: Minute
    kind: PeriodKind = PeriodKind.LESSON
    days: tuple[Id, ...] = ()
    source: str = ""

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "Period":
        if self.end <= self.start:
            raise ValueError(f"period {self.id!r} ends at {clock(self.end)}, not after its start {clock(self.start)}")
        return self


class Day(Value):
    id: Id
    date: dt.date | None = None


class Cell(NamedTuple):
    """The smallest piece of time a lesson can occupy.

    day: position of the day in the grid; start, end: minutes since midnight; label: name of the period;
    joined: whether a lesson may run from the previous cell into this one.
    """

    number: int
    day: int
    start: int
    end: int
    label: str
    joined: bool


def clock(minute: int) -> str:
    """Minutes since midnight as HH:MM."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


class BaseGrid(Value):
    """What both kinds of grid know about their cells."""

    weeks: Annotated[tuple[Id, ...], Field(min_length=1)] = ("every",)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        raise NotImplementedError

    @cached_property
    def day_names(self) -> tuple[str, ...]:
        raise NotImplementedError

    @property
    def size(self) -> int:
        """Number of cells in one week."""
        return len(self.cells)

    @property
    def slots(self) -> int:
        """Number of cells over all weeks."""
        return self.size * len(self.weeks)

    @cached_property
    def day_cells(self) -> tuple[range, ...]:
        """The cells of each day, by day."""
        counts = [0] * len(self.day_names)
        for cell in self.cells:
            counts[cell.day] += 1
        starts = [sum(counts[:d]) for d in range(len(counts) + 1)]
        return tuple(range(a, b) for a, b in pairwise(starts))

    @cached_property
    def positions(self) -> tuple[tuple[int, int], ...]:
        """For each slot, its day over all weeks and its position within the day."""
        days = len(self.day_names)
        first = [cells.start for cells in self.day_cells]
        weeks = range(len(self.weeks))
        return tuple((week * days + c.day, c.number - first[c.day]) for week in weeks for c in self.cells)

    @cached_property
    def runs(self) -> tuple[int, ...]:
        """For each cell, how many joined cells follow from it, itself included."""
        result = [1] * self.size
        for cell in reversed(self.cells[:-1]):
            if self.cells[cell.number + 1].joined:
                result[cell.number] = result[cell.number + 1] + 1
        return tuple(result)

    def adjoins(self, cell: int, over_breaks: bool = False) -> bool:
        """Whether a cell comes right after the one before it: joined, or, with `over_breaks`, on the same day.
        False for the cell after the last one."""
        if not 0 < cell < self.size:
            return False
        return self.cells[cell].joined or (over_breaks and self.cells[cell - 1].day == self.cells[cell].day)

    def fits(self, start: int, duration: int) -> bool:
        """Whether a lesson of `duration` cells may start at cell `start`."""
        return 0 <= start < self.size and self.runs[start] >= duration

    def span(self, start: int, duration: int) -> Interval:
        """Wall-clock minutes a lesson takes within its day."""
        return Interval(self.cells[start].start, self.cells[start + duration - 1].end)

    def label(self, cell: int) -> str:
        """Day and period of a cell, as a person says it: "Mon P3"."""
        return f"{self.day_names[self.cells[cell].day]} {self.cells[cell].label}"

    def slot_label(self, slot: int) -> str:
        return self._slot_labels[slot]

    @cached_property
    def _slot_labels(self) -> tuple[str, ...]:
        labels = [self.label(cell) for cell in range(self.size)]
        if len(self.weeks) == 1:
            return tuple(labels)
        return tuple(f"{label} (week {week})" for week in self.weeks for label in labels)

    def cell_at(self, day: str, label: str) -> int | None:
        """The cell of a day and a period name, or None."""
        return self._by_name.get((day, label))

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], int]:
        return {(self.day_names[c.day], c.label): c.number for c in self.cells}


class PeriodGrid(BaseGrid):
    """A school week: days x periods. Only periods of kind lesson become cells."""

    type: Literal["periods"] = "periods"
    days: Annotated[tuple[Day, ...], Field(min_length=1)]
    periods: Annotated[tuple[Period, ...], Field(min_length=1)]

    @cached_property
    def day_names(self) -> tuple[str, ...]:
        return tuple(day.id for day in self.days)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        result: list[Cell] = []
        for number, day in enumerate(self.days):
            joined = False
            for period in self.periods_of(day.id):
                if period.kind is PeriodKind.LESSON:
                    result.append(Cell(len(result), number, period.start, period.end, period.id, joined))
                    joined = True
                elif period.kind in SEPARATORS:
                    joined = False
        return tuple(result)

    def periods_of(self, day: str) -> list[Period]:
        """The bell schedule of a day, early to late, all kinds."""
        return sorted((p for p in self.periods if not p.days or day in p.days), key=lambda p: (p.start, p.end))

    @model_validator(mode="after")
    def day_names_are_unique(self) -> "PeriodGrid":
        for name in self.day_names:
            if self.day_names.count(name) > 1:
                raise ValueError(f"day {name!r} occurs twice")
        return self

    @model_validator(mode="after")
    def periods_name_known_days(self) -> "PeriodGrid":
        for period in self.periods:
            for day in period.days:
                if day not in self.day_names:
                    raise ValueError(f"period {period.id!r} names the unknown day {day!r}")
        return self

    @model_validator(mode="after")
    def periods_of_a_day_do_not_overlap(self) -> "PeriodGrid":
        for day in self.day_names:
            for a, b in pairwise(self.periods_of(day)):
                if overlaps(Interval(a.start, a.end), Interval(b.start, b.end)):
                    raise ValueError(f"periods {a.id!r} and {b.id!r} overlap on {day}")
                if a.id == b.id:
                    raise ValueError(f"period {a.id!r} occurs twice on {day}")
        return self


class Opening(Value):
    """Opening hours of one date; a date may have several."""

    date: dt.date
    start: Minute
    end: Minute

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "Opening":
        if self.end <= self.start:
            raise ValueError(f"opening of {self.date} ends at {clock(self.end)}, not after its start")
        return self


class ClockGrid(BaseGrid):
    """Dates with opening hours, cut into steps of `step` minutes: for sessions with buffers."""

    type: Literal["clock"] = "clock"
    openings: Annotated[tuple[Opening, ...], Field(min_length=1)]
    step: PositiveInt

    @cached_property
    def dates(self) -> tuple[dt.date, ...]:
        return tuple(sorted({o.date for o in self.openings}))

    @cached_property
    def day_names(self) -> tuple[str, ...]:
        return tuple(date.isoformat() for date in self.dates)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        result: list[Cell] = []
        numbers = {date: n for n, date in enumerate(self.dates)}
        for opening in sorted(self.openings, key=lambda o: (o.date, o.start)):
            for start in range(opening.start, opening.end, self.step):
                joined = start > opening.start
                result.append(Cell(len(result), numbers[opening.date], start, start + self.step, clock(start), joined))
        return tuple(result)

    @model_validator(mode="after")
    def step_divides_every_opening(self) -> "ClockGrid":
        for o in self.openings:
            if (o.end - o.start) % self.step:
                raise ValueError(f"step {self.step} min does not divide the opening of {o.date}")
        return self

    @model_validator(mode="after")
    def openings_of_a_date_do_not_overlap(self) -> "ClockGrid":
        ordered = sorted(self.openings, key=lambda o: (o.date, o.start))
        for a, b in pairwise(ordered):
            if a.date == b.date and b.start < a.end:
                raise ValueError(f"openings of {a.date} overlap")
        return self


Grid = Annotated[PeriodGrid | ClockGrid, Field(discriminator="type")]
