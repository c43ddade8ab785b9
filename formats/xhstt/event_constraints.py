"""Constraints on events as rules on lessons. Assignment and splitting are settled in the lessons."""

from collections.abc import Callable, Iterable, Iterator
from itertools import product

from formats.xhstt.entry import Entry, Inexpressible, bounds
from formats.xhstt.instance import reference
from formats.xhstt.school import School
from formats.xhstt.splits import SPLITTERS
from models.base import Weight
from models.problem import Lesson
from models.rules import AnyRule
from models.rules.max_total_in_times import MaxTotalInTimes
from models.rules.not_twice_a_day import NotTwiceADay
from models.rules.ordered import Ordered
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


def split_as_asked(entry: Entry, school: School) -> Iterator[AnyRule]:
    """How events are split is settled in the lessons; what it costs is certain."""
    deviation = SPLITTERS[entry.node.tag](entry)
    for event in (e for e in entry.events if e not in school.pairs):
        lessons = school.lessons_of([event])
        yield from certain(entry, lessons, deviation(tuple(x.duration for x in lessons)))


def certain(entry: Entry, lessons: list[Lesson], deviation: int) -> Iterator[AnyRule]:
    """A deviation that no timetable of these lessons avoids: the first of them is nowhere at the right time."""
    if deviation and lessons:
        weight = entry.price.of(deviation)
        yield PreferredTimes(lessons=(lessons[0].id,), cells=(), weight=weight, source=entry.source)


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
        lessons = [x for x in school.lessons_of(school.instance.event_groups[group]) if _kinds(entry, school, x)]
        ids, worst = tuple(x.id for x in lessons), len(lessons) - 1
        kinds = {kind for x in lessons for kind in _kinds(entry, school, x)}
        if worst < 1:
            continue
        if kinds == {"room"}:
            _must_have_one_room(entry, school, lessons)
            for k, weight in entry.price.steps(worst):
                yield RoomStability(lessons=ids, limit=1 + k, weight=weight, source=entry.source)
        elif kinds == {"teacher"}:
            weight, position = entry.price.only(worst), _position(entry, school, lessons)
            yield SameTeacher(lessons=ids, position=position, weight=weight, source=entry.source)
        else:
            raise Inexpressible("on rooms and teachers together")


def _kinds(entry: Entry, school: School, lesson: Lesson) -> set[str]:
    """What has the role of the constraint in a lesson, none when it has no such role."""
    parts = [p for p in school.instance.events[lesson.course].resources if p.role == entry.role]
    if any(p.resource is not None for p in parts):
        raise Inexpressible("on a role that is given to somebody already")
    return {p.kind for p in parts}


def _position(entry: Entry, school: School, lessons: list[Lesson]) -> int | None:
    """Which of the chosen teachers of the lessons has the role, None where each chooses one alone."""
    roles = [school.roles[x.course].teachers for x in lessons]
    positions = {r.index(entry.role) for r in roles if entry.role in r}
    if len(positions) != 1 or any(entry.role not in r for r in roles):
        raise Inexpressible("on a role that stands at different places of events")
    return None if all(len(r) == 1 for r in roles) else positions.pop()


def spread_events(entry: Entry, school: School) -> Iterator[AnyRule]:
    """Deviation of an event group: lessons missing or too many that start in a time group, summed over those."""
    groups = [(cells, *bounds(node)) for node, cells in entry.time_groups]
    for name in entry.event_groups:
        events = school.instance.event_groups[name]
        if school.pairs.keys() & events:
            continue
        lessons = school.lessons_of(events)
        if not entry.hard and entry.price.function != "Linear":
            raise Inexpressible(f"with cost function {entry.price.function}")
        most = {most for _, _, most in groups}
        if entry.daily and len(most) == 1 and min(most) > 0:
            if min(most) < len(lessons):
                ids = tuple(x.id for x in lessons)
                yield NotTwiceADay(lessons=ids, limit=min(most), weight=entry.price.weight, source=entry.source)
        else:
            yield from _at_most(entry, school, lessons, groups)
        yield from _at_least(entry, school, lessons, groups)


Groups = list[tuple[frozenset[int], int, int]]
"""Times, least and most starts in them."""


