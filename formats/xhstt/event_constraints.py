"""Constraints on events as rules on lessons. Those on assignment and splitting are already in the lessons."""

from collections.abc import Callable, Iterable, Iterator

from formats.xhstt.entry import Entry, Inexpressible, bounds
from formats.xhstt.school import School
from models.base import Weight
from models.problem import Lesson
from models.rules import AnyRule
from models.rules.max_total_in_times import MaxTotalInTimes
from models.rules.min_slots_used import MinSlotsUsed
from models.rules.not_twice_a_day import NotTwiceADay
from models.rules.preferred_rooms import PreferredRooms
from models.rules.preferred_times import PreferredTimes
from models.rules.room_stability import RoomStability
from models.rules.same_start import SameStart
from models.rules.same_teacher import SameTeacher

Converter = Callable[[Entry, School], Iterable[AnyRule]]
"""Turns a constraint into rules, none when it asks for nothing. Raises FormatError or Inexpressible."""


def only_required(entry: Entry, school: School) -> Iterable[AnyRule]:
    """Assignments and clashes are demands of every lesson; they have no price."""
    if not entry.hard:
        raise Inexpressible("that is not required")
    return ()


def already_in_lessons(entry: Entry, school: School) -> Iterable[AnyRule]:
    return ()


def prefer_times(entry: Entry, school: School) -> Iterator[AnyRule]:
    cells = tuple(sorted(entry.times))
    for weight, lessons in _priced(entry, school):
        yield PreferredTimes(lessons=lessons, cells=cells, weight=weight, source=entry.source)


def _priced(entry: Entry, school: School) -> Iterator[tuple[Weight, tuple[str, ...]]]:
    """Lessons of the duration meant, by what it costs when one of them is at the wrong place: an event deviates by
    the summed durations of its wrong lessons."""
    found: dict[Weight, list[str]] = {}
    for event in entry.events:
        lessons = [x for x in school.lessons_of([event]) if entry.duration in (None, x.duration)]
        if len(lessons) > 1 and not entry.hard and entry.price.function != "Linear":
            raise Inexpressible(f"with cost function {entry.price.function}")
        for lesson in lessons:
            found.setdefault(entry.price.of(lesson.duration), []).append(lesson.id)
    return ((weight, tuple(lessons)) for weight, lessons in found.items())


def prefer_resources(entry: Entry, school: School) -> Iterator[AnyRule]:
    """A hard one has made the choices of the open roles smaller; a soft one is a wish for a room."""
    for event in entry.events:
        for part in school.instance.events[event].resources:
            if part.role == entry.role and part.resource not in (None, *entry.preferred):
                raise Inexpressible("that asks another resource than the one assigned")
    if entry.hard:
        return
    for weight, lessons in _priced(entry, school):
        _must_have_one_room(entry, school, [school.lessons[x] for x in lessons])
        yield PreferredRooms(lessons=lessons, rooms=entry.preferred, weight=weight, source=entry.source)


def _must_have_one_room(entry: Entry, school: School, lessons: list[Lesson]) -> None:
    """The rules look at all rooms of a lesson, so the role must be its only one."""
    for lesson in lessons:
        kinds = [p.role for p in school.instance.events[lesson.course].resources if p.kind == "room"]
        if len(lesson.rooms) != 1 or kinds != [entry.role]:
            raise Inexpressible("on other than the only room of events")


def avoid_split_assignments(entry: Entry, school: School) -> Iterator[AnyRule]:
    for group in entry.event_groups:
        lessons = school.lessons_of(school.instance.event_groups[group])
        ids, worst = tuple(x.id for x in lessons), len(lessons) - 1
        if all(x.rooms for x in lessons):
            _must_have_one_room(entry, school, lessons)
            for k, weight in entry.price.steps(worst):
                yield RoomStability(lessons=ids, limit=1 + k, weight=weight, source=entry.source)
        elif all(len(x.any_teacher) == 1 and _roles(school, x, "teacher") == {entry.role} for x in lessons):
            if worst > 0:
                yield SameTeacher(lessons=ids, weight=entry.price.only(worst), source=entry.source)
        else:
            raise Inexpressible("on other than the only room or the only chosen teacher of events")


def _roles(school: School, lesson: Lesson, kind: str) -> set[str]:
    """Open roles of a kind."""
    parts = school.instance.events[lesson.course].resources
    return {p.role for p in parts if p.kind == kind and p.resource is None}


