"""A board with some lessons somewhere else, made without laying out the whole timetable again."""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from models.base import ResourceKind
from models.board import Board, Booking, taken
from models.problem import Lesson
from models.rules import Who
from models.timetable import Placement

Resource = tuple[ResourceKind, str]


class Rows(Who):
    """Resources by the names of their rows, where for a class `Who` has its name instead of its student sets."""


class Move(NamedTuple):
    """A lesson and where it goes; None: nowhere."""

    lesson: Lesson
    placement: Placement | None


class Stage(Board):
    """The board below with lessons put at places, wherever they were, each moved once.

    Pairs of lessons are shown only if one of the moved is in them: nothing changes for the others. Rules whose `who`
    is `Rows` are shown those rows alone. Stages can be put on stages.
    """

    def __init__(self, below: Board, moves: Iterable[Move]) -> None:
        self.problem, self.grid, self.timetable = below.problem, below.grid, below.timetable
        self.below, self.moves = below, tuple(moves)
        self.placements = {lesson.id: placement for lesson, placement in self.moves}
        self.bottom: Board = below.bottom if isinstance(below, Stage) else below
        self.was, self.now = set[Resource](), dict[Resource, list[Booking]]()
        for lesson, placement in self.moves:
            before = below.placement(lesson.id)
            if before is not None:
                self.was.update(self.resources(lesson, before))
            if placement is not None:
                self._enter(lesson, placement)
        self._rows: dict[Resource, list[Booking]] = {}

    def _enter(self, lesson: Lesson, placement: Placement) -> None:
        starts = (week * self.grid.size + placement.start for week in self.problem.weeks_of(lesson))
        bookings = [Booking(start, lesson, placement) for start in starts]
        for resource in self.bottom.resources_at(lesson, placement):
            others = self.now.get(resource)
            self.now[resource] = bookings if others is None else [*others, *bookings]

    def placement(self, lesson: str) -> Placement | None:
        return self.placements[lesson] if lesson in self.placements else self.below.placement(lesson)

    def place_of(self, lesson: str) -> Placement:
        placement = self.placement(lesson)
        if placement is None:
            raise KeyError(lesson)
        return placement

    @cached_property
    def placed(self) -> dict[str, Placement]:
        placed = {**self.below.placed}
        placed.update((id_, placement) for id_, placement in self.placements.items() if placement is not None)
        for id_, placement in self.placements.items():
            if placement is None:
                placed.pop(id_, None)
        return placed

    @cached_property
    def bookings(self) -> dict[Resource, list[Booking]]:
        return {**self.below.bookings, **{resource: self.of(*resource) for resource in self.was.union(self.now)}}

    def of(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> list[Booking]:
        resource = (kind, row)
        if resource not in self.was and resource not in self.now:
            return self.below.of(kind, row, tags)
        if resource not in self._rows:
            self._rows[resource] = self._changed(resource)
        rows = self._rows[resource]
        return [b for b in rows if b.lesson.all_tags.intersection(tags)] if tags else rows

    def _changed(self, resource: Resource) -> list[Booking]:
        rows = self.below.of(*resource)
        if resource in self.was:
            rows = [b for b in rows if b.lesson.id not in self.placements]
        if resource in self.now:
            rows = by_time([*rows, *self.now[resource]])
        return rows

    def at_slot(self, kind: ResourceKind, row: str, slot: int) -> list[Booking]:
        resource, found = (kind, row), self.below.at_slot(kind, row, slot)
        if resource in self.was:
            found = [b for b in found if b.lesson.id not in self.placements]
        if resource not in self.now:
            return found
        come = [b for b in self.now[resource] if b.start <= slot < b.end]
        return by_time([*found, *come]) if come else found

    def by_days(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> dict[int, list[Booking]]:
        resource, key = (kind, row), (kind, row, tags)
        if resource in self.was:
            return super().by_days(kind, row, tags)
        if resource not in self.now:
            return self.below.by_days(kind, row, tags)
        if key not in self._by_days:
            found = {**self.below.by_days(kind, row, tags)}
            for booking in self._new(resource, tags):
                day, _ = self.grid.positions[booking.start]
                found[day] = by_time([*found.get(day, ()), booking])
            self._by_days[key] = dict(sorted(found.items()))
        return self._by_days[key]

    def busy_positions(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> dict[int, list[int]]:
        resource, key = (kind, row), (kind, row, tags)
        if resource not in self.was and resource not in self.now:
            return self.below.busy_positions(kind, row, tags)
        if key not in self._busy_positions and resource not in self.was:
            self._busy_positions[key] = self._joined(kind, row, tags)
        return super().busy_positions(kind, row, tags)

    def _joined(self, kind: ResourceKind, row: str, tags: tuple[str, ...]) -> dict[int, list[int]]:
        """Those of a resource to which lessons only come, which changes little."""
        found = {**self.below.busy_positions(kind, row, tags)}
        for booking in self._new((kind, row), tags):
            for slot in range(booking.start, booking.end):
                day, position = self.grid.positions[slot]
                if position not in found.get(day, ()):
                    found[day] = sorted([*found.get(day, ()), position])
        return dict(sorted(found.items()))

    def _new(self, resource: Resource, tags: tuple[str, ...]) -> list[Booking]:
        """Lessons that come to the resource."""
        rows = self.now.get(resource, [])
        return [b for b in rows if b.lesson.all_tags.intersection(tags)] if tags else rows

    def busy_mask(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> int:
        key = (kind, row, tags)
        if key not in self._busy_masks:
            self._busy_masks[key] = self._mask((kind, row), tags)
        return self._busy_masks[key]

    def _mask(self, resource: Resource, tags: tuple[str, ...]) -> int:
        if resource in self.was:
            return taken(self.of(*resource, tags))
        return self.below.busy_mask(*resource, tags) | taken(self._new(resource, tags))

    def crowded(self, kind: ResourceKind, row: str) -> int:
        if (kind, row) in self.was or (kind, row) in self.now:
            return super().crowded(kind, row)
        return self.below.crowded(kind, row)

    def open_positions(self, kind: ResourceKind, row: str, day: int) -> list[int]:
        return self.bottom.open_positions(kind, row, day)

    def pairs(self, lessons: Iterable[str], same_week: bool = False) -> Iterator[tuple[str, str]]:
        for pair in super().pairs(lessons, same_week):
            if pair[0] in self.placements or pair[1] in self.placements:
                yield pair

    def rows(self, who: Who) -> tuple[str, ...]:
        return who.ids if isinstance(who, Rows) else super().rows(who)


class OnDays(Board):
    """The board below, of which some days over all weeks are shown, to rules that look at them one by one."""

    def __init__(self, below: Board, days: Collection[int]) -> None:
        self.problem, self.grid, self.timetable = below.problem, below.grid, below.timetable
        self.below, self.shown = below, days

    def by_days(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> dict[int, list[Booking]]:
        days = self.below.by_days(kind, row, tags)
        return {day: days[day] for day in self.shown if day in days}

    def place_of(self, lesson: str) -> Placement:
        return self.below.place_of(lesson)

    def rows(self, who: Who) -> tuple[str, ...]:
        return self.below.rows(who)


def by_time(bookings: list[Booking]) -> list[Booking]:
    return sorted(bookings, key=lambda b: (b.start, b.lesson.id))
