"""Constraints on how teachers and students spend their time.

FET says each of them for one teacher, all teachers, one students set and all students.
"""

from collections.abc import Iterator
from typing import Protocol

from formats.fet.entry import Converter, Entry, Inexpressible
from models.rules import AnyRule, Who
from models.rules.day_starts_early import DayStartsEarly
from models.rules.interval_max_days import IntervalMaxDays
from models.rules.max_days import MaxDays
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.max_in_a_row import MaxInARow
from models.rules.max_long_days import MaxLongDays
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.max_span_per_day import MaxSpanPerDay
from models.rules.min_days import MinDays
from models.rules.min_gap_after import MinGapAfter
from models.rules.min_periods_per_day import MinPeriodsPerDay
from models.rules.min_rest import MinRest
from models.rules.unavailable import Unavailable


class ForWhom(Protocol):
    """Says whose time a constraint speaks of."""

    def __call__(self, e: Entry, /) -> Who: ...


def every_teacher(_: Entry) -> Who:
    return Who(kind="teacher")


def every_student(_: Entry) -> Who:
    return Who(kind="class")


WHO: dict[str, ForWhom] = {
    "Teacher": Entry.teacher,
    "Teachers": every_teacher,
    "StudentsSet": Entry.students,
    "Students": every_student,
}


class Rule(Protocol):
    """Makes the rules of a constraint for those it speaks of."""

    def __call__(self, e: Entry, who: Who, /) -> Iterator[AnyRule]: ...


def unavailable(e: Entry, who: Who) -> Iterator[AnyRule]:
    cells = e.times("Not_Available_Time", "Day", "Hour")
    if cells:
        yield Unavailable(who=who, cells=cells, weight=e.weight, source=e.source)


def max_gaps_per_day(e: Entry, who: Who) -> Iterator[AnyRule]:
    yield MaxGapsPerDay(who=who, limit=e.node.integer("Max_Gaps"), weight=e.weight, source=e.source)


def max_gaps_per_week(e: Entry, who: Who) -> Iterator[AnyRule]:
    yield MaxGapsPerWeek(who=who, limit=e.node.integer("Max_Gaps"), weight=e.weight, source=e.source)


def max_days(e: Entry, who: Who) -> Iterator[AnyRule]:
    yield MaxDays(who=who, limit=e.node.integer("Max_Days_Per_Week"), weight=e.weight, source=e.source)


def min_days(e: Entry, who: Who) -> Iterator[AnyRule]:
    limit = e.node.integer("Minimum_Days_Per_Week")
    if limit:
        yield MinDays(who=who, limit=limit, weight=e.weight, source=e.source)


def max_hours(e: Entry, who: Who) -> Iterator[AnyRule]:
    yield MaxPeriodsPerDay(who=who, limit=e.node.integer("Maximum_Hours_Daily"), weight=e.weight, source=e.source)


def max_hours_of_tag(e: Entry, who: Who) -> Iterator[AnyRule]:
    yield from (r.model_copy(update={"tags": (e.tag(),)}) for r in max_hours(e, who))


def max_in_a_row(e: Entry, who: Who) -> Iterator[AnyRule]:
    yield MaxInARow(who=who, limit=e.node.integer("Maximum_Hours_Continuously"), weight=e.weight, source=e.source)


def max_in_a_row_of_tag(e: Entry, who: Who) -> Iterator[AnyRule]:
    yield from (r.model_copy(update={"tags": (e.tag(),)}) for r in max_in_a_row(e, who))


def min_hours(e: Entry, who: Who) -> Iterator[AnyRule]:
    limit, empty = e.node.integer("Minimum_Hours_Daily"), e.node.flag("Allow_Empty_Days", True)
    if limit:
        yield MinPeriodsPerDay(who=who, limit=limit, empty_days=empty, weight=e.weight, source=e.source)


def starts_early(e: Entry, who: Who) -> Iterator[AnyRule]:
    late_days = e.node.integer("Max_Beginnings_At_Second_Hour")
    yield DayStartsEarly(who=who, late_days=late_days, weight=e.weight, source=e.source)


def max_span(e: Entry, who: Who) -> Iterator[AnyRule]:
    if e.school.week.breaks_inside:
        raise Inexpressible("that counts breaks")
    span, exception = e.node.integer("Max_Span"), e.node.flag("Allow_One_Day_Exception_of_Plus_One", False)
    if exception:
        yield MaxLongDays(who=who, span=span, limit=1, weight=e.weight, source=e.source)
    yield MaxSpanPerDay(who=who, limit=span + exception, weight=e.weight, source=e.source)


def min_rest(e: Entry, who: Who) -> Iterator[AnyRule]:
    """FET counts the hours after the last and before the first lesson; so does the rule, less the breaks there."""
    hours, circular = e.node.integer("Minimum_Resting_Hours"), e.node.flag("Circular", False)
    if hours:
        yield MinRest(who=who, periods=hours, circular=circular, weight=e.weight, source=e.source)


def gap_after_tag(e: Entry, who: Who) -> Iterator[AnyRule]:
    """FET asks it at 100 % only, of two different tags that no activity has both, and counts hours, breaks too."""
    first, second = e.node.child("First_Activity_Tag"), e.node.child("Second_Activity_Tag")
    tags, later = (e.school.tag(first),), (e.school.tag(second),)
    if tags == later:
        raise second.wrong(repr(second.text), "another tag than the first")
    periods = e.node.integer("MinGaps")
    if periods:
        yield MinGapAfter(who=who, tags=tags, later=later, periods=periods, weight=e.weight, source=e.source)


def interval_max_days(e: Entry, who: Who) -> Iterator[AnyRule]:
    week, start, end = e.school.week, e.node.child("Interval_Start_Hour"), e.node.child("Interval_End_Hour")
    for node in (start, end) if end.text else (start,):
        e.school.known(node, node.text, week.hours, "Hours_List")
    cells = tuple(sorted(week.rows(start.text, end.text)))
    limit = e.node.integer("Max_Days_Per_Week")
    yield IntervalMaxDays(who=who, cells=cells, limit=limit, weight=e.weight, source=e.source)


RULES: dict[str, Rule] = {
    "NotAvailableTimes": unavailable,
    "MaxGapsPerDay": max_gaps_per_day,
    "MaxGapsPerWeek": max_gaps_per_week,
    "MaxDaysPerWeek": max_days,
    "MinDaysPerWeek": min_days,
    "MaxHoursDaily": max_hours,
    "MaxHoursContinuously": max_in_a_row,
    "MinHoursDaily": min_hours,
    "ActivityTagMaxHoursDaily": max_hours_of_tag,
    "ActivityTagMaxHoursContinuously": max_in_a_row_of_tag,
    "EarlyMaxBeginningsAtSecondHour": starts_early,
    "MaxSpanPerDay": max_span,
    "MinRestingHours": min_rest,
    "IntervalMaxDaysPerWeek": interval_max_days,
    "MinGapsBetweenOrderedPairOfActivityTags": gap_after_tag,
}


def _converter(who: ForWhom, rule: Rule) -> Converter:
    return lambda e: rule(e, who(e))


PEOPLE: dict[str, Converter] = {
    f"Constraint{prefix}{name}": _converter(who, rule) for prefix, who in WHO.items() for name, rule in RULES.items()
}
"""Constraint -> converter, for each of the four kinds of people."""
