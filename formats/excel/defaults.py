"""What every school expects without saying so. Each default is soft, stands here with its reason, and gives way to
a row of the sheet Rules that names the same rule for the same people or lessons (Value "off" switches it off).

| rule | for | weight | reason |
|---|---|---|---|
| not twice a day | lessons of one subject of a class | 20 | spread over the week, evenly where lessons exceed days |
| together if same day | the same, with more lessons than days | 10 | two on one day are better a double than apart |
| max gaps per week 0 | all classes | 50 | students are not left alone; divided classes cannot always avoid it |
| day starts early | all classes | 5 | free periods lie at the end of the day |
| max gaps per week 0 | all teachers | 2 | free periods between lessons are a cost, but a small one |
| room capacity | all lessons | 2 | per missing seat: a room one seat short is better than no lesson |
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from formats.excel.context import Course, Reading
from models.base import ResourceKind
from models.rules import AnyRule
from models.rules.base import Who
from models.rules.day_starts_early import DayStartsEarly
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.not_twice_a_day import NotTwiceADay
from models.rules.room_capacity import RoomCapacity
from models.rules.together_if_same_day import TogetherIfSameDay

SPREAD, TOGETHER, CLASS_GAPS, CLASS_EARLY, TEACHER_GAPS, SEATS = 20, 10, 50, 5, 2, 2
"""Weights, by one unit of the rule's amount."""

SOURCE = "default"

FAMILIES = {
    "max_gaps_per_day": "max_gaps_per_week",
    "min_days_between": "not_twice_a_day",
    "different_day": "not_twice_a_day",
    "grouped": "together_if_same_day",
    "consecutive": "together_if_same_day",
}
"""Rules that speak of the same wish as a default, so that they replace it."""


@dataclass
class Said:
    """What the sheet Rules has settled: by kind of rule, resources (kind, code) or lesson ids; None stands for all
    of a kind of resource."""

    resources: set[tuple[str, ResourceKind, str | None]] = field(default_factory=set)
    lessons: set[tuple[str, str]] = field(default_factory=set)

    def about(self, rule: str, who: Who) -> None:
        for code in who.ids or (None,):
            self.resources.add((FAMILIES.get(rule, rule), who.kind, code))

    def about_lessons(self, rule: str, lessons: Iterable[str]) -> None:
        self.lessons.update((FAMILIES.get(rule, rule), lesson) for lesson in lessons)


def default_rules(reading: Reading, said: Said) -> Iterator[AnyRule]:
    """The defaults that no row of the sheet Rules replaces."""
    everyone: Mapping[ResourceKind, Iterable[str]] = {"class": reading.class_, "teacher": reading.teacher}
    for who in _rest("max_gaps_per_week", "class", everyone, said):
        yield MaxGapsPerWeek(who=who, limit=0, weight=CLASS_GAPS, source=SOURCE)
    for who in _rest("day_starts_early", "class", everyone, said):
        yield DayStartsEarly(who=who, weight=CLASS_EARLY, source=SOURCE)
    for who in _rest("max_gaps_per_week", "teacher", everyone, said):
        yield MaxGapsPerWeek(who=who, limit=0, weight=TEACHER_GAPS, source=SOURCE)
    yield from _spread(reading, said)
    lessons = [id_ for c in reading.courses for id_ in c.ids if ("room_capacity", id_) not in said.lessons]
    if lessons and any(room.capacity is not None for room in reading.room.values()):
        every = len(lessons) == sum(len(c.ids) for c in reading.courses)
        yield RoomCapacity(lessons=() if every else tuple(lessons), weight=SEATS, source=SOURCE)


def _rest(rule: str, kind: ResourceKind, everyone: Mapping[ResourceKind, Iterable[str]], said: Said) -> Iterator[Who]:
    """All of a kind, without those the sheet Rules has named."""
    if (rule, kind, None) in said.resources:
        return
    codes = list(everyone[kind])
    rest = [code for code in codes if (rule, kind, code) not in said.resources]
    if rest:
        yield Who(kind=kind, ids=() if len(rest) == len(codes) else tuple(rest))


def _spread(reading: Reading, said: Said) -> Iterator[AnyRule]:
    """Over the days, for each class and subject, also where two rows share it."""
    groups: dict[tuple[tuple[str, ...], str], list[Course]] = {}
    for course in reading.courses:
        groups.setdefault((course.classes, course.subject), []).append(course)
    days = len(reading.times.days)
    for (classes, _), courses in groups.items():
        lessons = tuple(id_ for course in courses for id_ in course.ids)
        most = max(_per_week(courses, week) for week in range(len(reading.times.weeks)))
        if most < 2 or not classes:
            continue
        source = courses[0].row.source("Per week")
        if not any(("not_twice_a_day", x) in said.lessons for x in lessons):
            yield NotTwiceADay(lessons=lessons, limit=-(-most // days), weight=SPREAD, source=source)
        if most > days and not any(("together_if_same_day", x) in said.lessons for x in lessons):
            yield TogetherIfSameDay(lessons=lessons, weight=TOGETHER, source=source)


def _per_week(courses: list[Course], week: int) -> int:
    return sum(len(c.ids) for c in courses if not c.weeks or week in c.weeks)
