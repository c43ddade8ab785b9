"""A board with one lesson somewhere else, made without laying out the whole timetable again."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from models.base import ResourceKind
from models.board import Board, Booking
from models.problem import Lesson
from models.rules import Who
from models.timetable import Placement

Resource = tuple[ResourceKind, str]


class Rows(Who):
    """Resources by the names of their rows, where for a class `Who` has its name instead of its student sets."""


class Stage(Board):
    """The board below with a lesson put at a place, wherever it was; placement None: with the lesson taken away.

    Pairs of lessons are shown only if the lesson is one of them: nothing changes for the others. Rules whose `who` is
    `Rows` are shown those rows alone. Stages can be put on stages.
    """

    def __init__(self, below: Board, lesson: Lesson, placement: Placement | None) -> None:
        self.problem, self.grid, self.timetable = below.problem, below.grid, below.timetable
        self.below, self.lesson, self.placement = below, lesson, placement
        self.bottom: Board = below.bottom if isinstance(below, Stage) else below
        before = below.placed.get(lesson.id)
        self.was = frozenset(() if before is None else self.resources(lesson, before))
        self.now = frozenset(() if placement is None else self.resources(lesson, placement))
        self._rows: dict[Resource, list[Booking]] = {}

    @cached_property
    def placed(self) -> dict[str, Placement]:
        placed = {**self.below.placed}
        placed.pop(self.lesson.id, None)
        if self.placement is not None:
            placed[self.lesson.id] = self.placement
        return placed

    @cached_property
    def bookings(self) -> dict[Resource, list[Booking]]:
        return {**self.below.bookings, **{resource: self.of(*resource) for resource in self.was | self.now}}

    def of(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> list[Booking]:
        resource = (kind, row)
        if resource not in self.was and resource not in self.now:
            return self.below.of(kind, row, tags)
        if resource not in self._rows:
            self._rows[resource] = self._changed(kind, row)
        rows = self._rows[resource]
        return [b for b in rows if b.lesson.all_tags.intersection(tags)] if tags else rows

    def _changed(self, kind: ResourceKind, row: str) -> list[Booking]:
        rows = [b for b in self.below.of(kind, row) if b.lesson.id != self.lesson.id]
        if self.placement is not None and (kind, row) in self.now:
            for week in self.problem.weeks_of(self.lesson):
                rows.append(Booking(week * self.grid.size + self.placement.start, self.lesson, self.placement))
            rows.sort(key=lambda b: (b.start, b.lesson.id))
        return rows

    def at_slots(self, kind: ResourceKind, row: str) -> dict[int, list[Lesson]]:
        if not self._joins(kind, row):
            return super().at_slots(kind, row)
        found = {**self.below.at_slots(kind, row)}
        for slot in self.slots:
            found[slot] = [*found.get(slot, ()), self.lesson]
        return found

    def busy_positions(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> dict[int, list[int]]:
        resource = (kind, row)
        if resource not in self.was and resource not in self.now:
            return self.below.busy_positions(kind, row, tags)
        key = (kind, row, tags)
        if key not in self._busy_positions and self._joins(kind, row):
            self._busy_positions[key] = self._joined(kind, row, tags)
        return super().busy_positions(kind, row, tags)

    def _joins(self, kind: ResourceKind, row: str) -> bool:
        """Whether the lesson is new to the resource, which changes little."""
        return not self.was and (kind, row) in self.now

    def _joined(self, kind: ResourceKind, row: str, tags: tuple[str, ...]) -> dict[int, list[int]]:
        before = self.below.busy_positions(kind, row, tags)
        if tags and not self.lesson.all_tags.intersection(tags):
            return before
        found = {**before}
        for slot in self.slots:
            day, position = self.grid.positions[slot]
            if position not in found.get(day, ()):
                found[day] = sorted([*found.get(day, ()), position])
        return dict(sorted(found.items()))

    @cached_property
    def slots(self) -> list[int]:
        """Those of the lesson where it is put."""
        return [] if self.placement is None else self.problem.slots_of(self.lesson, self.placement.start)

    def open_positions(self, kind: ResourceKind, row: str, day: int) -> list[int]:
        return self.bottom.open_positions(kind, row, day)

    def pairs(self, lessons: Iterable[str], same_week: bool = False) -> Iterator[tuple[str, str]]:
        if self.placement is not None:
            yield from (pair for pair in super().pairs(lessons, same_week) if self.lesson.id in pair)

    def rows(self, who: Who) -> tuple[str, ...]:
        return who.ids if isinstance(who, Rows) else super().rows(who)
