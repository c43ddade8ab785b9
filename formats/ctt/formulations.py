"""The five formulations of curriculum-based course timetabling: which wishes count, and at what price.

Definitions and weights: De Cesco, Di Gaspero, Schaerf, "Benchmarking curriculum-based course timetabling", PATAT 2008.
"""

from collections.abc import Callable, Iterator
from typing import Literal

from formats.ctt.instance import Instance
from formats.errors import FormatError
from formats.repeated import each_counted
from models.base import Weight
from models.rules import AnyRule, Who
from models.rules.compactness import Compactness
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.min_periods_per_day import MinPeriodsPerDay
from models.rules.min_working_days import MinWorkingDays
from models.rules.preferred_rooms import PreferredRooms
from models.rules.room_capacity import RoomCapacity
from models.rules.room_stability import RoomStability
from models.rules.side_by_side import SideBySide
from models.rules.travel_time import TravelTime

Formulation = Literal["UD1", "UD2", "UD3", "UD4", "UD5"]
Converter = Callable[[Instance, Weight], Iterator[AnyRule]]


def lectures_of(instance: Instance, course: str) -> tuple[str, ...]:
    """Ids of the lessons of a course; the number after the last dash keeps them apart from those of any other."""
    return tuple(f"{course}-{n}" for n in range(1, instance.courses[course].lectures + 1))


def room_capacity(instance: Instance, weight: Weight) -> Iterator[AnyRule]:
    yield RoomCapacity(weight=weight)


def working_days(instance: Instance, weight: Weight) -> Iterator[AnyRule]:
    for course in instance.courses.values():
        if course.days > 1:
            yield MinWorkingDays(lessons=lectures_of(instance, course.id), days=course.days, weight=weight)


def room_stability(instance: Instance, weight: Weight) -> Iterator[AnyRule]:
    for course in instance.courses.values():
        if course.lectures > 1:
            yield RoomStability(lessons=lectures_of(instance, course.id), weight=weight)


def isolated_lectures(instance: Instance, weight: Weight) -> Iterator[AnyRule]:
    return (Compactness(who=who, weight=price) for who, price in _curricula(instance, weight))


def windows(instance: Instance, weight: Weight) -> Iterator[AnyRule]:
    return (MaxGapsPerDay(who=who, limit=0, weight=price) for who, price in _curricula(instance, weight))


def daily_load(instance: Instance, weight: Weight) -> Iterator[AnyRule]:
    least, most = _extended(instance.load)
    for who, price in _curricula(instance, weight):
        yield MaxPeriodsPerDay(who=who, limit=most, weight=price)
        if least > 1:
            yield MinPeriodsPerDay(who=who, limit=least, weight=price)


def travel(instance: Instance, weight: Weight) -> Iterator[AnyRule]:
    """Any way needs a minute: too long between neighbouring periods, nothing where a period is free in between."""
    _extended(instance.load)
    return (TravelTime(who=who, minutes=1, weight=price) for who, price in _curricula(instance, weight))


def room_suitability(instance: Instance, weight: Weight) -> Iterator[AnyRule]:
    _extended(instance.load)
    for course, unsuitable in instance.unsuitable.items():
        suitable = tuple(r for r in instance.rooms if r not in unsuitable)
        yield PreferredRooms(lessons=lectures_of(instance, course), rooms=suitable, weight=weight)


def double_lectures(instance: Instance, weight: Weight) -> Iterator[AnyRule]:
    """Lectures on one day of a course that asks for it are next to another one in the same room."""
    _extended(instance.load)
    for course in instance.courses.values():
        if course.double and course.lectures > 1:
            yield SideBySide(lessons=lectures_of(instance, course.id), weight=weight)


FORMULATIONS: dict[Formulation, tuple[tuple[Converter, Weight], ...]] = {
    "UD1": ((room_capacity, 1), (working_days, 5), (isolated_lectures, 1)),
    "UD2": ((room_capacity, 1), (working_days, 5), (isolated_lectures, 2), (room_stability, 1)),
    "UD3": ((room_capacity, 1), (windows, 4), (daily_load, 2), (room_suitability, 3)),
    "UD4": (
        (room_capacity, 1),
        (working_days, 1),
        (windows, 1),
        (daily_load, 1),
        (room_suitability, None),
        (double_lectures, 1),
    ),
    "UD5": (
        (room_capacity, 1),
        (working_days, 5),
        (isolated_lectures, 1),
        (windows, 2),
        (daily_load, 2),
        (travel, 2),
    ),
}
"""None: hard."""


def _curricula(instance: Instance, weight: Weight) -> Iterator[tuple[Who, Weight]]:
    return each_counted(instance.curricula, weight)


def _extended(load: tuple[int, int] | None) -> tuple[int, int]:
    if load is None:
        raise FormatError(
            "the header", "no Min_Max_Daily_Lectures:", "it: this formulation needs an extended file (.ectt)"
        )
    return load
