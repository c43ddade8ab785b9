"""Constraints on the times of activities, and the table of all time constraints."""

from collections.abc import Iterator

from formats.fet.entry import Converter, Entry, Inexpressible
from formats.fet.people_constraints import PEOPLE
from models.rules import AnyRule
from models.rules.consecutive import Consecutive
from models.rules.ends_day import EndsDay
from models.rules.grouped import Grouped
from models.rules.max_days_between import MaxDaysBetween
from models.rules.max_simultaneous import MaxSimultaneous
from models.rules.max_slots_used import MaxSlotsUsed
from models.rules.min_days_between import MinDaysBetween
from models.rules.min_gap_between import MinGapBetween
from models.rules.min_simultaneous import MinSimultaneous
from models.rules.min_slots_used import MinSlotsUsed
from models.rules.not_overlapping import NotOverlapping
from models.rules.not_twice_a_day import NotTwiceADay
from models.rules.ordered import Ordered
from models.rules.preferred_times import PreferredTimes
from models.rules.same_day import SameDay
from models.rules.same_period import SamePeriod
from models.rules.same_start import SameStart
from models.rules.together_if_same_day import TogetherIfSameDay


def nothing(_: Entry) -> Iterator[AnyRule]:
    """For what every problem holds anyway, or what the grid already says."""
    return iter(())


def min_days_between(e: Entry) -> Iterator[AnyRule]:
    """Besides the days between: FET never puts three of the activities on one day, whatever the weight, and with
    "consecutive if same day" two on one day only right after each other. Hard days between say both already."""
    lessons, days = e.lessons(), e.node.integer("MinDays")
    if len(lessons) < 2:
        return
    if days:
        yield MinDaysBetween(lessons=lessons, days=days, weight=e.weight, source=e.source)
        if e.weight is None:
            return
    if len(lessons) > 2:
        yield NotTwiceADay(lessons=lessons, limit=2, source=e.source)
    if e.node.flag("Consecutive_If_Same_Day", False):
        yield TogetherIfSameDay(lessons=lessons, source=e.source)


def max_days_between(e: Entry) -> Iterator[AnyRule]:
    if len(e.lessons()) > 1:
        yield MaxDaysBetween(lessons=e.lessons(), days=e.node.integer("MaxDays"), weight=e.weight, source=e.source)


def min_gaps_between(e: Entry) -> Iterator[AnyRule]:
    periods = e.node.integer("MinGaps")
    if periods and len(e.lessons()) > 1:
        yield MinGapBetween(lessons=e.lessons(), periods=periods, weight=e.weight, source=e.source)


def preferred(e: Entry, lessons: tuple[str, ...], cells: tuple[int, ...], whole: bool = False) -> Iterator[AnyRule]:
    if lessons:
        yield PreferredTimes(lessons=lessons, cells=cells, whole=whole, weight=e.weight, source=e.source)


def starting_time(e: Entry) -> Iterator[AnyRule]:
    yield from preferred(e, e.lessons(), tuple(e.school.week.times(e.node, "Preferred_Day", "Preferred_Hour")))


def preferred_day(e: Entry) -> Iterator[AnyRule]:
    week, day = e.school.week, e.node.child("Preferred_Day", "Day")
    cells = [week.cells[day.text, hour] for hour in week.hours if (day.text, hour) in week.cells]
    if day.text not in week.days:
        raise day.wrong(repr(day.text), "a day of <Days_List>")
    yield from preferred(e, e.lessons(), tuple(cells))


def starting_times_of_one(e: Entry) -> Iterator[AnyRule]:
    cells = e.times("Preferred_Starting_Time", "Preferred_Starting_Day", "Preferred_Starting_Hour")
    yield from preferred(e, e.lessons(), cells)


def starting_times(e: Entry) -> Iterator[AnyRule]:
    cells = e.times("Preferred_Starting_Time", "Preferred_Starting_Day", "Preferred_Starting_Hour")
    yield from preferred(e, e.matching(), cells)


def time_slots_of_one(e: Entry) -> Iterator[AnyRule]:
    yield from preferred(e, e.lessons(), e.times("Preferred_Time_Slot", "Preferred_Day", "Preferred_Hour"), whole=True)


def time_slots(e: Entry) -> Iterator[AnyRule]:
    yield from preferred(e, e.matching(), e.times("Preferred_Time_Slot", "Preferred_Day", "Preferred_Hour"), whole=True)


def same_start(e: Entry) -> Iterator[AnyRule]:
    if len(e.lessons()) > 1:
        yield SameStart(lessons=e.lessons(), weight=e.weight, source=e.source)


def same_day(e: Entry) -> Iterator[AnyRule]:
    if len(e.lessons()) > 1:
        yield SameDay(lessons=e.lessons(), weight=e.weight, source=e.source)


def same_hour(e: Entry) -> Iterator[AnyRule]:
    """FET compares hours, the rule positions within the day: equal only where the breaks of all days are."""
    if len(e.lessons()) > 1 and not e.school.week.even:
        raise Inexpressible("with breaks that differ between days")
    if len(e.lessons()) > 1:
        yield SamePeriod(lessons=e.lessons(), weight=e.weight, source=e.source)


def not_overlapping(e: Entry) -> Iterator[AnyRule]:
    if len(e.lessons()) > 1:
        yield NotOverlapping(lessons=e.lessons(), weight=e.weight, source=e.source)


