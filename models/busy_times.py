"""What rules say about a resource that look at nothing but when it is busy: each day, or week, judged by itself, and
what is the same judged once."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from models.base import ResourceKind
from models.board import Board, Span, mask
from models.problem import Problem
from models.reach import Part
from models.rules import Violation, Who
from models.timetable import Timetable
from models.weight import NOTHING, Said, Weight, difference, named


class Times(Board):
    """Every resource is busy at the same times, nobody tells with what.

    busy: one bit for each slot; bottom: knows the times at which resources are closed.
    """

    def __init__(self, bottom: Board, busy: int) -> None:
        self.problem, self.grid, self.timetable = bottom.problem, bottom.grid, bottom.timetable
        self.bottom, self._busy = bottom, busy

    def busy(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> set[int]:
        return set(self._slots)

    def busy_mask(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> int:
        return self._busy

    def busy_positions(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> dict[int, list[int]]:
        return self._positions

    def open_positions(self, kind: ResourceKind, row: str, day: int) -> list[int]:
        return self.bottom.open_positions(kind, row, day)

    def rows(self, who: Who) -> tuple[str, ...]:
        return who.ids

    @cached_property
    def _slots(self) -> tuple[int, ...]:
        return tuple(bits(self._busy))

    @cached_property
    def _positions(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for slot in self._slots:
            day, position = self.grid.positions[slot]
            found.setdefault(day, []).append(position)
        return found


class BusyTimes:
    """Of one problem; remembers what rules said. Times are numbers with one bit for each slot."""

    def __init__(self, problem: Problem) -> None:
        self._bottom = Board(problem, Timetable())
        self._met: dict[tuple[Span | None, int], list[int]] = {}
        self._boards: dict[int, Times] = {}
        self._changes: dict[tuple[object, int, int], Weight] = {}
        self._said: dict[tuple[object, int], Said] = {}

    def change(self, part: Part, before: int, after: int) -> Weight:
        """When a resource is busy at other times than before. Asked once for all parts that are alike."""
        key = (part.alike, before, after)
        if key not in self._changes:
            self._changes[key] = self._change(part, before, after)
        found = self._changes[key]
        return _of(found, self._name(part)) if found.came or found.gone else NOTHING

    def _change(self, part: Part, before: int, after: int) -> Weight:
        said, says = list[Violation](), list[Violation]()
        for span in self._changed(part.span, before ^ after):
            said += self._says(part, before & span)
            says += self._says(part, after & span)
        name = self._name(part)
        return difference(part.rule, tuple(_named(said, name)), tuple(_named(says, name)))

    def _changed(self, span: Span | None, slots: int) -> list[int]:
        """Days, or weeks, that have some of the slots."""
        key = (span, slots)
        if key not in self._met:
            self._met[key] = [times for times in self._spans[span or "week"] if times & slots]
        return self._met[key]

    def _says(self, part: Part, busy: int) -> Said:
        """With the name of one of those that are alike."""
        key = (part.alike, busy)
        if key not in self._said:
            self._said[key] = named(part.rule, part.judge(self._board(busy)))
        return self._said[key]

    def _name(self, part: Part) -> str:
        assert part.resource is not None, "busy is a resource"
        return self._bottom.name(*part.resource)

    def _board(self, busy: int) -> Times:
        if busy not in self._boards:
            self._boards[busy] = Times(self._bottom, busy)
        return self._boards[busy]

    @cached_property
    def _spans(self) -> dict[Span, list[int]]:
        """The times of each day and of each week."""
        grid = self._bottom.grid
        weeks = [range(week * grid.size, (week + 1) * grid.size) for week in range(len(grid.weeks))]
        days = [range(week.start + day.start, week.start + day.stop) for week in weeks for day in grid.day_cells]
        return {"day": [mask(day) for day in days], "week": [mask(week) for week in weeks]}


def _of(weight: Weight, name: str) -> Weight:
    first = (*weight.came, *weight.gone)[0]
    if first.who == (name,):
        return weight
    return Weight(weight.hard, weight.soft, tuple(_named(weight.came, name)), tuple(_named(weight.gone, name)))


def _named(violations: Iterable[Violation], name: str) -> Iterator[Violation]:
    """Of a resource with this name. Rules on busy times begin with it, and tell it nowhere else."""
    for v in violations:
        (other,) = v.who
        sentence = v.sentence if other == name else name + v.sentence.removeprefix(other)
        yield Violation(v.rule, v.amount, (name,), v.lessons, sentence)


def bits(slots: int) -> Iterator[int]:
    """Some slots of which there is one bit each, as numbers, the least first."""
    while slots:
        least = slots & -slots
        yield least.bit_length() - 1
        slots ^= least
