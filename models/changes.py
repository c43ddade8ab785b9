"""What has changed since the timetable was made, said to the problem: the input of a repair.

Each change gives a new problem and leaves the old one as it is. ValueError, naming the id, for what is not known,
says nothing, or contradicts the problem.
"""

from collections.abc import Container, Iterable
from typing import NamedTuple

from models.base import ResourceKind
from models.problem import Lesson, Pin, Problem, RoomRequest, SchoolClass
from models.rules import AnyRule, LessonRule, Who
from models.rules.room_capacity import RoomCapacity
from models.rules.unavailable import Unavailable
from models.timetable import Placement, Timetable


class Changed(NamedTuple):
    """timetable: the same one, said in terms of the problem."""

    problem: Problem
    timetable: Timetable


def unavailable(
    problem: Problem, kind: ResourceKind, id_: str, cells: Iterable[int], effective_from: int = 0, source: str = ""
) -> Problem:
    """A teacher, class or room cannot be used in some cells, as far as these are not before `effective_from`."""
    known: dict[ResourceKind, Container[str]] = {
        "teacher": problem.teacher,
        "class": problem.class_,
        "room": problem.room,
    }
    if id_ not in known[kind]:
        raise ValueError(f"the unknown {kind} {id_!r} is to be unavailable")
    wanted = sorted(set(cells))
    for cell in wanted:
        if not 0 <= cell < problem.grid.size:
            raise ValueError(f"{kind} {id_!r} is to be unavailable in cell {cell}, the grid has {problem.grid.size}")
    left = tuple(c for c in wanted if c >= effective_from)
    if not left:
        raise ValueError(f"{kind} {id_!r} is to be unavailable, but at no time from cell {effective_from} on")
    return rule_added(problem, Unavailable(who=Who(kind=kind, ids=(id_,)), cells=left, source=source))


def absent(
    problem: Problem, timetable: Timetable, id_: str, cells: Iterable[int], effective_from: int = 0, source: str = ""
) -> Changed:
    """A teacher is away for some time: any colleague may take her lessons then, at best one who teaches the subject.

    Lessons of hers at other times remain hers.
    """
    away = unavailable(problem, "teacher", id_, cells, effective_from, source)
    gone = _cells_of_last(away)
    places, lessons = dict(timetable.placement), list[Lesson]()
    for x in away.lessons:
        place = places.get(x.id)
        if (
            place is not None
            and id_ in x.teachers
            and not gone.isdisjoint(range(place.start, place.start + x.duration))
        ):
            colleagues = tuple(t.id for t in away.teachers if t.id not in x.teachers)
            others = tuple(t for t in x.teachers if t != id_)
            pin = x.pin if x.pin.teachers is None else x.pin.model_copy(update={"teachers": None})
            choice = (*x.any_teacher, (id_, *colleagues))
            x = x.model_copy(update={"teachers": others, "any_teacher": choice, "pin": pin})
            places[x.id] = place.model_copy(update={"teachers": (*place.teachers, id_)})
        lessons.append(x)
    return Changed(_changed(away, lessons=tuple(lessons)), Timetable(placements=tuple(places.values())))


def closed(
    problem: Problem, timetable: Timetable, id_: str, cells: Iterable[int], effective_from: int = 0, source: str = ""
) -> Changed:
    """A room cannot be used for some time: lessons that are there then may go to any other with enough seats, at best
    to one with the same features."""
    shut = unavailable(problem, "room", id_, cells, effective_from, source)
    gone = _cells_of_last(shut)
    lessons = list[Lesson]()
    for x in shut.lessons:
        place = timetable.placement.get(x.id)
        if place is not None and not gone.isdisjoint(range(place.start, place.start + x.duration)):
            x = _elsewhere(shut, x, place, id_)
        lessons.append(x)
    return Changed(_changed(shut, lessons=tuple(lessons)), timetable)


