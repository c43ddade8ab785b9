"""Lessons that may change places without anybody noticing.

The lectures of a course, or the weekly lessons of a class in one subject: the same people, as long, treated alike by
every rule. The model need not say which of them is when, only how many start where. With k of them it has a k-th of
the literals and none of the k! timetables that are the same to everybody.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator

from models.problem import Lesson, Pin
from models.rules import LessonRule, ResourceRule, Rule
from models.rules.compactness import Compactness
from models.rules.day_starts_early import DayStartsEarly
from models.rules.home_room import HomeRoom
from models.rules.interval_max_days import IntervalMaxDays
from models.rules.lunch_break import LunchBreak
from models.rules.max_busy_in_times import MaxBusyInTimes
from models.rules.max_days import MaxDays
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.max_in_a_row import MaxInARow
from models.rules.max_long_days import MaxLongDays
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.max_periods_per_week import MaxPeriodsPerWeek
from models.rules.max_span_per_day import MaxSpanPerDay
from models.rules.min_days import MinDays
from models.rules.min_days_between import MinDaysBetween
from models.rules.min_periods_per_day import MinPeriodsPerDay
from models.rules.min_rest import MinRest
from models.rules.min_working_days import MinWorkingDays
from models.rules.not_twice_a_day import NotTwiceADay
from models.rules.preferred_rooms import PreferredRooms
from models.rules.preferred_times import PreferredTimes
from models.rules.room_capacity import RoomCapacity
from models.rules.room_stability import RoomStability
from models.rules.room_wanted import RoomWanted
from models.rules.unavailable import Unavailable
from solver.domains import Domains

OF_RESOURCES: tuple[type[Rule], ...] = (
    Compactness,
    DayStartsEarly,
    HomeRoom,
    IntervalMaxDays,
    LunchBreak,
    MaxBusyInTimes,
    MaxDays,
    MaxGapsPerDay,
    MaxGapsPerWeek,
    MaxInARow,
    MaxLongDays,
    MaxPeriodsPerDay,
    MaxPeriodsPerWeek,
    MaxSpanPerDay,
    MinDays,
    MinPeriodsPerDay,
    MinRest,
    Unavailable,
)
OF_LESSONS: tuple[type[Rule], ...] = (
    MinDaysBetween,
    MinWorkingDays,
    NotTwiceADay,
    PreferredRooms,
    PreferredTimes,
    RoomCapacity,
    RoomStability,
    RoomWanted,
)
"""Rules whose encoding may be given a lesson that starts several times. Those of resources treat the lessons of a
resource with the same tags alike, those of lessons the ones they name."""

FIELDS = tuple(name for name in Lesson.model_fields if name not in ("id", "source"))


def interchangeable(domains: Domains, explicit: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Lessons that are, two or more together, in the order of the problem. explicit: lessons of which the model
    chooses each room."""
    alike: dict[Hashable, list[str]] = defaultdict(list)
    apart, naming = _rules_on(domains)
    for x in domains.problem.lessons:
        if x.id not in apart and _simple(x, domains):
            fields = tuple(getattr(x, name) for name in FIELDS)
            alike[fields, domains.starts[x.id], x.id in explicit, tuple(naming[x.id])].append(x.id)
    yield from (tuple(lessons) for lessons in alike.values() if len(lessons) > 1)


def _simple(x: Lesson, domains: Domains) -> bool:
    """Whether it is free, starts alone, and is kept from itself by someone who has one lesson at a time."""
    alone = len(domains.blocks[domains.leader[x.id]]) == 1
    return alone and x.pin == Pin() and not x.any_teacher and len(x.rooms) < 2 and any(domains.fixed(x))


def _rules_on(domains: Domains) -> tuple[set[str], dict[str, list[int]]]:
    """Lessons with a rule that must know which is which; lesson -> numbers of the rules that name it."""
    apart, naming = set[str](), defaultdict[str, list[int]](list)
    for number, rule in enumerate(domains.problem.rules):
        if isinstance(rule, OF_RESOURCES) and not _each(rule, domains):
            continue
        named = _named(rule, domains)
        if not isinstance(rule, OF_LESSONS) or _each(rule, domains):
            apart.update(named)
        for lesson in named:
            naming[lesson].append(number)
    return apart, naming


def _each(rule: Rule, domains: Domains) -> bool:
    """Whether the rule may have to be said of each lesson or each pair of lessons by itself."""
    if isinstance(rule, HomeRoom):
        return rule.who.kind == "room"
    return isinstance(rule, MinDaysBetween) and len(domains.problem.grid.weeks) > 1


def _named(rule: Rule, domains: Domains) -> Collection[str]:
    if isinstance(rule, ResourceRule):
        return domains.lessons_of(rule)
    named: Collection[str] = rule.lessons if isinstance(rule, LessonRule | RoomCapacity) else ()
    return named or domains.problem.lesson
