"""A school's slots as the grid of a problem, and back."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.time import Day, Period, PeriodGrid, PeriodKind
from scheduling.errors import Conflict
from scheduling.school.clock import DAYS, clock
from scheduling.school.slots import kind_of
from scheduling.store.tables import TimeSlot

Cell = tuple[str, str]
"""Day and id of the slot."""


class NoSlots(Conflict):
    default = "The school has no lesson periods yet: create time slots or import a workbook first"


@dataclass(frozen=True)
class SlotGrid:
    """cells: what each cell of the grid stands for."""

    grid: PeriodGrid
    cells: tuple[Cell, ...]

    @cached_property
    def number(self) -> dict[Cell, int]:
        return {cell: number for number, cell in enumerate(self.cells)}


def slot_grid(
    slots: Sequence[TimeSlot],
    days: Sequence[str],
    weeks: tuple[str, ...] = ("every",),
    taught: Collection[str] = (),
) -> SlotGrid:
    """slots: active ones; days: upper case names; taught: ids of slots that are lesson periods whatever their kind.
    NoSlots."""
    labels = _labels(slots)
    names = {day: day[:3].title() for day in days}
    periods = tuple(
        Period(
            id=labels[slot.id],
            start=slot.starts,
            end=slot.ends,
            kind=PeriodKind.LESSON if slot.id in taught else PeriodKind(kind_of(slot)),
            days=tuple(names[day] for day in days if day in slot.days) if slot.days else (),
        )
        for slot in slots
        if not slot.days or set(slot.days) & set(days)
    )
    if not any(period.kind is PeriodKind.LESSON for period in periods):
        raise NoSlots
    grid = PeriodGrid(days=tuple(Day(id=name) for name in names.values()), periods=periods, weeks=weeks)
    of_label = {(day, labels[slot.id]): slot.id for slot in slots for day in (slot.days or days)}
    at = [(days[cell.day], cell.label) for cell in grid.cells]
    return SlotGrid(grid, tuple((day, of_label[day, label]) for day, label in at))


def _labels(slots: Sequence[TimeSlot]) -> dict[str, str]:
    """Slot -> its label, with the time where several of a day have the same."""
    often = Counter((slot.label, day) for slot in slots for day in (slot.days or DAYS))
    found: dict[str, str] = {}
    for slot in slots:
        alone = all(often[slot.label, day] == 1 for day in (slot.days or DAYS))
        found[slot.id] = slot.label if alone else f"{slot.label} ({clock(slot.starts)})"
    return found
