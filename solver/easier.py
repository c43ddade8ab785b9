"""Problems that are easier than the one asked, and what they say about it."""

from collections.abc import Collection

from models.problem import Pin, Problem
from models.rules import AnyRule
from models.rules.room_stability import RoomStability
from models.score import Score
from models.timetable import Timetable


def without_room_prices(problem: Problem) -> Problem:
    """The problem without its prices of different rooms; the problem itself where it has none.

    Without them rooms need not be told apart: the model counts them, which is far smaller. Every complete timetable of
    either is one of the other, and what is left out costs 0 or more, so a bound of the easier one holds for both.
    """
    if not has_room_prices(problem):
        return problem
    return _changed(problem, rules=tuple(rule for rule in problem.rules if not _is_price(rule)))


def has_room_prices(problem: Problem) -> bool:
    """Whether `without_room_prices` leaves anything out."""
    return any(map(_is_price, problem.rules))


def at_its_times(problem: Problem, timetable: Timetable) -> Problem:
    """The problem with every placed lesson pinned to its start: only rooms and teachers are left to choose."""
    lessons = []
    for lesson in problem.lessons:
        place = timetable.placement.get(lesson.id)
        pin = lesson.pin if place is None else lesson.pin.model_copy(update={"start": place.start})
        lessons.append(lesson.model_copy(update={"pin": Pin(**pin.model_dump())}))
    return _changed(problem, lessons=tuple(lessons))


def with_free(problem: Problem, timetable: Timetable, free: Collection[str]) -> Problem:
    """The problem with every placed lesson pinned to its place, except those that are free."""
    lessons = []
    for lesson in problem.lessons:
        place = timetable.placement.get(lesson.id)
        if place is not None and lesson.id not in free:
            pin = Pin(start=place.start, rooms=place.rooms, teachers=place.teachers)
            lesson = lesson.model_copy(update={"pin": pin})
        lessons.append(lesson)
    return _changed(problem, lessons=tuple(lessons))


def room_prices(score: Score) -> int:
    """What `without_room_prices` leaves out of a score."""
    return sum(rule.penalty for rule in score.rules if rule.name == ROOM_PRICE)


ROOM_PRICE = str(RoomStability.model_fields["kind"].default)


def _is_price(rule: AnyRule) -> bool:
    return isinstance(rule, RoomStability) and rule.weight is not None


def _changed(problem: Problem, **fields: object) -> Problem:
    return Problem.model_validate({**{name: getattr(problem, name) for name in Problem.model_fields}, **fields})
