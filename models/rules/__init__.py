"""The rule catalogue. RULES lists what a problem may ask for, STRUCTURAL what always holds."""

from typing import Annotated

from pydantic import Field

from models.rules.base import LessonRule, ResourceRule, Rule, Violation, Who
from models.rules.class_clash import ClassClash
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.min_days_between import MinDaysBetween
from models.rules.preferred_rooms import PreferredRooms
from models.rules.preferred_times import PreferredTimes
from models.rules.room_clash import RoomClash
from models.rules.room_request import RoomRequested
from models.rules.same_start import SameStart
from models.rules.teacher_clash import TeacherClash
from models.rules.unavailable import Unavailable

STRUCTURAL: tuple[Rule, ...] = (TeacherClash(), ClassClash(), RoomClash(), RoomRequested())
"""Hard, in every problem, never listed in it."""

RULES: tuple[type[Rule], ...] = (
    MaxGapsPerDay,
    MinDaysBetween,
    PreferredRooms,
    PreferredTimes,
    SameStart,
    Unavailable,
)
"""Every kind of rule a problem may list, by name."""

AnyRule = Annotated[
    MaxGapsPerDay | MinDaysBetween | PreferredRooms | PreferredTimes | SameStart | Unavailable,
    Field(discriminator="kind"),
]

__all__ = ["RULES", "STRUCTURAL", "AnyRule", "LessonRule", "ResourceRule", "Rule", "Violation", "Who"]