def ends_day_of_one(e: Entry) -> Iterator[AnyRule]:
    if e.lessons():
        yield EndsDay(lessons=e.lessons(), weight=e.weight, source=e.source)


def ends_day(e: Entry) -> Iterator[AnyRule]:
    if e.matching():
        yield EndsDay(lessons=e.matching(), weight=e.weight, source=e.source)


def consecutive(e: Entry) -> Iterator[AnyRule]:
    pair = e.pair("First_Activity_Id", "Second_Activity_Id")
    if pair:
        yield Consecutive(lessons=pair, over_breaks=True, weight=e.weight, source=e.source)


def two_grouped(e: Entry) -> Iterator[AnyRule]:
    pair = e.pair("First_Activity_Id", "Second_Activity_Id")
    if pair:
        yield Grouped(lessons=pair, over_breaks=True, weight=e.weight, source=e.source)


def three_grouped(e: Entry) -> Iterator[AnyRule]:
    three = e.pair("First_Activity_Id", "Second_Activity_Id", "Third_Activity_Id")
    if three:
        yield Grouped(lessons=three, over_breaks=True, weight=e.weight, source=e.source)


def ordered(e: Entry) -> Iterator[AnyRule]:
    pair = e.pair("First_Activity_Id", "Second_Activity_Id")
    if pair:
        yield Ordered(lessons=pair, weight=e.weight, source=e.source)


def ordered_if_same_day(e: Entry) -> Iterator[AnyRule]:
    pair = e.pair("First_Activity_Id", "Second_Activity_Id")
    if pair:
        yield Ordered(lessons=pair, same_day_only=True, weight=e.weight, source=e.source)


def selected(e: Entry) -> tuple[int, ...]:
    return e.times("Selected_Time_Slot", "Selected_Day", "Selected_Hour")


def max_slots_used(e: Entry) -> Iterator[AnyRule]:
    limit = e.node.integer("Max_Number_of_Occupied_Time_Slots")
    if e.lessons() and selected(e):
        yield MaxSlotsUsed(lessons=e.lessons(), cells=selected(e), limit=limit, weight=e.weight, source=e.source)


def min_slots_used(e: Entry) -> Iterator[AnyRule]:
    limit = e.node.integer("Min_Number_of_Occupied_Time_Slots")
    if limit:
        yield MinSlotsUsed(lessons=e.lessons(), cells=selected(e), limit=limit, weight=e.weight, source=e.source)


def max_simultaneous(e: Entry) -> Iterator[AnyRule]:
    limit = e.node.integer("Max_Number_of_Simultaneous_Activities")
    if e.lessons() and selected(e):
        yield MaxSimultaneous(lessons=e.lessons(), cells=selected(e), limit=limit, weight=e.weight, source=e.source)


def min_simultaneous(e: Entry) -> Iterator[AnyRule]:
    if e.node.flag("Allow_Empty_Slots", False):
        raise Inexpressible("with empty slots allowed")
    limit = e.node.integer("Min_Number_of_Simultaneous_Activities")
    if limit:
        yield MinSimultaneous(lessons=e.lessons(), cells=selected(e), limit=limit, weight=e.weight, source=e.source)


TIME: dict[str, Converter] = {
    "ConstraintBasicCompulsoryTime": nothing,
    "ConstraintBreakTimes": nothing,
    **PEOPLE,
    "ConstraintMinDaysBetweenActivities": min_days_between,
    "ConstraintMaxDaysBetweenActivities": max_days_between,
    "ConstraintMinGapsBetweenActivities": min_gaps_between,
    "ConstraintActivityPreferredStartingTime": starting_time,
    "ConstraintActivityPreferredDay": preferred_day,
    "ConstraintActivityPreferredStartingTimes": starting_times_of_one,
    "ConstraintActivitiesPreferredStartingTimes": starting_times,
    "ConstraintSubactivitiesPreferredStartingTimes": starting_times,
    "ConstraintActivityPreferredTimeSlots": time_slots_of_one,
    "ConstraintActivitiesPreferredTimeSlots": time_slots,
    "ConstraintSubactivitiesPreferredTimeSlots": time_slots,
    "ConstraintActivitiesSameStartingTime": same_start,
    "ConstraintActivitiesSameStartingDay": same_day,
    "ConstraintActivitiesSameStartingHour": same_hour,
    "ConstraintActivitiesNotOverlapping": not_overlapping,
    "ConstraintActivityEndsStudentsDay": ends_day_of_one,
    "ConstraintActivitiesEndStudentsDay": ends_day,
    "ConstraintTwoActivitiesConsecutive": consecutive,
    "ConstraintTwoActivitiesGrouped": two_grouped,
    "ConstraintThreeActivitiesGrouped": three_grouped,
    "ConstraintTwoActivitiesOrdered": ordered,
    "ConstraintTwoActivitiesOrderedIfSameDay": ordered_if_same_day,
    "ConstraintActivitiesOccupyMaxTimeSlotsFromSelection": max_slots_used,
    "ConstraintActivitiesOccupyMinTimeSlotsFromSelection": min_slots_used,
    "ConstraintActivitiesMaxSimultaneousInSelectedTimeSlots": max_simultaneous,
    "ConstraintActivitiesMinSimultaneousInSelectedTimeSlots": min_simultaneous,
}
"""Time constraint -> converter."""
