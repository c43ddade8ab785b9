"""What a workbook may hold that the timetable entries of a school cannot: each is named with its cell."""

from collections.abc import Iterable, Iterator

from formats.excel.days import DAY_NUMBER
from formats.excel.findings import Finding, Severity
from formats.excel.sheets import key
from models.problem import Problem
from models.time import PeriodGrid
from scheduling.school.clock import DAYS

LONGEST = {"code": 40, "name": 100, "email": 254}
"""Characters."""


def faults_of(problem: Problem) -> list[Finding]:
    return [*_week(problem), *_lessons(problem), *_texts(problem)]


def day_of(name: str) -> str | None:
    """ "Mon", "Montag", "lundi" -> MONDAY; None: no day of the week."""
    number = DAY_NUMBER.get(key(name))
    return None if number is None else DAYS[number]


def error(message: str, source: str = "", expected: str = "", sheet: str = "", suggestion: str = "") -> Finding:
    """source: a cell such as "Lessons!A5"; sheet: where the cell is not known."""
    before, _, cell = source.rpartition("!")
    return Finding(Severity.ERROR, message, before or sheet, cell, expected=expected, suggestion=suggestion)


def _week(problem: Problem) -> Iterator[Finding]:
    if not isinstance(problem.grid, PeriodGrid):
        yield error("the school has dates with opening hours, not periods", sheet="Periods")
        return
    seen: dict[str, str] = {}
    for name in problem.grid.day_names:
        day = day_of(name)
        if day is None:
            yield error(f'"{name}" is no day of the week', sheet="School", expected="days such as Mon-Fri")
        elif day in seen:
            yield error(f'"{seen[day]}" and "{name}" are the same day', sheet="School")
        else:
            seen[day] = name


def _lessons(problem: Problem) -> Iterator[Finding]:
    told: set[str] = set()
    for lesson in problem.lessons:
        if lesson.source in told and lesson.source:
            continue
        if not lesson.classes:
            yield error(f'"{lesson.id}" has no class', lesson.source, "a class: timetable entries need one")
            told.add(lesson.source)
        elif not lesson.subject:
            yield error(f'"{lesson.id}" has no subject', lesson.source, "a subject: timetable entries need one")
            told.add(lesson.source)
        elif not lesson.teachers and not lesson.any_teacher:
            yield error(f'"{lesson.id}" has no teacher', lesson.source, "a teacher: timetable entries need one")
            told.add(lesson.source)


def _texts(problem: Problem) -> Iterator[Finding]:
    for named in (problem.classes, problem.subjects, problem.teachers):
        yield from _long("code", ((x.id, x.source) for x in named))
        yield from _long("name", ((x.name, x.source) for x in named))
    yield from _long("email", ((x.email, x.source) for x in problem.teachers))
    if isinstance(problem.grid, PeriodGrid):
        yield from _long("name", ((x.id, x.source) for x in problem.grid.periods))


def _long(what: str, texts: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    for text, source in texts:
        if len(text) > LONGEST[what]:
            yield error(f'the {what} "{text[:30]}..." is too long', source, f"at most {LONGEST[what]} characters")
