"""Tiny problems, rules and timetables at random, with one of everything the domain knows.

Each generator takes a `random.Random`, so that a seed names a case; `problems()` hands them to hypothesis.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, TypeVar

from annotated_types import Gt
from hypothesis import strategies as st

from models.base import ResourceKind, Value
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Subject, Teacher
from models.rules import RULES, AnyRule, Rule, Who
from models.rules.travel_time import Travel
from models.rules.unavailable import Unavailable
from models.time import ClockGrid, Day, Grid, Opening, Period, PeriodGrid, PeriodKind
from models.timetable import Placement, Timetable, Unplaced

ValueT = TypeVar("ValueT", bound=Value)

DAYS = ("Mon", "Tue", "Wed", "Thu")
TAGS = ("x", "y")
SUBJECTS = ("ART", "MAT")
SITES = ("", "North", "South")
FEATURES = ("hall", "lab")


def problems() -> st.SearchStrategy[Problem]:
    return st.randoms(use_true_random=False).map(random_problem)


def some(
    random: Random, things: tuple[Any, ...] | list[Any], least: int = 0, most: int | None = None
) -> tuple[Any, ...]:
    """Some of the things, in their order."""
    count = random.randint(min(least, len(things)), min(len(things), len(things) if most is None else most))
    return tuple(things[i] for i in sorted(random.sample(range(len(things)), count)))


# ---- problems ------------------------------------------------------------------------------------------------------


def random_problem(random: Random) -> Problem:
    """2-4 days of 3-6 cells, 2-4 teachers and rooms, 1-2 classes with parts, 4-9 lessons; its only rules keep some
    resources closed."""
    grid = random_grid(random)
    teachers = tuple(Teacher(id=f"T{i}") for i in range(random.randint(2, 4)))
    classes = tuple(random_classes(random))
    rooms = tuple(random_room(random, f"R{i}") for i in range(random.randint(2, 4)))
    base = Problem(
        grid=grid,
        subjects=tuple(Subject(id=s) for s in SUBJECTS),
        teachers=teachers,
        classes=classes,
        rooms=rooms,
    )
    lessons = tuple(random_lesson(random, base, f"L{i}") for i in range(random.choice((4, 5, 6, 7, 8, 9, 9))))
    return changed(base, lessons=lessons, rules=tuple(random_closures(random, base)))


def changed(value: ValueT, **fields: Any) -> ValueT:
    """The same value with other fields, validated again."""
    return type(value)(**{**{name: getattr(value, name) for name in type(value).model_fields}, **fields})


def random_grid(random: Random) -> Grid:
    weeks = random.choice((("every",), ("every",), ("A", "B")))
    if random.random() < 0.25:
        return ClockGrid(weeks=weeks, openings=tuple(random_openings(random)), step=30)
    days = DAYS[: random.randint(2, len(DAYS))]
    return PeriodGrid(weeks=weeks, days=tuple(Day(id=d) for d in days), periods=tuple(random_periods(random, days)))


def random_openings(random: Random) -> Iterator[Opening]:
    """2-3 dates of 4-6 steps, some with a pause at noon."""
    for day in range(random.randint(2, 3)):
        date, steps = dt.date(2030, 1, 7 + day), random.randint(4, 6)
        noon = random.randint(1, 3) if random.random() < 0.4 else 0
        if noon:
            yield Opening(date=date, start=540, end=540 + 30 * noon)
        yield Opening(date=date, start=600 + 30 * noon, end=600 + 30 * steps)


def random_periods(random: Random, days: tuple[str, ...]) -> Iterator[Period]:
    """3-6 lessons a day, between them breaks, lunch and assemblies; some days are shorter."""
    count, clock = random.randint(3, 6), 480
    lasting = {d: count if random.random() < 0.7 else random.randint(2, count) for d in days}
    lasting[days[0]] = count
    for number in range(count):
        between = random.choice((None, None, PeriodKind.BREAK, PeriodKind.LUNCH, PeriodKind.ASSEMBLY))
        if number and between:
            yield Period(id=f"{between}{number}", start=clock, end=clock + 20, kind=between)
            clock += 20
        yield Period(id=f"P{number}", start=clock, end=clock + 40, days=tuple(d for d in days if lasting[d] > number))
        clock += 40 + random.choice((0, 5))


def random_classes(random: Random) -> Iterator[SchoolClass]:
    """One or two classes; the first is divided in one or two ways, or its atomic sets are named."""
    if random.random() < 0.2:
        yield SchoolClass(id="A", size=20, students=("s1", "s2"))
        yield SchoolClass(id="A1", size=10, part_of="A", students=("s1",))
    else:
        yield SchoolClass(id="A", size=20)
        for split in some(random, ("language", "sport")):
            yield from (SchoolClass(id=f"A-{split}{i}", size=10, part_of="A", split=split) for i in (1, 2))
    if random.random() < 0.7:
        yield SchoolClass(id="B", size=15)


def random_room(random: Random, id_: str) -> Room:
    return Room(
        id=id_,
        capacity=random.choice((None, 10, 20, 30)),
        features=some(random, FEATURES),
        site=random.choice(SITES),
    )


def random_lesson(random: Random, base: Problem, id_: str) -> Lesson:
    teachers = [t.id for t in base.teachers]
    lesson = Lesson(
        id=id_,
        subject=random.choice(SUBJECTS),
        course=random.choice(("c1", "c2", "c3")),
        duration=min(random.choice((1, 1, 1, 2, 2, 3)), max(base.grid.runs)),
        classes=some(random, [c.id for c in base.classes], 1, random.choice((1, 1, 1, 2))),
        teachers=some(random, teachers, 0, random.choice((1, 1, 2))),
        any_teacher=(some(random, teachers, 2, 3),) if random.random() < 0.4 else (),
        rooms=tuple(random_request(random, base) for _ in range(random.choice((0, 1, 1, 1, 2)))),
        weeks=some(random, list(range(len(base.grid.weeks)))) if random.random() < 0.5 else (),
        students=random.choice((None, None, 0, 12, 25)),
        tags=some(random, TAGS),
        buffer_before=random.choice((0, 0, 15, 40)),
        buffer_after=random.choice((0, 0, 30, 45)),
    )
    return changed(lesson, pin=random_pin(random, base, lesson)) if random.random() < 0.2 else lesson


def random_request(random: Random, base: Problem) -> RoomRequest:
    return RoomRequest(
        any_of=some(random, [r.id for r in base.rooms], 2) if random.random() < 0.4 else (),
        features=some(random, FEATURES, 1, 1) if random.random() < 0.1 else (),
        seats=random.choice((0, 0, 0, 15)),
        optional=random.random() < 0.25,
    )


def random_pin(random: Random, base: Problem, lesson: Lesson) -> Pin:
    """A start, rooms or teachers that the lesson could have."""
    rooms = [base.room_choices(request) for request in lesson.rooms]
    return Pin(
        start=random.choice(base.starts(lesson)) if random.random() < 0.7 else None,
        rooms=tuple(random.choice(r) for r in rooms) if all(rooms) and random.random() < 0.3 else None,
        teachers=tuple(random.choice(t) for t in lesson.any_teacher) if random.random() < 0.3 else None,
    )


def random_closures(random: Random, base: Problem) -> Iterator[AnyRule]:
    for _ in range(random.choice((0, 0, 1, 2))):
        who = random_who(random, base)
        yield Unavailable(who=who, cells=some(random, list(range(base.grid.size)), 1, 3))


# ---- rules ---------------------------------------------------------------------------------------------------------


def random_rule(random: Random, problem: Problem, kind: type[Rule], hard: bool) -> Rule:
    """A rule of the kind about objects of the problem, its numbers small enough to matter."""
    names = [name for name in kind.model_fields if name not in ("kind", "weight", "source")]
    fields = {name: FIELDS[name](random, problem) for name in names}
    fields.update({name: max(1, fields[name]) for name in names if Gt(0) in kind.model_fields[name].metadata})
    return kind(weight=None if hard else random.randint(1, 9), **fields)


def random_rules(random: Random, problem: Problem, count: int) -> tuple[Rule, ...]:
    return tuple(random_rule(random, problem, random.choice(RULES), random.random() < 0.3) for _ in range(count))


def random_who(random: Random, problem: Problem) -> Who:
    kind: ResourceKind = random.choice(("teacher", "class", "room"))
    ids = {"teacher": list(problem.teacher), "class": list(problem.class_), "room": list(problem.room)}[kind]
    return Who(kind=kind, ids=some(random, ids, 0, random.choice((1, 1, len(ids)))))


def random_lessons(random: Random, problem: Problem) -> tuple[str, ...]:
    """At least two, where there are as many; often of those that have rooms, or teachers, to choose."""
    groups = [[x.id for x in problem.lessons]]
    groups += [[x.id for x in problem.lessons if x.rooms], [x.id for x in problem.lessons if x.any_teacher]]
    group = random.choice([ids for ids in groups if len(ids) > 1] or groups)
    return some(random, group, 2, random.choice((2, 3, 5)))


def random_cells(random: Random, problem: Problem) -> tuple[int, ...]:
    """Scattered cells, or the same part of every day, or none."""
    cells = range(problem.grid.size)
    if random.random() < 0.5:
        return some(random, list(cells))
    first, last = random.randint(0, 2), random.randint(2, 4)
    return tuple(c for day in problem.grid.day_cells for c in day[first:last])


def random_travel(random: Random, problem: Problem) -> tuple[Travel, ...]:
    minutes = some(random, (0, 30, 90), 0, 1)
    return tuple(Travel(a="North", b="South", minutes=m) for m in minutes)


def number(*values: Any) -> Callable[[Random, Problem], Any]:
    return lambda random, problem: random.choice(values)


FIELDS: dict[str, Callable[[Random, Problem], Any]] = {
    "who": random_who,
    "lessons": random_lessons,
    "cells": random_cells,
    "tags": lambda random, problem: some(random, (*TAGS, "subject:MAT"), 0, random.choice((0, 0, 0, 2))),
    "later": lambda random, problem: some(random, (*TAGS, "subject:MAT"), 0, random.choice((0, 1))),
    "span": number(1, 2, 2, 3),
    "starts": number(True, False),
    "circular": number(True, False),
    "or_none": number(True, False),
    "position": number(None, None, 0, 1),
    "room": lambda random, problem: random.choice(problem.rooms).id,
    "rooms": lambda random, problem: some(random, [r.id for r in problem.rooms]),
    "pairs": random_travel,
    "limit": number(0, 0, 0, 1, 1, 2, 2, 3, 4),
    "days": number(1, 1, 2, 3),
    "periods": number(1, 1, 2, 3),
    "minutes": number(0, 10, 25, 40, 90),
    "until": number(560, 610, 660, 720),
    "late_days": number(0, 0, 1, 2),
    "per": number("day", "week"),
    "empty_days": number(True, False),
    "whole": number(True, False),
    "same_day_only": number(True, False),
    "over_breaks": number(True, False),
}
"""Name of a rule's field -> how its value is drawn."""


