"""The canonical problem: everything a timetable is made of and judged by."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from models.base import Id, ResourceKind, Value
from models.rules import AnyRule
from models.rules.base import LessonRule, ResourceRule, Who
from models.students import StudentSets
from models.time import Grid


class Subject(Value):
    """colour: #RRGGBB, or empty."""

    id: Id
    name: str = ""
    colour: Annotated[str, Field(pattern=r"^(#[0-9A-Fa-f]{6})?$")] = ""
    source: str = ""


class Teacher(Value):
    """subjects: what the teacher is qualified for; empty means not stated."""

    id: Id
    name: str = ""
    email: str = ""
    subjects: tuple[Id, ...] = ()
    source: str = ""


class SchoolClass(Value):
    """A class, or a part of one.

    part_of and split: the parts that share a parent and a split partition the parent. Parts of different splits
    clash, parts of one split do not. students: names of the atomic student sets, when they are known; empty means
    derived from the splits. size: number of students; 0 means not stated.
    """

    id: Id
    name: str = ""
    level: str = ""
    size: NonNegativeInt = 0
    part_of: Id | None = None
    split: str = ""
    students: tuple[Id, ...] = ()
    source: str = ""


class Room(Value):
    """capacity: seats; None means not limited. site: building or place, for travel; empty means the only one."""

    id: Id
    name: str = ""
    capacity: NonNegativeInt | None = None
    features: tuple[Id, ...] = ()
    site: str = ""
    source: str = ""


class RoomRequest(Value):
    """One room a lesson needs: one of `any_of` (empty: any room) with all `features` and at least `seats` seats.

    optional: the lesson may go without; the rule `room_wanted` puts a price on that.
    """

    any_of: tuple[Id, ...] = ()
    features: tuple[Id, ...] = ()
    seats: NonNegativeInt = 0
    optional: bool = False


class Pin(Value):
    """What is already decided for a lesson. Each field may be left open (None)."""

    start: NonNegativeInt | None = None
    rooms: tuple[Id | None, ...] | None = None
    teachers: tuple[Id, ...] | None = None


class Lesson(Value):
    """One event to be placed.

    course: the teaching commitment it belongs to; the lessons of a course are interchangeable to people.
    duration: in cells. teachers: all of these; any_teacher: for each entry, one of its candidates, chosen by the
    solver. rooms: one room for each request. weeks: positions of the weeks in which it happens; empty means all.
    students: how many take part; None means the sum of the class sizes.
    buffer_before, buffer_after: pause in minutes asked from its neighbours (see rule `buffer`).
    """

    id: Id
    subject: str = ""
    course: str = ""
    duration: PositiveInt = 1
    classes: tuple[Id, ...] = ()
    teachers: tuple[Id, ...] = ()
    any_teacher: tuple[Annotated[tuple[Id, ...], Field(min_length=1)], ...] = ()
    rooms: tuple[RoomRequest, ...] = ()
    weeks: tuple[NonNegativeInt, ...] = ()
    students: NonNegativeInt | None = None
    tags: tuple[Id, ...] = ()
    pin: Pin = Pin()
    buffer_before: NonNegativeInt = 0
    buffer_after: NonNegativeInt = 0
    source: str = ""

    @cached_property
    def all_tags(self) -> frozenset[str]:
        return frozenset((*self.tags, f"subject:{self.subject}"))

    def may_go_without(self, position: int) -> bool:
        """Whether the room request at this position may be left without a room: a room named by the pin must be had."""
        pinned = self.pin.rooms
        return self.rooms[position].optional and (pinned is None or pinned[position] is None)

    @property
    def title(self) -> str:
        """How a person names it: "Math 7A"."""
        return " ".join(filter(None, (self.subject, "+".join(self.classes)))) or self.id


