"""Which entries are which lessons of the plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.problem import Lesson
from models.time import PeriodGrid
from scheduling.school.grid import SlotGrid
from scheduling.store.tables import TimetableEntry


@dataclass(frozen=True)
class Named:
    """An entry in the words of the problem."""

    row: TimetableEntry
    class_: str
    teacher: str
    subject: str
    cell: int
    weeks: tuple[int, ...]


@dataclass
class Matching:
    """found: lesson of the plan -> the entries that are it; rest: entries that are none."""

    found: dict[str, list[Named]] = field(default_factory=dict)
    rest: list[Named] = field(default_factory=list)


def match(lessons: Sequence[Lesson], entries: Sequence[Named], grid: SlotGrid) -> Matching:
    """First by the lesson an entry was made for, then by class, subject and teacher, longest lessons first."""
    matching = Matching()
    pool = list(_by_lesson({lesson.id: lesson for lesson in lessons}, entries, grid.grid, matching))
    groups: dict[tuple[str, str, str, tuple[int, ...]], list[Named]] = {}
    for entry in sorted(pool, key=lambda x: (x.cell, x.row.id)):
        groups.setdefault((entry.class_, entry.subject, entry.teacher, entry.weeks), []).append(entry)
    open_lessons = sorted((x for x in lessons if x.id not in matching.found), key=lambda x: (-x.duration, x.id))
    wanted: dict[tuple[str, str, tuple[int, ...]], list[Lesson]] = {}
    for lesson in open_lessons:
        if len(lesson.classes) == 1 and len(lesson.teachers) + len(lesson.any_teacher) == 1:
            wanted.setdefault((lesson.classes[0], lesson.subject, lesson.weeks), []).append(lesson)
    for (class_, subject, teacher, weeks), group in groups.items():
        candidates = wanted.get((class_, subject, weeks), [])
        _by_hand(candidates, teacher, group, grid.grid, matching)
    return matching


def _by_lesson(
    lessons: Mapping[str, Lesson], entries: Sequence[Named], grid: PeriodGrid, matching: Matching
) -> Iterator[Named]:
    """Yields those that do not make up the lesson they were made for, or were made by hand."""
    made_for: dict[str, list[Named]] = {}
    for entry in entries:
        made_for.setdefault(entry.row.lesson, []).append(entry)
    for id_, group in made_for.items():
        lesson = lessons.get(id_)
        if lesson is not None and _is_whole(lesson, group, grid):
            matching.found[id_] = sorted(group, key=lambda x: (x.cell, x.row.id))
        else:
            yield from group


def _is_whole(lesson: Lesson, group: Sequence[Named], grid: PeriodGrid) -> bool:
    cells = sorted({entry.cell for entry in group})
    run = cells == list(range(cells[0], cells[0] + lesson.duration)) and grid.fits(cells[0], lesson.duration)
    same = {x.class_ for x in group} == set(lesson.classes) and {x.subject for x in group} == {lesson.subject}
    complete = len(group) == len(cells) * len(lesson.classes) * len({x.teacher for x in group})
    weeks = {x.weeks for x in group} == {lesson.weeks}
    return run and same and complete and weeks and chosen(lesson, {x.teacher for x in group}) is not None


def chosen(lesson: Lesson, teachers: set[str]) -> tuple[str, ...] | None:
    """Of those who teach a lesson, the one for each of its choices; None when they cannot be these."""
    if not teachers >= set(lesson.teachers):
        return None
    left = sorted(teachers - set(lesson.teachers))
    found: list[str] = []
    for choice in lesson.any_teacher:
        fitting = next((name for name in left if name in choice), None)
        if fitting is None:
            return None
        left.remove(fitting)
        found.append(fitting)
    return None if left else tuple(found)


def _by_hand(lessons: list[Lesson], teacher: str, entries: list[Named], grid: PeriodGrid, matching: Matching) -> None:
    """entries: of one class, subject and teacher, by cell. Takes the lessons that are found out of the list."""
    left = {entry.cell: entry for entry in entries}
    for lesson in list(lessons):
        if chosen(lesson, {teacher}) is None:
            continue
        start = next((c for c in left if _is_free_run(c, lesson.duration, left, grid)), None)
        if start is not None:
            matching.found[lesson.id] = [left.pop(c) for c in range(start, start + lesson.duration)]
            lessons.remove(lesson)
    matching.rest.extend(left.values())


def _is_free_run(start: int, duration: int, left: Mapping[int, Named], grid: PeriodGrid) -> bool:
    return grid.fits(start, duration) and all(c in left for c in range(start, start + duration))
