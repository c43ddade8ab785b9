"""The rule catalogue. RULES lists what a problem may ask for, STRUCTURAL what always holds."""

from typing import Annotated

from pydantic import Field

from models.rules.base import LessonRule, ResourceRule, Rule, Violation, Who
from models.rules.buffer import Buffer
from models.rules.class_clash import ClassClash
from models.rules.compactness import Compactness
from models.rules.consecutive import Consecutive
from models.rules.day_ends import DayEnds
from models.rules.day_starts_early import DayStartsEarly
from models.rules.different_day import DifferentDay
from models.rules.ends_day import EndsDay
from models.rules.grouped import Grouped
from models.rules.home_room import HomeRoom
from models.rules.interval_max_days import IntervalMaxDays
from models.rules.lunch_break import LunchBreak
from models.rules.max_busy_in_times import MaxBusyInTimes
from models.rules.max_days import MaxDays
from models.rules.max_days_between import MaxDaysBetween
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.max_in_a_row import MaxInARow
from models.rules.max_long_days import MaxLongDays
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.max_periods_per_week import MaxPeriodsPerWeek
from models.rules.max_room_changes import MaxRoomChanges
from models.rules.max_simultaneous import MaxSimultaneous
from models.rules.max_site_changes import MaxSiteChanges
from models.rules.max_slots_used import MaxSlotsUsed
from models.rules.max_span_per_day import MaxSpanPerDay
from models.rules.max_total_in_times import MaxTotalInTimes
from models.rules.min_days import MinDays
from models.rules.min_days_between import MinDaysBetween
from models.rules.min_gap_after import MinGapAfter
from models.rules.min_gap_between import MinGapBetween
from models.rules.min_periods_per_day import MinPeriodsPerDay
from models.rules.min_reserve import MinReserve
from models.rules.min_rest import MinRest
from models.rules.min_simultaneous import MinSimultaneous
from models.rules.min_slots_used import MinSlotsUsed
from models.rules.min_working_days import MinWorkingDays
from models.rules.not_overlapping import NotOverlapping
from models.rules.not_twice_a_day import NotTwiceADay
from models.rules.ordered import Ordered
from models.rules.preferred_rooms import PreferredRooms
from models.rules.preferred_times import PreferredTimes
from models.rules.room_capacity import RoomCapacity
from models.rules.room_clash import RoomClash
from models.rules.room_request import RoomRequested
from models.rules.room_stability import RoomStability
from models.rules.room_wanted import RoomWanted
from models.rules.same_day import SameDay
from models.rules.same_period import SamePeriod
from models.rules.same_room_if_consecutive import SameRoomIfConsecutive
from models.rules.same_start import SameStart
from models.rules.same_teacher import SameTeacher
from models.rules.side_by_side import SideBySide
from models.rules.teacher_clash import TeacherClash
from models.rules.together_if_same_day import TogetherIfSameDay
from models.rules.travel_time import TravelTime
from models.rules.unavailable import Unavailable

STRUCTURAL: tuple[Rule, ...] = (TeacherClash(), ClassClash(), RoomClash(), RoomRequested())
"""Hard, in every problem, never listed in it."""

RULES: tuple[type[Rule], ...] = (
    Buffer,
    Compactness,
    Consecutive,
    DayEnds,
    DayStartsEarly,
    DifferentDay,
    EndsDay,
    Grouped,
    HomeRoom,
    IntervalMaxDays,
    LunchBreak,
    MaxBusyInTimes,
    MaxDays,
    MaxDaysBetween,
    MaxGapsPerDay,
    MaxGapsPerWeek,
    MaxInARow,
    MaxLongDays,
    MaxPeriodsPerDay,
    MaxPeriodsPerWeek,
    MaxRoomChanges,
    MaxSimultaneous,
    MaxSiteChanges,
    MaxSlotsUsed,
    MaxSpanPerDay,
    MaxTotalInTimes,
    MinDays,
    MinDaysBetween,
    MinGapAfter,
    MinGapBetween,
    MinPeriodsPerDay,
    MinReserve,
    MinRest,
    MinSimultaneous,
    MinSlotsUsed,
    MinWorkingDays,
    NotOverlapping,
    NotTwiceADay,
    Ordered,
    PreferredRooms,
    PreferredTimes,
    RoomCapacity,
    RoomStability,
    RoomWanted,
    SameDay,
    SamePeriod,
    SameRoomIfConsecutive,
    SameStart,
    SameTeacher,
    SideBySide,
    TogetherIfSameDay,
    TravelTime,
    Unavailable,
)
"""Every kind of rule a problem may list, by name."""

AnyRule = Annotated[
    Buffer
    | Compactness
    | Consecutive
    | DayEnds
    | DayStartsEarly
    | DifferentDay
    | EndsDay
    | Grouped
    | HomeRoom
    | IntervalMaxDays
    | LunchBreak
    | MaxBusyInTimes
    | MaxDays
    | MaxDaysBetween
    | MaxGapsPerDay
    | MaxGapsPerWeek
    | MaxInARow
    | MaxLongDays
    | MaxPeriodsPerDay
    | MaxPeriodsPerWeek
    | MaxRoomChanges
    | MaxSimultaneous
    | MaxSiteChanges
    | MaxSlotsUsed
    | MaxSpanPerDay
    | MaxTotalInTimes
    | MinDays
    | MinDaysBetween
    | MinGapAfter
    | MinGapBetween
    | MinPeriodsPerDay
    | MinReserve
    | MinRest
    | MinSimultaneous
    | MinSlotsUsed
    | MinWorkingDays
    | NotOverlapping
    | NotTwiceADay
    | Ordered
    | PreferredRooms
    | PreferredTimes
    | RoomCapacity
    | RoomStability
    | RoomWanted
    | SameDay
    | SamePeriod
    | SameRoomIfConsecutive
    | SameStart
    | SameTeacher
    | SideBySide
    | TogetherIfSameDay
    | TravelTime
    | Unavailable,
    Field(discriminator="kind"),
]

__all__ = ["RULES", "STRUCTURAL", "AnyRule", "LessonRule", "ResourceRule", "Rule", "Violation", "Who"]
