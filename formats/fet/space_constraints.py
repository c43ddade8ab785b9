"""Constraints on rooms and buildings, and the table of all space constraints."""

from collections.abc import Callable, Iterator
from typing import Literal

from formats.fet.entry import Converter, Entry, Inexpressible
from formats.fet.people_constraints import every_student, every_teacher
from formats.fet.rooms import RoomBook, Wish
from formats.fet.time_constraints import nothing
from models.base import Id
from models.problem import Lesson
from models.rules import AnyRule, Who
from models.rules.max_room_changes import MaxRoomChanges
from models.rules.max_site_changes import MaxSiteChanges
from models.rules.room_stability import RoomStability
from models.rules.same_room_if_consecutive import SameRoomIfConsecutive
from models.rules.travel_time import TravelTime
from models.rules.unavailable import Unavailable


def room_not_available(e: Entry) -> Iterator[AnyRule]:
    if e.node.value("Room") in e.school.virtual:
        raise Inexpressible("of a virtual room")
    who = Who(kind="room", ids=(e.school.real_room(e.node.child("Room")),))
    cells = e.times("Not_Available_Time", "Day", "Hour")
    if cells:
        yield Unavailable(who=who, cells=cells, weight=e.weight, source=e.source)


def different_rooms(e: Entry) -> Iterator[AnyRule]:
    limit = e.node.integer("Max_Number_of_Different_Rooms")
    if len(e.lessons()) > 1:
        yield RoomStability(lessons=e.lessons(), limit=limit, weight=e.weight, source=e.source)


def same_room(e: Entry) -> Iterator[AnyRule]:
    if len(e.lessons()) > 1:
        yield SameRoomIfConsecutive(lessons=e.lessons(), weight=e.weight, source=e.source)


ForWhom = Callable[[Entry], Who]


def changes(
    rule: type[MaxSiteChanges] | type[MaxRoomChanges], what: str, per: Literal["day", "week"]
) -> Callable[[ForWhom], Converter]:
    """what: "Building" or "Room", as FET names the limit."""

    def for_whom(who: ForWhom) -> Converter:
        def convert(e: Entry) -> Iterator[AnyRule]:
            limit = e.node.integer(f"Max_{what}_Changes_Per_{per.title()}")
            yield rule(who=who(e), limit=limit, per=per, weight=e.weight, source=e.source)

        return convert

    return for_whom


def site_gaps(who: ForWhom) -> Converter:
    def convert(e: Entry) -> Iterator[AnyRule]:
        hours = e.node.integer("Min_Gaps_Between_Building_Changes")
        if hours:
            yield TravelTime(who=who(e), minutes=pause(e, hours), weight=e.weight, source=e.source)

    return convert


def pause(e: Entry, hours: int) -> int:
    """The pause in minutes that separates two lessons with at least `hours` hours or breaks between them from two
    with fewer. FET counts hours, and a break is one; the clock of the week tells the same."""
    week = e.school.week
    spans = {(p.start, p.end) for p in week.grid.periods}
    starts, ends = sorted(s for s, _ in spans), sorted(end for _, end in spans)
    enough = [starts[i + hours + 1] - ends[i] for i in range(len(starts) - hours - 1)]
    short = [starts[i + hours] - ends[i] for i in range(len(starts) - hours)]
    if not enough:
        return max(starts) + 1
    if max(short) >= min(enough):
        raise Inexpressible("in hours of very different lengths")
    return min(enough)


STAFF: dict[str, ForWhom] = {"Teacher": Entry.teacher, "Teachers": every_teacher}
STUDENTS: dict[str, ForWhom] = {"StudentsSet": Entry.students, "Students": every_student}
MOVES: dict[str, Callable[[ForWhom], Converter]] = {
    "MaxBuildingChangesPerDay": changes(MaxSiteChanges, "Building", "day"),
    "MaxBuildingChangesPerWeek": changes(MaxSiteChanges, "Building", "week"),
    "MinGapsBetweenBuildingChanges": site_gaps,
    "MaxRoomChangesPerDay": changes(MaxRoomChanges, "Room", "day"),
    "MaxRoomChangesPerWeek": changes(MaxRoomChanges, "Room", "week"),
}

SPACE: dict[str, Converter] = {
    "ConstraintBasicCompulsorySpace": nothing,
    "ConstraintRoomNotAvailableTimes": room_not_available,
    "ConstraintActivitiesOccupyMaxDifferentRooms": different_rooms,
    "ConstraintActivitiesSameRoomIfConsecutive": same_room,
    **{f"Constraint{who}{name}": make(of) for who, of in (STAFF | STUDENTS).items() for name, make in MOVES.items()},
}
"""Space constraint -> converter, but for those that name rooms for activities."""


def by_activity(e: Entry) -> tuple[str, ...]:
    return e.lessons()


def by_filters(e: Entry) -> tuple[str, ...]:
    return e.matching()


def of_students(e: Entry) -> tuple[str, ...]:
    """Lessons with exactly this students set."""
    return _exactly(e, lambda lesson: lesson.classes, e.students().ids)


def of_teacher(e: Entry) -> tuple[str, ...]:
    """Lessons with exactly this teacher."""
    return _exactly(e, lambda lesson: lesson.teachers, e.teacher().ids)


def _exactly(e: Entry, people: Callable[[Lesson], tuple[Id, ...]], ids: tuple[Id, ...]) -> tuple[str, ...]:
    return tuple(x.id for x in e.school.lessons.values() if people(x) == ids)


ROOM_NAMES: dict[str, tuple[Callable[[Entry], tuple[str, ...]], bool]] = {
    "ConstraintActivityPreferredRoom": (by_activity, False),
    "ConstraintActivityPreferredRooms": (by_activity, False),
    "ConstraintSubjectPreferredRoom": (by_filters, False),
    "ConstraintSubjectPreferredRooms": (by_filters, False),
    "ConstraintSubjectActivityTagPreferredRoom": (by_filters, False),
    "ConstraintSubjectActivityTagPreferredRooms": (by_filters, False),
    "ConstraintActivityTagPreferredRoom": (by_filters, False),
    "ConstraintActivityTagPreferredRooms": (by_filters, False),
    "ConstraintStudentsSetHomeRoom": (of_students, True),
    "ConstraintStudentsSetHomeRooms": (of_students, True),
    "ConstraintTeacherHomeRoom": (of_teacher, True),
    "ConstraintTeacherHomeRooms": (of_teacher, True),
}
"""Constraint that names rooms for lessons -> (which lessons, whether they are home rooms)."""


def note_rooms(e: Entry, book: RoomBook) -> None:
    """Enters what a constraint of ROOM_NAMES says."""
    which, home = ROOM_NAMES[e.node.tag]
    named = [*e.node.all("Room"), *e.node.all("Preferred_Room")]
    rooms = tuple(e.school.room(node) for node in named)
    real = tuple(e.school.real_room(node) for node in e.node.all("Real_Room"))
    book.add(which(e), Wish(e.node, rooms, e.weight, home, real))