def _at_most(entry: Entry, school: School, lessons: list[Lesson], groups: Groups) -> Iterator[AnyRule]:
    for cells, _, most in groups:
        if most < len(lessons):
            yield _starts_at_most(entry, school, lessons, cells, most)


def _at_least(entry: Entry, school: School, lessons: list[Lesson], groups: Groups) -> Iterator[AnyRule]:
    """At least so many here is at most the rest elsewhere; where there are not as many, the lack is certain."""
    everywhere = frozenset(range(len(school.instance.times)))
    for cells, least, _ in groups:
        if least > 0:
            yield from certain(entry, lessons, least - len(lessons)) if least > len(lessons) else ()
            yield _starts_at_most(entry, school, lessons, everywhere - cells, max(0, len(lessons) - least))


def _starts_at_most(
    entry: Entry, school: School, lessons: list[Lesson], cells: frozenset[int], most: int
) -> MaxTotalInTimes:
    """Where lessons start is told from what they cover only where it matters."""
    starts = any(x.duration > 1 for x in lessons) and not _whole_days(school, cells)
    ids, times, weight = tuple(x.id for x in lessons), tuple(sorted(cells)), entry.price.weight
    return MaxTotalInTimes(lessons=ids, cells=times, limit=most, starts=starts, weight=weight, source=entry.source)


def _whole_days(school: School, cells: frozenset[int]) -> bool:
    return all(cells.issuperset(day) or cells.isdisjoint(day) for day in school.instance.days.values())


def _apart(school: School, lessons: list[Lesson]) -> bool:
    """Whether somebody takes part in all of the lessons, so that no two are at once."""
    return bool(lessons) and bool(frozenset.intersection(*(frozenset((*x.teachers, *x.classes)) for x in lessons)))


def link_events(entry: Entry, school: School) -> Iterator[AnyRule]:
    """The events of a group are at the same times: their first lessons start together, their second ones and so on.

    Lessons of one length, none at once with another of its event, cover the same times only when they start at the
    same times; which is called the first does not matter. Somebody who takes part in all lessons of one of the events
    keeps those apart, and so all. With several lengths the rules ask more than the archive does: that the long ones
    of all events be together.
    """
    if not entry.hard:
        raise Inexpressible("that is not required")
    for name in entry.event_groups:
        events = school.instance.event_groups[name]
        lessons = [school.lessons_of([e]) for e in events]
        if len({tuple(x.duration for x in of_event) for of_event in lessons}) > 1:
            raise Inexpressible("on events that are split differently")
        if not any(len(of_event) < 2 or _apart(school, of_event) for of_event in lessons):
            raise Inexpressible("on events of which lessons may be at the same time")
        for together in zip(*lessons, strict=True) if len(events) > 1 else ():
            yield SameStart(lessons=tuple(x.id for x in together), weight=None, source=entry.source)


def order_events(entry: Entry, school: School) -> Iterator[AnyRule]:
    """Every lesson of the first event of a pair is over before one of the second starts."""
    listing = entry.node.child("AppliesTo").find("EventPairs")
    for pair in listing.all("EventPair") if listing is not None else ():
        least = pair.integer("MinSeparation") if pair.find("MinSeparation") is not None else 0
        if not entry.hard or least > 0 or pair.find("MaxSeparation") is not None:
            raise Inexpressible("that is not required, or with separations")
        ends = (reference(pair.child(tag), school.instance.events, "event") for tag in ("FirstEvent", "SecondEvent"))
        for first, second in product(*(school.lessons_of([event]) for event in ends)):
            yield Ordered(lessons=(first.id, second.id), source=entry.source)


EVENT_CONSTRAINTS: dict[str, Converter] = {
    "AssignTimeConstraint": only_required,
    "AssignResourceConstraint": only_required,
    "SplitEventsConstraint": split_as_asked,
    "DistributeSplitEventsConstraint": split_as_asked,
    "PreferTimesConstraint": prefer_times,
    "PreferResourcesConstraint": prefer_resources,
    "AvoidSplitAssignmentsConstraint": avoid_split_assignments,
    "SpreadEventsConstraint": spread_events,
    "LinkEventsConstraint": link_events,
    "OrderEventsConstraint": order_events,
}
