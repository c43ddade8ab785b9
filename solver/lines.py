"""A resource in one week, as the model sees it: when it is busy, from when and until when, and where it has gaps.

Resources with the same lessons at the same starts look alike, and so do the weeks of a resource without A/B lessons:
they share one `Line` and with it every literal and constraint. In a school with many small student sets that makes
the model several times smaller.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from models.problem import Lesson
from models.time import BaseGrid
from solver.statements import Lit, Statements, negation, unique

Likeness = tuple[int, int]


class Use(NamedTuple):
    """One way in which a lesson keeps a resource busy.

    block: the lesson that decides for its start; starts: start cell -> "it starts there and uses the resource".
    """

    lesson: Lesson
    block: str
    starts: Mapping[int, Lit]

    @property
    def likeness(self) -> Likeness:
        """Equal for uses that cover the same cells under the same literals."""
        return id(self.starts), self.lesson.duration


class Line:
    """uses: what can keep the resource busy in the week. closed: cells that a hard `unavailable` keeps free.
    Every literal is made when it is first asked for, and once."""

    def __init__(self, say: Statements, grid: BaseGrid, uses: Sequence[Use], closed: frozenset[int]) -> None:
        self._say, self._grid, self._uses, self._closed = say, grid, uses, closed
        self.likeness = frozenset(use.likeness for use in uses)
        self._busy: dict[int, Lit] = {}
        self._active: dict[int, Lit] = {}
        self._earlier: dict[int, Lit] = {}
        self._later: dict[int, Lit] = {}
        self._gaps: dict[int, Lit] = {}

    @cached_property
    def covers(self) -> list[list[Lit]]:
        """For each cell, the literals that make the resource busy in it, each once; at most one is true (clashes are
        hard)."""
        found = covering(self._uses, self._grid.size)
        twice = len({use.block for use in self._uses}) < len(self._uses)
        return [unique(literals) for literals in found] if twice else found

    def busy(self, cell: int) -> Lit:
        """Whether the resource is busy in the cell."""
        if cell not in self._busy:
            self._busy[cell] = self._say.one_of(self.covers[cell])
        return self._busy[cell]

    def active(self, day: int) -> Lit:
        """Whether the resource is busy at all on a day of the week."""
        if day not in self._active:
            self._active[day] = self._say.any_of([self.busy(c) for c in self._grid.day_cells[day]])
        return self._active[day]

    def busy_in(self, day: int, cells: Collection[int]) -> Lit:
        """Whether the resource is busy in some of the cells, as far as they are on the day."""
        day_cells = self._grid.day_cells[day]
        here = [c for c in day_cells if c in cells]
        return self.active(day) if len(here) == len(day_cells) else self._say.any_of([self.busy(c) for c in here])

    def earlier(self, cell: int) -> Lit:
        """Whether the resource is busy in an earlier cell of the same day."""
        if cell not in self._earlier:
            first = cell == self._day(cell).start
            self._earlier[cell] = False if first else self._say.any_of([self.earlier(cell - 1), self.busy(cell - 1)])
        return self._earlier[cell]

    def later(self, cell: int) -> Lit:
        """Whether the resource is busy in a later cell of the same day."""
        if cell not in self._later:
            last = cell == self._day(cell).stop - 1
            self._later[cell] = False if last else self._say.any_of([self.later(cell + 1), self.busy(cell + 1)])
        return self._later[cell]

    def busy_from(self, day: int, cell: int) -> Lit:
        """Whether the resource is busy on a day of the week in the cell or later."""
        return self.active(day) if cell <= self._grid.day_cells[day].start else self.later(cell - 1)

    def busy_until(self, day: int, cell: int) -> Lit:
        """Whether the resource is busy on a day of the week in the cell or earlier."""
        return self.active(day) if cell >= self._grid.day_cells[day].stop - 1 else self.earlier(cell + 1)

    def open(self, day: int) -> list[int]:
        """Cells of a day of the week in which the resource is not closed by a hard `unavailable`."""
        return [c for c in self._grid.day_cells[day] if c not in self._closed]

    def possible_gaps(self, day: int) -> list[int]:
        """The open cells of a day with something that could be before and behind them."""
        return [c for c in self.open(day) if self.earlier(c) is not False and self.later(c) is not False]

    def gap_signs(self, cell: int) -> list[Lit]:
        """All true when the cell is a gap."""
        return [self.earlier(cell), self.later(cell), negation(self.busy(cell))]

    def gap(self, cell: int) -> Lit:
        """True at least when the cell is a gap."""
        if cell not in self._gaps:
            self._gaps[cell] = self._say.when_all(self.gap_signs(cell))
        return self._gaps[cell]

    def _day(self, cell: int) -> range:
        return self._grid.day_cells[self._grid.cells[cell].day]


def covering(uses: Sequence[Use], size: int) -> list[list[Lit]]:
    """For each of `size` cells, the literals under which a use covers it; the same literal for each use it is in."""
    found: list[list[Lit]] = [[] for _ in range(size)]
    for use in uses:
        for offset in range(use.lesson.duration):
            for cell, literal in use.starts.items():
                found[cell + offset].append(literal)
    return found
