"""Placed lessons as rows of the sheet `Timetable`: what a later check, repair or cover starts from."""

from collections.abc import Iterator

from formats.excel.write_table import Row
from models.problem import Lesson, Problem
from models.timetable import Placement, Timetable


def placed_rows(problem: Problem, timetable: Timetable) -> Iterator[Row]:
    """One row per placed lesson, in the order of the week."""
    lessons = problem.lesson
    for p in sorted(timetable.placements, key=lambda p: (p.start, lessons[p.lesson].classes, p.lesson)):
        yield placed_row(problem, lessons[p.lesson], p)


def placed_row(problem: Problem, lesson: Lesson, placement: Placement) -> Row:
    return {
        "Class": class_text(lesson),
        "Subject": lesson.subject,
        "Teacher": ", ".join(dict.fromkeys((*lesson.teachers, *placement.teachers))),
        "Day": day_text(problem, placement.start),
        "Period": period_text(problem, placement.start, lesson.duration),
        "Room": ", ".join(r for r in placement.rooms if r),
        "Locked": "yes" if lesson.pin.start == placement.start else None,
        "Week": week_text(problem, lesson),
        "Lesson": lesson.id,
    }


def class_text(lesson: Lesson) -> str:
    return ", ".join(lesson.classes) or "none"


def day_text(problem: Problem, start: int) -> str:
    return problem.grid.day_names[problem.grid.cells[start].day]


def period_text(problem: Problem, start: int, duration: int) -> str:
    """The period a lesson takes, or its first and last: "P1", "P1-P2"."""
    cells = problem.grid.cells
    first, last = cells[start].label, cells[start + duration - 1].label
    return first if duration == 1 else f"{first}-{last}"


def week_text(problem: Problem, lesson: Lesson) -> str | None:
    """Names of the weeks of a lesson, None for all."""
    return ", ".join(problem.grid.weeks[w] for w in lesson.weeks) or None
