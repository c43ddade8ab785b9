"""What happens to a school in the middle of the year: seeded disruptions of a timetable that kept every rule."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from random import Random
from typing import NamedTuple

from datasets.generate import Generated
from models.problem import Lesson, Problem, RoomRequest, SchoolClass
from models.rules.not_twice_a_day import NotTwiceADay
from models.timetable import Placement, Timetable

NUMBERS = range(1, 21)
"""Disruptions of each kind."""

Change = Mapping[str, object]


class Disruption(NamedTuple):
    """changes: as `timewright repair --changes` reads them; timetable: the one to repair."""

    changes: Sequence[Change]
    timetable: Timetable


def disruption(made: Generated, kind: str, number: int) -> Disruption:
    """Equal arguments make equal disruptions. KeyError for an unknown kind."""
    return KINDS[kind](made, Random(f"{made.problem.name}/{kind}/{number}"))


def teacher_day(made: Generated, random: Random) -> Disruption:
    """A teacher who teaches on a day is ill on it."""
    teacher, day = _teaching_day(made, random)
    return Disruption([{"change": "absent", "teacher": teacher, "times": day}], made.timetable)


def teacher_week(made: Generated, random: Random) -> Disruption:
    """A teacher is ill for the whole week."""
    teacher, _ = _teaching_day(made, random)
    return Disruption([{"change": "absent", "teacher": teacher, "times": "always"}], made.timetable)


def teacher_hours(made: Generated, random: Random) -> Disruption:
    """A teacher keeps her lessons but cannot come on a day any more: they must move, if they can at all."""
    teacher, day = _teaching_day(made, random)
    return Disruption([{"change": "unavailable", "teacher": teacher, "times": day}], made.timetable)


def room_closed(made: Generated, random: Random) -> Disruption:
    """A room in use is closed for the whole week."""
    rooms = sorted({r for p in made.timetable.placements for r in p.rooms if r is not None})
    return Disruption([{"change": "closed", "room": random.choice(rooms), "times": "always"}], made.timetable)


def class_added(made: Generated, random: Random) -> Disruption:
    """A new class with the subjects that one of the classes has by itself, taught by anyone who teaches them."""
    problem = made.problem
    model = random.choice([c for c in problem.classes if c.part_of is None])
    new = SchoolClass(id=f"{model.id} new", level=model.level, size=model.size)
    lessons = [_for_class(problem, x, new) for x in problem.lessons if x.classes == (model.id,)]
    changes: list[Change] = [{"change": "add class", "class": new.model_dump()}]
    changes += ({"change": "add", "lesson": x.model_dump()} for x in lessons)
    for _, group in groupby(lessons, key=lambda x: x.course):
        ids = tuple(x.id for x in group)
        if len(ids) > 1:
            changes.append({"change": "rule", "rule": NotTwiceADay(lessons=ids).model_dump()})
    return Disruption(changes, made.timetable)


def clashes(made: Generated, random: Random) -> Disruption:
    """Two lessons have been put where another one of the same people is."""
    places = dict(made.timetable.placement)
    for _ in range(2):
        moved, onto = _that_share_people(made.problem, places, random)
        places[moved] = places[moved].model_copy(update={"start": places[onto].start})
    return Disruption([], Timetable(placements=tuple(places.values())))


KINDS: dict[str, Callable[[Generated, Random], Disruption]] = {
    "teacher-day": teacher_day,
    "teacher-week": teacher_week,
    "room-closed": room_closed,
    "class-added": class_added,
    "clashes": clashes,
    "teacher-hours": teacher_hours,
}


def _teaching_day(made: Generated, random: Random) -> tuple[str, str]:
    """A teacher, and the name of a day on which she teaches."""
    problem, grid = made.problem, made.problem.grid
    days: dict[str, set[int]] = {}
    for place in made.timetable.placements:
        for teacher in (*problem.lesson[place.lesson].teachers, *place.teachers):
            days.setdefault(teacher, set()).add(grid.cells[place.start].day)
    teacher = random.choice(sorted(days))
    return teacher, grid.day_names[random.choice(sorted(days[teacher]))]


def _for_class(problem: Problem, lesson: Lesson, new: SchoolClass) -> Lesson:
    """The lesson once more, for another class: with no room or teacher of its own."""
    teachers = tuple(t.id for t in problem.teachers if lesson.subject in t.subjects)
    features = {f for r in lesson.rooms for room in problem.room_choices(r)[:1] for f in problem.room[room].features}
    fields: dict[str, object] = {
        "id": f"{new.id} {lesson.id}",
        "course": f"{new.id} {lesson.course}",
        "classes": (new.id,),
        "teachers": (),
        "any_teacher": (teachers or lesson.teachers,),
        "rooms": (RoomRequest(features=tuple(sorted(features))),),
    }
    return lesson.model_copy(update=fields)


def _that_share_people(problem: Problem, places: Mapping[str, Placement], random: Random) -> tuple[str, str]:
    """Two lessons that share a teacher or students and are at different times, the first fitting where the second
    is."""
    ids = sorted(places)
    while True:
        a, b = random.sample(ids, 2)
        one, other = problem.lesson[a], problem.lesson[b]
        shared = not set(_people(problem, one)).isdisjoint(_people(problem, other))
        if shared and places[a].start != places[b].start and problem.grid.fits(places[b].start, one.duration):
            return a, b


def _people(problem: Problem, lesson: Lesson) -> Iterator[tuple[str, str]]:
    yield from (("teacher", t) for t in lesson.teachers)
    yield from (("class", s) for s in problem.students.of(lesson.classes))
