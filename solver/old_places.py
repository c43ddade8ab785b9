"""Where lessons were before a repair, what of that counts as a change, and who is affected by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from models.problem import Lesson, Problem
from models.timetable import Change, Placement, Timetable

Person = tuple[str, str]
"""("teacher" or "class", id)"""


class Amount(NamedTuple):
    """How much a repair changes, the worst first; compared like a tuple: a lesson at another time is worse than any
    number with another teacher, and so on.

    moves: lessons at another time; makeshift: given to a teacher who does not teach the subject, or a room that lacks
    a feature of the one before; teachers, rooms: given otherwise; people: teachers and classes affected by that,
    besides those of lessons that are new or lost their place.
    """

    moves: int
    makeshift: int
    teachers: int
    rooms: int
    people: int


@dataclass(frozen=True)
class OldPlaces:
    """places: of the lessons that the problem still has and the timetable places, at a time they fit, in the number
    of rooms and with the number of teachers they now have; lost: lessons that had a place which no longer fits.
    given: people who are affected whatever is done, as lessons of theirs are new or lost their place. subjects: of
    each teacher, stated or taught."""

    places: Mapping[str, Placement]
    lost: frozenset[str]
    given: frozenset[Person]
    subjects: Mapping[str, frozenset[str]]

    def makeshift_teacher(self, lesson: Lesson, teacher: str) -> bool:
        """Whether the teacher would only stand in, not teach."""
        return bool(lesson.subject) and lesson.subject not in self.subjects[teacher]


def old_places(problem: Problem, timetable: Timetable) -> OldPlaces:
    places: dict[str, Placement] = {}
    lost: set[str] = set()
    given: set[Person] = set()
    for x in problem.lessons:
        old = timetable.placement.get(x.id)
        if old is not None and _fits(problem, x, old):
            places[x.id] = old
        else:
            lost.update((x.id,) if old is not None else ())
            given.update(people_of(x, ()))
    return OldPlaces(places, frozenset(lost), frozenset(given), subjects_of(problem))


def subjects_of(problem: Problem) -> dict[str, frozenset[str]]:
    """Teacher -> the subjects stated for her, and those of lessons that are certainly hers."""
    found = {t.id: set(t.subjects) for t in problem.teachers}
    for x in problem.lessons:
        for teacher in x.teachers:
            found[teacher].add(x.subject)
    return {teacher: frozenset(subjects) for teacher, subjects in found.items()}


def makeshift_room(problem: Problem, before: str | None, after: str | None) -> bool:
    """Whether the room lacks what the one before had; no room lacks everything."""
    if before is None or before == after:
        return False
    return after is None or not set(problem.room[before].features) <= set(problem.room[after].features)


def _fits(problem: Problem, lesson: Lesson, old: Placement) -> bool:
    return (
        problem.grid.fits(old.start, lesson.duration)
        and len(old.rooms) == len(lesson.rooms)
        and len(old.teachers) == len(lesson.any_teacher)
        and all(r is None or r in problem.room for r in old.rooms)
        and all(t in problem.teacher for t in old.teachers)
    )


def people_of(lesson: Lesson, chosen: Iterable[str]) -> set[Person]:
    """chosen: its teachers besides those it always has."""
    teachers: set[Person] = {("teacher", t) for t in (*lesson.teachers, *chosen)}
    return teachers | {("class", c) for c in lesson.classes}


def amount(problem: Problem, old: OldPlaces, after: Timetable) -> Amount:
    moves, makeshift, teachers, rooms = len(old.lost), 0, 0, 0
    changes = [c for c in Timetable(placements=tuple(old.places.values())).diff(after) if c.before is not None]
    for id_, before, now in changes:
        if before is None or now is None:
            raise ValueError(f"lesson {id_!r} is not placed in both timetables")
        lesson = problem.lesson[id_]
        given = [b for a, b in zip(before.teachers, now.teachers, strict=True) if a != b]
        other = [(a, b) for a, b in zip(before.rooms, now.rooms, strict=True) if a != b]
        moves += now.start != before.start
        teachers += len(given)
        rooms += len(other)
        makeshift += sum(old.makeshift_teacher(lesson, t) for t in given)
        makeshift += sum(makeshift_room(problem, a, b) for a, b in other)
    return Amount(moves, makeshift, teachers, rooms, len(affected(problem.lesson, changes) - old.given))


def affected(lessons: Mapping[str, Lesson], changes: Iterable[Change]) -> set[Person]:
    """Teachers and classes of the lessons that change; of unknown lessons, only chosen teachers."""
    found: set[Person] = set()
    for lesson, before, after in changes:
        chosen = [t for p in (before, after) if p is not None for t in p.teachers]
        known = lessons.get(lesson)
        found |= people_of(known, chosen) if known is not None else {("teacher", t) for t in chosen}
    return found
