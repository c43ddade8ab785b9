"""What people read about a lesson, a class, a teacher or a room: names where they are short, codes otherwise."""

from models.base import ResourceKind
from models.board import Booking
from models.problem import Lesson, Problem

LONGEST_NAME = 22
"""Characters of a name that still fit into a day's column of a printed week."""


def subject_name(problem: Problem, subject: str) -> str:
    return _short(next((s.name for s in problem.subjects if s.id == subject), ""), subject)


def _short(name: str, code: str) -> str:
    return name if 0 < len(name) <= LONGEST_NAME else code


def heading(problem: Problem, kind: ResourceKind, id_: str) -> str:
    """Name and code of a class, teacher or room; one of them where it says both."""
    if kind == "class":
        name = problem.class_[id_].name
    else:
        name = problem.teacher[id_].name if kind == "teacher" else problem.room[id_].name
    return f"{name} ({id_})" if name and id_ not in name else name or id_


def subtitle(problem: Problem, kind: ResourceKind, id_: str, busy: int) -> str:
    """One line about the resource; busy: its periods over all weeks."""
    periods = _per_week(busy, len(problem.grid.weeks))
    if kind == "class":
        size = problem.class_[id_].size
        return " · ".join(filter(None, (problem.class_[id_].level, f"{size} students" if size else "", periods)))
    if kind == "room":
        room = problem.room[id_]
        seats = f"{room.capacity} seats" if room.capacity else ""
        return " · ".join(filter(None, (room.site, seats, ", ".join(room.features), periods)))
    return periods


def _per_week(busy: int, weeks: int) -> str:
    per_week = f"{busy / weeks:g}"
    return f"{per_week} period{'' if per_week == '1' else 's'} a week"


def title(problem: Problem, kind: ResourceKind, lesson: Lesson) -> str:
    """The bold line of a lesson: for a class its subject, for a teacher or room the classes."""
    subject = subject_name(problem, lesson.subject)
    first = subject if kind == "class" else "+".join(lesson.classes)
    return first or subject or lesson.id


def details(problem: Problem, kind: ResourceKind, id_: str, booking: Booking) -> tuple[str, ...]:
    """The further lines of a lesson: what the reader of this week does not know already."""
    teachers = _teachers(kind, id_, booking)
    if kind == "class":
        lines = (_classes(problem, id_, booking), teacher_names(problem, teachers), _rooms(kind, id_, booking))
    else:
        lesson = booking.lesson
        subject = subject_name(problem, lesson.subject) if lesson.classes else ""
        with_ = f"with {', '.join(teachers)}" if kind == "teacher" and teachers else teacher_names(problem, teachers)
        lines = (subject, with_, _rooms(kind, id_, booking))
    return tuple(filter(None, lines))


def brief(problem: Problem, kind: ResourceKind, id_: str, booking: Booking) -> tuple[str, ...]:
    """The same as `details` in codes, for places with little room."""
    subject = booking.lesson.subject if booking.lesson.classes else ""
    first = _classes(problem, id_, booking) if kind == "class" else subject
    return tuple(filter(None, (first, ", ".join(_teachers(kind, id_, booking)), _rooms(kind, id_, booking))))


def _classes(problem: Problem, id_: str, booking: Booking) -> str:
    """Which part of the class has the lesson, or with whom the whole class has it; nothing if it has it alone."""
    classes = booking.lesson.classes
    if id_ in classes:
        return "+".join(classes) if len(classes) > 1 else ""
    students = set(problem.students.of((id_,)))
    return "+".join(c for c in classes if students.intersection(problem.students.of((c,))))


def _teachers(kind: ResourceKind, id_: str, booking: Booking) -> list[str]:
    everyone = dict.fromkeys((*booking.lesson.teachers, *booking.placement.teachers))
    return [t for t in everyone if (kind, t) != ("teacher", id_)]


def _rooms(kind: ResourceKind, id_: str, booking: Booking) -> str:
    return ", ".join(r for r in dict.fromkeys(booking.placement.rooms) if r and (kind, r) != ("room", id_))


def teacher_names(problem: Problem, teachers: list[str]) -> str:
    """The name of a single teacher, the codes of several."""
    if len(teachers) == 1:
        return _short(problem.teacher[teachers[0]].name, teachers[0])
    return ", ".join(teachers)
