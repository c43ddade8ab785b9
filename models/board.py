"""A timetable laid out for judging: who is busy when. Rules read it; nobody writes it."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import combinations, pairwise
from operator import attrgetter, itemgetter
from typing import Literal, NamedTuple

from models.base import ResourceKind
from models.problem import Lesson, Problem
from models.rules.base import ResourceRule, Rule, Violation, Who
from models.timetable import Placement, Timetable

Span = Literal["day", "week"]


class Booking(NamedTuple):
    """A lesson at its place; start is the first slot of one of its weeks."""

    start: int
    lesson: Lesson
    placement: Placement

    @property
    def end(self) -> int:
        return self.start + self.lesson.duration

    @property
    def slots(self) -> int:
        """One bit for each slot it covers."""
        return ((1 << self.lesson.duration) - 1) << self.start


class Board:
    """Raises ValueError when the timetable does not belong to the problem (see `_check`)."""

    def __init__(self, problem: Problem, timetable: Timetable) -> None:
        self.problem = problem
        self.grid = problem.grid
        self.timetable = timetable
        for placement in timetable.placements:
            _check(problem, placement)

    @cached_property
    def placed(self) -> dict[str, Placement]:
        return self.timetable.placement

    def placement(self, lesson: str) -> Placement | None:
        """Where the lesson is, or None if it is not placed."""
        return self.placed.get(lesson)

    def place_of(self, lesson: str) -> Placement:
        """Where a placed lesson is; KeyError if it is not placed."""
        return self.placed[lesson]

    def start(self, lesson: str) -> int | None:
        """Cell where the lesson starts, or None if it is not placed."""
        placement = self.placement(lesson)
        return None if placement is None else placement.start

    def start_of(self, lesson: str) -> int:
        """Cell where a placed lesson starts; KeyError if it is not placed."""
        return self.place_of(lesson).start

    def end_of(self, lesson: str) -> int:
        """First cell after a placed lesson."""
        return self.place_of(lesson).start + self.problem.lesson[lesson].duration

    def day_of(self, lesson: str) -> int:
        """Day of the week of a placed lesson."""
        return self.grid.cells[self.place_of(lesson).start].day

    def follows(self, first: str, second: str, over_breaks: bool = False) -> bool:
        """Whether the second lesson starts right where the first ends, with nothing but a short break between; with
        `over_breaks` lunch or assembly may be between as well."""
        start = self.start_of(second)
        return self.end_of(first) == start and self.grid.adjoins(start, over_breaks)

    def cells_of(self, lesson: str) -> range:
        """Cells that a placed lesson covers."""
        return range(self.start_of(lesson), self.end_of(lesson))

    def in_week(self, lesson: str, week: int) -> bool:
        return week in self.problem.weeks_of(self.problem.lesson[lesson])

    def covered(self, lessons: Iterable[str], week: int | None = None) -> dict[int, list[str]]:
        """Cell -> those of the placed lessons that cover it; with `week`, only lessons of that week."""
        found: dict[int, list[str]] = {}
        for x in self.only_placed(lessons):
            if week is None or self.in_week(x, week):
                for cell in self.cells_of(x):
                    found.setdefault(cell, []).append(x)
        return found

    def by_day(self, lessons: Iterable[str], week: int | None = None) -> dict[int, list[str]]:
        """Day of the week -> those of the placed lessons that are on it; with `week`, only lessons of that week."""
        found: dict[int, list[str]] = {}
        for x in self.only_placed(lessons):
            if week is None or self.in_week(x, week):
                found.setdefault(self.day_of(x), []).append(x)
        return found

    def unplaced_in(self, lessons: Iterable[str], week: int) -> int:
        """How many of the lessons belong to the week and have no place."""
        return sum(self.placement(x) is None and self.in_week(x, week) for x in lessons)

    def joins(self, lessons: Iterable[str], over_breaks: bool = False) -> int:
        """Cells in which one of the placed lessons starts right where another ends (see `follows`)."""
        placed = self.only_placed(lessons)
        ends = {self.end_of(x) for x in placed}
        return sum(c in ends and self.grid.adjoins(c, over_breaks) for c in {self.start_of(x) for x in placed})

    def students_after(self, lesson: str) -> str | None:
        """Name of a student set of the placed lesson that has another lesson later on the day, or None."""
        end, night = self.end_of(lesson), self.grid.day_cells[self.day_of(lesson)].stop
        for row in self.problem.students.of(self.problem.lesson[lesson].classes):
            for week in self.problem.weeks_of(self.problem.lesson[lesson]):
                first, last = week * self.grid.size + end, week * self.grid.size + night
                if any(b.start < last and b.end > first for b in self.of("class", row)):
                    return self.name("class", row)
        return None

    def at(self, lesson: str) -> str:
        """A placed lesson as a person says it: "Math 7A (Mon P3)"."""
        return f"{self.problem.title[lesson]} ({self.grid.label(self.start_of(lesson))})"

    def only_placed(self, lessons: Iterable[str]) -> list[str]:
        return [x for x in lessons if self.placement(x) is not None]

    def share_week(self, a: str, b: str) -> bool:
        weeks = self.problem.weeks_of
        return not set(weeks(self.problem.lesson[a])).isdisjoint(weeks(self.problem.lesson[b]))

    def pairs(self, lessons: Iterable[str], same_week: bool = False) -> Iterator[tuple[str, str]]:
        """Every two of the placed lessons, in the order given; with `same_week` only those that share a week."""
        for a, b in combinations(self.only_placed(lessons), 2):
            if not same_week or self.share_week(a, b):
                yield a, b

    def clashes(self, rule: Rule, kind: ResourceKind) -> Iterator[Violation]:
        """Every slot in which a resource of the kind has more than one lesson."""
        for k, row in self.bookings:
            if k == kind:
                yield from self.clashes_of(rule, kind, row)

    def clashes_of(
        self, rule: Rule, kind: ResourceKind, row: str, slots: Iterable[int] | None = None
    ) -> Iterator[Violation]:
        """Every slot, or every one of `slots`, in which the resource has more than one lesson."""
        if slots is None and not any(a.end > b.start for a, b in pairwise(self.of(kind, row))):
            return
        name = self.name(kind, row)
        for slot in sorted(self.at_slots(kind, row) if slots is None else slots):
            bookings = self.at_slot(kind, row, slot)
            if len(bookings) > 1:
                lessons = tuple([booking.lesson.id for booking in bookings])
                titles = " and ".join([self.problem.title[x] for x in lessons])
                sentence = f"{name} has {titles} at the same time on {self.grid.slot_label(slot)}"
                yield rule.broken(len(lessons) - 1, sentence, (name,), lessons)

    def at_slots(self, kind: ResourceKind, row: str) -> dict[int, list[Booking]]:
        """Slot -> the lessons of the resource then, by start and id."""
        known = self._at_slots
        if (kind, row) not in known:
            found = known.setdefault((kind, row), {})
            for booking in self.of(kind, row):
                for slot in range(booking.start, booking.end):
                    found.setdefault(slot, []).append(booking)
        return known[kind, row]

    def at_slot(self, kind: ResourceKind, row: str, slot: int) -> list[Booking]:
        return self.at_slots(kind, row).get(slot, [])

    @cached_property
    def _at_slots(self) -> dict[tuple[ResourceKind, str], dict[int, list[Booking]]]:
        return {}

    def gaps(self, kind: ResourceKind, row: str, day: int, busy: list[int]) -> int:
        """Open positions between the first and the last busy one of a day that are not busy."""
        if not busy:
            return 0
        open_ = self.open_positions(kind, row, day)
        if len(open_) == len(self.grid.day_cells[day % len(self.grid.day_names)]):
            return busy[-1] - busy[0] + 1 - len(busy)
        taken = set(busy)
        return sum(1 for p in open_ if busy[0] < p < busy[-1] and p not in taken)

    @cached_property
    def bookings(self) -> dict[tuple[ResourceKind, str], list[Booking]]:
        """Resource -> its lessons, one entry per lesson and week, by slot."""
        found: dict[tuple[ResourceKind, str], list[Booking]] = {}
        size = self.grid.size
        for placement in sorted(self.timetable.placements, key=attrgetter("lesson")):
            lesson = self.problem.lesson[placement.lesson]
            weeks = self.problem.weeks_of(lesson)
            bookings = [Booking(week * size + placement.start, lesson, placement) for week in weeks]
            for key in self.resources(lesson, placement):
                found.setdefault(key, []).extend(bookings)
        for rows in found.values():
            rows.sort(key=itemgetter(0))  # lessons of one start stay in order
        return found

    def resources(self, lesson: Lesson, placement: Placement) -> Iterator[tuple[ResourceKind, str]]:
        """Everything the placed lesson keeps busy, each once."""
        return resources(self.problem, lesson, placement)

    def resources_at(self, lesson: Lesson, placement: Placement) -> list[tuple[ResourceKind, str]]:
        """The same, remembered for lessons that are put at many places."""
        key = (lesson.id, placement.rooms, placement.teachers)
        if key not in self._resources:
            self._resources[key] = list(self.resources(lesson, placement))
        return self._resources[key]

    @cached_property
    def _resources(self) -> dict[tuple[object, ...], list[tuple[ResourceKind, str]]]:
        return {}

    def of(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> list[Booking]:
        """Lessons of a resource by slot; with tags, only those that carry one of them."""
        rows = self.bookings.get((kind, row), [])
        return [b for b in rows if b.lesson.all_tags.intersection(tags)] if tags else rows

    def busy(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> set[int]:
        """Slots in which a resource is busy."""
        return {slot for b in self.of(kind, row, tags) for slot in range(b.start, b.end)}

    def busy_mask(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> int:
        """The same as a number with one bit for each slot."""
        key = (kind, row, tags)
        if key not in self._busy_masks:
            self._busy_masks[key] = taken(self.of(kind, row, tags))
        return self._busy_masks[key]

    @cached_property
    def _busy_masks(self) -> dict[tuple[ResourceKind, str, tuple[str, ...]], int]:
        return {}

    def crowded(self, kind: ResourceKind, row: str) -> int:
        """The slots in which a resource has more than one lesson, one bit for each."""
        if (kind, row) not in self._crowded:
            busy = crowded = 0
            for booking in self.of(kind, row):
                crowded |= busy & booking.slots
                busy |= booking.slots
            self._crowded[kind, row] = crowded
        return self._crowded[kind, row]

    @cached_property
    def _crowded(self) -> dict[tuple[ResourceKind, str], int]:
        return {}

    def rooms_of(self, placement: Placement) -> tuple[str, ...]:
        """The rooms a lesson is in."""
        rooms = tuple(r for r in placement.rooms if r is not None) if None in placement.rooms else placement.rooms
        return rooms  # type: ignore[return-value]  # none is None

    def site_of(self, placement: Placement) -> str:
        """Site of the first room of a lesson that has one."""
        return self.problem.room[self.rooms_of(placement)[0]].site

    def lesson_days(self, rule: ResourceRule) -> Iterator[tuple[str, int, list[Booking]]]:
        """For each resource the rule speaks of and each of its busy days over all weeks: its lessons, by time."""
        for row in self.rows(rule.who):
            for day, bookings in self.by_days(rule.who.kind, row, rule.tags).items():
                yield row, day, bookings

    def by_days(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> dict[int, list[Booking]]:
        """Day over all weeks -> lessons of a resource that start on it, by time."""
        key = (kind, row, tags)
        if key not in self._by_days:
            found = self._by_days.setdefault(key, {})
            for booking in self.of(kind, row, tags):
                found.setdefault(self.position(booking.start)[0], []).append(booking)
        return self._by_days[key]

    @cached_property
    def _by_days(self) -> dict[tuple[ResourceKind, str, tuple[str, ...]], dict[int, list[Booking]]]:
        return {}

    def roomed_days(self, rule: ResourceRule) -> Iterator[tuple[str, int, list[Booking]]]:
        """Like `lesson_days`, but only lessons that have a room."""
        for row, day, bookings in self.lesson_days(rule):
            roomed = [b for b in bookings if self.rooms_of(b.placement)]
            if roomed:
                yield row, day, roomed

    def changes(
        self, rule: ResourceRule, per: Span, where: Callable[[Placement], object]
    ) -> Iterator[tuple[str, int, int]]:
        """For each resource the rule speaks of and each day or week: (resource, day over all weeks or week, how many
        times its successive lessons of a day are not at the same place)."""
        found: dict[tuple[str, int], int] = {}
        for row, day, bookings in self.roomed_days(rule):
            places = [where(b.placement) for b in bookings]
            key = (row, day if per == "day" else day // len(self.grid.day_names))
            found[key] = found.get(key, 0) + sum(a != b for a, b in pairwise(places))
        for (row, number), count in found.items():
            yield row, number, count

    def span_label(self, per: Span, number: int) -> str:
        """ "on Monday" or "in the week"."""
        return f"on {self.day_label(number)}" if per == "day" else self.week_label(number)

    def days(self, rule: ResourceRule) -> Iterator[tuple[str, int, list[int]]]:
        """For each resource the rule speaks of and each of its busy days: (resource, day over all weeks, its busy
        cells as sorted positions within the day, 0 the first of the day)."""
        for row in self.rows(rule.who):
            for day, positions in self.busy_positions(rule.who.kind, row, rule.tags).items():
                yield row, day, positions

    def weeks(self, rule: ResourceRule) -> Iterator[tuple[str, int, dict[int, list[int]]]]:
        """For each resource the rule speaks of and each week, busy or not: (resource, week, day of the week ->
        busy positions within the day)."""
        count = len(self.grid.day_names)
        for row in self.rows(rule.who):
            found: list[dict[int, list[int]]] = [{} for _ in self.grid.weeks]
            for day, positions in self.busy_positions(rule.who.kind, row, rule.tags).items():
                found[day // count][day % count] = positions
            for week, days in enumerate(found):
                yield row, week, days

    def busy_positions(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> dict[int, list[int]]:
        """Day over all weeks -> sorted positions within it in which a resource is busy."""
        key = (kind, row, tags)
        if key not in self._busy_positions:
            found = self._busy_positions.setdefault(key, {})
            for slot in sorted(self.busy(kind, row, tags)):
                day, position = self.position(slot)
                found.setdefault(day, []).append(position)
        return self._busy_positions[key]

    @cached_property
    def _busy_positions(self) -> dict[tuple[ResourceKind, str, tuple[str, ...]], dict[int, list[int]]]:
        return {}

    def busy_days(
        self, rule: ResourceRule, cells: frozenset[int] | None = None
    ) -> Iterator[tuple[str, int, list[int]]]:
        """For each resource the rule speaks of and each week: (resource, week, days of the week on which it is busy);
        with `cells`, only days on which it is busy in one of them."""
        for row, week, days in self.weeks(rule):
            starts = [day.start for day in self.grid.day_cells]
            met = [d for d, busy in days.items() if cells is None or any(starts[d] + p in cells for p in busy)]
            yield row, week, met

    def runs(self, day: int, busy: list[int]) -> list[list[int]]:
        """The busy positions of a day (over all weeks) as stretches of joined cells."""
        first, found = self.grid.day_cells[day % len(self.grid.day_names)].start, list[list[int]]()
        for position in busy:
            if found and found[-1][-1] == position - 1 and self.grid.cells[first + position].joined:
                found[-1].append(position)
            else:
                found.append([position])
        return found

    def open_before(self, kind: ResourceKind, row: str, day: int, position: int) -> int:
        """How many positions of a day before the given one are open."""
        return bisect_left(self.open_positions(kind, row, day), position)

    def position(self, slot: int) -> tuple[int, int]:
        """(day over all weeks, position within the day) of a slot."""
        return self.grid.positions[slot]

    def day_label(self, day: int) -> str:
        """Name of a day over all weeks."""
        week, day = divmod(day, len(self.grid.day_names))
        name = self.grid.day_names[day]
        return name if len(self.grid.weeks) == 1 else f"{name} (week {self.grid.weeks[week]})"

    def day_list(self, days: Iterable[int]) -> str:
        """Names of some days of the week: "Mon, Tue"."""
        return ", ".join(self.grid.day_names[d] for d in days)

    def time(self, day: int, position: int) -> str:
        """A position of a day (over all weeks) as a person says it: "Mon P3"."""
        week, day = divmod(day, len(self.grid.day_names))
        return self.grid.slot_label(week * self.grid.size + self.grid.day_cells[day].start + position)

    def week_label(self, week: int) -> str:
        return "in the week" if len(self.grid.weeks) == 1 else f"in week {self.grid.weeks[week]}"

    def open_positions(self, kind: ResourceKind, row: str, day: int) -> list[int]:
        """Positions of a day (over all weeks) in which the resource is not closed."""
        key = (kind, row, day % len(self.grid.day_names))
        if key not in self._open_positions:
            cells, closed = self.grid.day_cells[key[2]], self.problem.closed.get((kind, row), frozenset())
            self._open_positions[key] = [c - cells.start for c in cells if c not in closed]
        return self._open_positions[key]

    @cached_property
    def _open_positions(self) -> dict[tuple[ResourceKind, str, int], list[int]]:
        return {}

    def name(self, kind: ResourceKind, row: str) -> str:
        """How a person names a resource."""
        return self.problem.students.label(row) if kind == "class" else row

    def rows(self, who: Who) -> tuple[str, ...]:
        return self.problem.rows(who)


def mask(slots: Iterable[int]) -> int:
    """Some slots, each once, as a number with one bit for each."""
    return sum(1 << slot for slot in slots)


def taken(bookings: Iterable[Booking]) -> int:
    """The slots that lessons cover, one bit for each."""
    slots = 0
    for booking in bookings:
        slots |= booking.slots
    return slots


def resources(problem: Problem, lesson: Lesson, placement: Placement) -> Iterator[tuple[ResourceKind, str]]:
    """Everything the lesson keeps busy at this place, each once."""
    for teacher in dict.fromkeys((*lesson.teachers, *placement.teachers)):
        yield "teacher", teacher
    for students in problem.students.of(lesson.classes):
        yield "class", students
    for room in dict.fromkeys(placement.rooms):
        if room is not None:
            yield "room", room


def _check(problem: Problem, placement: Placement) -> None:
    lesson = problem.lesson.get(placement.lesson)
    if lesson is None:
        raise ValueError(f"the timetable places the unknown lesson {placement.lesson!r}")
    if not problem.grid.fits(placement.start, lesson.duration):
        raise ValueError(f"lesson {lesson.id!r} of {lesson.duration} periods does not fit at cell {placement.start}")
    if len(placement.rooms) != len(lesson.rooms):
        raise ValueError(f"lesson {lesson.id!r} asks for {len(lesson.rooms)} rooms, is given {len(placement.rooms)}")
    for room in placement.rooms:
        if room is not None and room not in problem.room:
            raise ValueError(f"lesson {lesson.id!r} is in the unknown room {room!r}")
    if len(placement.teachers) != len(lesson.any_teacher):
        raise ValueError(
            f"lesson {lesson.id!r} has {len(lesson.any_teacher)} teachers to choose, is given {len(placement.teachers)}"
        )
    for teacher in placement.teachers:
        if teacher not in problem.teacher:
            raise ValueError(f"lesson {lesson.id!r} is given to the unknown teacher {teacher!r}")
