"""Lessons as the sheet Rules names them."""

import re
from itertools import chain

from formats.excel.context import Course, Reading
from formats.excel.rows import Row
from formats.excel.sheets import key
from formats.excel.values import split_list

Group = tuple[str, ...]
"""Ids of lessons."""

_EVERY = frozenset({"", "all", "all lessons", "all courses", "every course", "every lesson", "each course", "lessons"})

MOST_WORDS = 12
"""Words of an item that are tried as class and subject."""


def read_groups(reading: Reading, row: Row, column: str) -> list[list[Group]]:
    """What a cell lists, item by item; an item is a list of courses, each as the ids of its lessons.

    "7A MATH": the course; "MATH" or "subject MATH": its courses; "7A" or "class 7A": those of the class;
    "teacher T1"; "7A-MATH-1": one lesson; blank or "all lessons": all; "7A MATH + 7A PHYS": both as one.
    """
    text = row.text(column)
    if text.casefold() in _EVERY:
        return [[tuple(c.ids) for c in reading.courses]]
    found = []
    for item in split_list(text):
        together = [_courses(reading, row, column, part.strip()) for part in _parts(reading, item)]
        if len(together) > 1:
            found.append([tuple(id_ for courses in together for ids in courses for id_ in ids)])
        else:
            found.append(together[0])
    return [groups for groups in found if any(groups)]


def _parts(reading: Reading, item: str) -> list[str]:
    """The sides of a plus, unless it belongs to the id of a lesson, as in 7A+7B-PE-1."""
    sides = [side.strip() for side in re.split(r"\s\+\s", item)]
    return [part for side in sides for part in ([side] if side in reading.course_of else side.split("+"))]


def _courses(reading: Reading, row: Row, column: str, item: str) -> list[Group]:
    if item in reading.course_of:
        return [(item,)]
    chosen = _select(reading, item)
    if not chosen and not reading.lacks_lessons:
        words = chain(reading.subjects, reading.classes, (_title(c) for c in reading.courses))
        expected = "all lessons, a subject, a class, or a course such as 7A MATH"
        row.error(column, f'"{item}" names no lesson', expected, row.hint(column, item, words))
    return [tuple(c.ids) for c in chosen]


def _title(course: Course) -> str:
    return f"{'+'.join(course.classes)} {course.subject}"


def _select(reading: Reading, item: str) -> list[Course]:
    word, _, rest = item.partition(" ")
    kind = key(word.rstrip(":"))
    if kind == "teacher" and rest:
        return [c for c in reading.courses if reading.teachers.find(rest.strip()) in c.staff]
    if kind == "subject" and rest:
        return [c for c in reading.courses if c.subject == reading.subjects.find(rest.strip())]
    if kind == "class" and rest:
        return [c for c in reading.courses if reading.classes.find(rest.strip()) in c.classes]
    subject, class_ = reading.subjects.find(item), reading.classes.find(item)
    if subject is not None:
        return [c for c in reading.courses if c.subject == subject]
    if class_ is not None:
        return [c for c in reading.courses if class_ in c.classes]
    return _by_class_and_subject(reading, item)


def _by_class_and_subject(reading: Reading, item: str) -> list[Course]:
    """ "7A MATH" or "MATH 7A", cut at any space."""
    words = item.split()[:MOST_WORDS]
    for cut in range(1, len(words)):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        for class_text, subject_text in ((left, right), (right, left)):
            class_, subject = reading.classes.find(class_text), reading.subjects.find(subject_text)
            if class_ is not None and subject is not None:
                return [c for c in reading.courses if class_ in c.classes and c.subject == subject]
    return []