def _cells_of_last(problem: Problem) -> frozenset[int]:
    rule = problem.rules[-1]
    return frozenset(rule.cells) if isinstance(rule, Unavailable) else frozenset()


def _elsewhere(problem: Problem, lesson: Lesson, place: Placement, room: str) -> Lesson:
    """The lesson with its request for the room widened to all rooms with as many seats as it asks for."""
    seats = {r.id: r.capacity for r in problem.rooms}
    requests = []
    for request, given in zip(lesson.rooms, place.rooms, strict=True):
        if given != room:
            requests.append(request)
            continue
        large = tuple(r for r, n in seats.items() if n is None or n >= request.seats)
        requests.append(RoomRequest(any_of=large, seats=request.seats, optional=request.optional))
    pin = lesson.pin.model_copy(update={"rooms": None}) if room in (lesson.pin.rooms or ()) else lesson.pin
    return lesson.model_copy(update={"rooms": tuple(requests), "pin": pin})


def class_added(problem: Problem, new: SchoolClass) -> Problem:
    if new.id in problem.class_:
        raise ValueError(f"class {new.id!r} is to be added, but there is one already")
    return _changed(problem, classes=(*problem.classes, new))


def lesson_added(problem: Problem, lesson: Lesson) -> Problem:
    if lesson.id in problem.lesson:
        raise ValueError(f"lesson {lesson.id!r} is to be added, but there is one already")
    return _changed(problem, lessons=(*problem.lessons, lesson))


def lesson_removed(problem: Problem, id_: str) -> Problem:
    """Rules that name the lesson no longer do; those that named it alone are gone."""
    _known(problem, id_, "removed")
    lessons = tuple(x for x in problem.lessons if x.id != id_)
    return _changed(problem, lessons=lessons, rules=tuple(r for r in (_without(r, id_) for r in problem.rules) if r))


def _without(rule: AnyRule, id_: str) -> AnyRule | None:
    if not isinstance(rule, LessonRule | RoomCapacity) or id_ not in rule.lessons:
        return rule
    lessons = tuple(x for x in rule.lessons if x != id_)
    return rule.model_copy(update={"lessons": lessons}) if lessons else None


def lesson_resized(problem: Problem, id_: str, duration: int) -> Problem:
    """duration: in cells. A lesson pinned to a time at which it then does not fit is refused."""
    lesson = _known(problem, id_, "resized")
    if duration < 1:
        raise ValueError(f"lesson {id_!r} is to take {duration} periods, it must be at least 1")
    if duration == lesson.duration:
        raise ValueError(f"lesson {id_!r} is to take {duration} periods, which it does already")
    return _with_lesson(problem, lesson.model_copy(update={"duration": duration}))


def lesson_unpinned(problem: Problem, id_: str) -> Problem:
    lesson = _known(problem, id_, "unpinned")
    if lesson.pin == Pin():
        raise ValueError(f"lesson {id_!r} is to be unpinned, but is not pinned")
    return _with_lesson(problem, lesson.model_copy(update={"pin": Pin()}))


def rule_added(problem: Problem, rule: AnyRule) -> Problem:
    if rule in problem.rules:
        raise ValueError(f"the rule {rule.name} is to be added, but there is the same one already")
    return _changed(problem, rules=(*problem.rules, rule))


def _known(problem: Problem, id_: str, what: str) -> Lesson:
    if id_ not in problem.lesson:
        raise ValueError(f"the unknown lesson {id_!r} is to be {what}")
    return problem.lesson[id_]


def _with_lesson(problem: Problem, lesson: Lesson) -> Problem:
    return _changed(problem, lessons=tuple(lesson if x.id == lesson.id else x for x in problem.lessons))


def _changed(problem: Problem, **fields: object) -> Problem:
    """Validated anew, so that nothing is left that names what is gone."""
    return Problem.model_validate({**{name: getattr(problem, name) for name in Problem.model_fields}, **fields})
