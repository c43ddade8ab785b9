"""What has changed since the timetable was made, said to the problem: the input of a repair.

Each change gives a new problem and leaves the old one as it is. ValueError, naming the id, for what is not known,
says nothing, or contradicts the problem.
"""

from collections.abc import Container, Iterable

from models.base import ResourceKind
from models.problem import Lesson, Pin, Problem
from models.rules import AnyRule, LessonRule, Who
from models.rules.room_capacity import RoomCapacity
from models.rules.unavailable import Unavailable


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