# ---- timetables ----------------------------------------------------------------------------------------------------


def random_timetable(random: Random, problem: Problem) -> Timetable:
    """Every lesson anywhere, in any rooms with any teachers, or nowhere; most clash."""
    rooms = [None, *(r.id for r in problem.rooms)]
    placements = tuple(
        Placement(
            lesson=x.id,
            start=random.choice([c for c in range(problem.grid.size) if problem.grid.fits(c, x.duration)]),
            rooms=tuple(random.choice(rooms) for _ in x.rooms),
            teachers=tuple(random.choice(problem.teachers).id for _ in x.any_teacher),
        )
        for x in problem.lessons
        if random.random() < 0.9
    )
    return with_unplaced(problem, placements)


def clash_free_timetable(random: Random, problem: Problem, missing: float = 0.0) -> Timetable:
    """Lessons in random order, each at a free place or nowhere; breaks no structural rule and uses nothing that is
    closed. missing: share of the lessons left out from the start."""
    free = Free(problem)
    order = [x for x in problem.lessons if random.random() >= missing]
    random.shuffle(order)
    order.sort(key=lambda x: x.pin == Pin())
    placements = [p for p in (free.place(random, x) for x in order) if p is not None]
    return with_unplaced(problem, tuple(sorted(placements, key=lambda p: p.lesson)))


