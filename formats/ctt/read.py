"""Reads a .ctt or .ectt file as a problem."""

from collections.abc import Iterator
from pathlib import Path

from formats.content import content
from formats.ctt.formulations import FORMULATIONS, Formulation, lectures_of
from formats.ctt.instance import Instance, read_instance
from models.problem import Lesson, Problem, Room, RoomRequest, SchoolClass, Subject, Teacher
from models.rules import AnyRule
from models.rules.preferred_times import PreferredTimes
from models.time import Day, Period, PeriodGrid

FIRST_BELL, HOUR, MIDNIGHT = 8 * 60, 60, 24 * 60
"""In minutes. The file has no clock; periods last an hour from eight on, less where a day has too many."""


def read_ctt(data: bytes | str | Path, formulation: Formulation = "UD2") -> Problem:
    """data: the content of a file, gzip or not, or where it lies. Courses become lessons of one period, curricula
    classes; days and periods keep their numbers, cell = day * periods a day + period.

    FormatError: the file is broken, or lacks what the formulation asks for; the message says where.
    """
    instance = read_instance(content(data))
    wishes = [rule for convert, weight in FORMULATIONS[formulation] for rule in convert(instance, weight)]
    return Problem(
        name=instance.name,
        grid=_grid(instance),
        subjects=tuple(Subject(id=course) for course in instance.courses),
        teachers=tuple(Teacher(id=t) for t in dict.fromkeys(c.teacher for c in instance.courses.values())),
        classes=tuple(SchoolClass(id=c, students=(c,)) for c in instance.curricula),
        rooms=tuple(Room(id=r.id, capacity=r.seats, site=r.building) for r in instance.rooms.values()),
        lessons=tuple(_lessons(instance)),
        rules=(*_availability(instance), *wishes),
    )


def _grid(instance: Instance) -> PeriodGrid:
    hour = min(HOUR, MIDNIGHT // instance.periods)
    bell = min(FIRST_BELL, MIDNIGHT - instance.periods * hour)
    starts = [bell + n * hour for n in range(instance.periods)]
    return PeriodGrid(
        days=tuple(Day(id=f"day {n}") for n in range(instance.days)),
        periods=tuple(Period(id=f"period {n}", start=s, end=s + hour) for n, s in enumerate(starts)),
    )


def _lessons(instance: Instance) -> Iterator[Lesson]:
    attending: dict[str, list[str]] = {course: [] for course in instance.courses}
    for curriculum, members in instance.curricula.items():
        for member in members:
            attending[member].append(curriculum)
    for course in instance.courses.values():
        for id_ in lectures_of(instance, course.id):
            yield Lesson(
                id=id_,
                subject=course.id,
                course=course.id,
                classes=tuple(attending[course.id]),
                teachers=(course.teacher,),
                rooms=(RoomRequest(),),
                students=course.students,
            )


def _availability(instance: Instance) -> Iterator[AnyRule]:
    week = instance.days * instance.periods
    for course, closed in instance.closed.items():
        shut = {day * instance.periods + period for day, period in closed}
        cells = tuple(c for c in range(week) if c not in shut)
        yield PreferredTimes(lessons=lectures_of(instance, course), cells=cells, whole=True)
