"""Rows of the sheet Lessons with one label are at the same times."""

from formats.excel.context import Course, Reading
from formats.excel.values import fold
from models.rules.same_start import SameStart


def put_together(reading: Reading) -> None:
    """Their longest lessons start together, then the next, and so on."""
    labels: dict[str, list[Course]] = {}
    for course in reading.courses:
        if course.together:
            labels.setdefault(fold(course.together), []).append(course)
    for courses in labels.values():
        if len(courses) == 1:
            courses[0].row.warning("Together", f'no other row has the label "{courses[0].together}"')
        elif _are_alike(courses) and _can_meet(reading, courses):
            source = courses[0].row.source("Together")
            for lessons in zip(*(_longest_first(c) for c in courses), strict=True):
                reading.rules.append(SameStart(lessons=lessons, source=source))


def _longest_first(course: Course) -> list[str]:
    return [id_ for _, id_ in sorted(zip(course.durations, course.ids, strict=True), key=lambda x: -x[0])]


def _are_alike(courses: list[Course]) -> bool:
    """Whether all have as many lessons of the same lengths as the first."""
    first, alike = courses[0], True
    for course in courses[1:]:
        if sorted(course.durations) != sorted(first.durations):
            alike = False
            course.row.error(
                "Together",
                f"{course.title} has lessons of {_lengths(course)} periods, but {first.title} with the same label "
                f'"{first.together}" ({first.row.cell("Together")}) has {_lengths(first)}',
                "the same number of lessons of the same lengths",
            )
    return alike


def _lengths(course: Course) -> str:
    return "+".join(map(str, sorted(course.durations, reverse=True)))


def _can_meet(reading: Reading, courses: list[Course]) -> bool:
    """Whether nobody is needed by two of the rows in the same week."""
    busy: dict[tuple[str, str, int], Course] = {}
    possible = True
    for course in courses:
        people = [("teacher", t) for t in course.teachers] + [("class", s) for s in reading.sets_of(course.classes)]
        weeks = course.weeks or range(len(reading.times.weeks))
        others = [busy.setdefault((*person, week), course) for person in people for week in weeks]
        other = next((c for c in others if c is not course), None)
        if other is not None:
            possible = False
            column, who = _shared(course, other)
            course.row.error(
                column,
                f"{course.title} and {other.title} ({other.row.cell(column)}) are together but need the same {who}",
                "rows that can happen at the same time",
            )
    return possible


def _shared(course: Course, other: Course) -> tuple[str, str]:
    teachers = [t for t in course.teachers if t in other.teachers]
    return ("Teacher", f'teacher "{teachers[0]}"') if teachers else ("Class", "students")