class Problem(Value):
    """A whole school, studio or institute with its lessons and rules.

    Clashes and room requests are always judged (`STRUCTURAL` rules); everything else stands in `rules`.
    """

    schema_version: Literal[1] = 1
    name: str = ""
    grid: Grid
    subjects: tuple[Subject, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    classes: tuple[SchoolClass, ...] = ()
    rooms: tuple[Room, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    rules: tuple[AnyRule, ...] = ()

    @cached_property
    def lesson(self) -> dict[str, Lesson]:
        return {x.id: x for x in self.lessons}

    @cached_property
    def title(self) -> dict[str, str]:
        """Lesson -> how a person names it."""
        return {x.id: x.title for x in self.lessons}

    @cached_property
    def room(self) -> dict[str, Room]:
        return {x.id: x for x in self.rooms}

    @cached_property
    def class_(self) -> dict[str, SchoolClass]:
        return {x.id: x for x in self.classes}

    @cached_property
    def teacher(self) -> dict[str, Teacher]:
        return {x.id: x for x in self.teachers}

    @cached_property
    def students(self) -> StudentSets:
        """The atomic student sets."""
        return StudentSets(self.classes, self.lessons)

    def weeks_of(self, lesson: Lesson) -> tuple[int, ...]:
        return lesson.weeks or tuple(range(len(self.grid.weeks)))

    def slots_of(self, lesson: Lesson, start: int) -> list[int]:
        """All slots the lesson covers when it starts at cell `start`, over all its weeks."""
        size = self.grid.size
        return [w * size + c for w in self.weeks_of(lesson) for c in range(start, start + lesson.duration)]

    def head_count(self, lesson: Lesson) -> int:
        if lesson.students is not None:
            return lesson.students
        return sum(self.class_[c].size for c in lesson.classes)

    def useful_seats(self, room: str, heads: int) -> int:
        """How many of `heads` people find a seat in the room; all, where the capacity is not limited."""
        capacity = self.room[room].capacity
        return heads if capacity is None else min(heads, capacity)

    @cached_property
    def _room_choices(self) -> dict[RoomRequest, tuple[str, ...]]:
        return {}

    def room_choices(self, request: RoomRequest) -> tuple[str, ...]:
        """Ids of the rooms that fulfil the request, in the order asked for (any_of) or of the problem."""
        known = self._room_choices
        if request not in known:
            rooms = [self.room[r] for r in request.any_of] if request.any_of else self.rooms
            known[request] = tuple(
                r.id
                for r in rooms
                if set(request.features) <= set(r.features)
                and (not request.seats or r.capacity is None or r.capacity >= request.seats)
            )
        return known[request]

    @cached_property
    def closed(self) -> dict[tuple[ResourceKind, str], frozenset[int]]:
        """Resource -> cells in which a hard rule `unavailable` keeps it free of every lesson."""
        found: dict[tuple[ResourceKind, str], set[int]] = {}
        for rule in self.rules:
            if rule.kind == "unavailable" and rule.weight is None and not rule.tags:
                for row in self.rows(rule.who):
                    found.setdefault((rule.who.kind, row), set()).update(rule.cells)
        return {key: frozenset(cells) for key, cells in found.items()}

    def rows(self, who: Who) -> tuple[str, ...]:
        """The resources a rule speaks of: teacher ids, room ids, or atomic student sets."""
        if who.kind == "class":
            return self.students.of(who.ids) if who.ids else self.students.sets
        return who.ids or tuple(x.id for x in (self.teachers if who.kind == "teacher" else self.rooms))

    def starts(self, lesson: Lesson) -> tuple[int, ...]:
        """Cells where the lesson fits into a day, or its pinned start alone; no rule is looked at."""
        if lesson.pin.start is not None:
            return (lesson.pin.start,)
        known = self._fitting
        if lesson.duration not in known:
            known[lesson.duration] = tuple(c for c in range(self.grid.size) if self.grid.fits(c, lesson.duration))
        return known[lesson.duration]

    @cached_property
    def _fitting(self) -> dict[int, tuple[int, ...]]:
        """Duration -> cells where a lesson of it fits, filled as asked for."""
        return {}

    @model_validator(mode="after")
    def invariants_hold(self) -> "Problem":
        for invariant in INVARIANTS:
            for message in invariant(self):
                raise ValueError(message)
        return self


def ids_are_unique(p: Problem) -> Iterator[str]:
    for kind, things in _collections(p):
        seen: set[str] = set()
        for id_ in things:
            if id_ in seen:
                yield f"{kind} id {id_!r} occurs twice"
            seen.add(id_)


def _collections(p: Problem) -> Iterator[tuple[str, list[str]]]:
    yield "subject", [x.id for x in p.subjects]
    yield "teacher", [x.id for x in p.teachers]
    yield "class", [x.id for x in p.classes]
    yield "room", [x.id for x in p.rooms]
    yield "lesson", [x.id for x in p.lessons]


def class_parents_are_known(p: Problem) -> Iterator[str]:
    for c in p.classes:
        if c.part_of is not None and c.part_of not in p.class_:
            yield f"class {c.id!r} is part of the unknown class {c.part_of!r}"
        if c.part_of is not None and not c.students and not c.split:
            yield f"class {c.id!r} is part of {c.part_of!r} but names no split"


def class_parts_form_a_tree(p: Problem) -> Iterator[str]:
    for c in p.classes:
        above = c
        for _ in p.classes:
            if above.part_of is None:
                break
            above = p.class_[above.part_of]
        else:
            yield f"class {c.id!r} is part of itself"


def lessons_name_known_classes(p: Problem) -> Iterator[str]:
    for x in p.lessons:
        for c in x.classes:
            if c not in p.class_:
                yield f"lesson {x.id!r} names the unknown class {c!r}"


def lessons_name_known_teachers(p: Problem) -> Iterator[str]:
    for x in p.lessons:
        for t in (*x.teachers, *(t for choice in x.any_teacher for t in choice)):
            if t not in p.teacher:
                yield f"lesson {x.id!r} names the unknown teacher {t!r}"


def lessons_name_known_rooms(p: Problem) -> Iterator[str]:
    for x in p.lessons:
        for request in x.rooms:
            for r in request.any_of:
                if r not in p.room:
                    yield f"lesson {x.id!r} asks for the unknown room {r!r}"


def lessons_name_known_weeks(p: Problem) -> Iterator[str]:
    for x in p.lessons:
        for w in x.weeks:
            if w >= len(p.grid.weeks):
                yield f"lesson {x.id!r} is in week {w}, the grid has {len(p.grid.weeks)} (counted from 0)"


def lessons_fit_a_day(p: Problem) -> Iterator[str]:
    longest = max(p.grid.runs, default=0)
    for x in p.lessons:
        if x.duration > longest:
            yield f"lesson {x.id!r} takes {x.duration} periods, the longest unbroken stretch of a day is {longest}"


def pins_are_possible(p: Problem) -> Iterator[str]:
    for x in p.lessons:
        pin = x.pin
        if pin.start is not None and not p.grid.fits(pin.start, x.duration):
            yield f"lesson {x.id!r} of {x.duration} periods is pinned to cell {pin.start}, where it does not fit"
        if pin.rooms is not None and len(pin.rooms) != len(x.rooms):
            yield f"lesson {x.id!r} has {len(x.rooms)} room requests, its pin names {len(pin.rooms)} rooms"
        for r in pin.rooms or ():
            if r is not None and r not in p.room:
                yield f"lesson {x.id!r} is pinned to the unknown room {r!r}"
        if pin.teachers is not None and len(pin.teachers) != len(x.any_teacher):
            yield f"lesson {x.id!r} has {len(x.any_teacher)} teachers to choose, its pin names {len(pin.teachers)}"
        for t, choice in zip(pin.teachers or (), x.any_teacher, strict=False):
            if t not in choice:
                yield f"lesson {x.id!r} is pinned to teacher {t!r}, who is not among its candidates"


def rules_name_known_objects(p: Problem) -> Iterator[str]:
    known: dict[ResourceKind, dict[str, object]] = {
        "teacher": dict(p.teacher),
        "class": dict(p.class_),
        "room": dict(p.room),
    }
    for rule in p.rules:
        if isinstance(rule, ResourceRule):
            for id_ in rule.who.ids:
                if id_ not in known[rule.who.kind]:
                    yield f"rule {rule.name} names the unknown {rule.who.kind} {id_!r}"
        if isinstance(rule, LessonRule):
            for id_ in rule.lessons:
                if id_ not in p.lesson:
                    yield f"rule {rule.name} names the unknown lesson {id_!r}"
        for room in _rooms_named_by(rule):
            if room not in p.room:
                yield f"rule {rule.name} names the unknown room {room!r}"


def _rooms_named_by(rule: AnyRule) -> Iterable[str]:
    rooms: tuple[str, ...] = getattr(rule, "rooms", ())
    room: str | None = getattr(rule, "room", None)
    return rooms if room is None else (*rooms, room)


def rules_name_known_cells(p: Problem) -> Iterator[str]:
    for rule in p.rules:
        cells: tuple[int, ...] = getattr(rule, "cells", ())
        for cell in cells:
            if not 0 <= cell < p.grid.size:
                yield f"rule {rule.name} names cell {cell}, the grid has {p.grid.size} (counted from 0)"


INVARIANTS: tuple[Callable[[Problem], Iterator[str]], ...] = (
    ids_are_unique,
    class_parents_are_known,
    class_parts_form_a_tree,
    lessons_name_known_classes,
    lessons_name_known_teachers,
    lessons_name_known_rooms,
    lessons_name_known_weeks,
    lessons_fit_a_day,
    pins_are_possible,
    rules_name_known_objects,
    rules_name_known_cells,
)
