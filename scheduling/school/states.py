"""What the use cases of a school refuse, with the sentences its people know."""

from scheduling.errors import Conflict, Invalid, NotFound


class BadTime(Invalid):
    default = "Invalid time format. Use HH:mm format"


class EndsTooEarly(Invalid):
    default = "End time must be after start time"


class BadDay(Invalid):
    default = "Invalid day of week"


class SlotOverlaps(Conflict):
    """The times are those of the slot that is there already."""

    def __init__(self, start: str, end: str) -> None:
        super().__init__(f"Time slot overlaps with existing period ({start} - {end})")


class SlotUnknown(NotFound):
    default = "Time slot not found"


class SlotInUse(Conflict):
    default = "Cannot delete time slot as it is being used in timetable entries"


class NoSession(Conflict):
    default = "No current academic session found for the school"


class NotOfSchool(Invalid):
    """what: class, subject or teacher."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Specified {what} not found or does not belong to this school")


class SlotNotUsable(Invalid):
    default = "Specified time slot not found or is not active"


class ClassTaken(Conflict):
    default = "A schedule already exists for this class, time slot and day"


class TeacherTaken(Conflict):
    default = "Teacher is already scheduled for this time slot and day"


class RoomTaken(Conflict):
    """Only where the school is strict about rooms."""

    def __init__(self, room: str) -> None:
        super().__init__(f"{room} is already used in this time slot and day")


class LevelUnknown(Invalid):
    def __init__(self, level: str) -> None:
        super().__init__(f"Class {level} not found")


class EntryUnknown(NotFound):
    default = "Timetable entry not found"


class TeacherUnknown(NotFound):
    default = "Teacher not found"