def with_unplaced(problem: Problem, placements: tuple[Placement, ...]) -> Timetable:
    placed = {p.lesson for p in placements}
    rest = tuple(Unplaced(lesson=x.id) for x in problem.lessons if x.id not in placed)
    return Timetable(placements=placements, unplaced=rest)


class Free:
    """What is still free while lessons are placed."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.taken: set[tuple[str, str, int]] = set()
        self.ends: set[int] = set()

    def place(self, random: Random, lesson: Lesson) -> Placement | None:
        for start in self.wished(random, lesson):
            resources: list[tuple[ResourceKind, str]] = [("teacher", t) for t in lesson.teachers]
            resources += [("class", s) for s in self.problem.students.of(lesson.classes)]
            if all(self.open(lesson, start, *r) for r in resources):
                teachers = self.choose_teachers(random, lesson, start)
                rooms = self.choose_rooms(random, lesson, start)
                if teachers is not None and rooms is not None:
                    resources += [("teacher", t) for t in teachers] + [("room", r) for r in rooms if r is not None]
                    slots = self.problem.slots_of(lesson, start)
                    self.ends.add(start + lesson.duration)
                    self.taken.update((kind, row, slot) for kind, row in resources for slot in slots)
                    return Placement(lesson=lesson.id, start=start, rooms=rooms, teachers=teachers)
        return None

    def wished(self, random: Random, lesson: Lesson) -> list[int]:
        """The starts in random order; sometimes early ones first, or those right after another lesson, so that some
        days are full and others empty."""
        starts = list(self.problem.starts(lesson))
        random.shuffle(starts)
        mood = random.random()
        if mood < 0.3:
            starts.sort()
        elif mood < 0.7:
            starts.sort(key=lambda c: c not in self.ends)
        return starts

    def open(self, lesson: Lesson, start: int, kind: ResourceKind, row: str) -> bool:
        closed = self.problem.closed.get((kind, row), frozenset())
        slots = self.problem.slots_of(lesson, start)
        return not any((kind, row, s) in self.taken or s % self.problem.grid.size in closed for s in slots)

    def choose_teachers(self, random: Random, lesson: Lesson, start: int) -> tuple[str, ...] | None:
        chosen: list[str] = []
        for i, options in enumerate(lesson.any_teacher):
            wanted = options if lesson.pin.teachers is None else lesson.pin.teachers[i : i + 1]
            open_ = [
                t for t in wanted if t not in (*lesson.teachers, *chosen) and self.open(lesson, start, "teacher", t)
            ]
            if not open_:
                return None
            chosen.append(random.choice(open_))
        return tuple(chosen)

    def choose_rooms(self, random: Random, lesson: Lesson, start: int) -> tuple[str | None, ...] | None:
        chosen: list[str | None] = []
        for i, request in enumerate(lesson.rooms):
            wanted = self.problem.room_choices(request) if lesson.pin.rooms is None else lesson.pin.rooms[i : i + 1]
            open_ = [r for r in wanted if r is not None and r not in chosen and self.open(lesson, start, "room", r)]
            if request.optional and lesson.pin.rooms is None and (not open_ or random.random() < 0.3):
                chosen.append(None)
            elif open_:
                chosen.append(random.choice(open_))
            else:
                return None
        return tuple(chosen)