def spread_events(entry: Entry, school: School) -> Iterator[AnyRule]:
    """Deviation of an event group: lessons missing or too many that start in a time group, summed over those."""
    groups = [(cells, *bounds(node)) for node, cells in entry.time_groups]
    days = {frozenset(day) for day in school.instance.days.values()}
    daily = len(groups) == len(days) and {cells for cells, _, _ in groups} == days
    for name in entry.event_groups:
        lessons = school.lessons_of(school.instance.event_groups[name])
        if not entry.hard and entry.price.function != "Linear":
            raise Inexpressible(f"with cost function {entry.price.function}")
        most = {most for _, _, most in groups}
        if daily and len(most) == 1 and min(most) > 0:
            if min(most) < len(lessons):
                ids = tuple(x.id for x in lessons)
                yield NotTwiceADay(lessons=ids, limit=min(most), weight=entry.price.weight, source=entry.source)
        else:
            yield from _at_most(entry, school, lessons, groups)
        yield from _at_least(entry, school, lessons, groups)


Groups = list[tuple[frozenset[int], int, int]]
"""Times, least and most starts in them."""


def _at_most(entry: Entry, school: School, lessons: list[Lesson], groups: Groups) -> Iterator[AnyRule]:
    ids = tuple(x.id for x in lessons)
    for cells, _, most in groups:
        if most < len(lessons):
            if any(x.duration > 1 for x in lessons) and not _whole_days(school, cells):
                raise Inexpressible("on where lessons of several times start")
            times = tuple(sorted(cells))
            yield MaxTotalInTimes(lessons=ids, cells=times, limit=most, weight=entry.price.weight, source=entry.source)


def _at_least(entry: Entry, school: School, lessons: list[Lesson], groups: Groups) -> Iterator[AnyRule]:
    """Lessons are counted by the times they cover: as many, when each has one time and no two share it."""
    ids = tuple(x.id for x in lessons)
    for cells, least, _ in groups:
        single = all(x.duration == 1 for x in lessons)
        if least > 0:
            if not (single or (least == 1 and _whole_days(school, cells))):
                raise Inexpressible("on where lessons of several times start")
            if least > 1 and not _apart(school, lessons):
                raise Inexpressible("on lessons that may be at the same time")
            times = tuple(sorted(cells))
            yield MinSlotsUsed(lessons=ids, cells=times, limit=least, weight=entry.price.weight, source=entry.source)


def _whole_days(school: School, cells: frozenset[int]) -> bool:
    return all(cells.issuperset(day) or cells.isdisjoint(day) for day in school.instance.days.values())


def _apart(school: School, lessons: list[Lesson]) -> bool:
    """Whether somebody takes part in all of the lessons, so that no two are at once."""
    return bool(lessons) and bool(frozenset.intersection(*(frozenset((*x.teachers, *x.classes)) for x in lessons)))


def link_events(entry: Entry, school: School) -> Iterator[AnyRule]:
    """The events of a group are at the same times: their first lessons start together, their second ones and so on.

    Lessons of one length, none at once with another of its event, cover the same times only when they start at the
    same times; which is called the first does not matter.
    """
    if not entry.hard:
        raise Inexpressible("that is not required")
    for name in entry.event_groups:
        events = school.instance.event_groups[name]
        lessons = [school.lessons_of([e]) for e in events]
        if len({tuple(x.duration for x in of_event) for of_event in lessons}) > 1:
            raise Inexpressible("on events that are split differently")
        if any(len({x.duration for x in of_event}) > 1 or not _sound(school, of_event) for of_event in lessons):
            raise Inexpressible("on events split into lessons of several lengths")
        for together in zip(*lessons, strict=True) if len(events) > 1 else ():
            yield SameStart(lessons=tuple(x.id for x in together), weight=None, source=entry.source)


def _sound(school: School, lessons: list[Lesson]) -> bool:
    return len(lessons) < 2 or _apart(school, lessons)


EVENT_CONSTRAINTS: dict[str, Converter] = {
    "AssignTimeConstraint": only_required,
    "AssignResourceConstraint": only_required,
    "SplitEventsConstraint": already_in_lessons,
    "DistributeSplitEventsConstraint": already_in_lessons,
    "PreferTimesConstraint": prefer_times,
    "PreferResourcesConstraint": prefer_resources,
    "AvoidSplitAssignmentsConstraint": avoid_split_assignments,
    "SpreadEventsConstraint": spread_events,
    "LinkEventsConstraint": link_events,
}
