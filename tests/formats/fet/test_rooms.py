"""Which rooms an activity asks for. What FET itself makes of each file was tried with fet-cl 6.8.5."""

import pytest

from formats.errors import FormatError, Unsupported
from formats.fet import read_fet
from models.problem import RoomRequest
from models.rules import AnyRule
from models.rules.travel_time import TravelTime
from tests.formats.fet.judge import Rooms, broken, placed
from tests.formats.fet.tiny import (
    Field,
    activity,
    breaks,
    constraint,
    fet,
    ids,
    not_available,
    real_room,
    virtual_room,
)


def several(*rooms: str) -> list[Field]:
    return [("Number_of_Preferred_Rooms", len(rooms)), ("Preferred_Room", list(rooms))]


def own(number: int, *rooms: str, weight: float = 100) -> str:
    return constraint("ActivityPreferredRooms", ("Activity_Id", number), *several(*rooms), weight=weight)


def subject(*rooms: str, weight: float = 100) -> str:
    return constraint("SubjectPreferredRooms", ("Subject", "Math"), *several(*rooms), weight=weight)


def home(students: str, *rooms: str, weight: float = 100) -> str:
    return constraint("StudentsSetHomeRooms", ("Students", students), *several(*rooms), weight=weight)


def teacher_home(room: str) -> str:
    return constraint("TeacherHomeRoom", ("Teacher", "T1"), ("Room", room))


def asked(space: list[str], lesson: str = "", rooms: list[str] | None = None) -> tuple[tuple[RoomRequest, ...], list]:
    """(requests of activity 1, its rules as (name, rooms, weight))."""
    problem = read_fet(fet([lesson or activity(1, tags=["lab"])], [], space, rooms=rooms)).problem
    return problem.lesson["1"].rooms, [_seen(r) for r in problem.rules]


def _seen(rule: AnyRule) -> tuple[str, tuple[str, ...], int | None]:
    return rule.name, getattr(rule, "rooms", ()), rule.weight


def one_of(*rooms: str, optional: bool = False) -> tuple[RoomRequest, ...]:
    return (RoomRequest(any_of=rooms, optional=optional),)


NAMING = [
    constraint("ActivityPreferredRoom", ("Activity_Id", 1), ("Room", "R1"), ("Permanently_Locked", "true")),
    constraint("SubjectPreferredRoom", ("Subject", "Math"), ("Room", "R1")),
    constraint("SubjectActivityTagPreferredRoom", ("Subject", "Math"), ("Activity_Tag", "lab"), ("Room", "R1")),
    constraint("SubjectActivityTagPreferredRooms", ("Subject", "Math"), ("Activity_Tag", "lab"), *several("R1")),
    constraint("ActivityTagPreferredRoom", ("Activity_Tag", "lab"), ("Room", "R1")),
    constraint("ActivityTagPreferredRooms", ("Activity_Tag", "lab"), *several("R1")),
    constraint("StudentsSetHomeRoom", ("Students", "Y"), ("Room", "R1")),
    constraint("TeacherHomeRooms", ("Teacher", "T1"), *several("R1")),
]


@pytest.mark.parametrize("xml", NAMING)
def test_every_constraint_that_names_a_room(xml: str) -> None:
    assert asked([xml]) == (one_of("R1"), [])


@pytest.mark.parametrize(
    "xml",
    [
        constraint("SubjectPreferredRoom", ("Subject", "Art"), ("Room", "R1")),
        constraint("SubjectActivityTagPreferredRoom", ("Subject", "Math"), ("Activity_Tag", "test"), ("Room", "R1")),
        home("G1", "R1"),
        home("Z", "R1"),
    ],
    ids=["another subject", "another tag", "a part of the students", "other students"],
)
def test_constraints_on_others_ask_for_nothing(xml: str) -> None:
    assert asked([xml]) == ((), [])


def test_home_rooms_hold_only_for_exactly_their_students_or_teacher() -> None:
    assert asked([home("Y", "R1")], activity(1, students="G1")) == ((), [])
    assert asked([home("Y", "R1")], activity(1, students=["Y", "Z"])) == ((), [])
    assert asked([teacher_home("R1")], activity(1, teacher=["T1", "T2"])) == ((), [])


@pytest.mark.parametrize(
    ("space", "requests", "rules"),
    [
        ([own(1, "R1", "R2"), subject("R2", "R3")], one_of("R2"), []),
        ([home("Y", "R1", "R2"), teacher_home("R2")], one_of("R2"), []),
        ([home("Y", "R1"), own(1, "R2")], one_of("R2"), []),
        ([own(1, "R1", "R2"), subject("R3", weight=50)], one_of("R1", "R2"), [("preferred_rooms", ("R3",), 50)]),
        ([subject("R2", weight=50)], one_of("R2", optional=True), [("preferred_rooms", ("R2",), 50)]),
        ([home("Y", "R1"), subject("R2", weight=50)], one_of("R2", "R1"), [("preferred_rooms", ("R2",), 50)]),
        ([home("Y", "R1", weight=70)], one_of("R1", optional=True), [("preferred_rooms", ("R1",), 70)]),
        ([own(1, "R1", weight=0)], (), []),
    ],
    ids=[
        "hard ones intersect",
        "hard homes intersect",
        "named before home",
        "soft beside hard",
        "soft alone",
        "soft, else home",
        "soft home",
        "weight 0",
    ],
)
def test_how_constraints_combine(space: list[str], requests: tuple[RoomRequest, ...], rules: list) -> None:
    assert asked(space) == (requests, rules)


def test_no_room_in_common_is_an_error() -> None:
    with pytest.raises(FormatError, match="no room left for activity 1"):
        asked([own(1, "R1"), subject("R2")])


def test_seats_are_asked_for_where_a_candidate_has_too_few() -> None:
    """Year Y has 10 students."""
    rooms = [real_room("R1", capacity=9), real_room("R2", capacity=10), real_room("R3")]
    assert asked([own(1, "R1", "R2")], rooms=rooms)[0] == (RoomRequest(any_of=("R1", "R2"), seats=10),)
    assert asked([own(1, "R2", "R3")], rooms=rooms)[0] == one_of("R2", "R3")
    few = activity(1, head_count=9)
    assert asked([own(1, "R1", "R2")], few, rooms)[0] == one_of("R1", "R2")


# ---- virtual rooms ---------------------------------------------------------------------------------------------------

HALLS = [*map(real_room, "abcd"), virtual_room("V", "ab", "cd"), virtual_room("W", "a", "b", capacity=9)]


def fixed_room(room: str, *real: str) -> str:
    chosen: list[Field] = [("Number_of_Real_Rooms", len(real)), ("Real_Room", list(real))] if real else []
    return constraint("ActivityPreferredRoom", ("Activity_Id", 1), ("Room", room), *chosen)


def test_a_virtual_room_asks_for_one_room_of_each_set() -> None:
    assert asked([fixed_room("V")], rooms=HALLS)[0] == one_of("a", "b") + one_of("c", "d")
    assert asked([fixed_room("V", "b", "c")], rooms=HALLS)[0] == one_of("b") + one_of("c")


def test_a_soft_virtual_room_is_wanted_with_all_its_rooms() -> None:
    requests, rules = asked([subject("V", weight=60)], rooms=HALLS)
    assert requests == one_of("a", "b", optional=True) + one_of("c", "d", optional=True)
    assert rules == [("room_wanted", (), 60)]


def test_a_soft_virtual_room_beside_a_hard_one_changes_nothing() -> None:
    assert asked([own(1, "a"), subject("V", weight=60)], rooms=HALLS) == (one_of("a"), [])


def test_a_virtual_room_too_small_for_its_activity() -> None:
    with pytest.raises(FormatError, match="found 9 seats, expected room for the 10 students"):
        asked([fixed_room("W")], rooms=HALLS)


@pytest.mark.parametrize(
    ("space", "named"),
    [
        ([own(1, "V", "a")], "virtual room among several candidates"),
        ([not_available("Room", "V", "Mon 1")], "of a virtual room"),
    ],
)
def test_what_virtual_rooms_cannot(space: list[str], named: str) -> None:
    with pytest.raises(Unsupported, match=named):
        asked(space, rooms=HALLS)


def test_an_empty_set_of_real_rooms() -> None:
    with pytest.raises(FormatError, match="expected at least one real room in each set"):
        asked([], rooms=[virtual_room("V", ())])


# ---- rooms and buildings over the day --------------------------------------------------------------------------------

BUILDINGS = [real_room("E", "East"), real_room("E2", "East"), real_room("W", "West")]
THREE = [activity(1), activity(2), activity(3)]
ANY = [own(n, "E", "E2", "W") for n in (1, 2, 3)]


def moves(name: str, tag: str, limit: int) -> list[str]:
    """The constraint for one teacher, all teachers, one students set and all students."""
    return [
        constraint(f"Teacher{name}", ("Teacher", "T1"), (tag, limit)),
        constraint(f"Teachers{name}", (tag, limit)),
        constraint(f"StudentsSet{name}", ("Students", "Y"), (tag, limit)),
        constraint(f"Students{name}", (tag, limit)),
    ]


CASES: list[tuple[list[str], str, str, str, str]] = [
    (
        moves("MaxBuildingChangesPerDay", "Max_Building_Changes_Per_Day", 1),
        "max_site_changes",
        "Mon 1, Mon 2, Mon 3",
        "E E2 W",
        "E W E",
    ),
    (
        moves("MaxBuildingChangesPerWeek", "Max_Building_Changes_Per_Week", 0),
        "max_site_changes",
        "Mon 1, Mon 2, Tue 3",
        "E E2 W",
        "E W W",
    ),
    (
        moves("MinGapsBetweenBuildingChanges", "Min_Gaps_Between_Building_Changes", 1),
        "travel_time",
        "Mon 1, Mon 3, Mon 4",
        "E W W",
        "E E W",
    ),
    (
        moves("MaxRoomChangesPerDay", "Max_Room_Changes_Per_Day", 1),
        "max_room_changes",
        "Mon 1, Mon 2, Mon 3",
        "E E W",
        "E E2 W",
    ),
    (
        [constraint("ActivitiesOccupyMaxDifferentRooms", *ids(1, 2), ("Max_Number_of_Different_Rooms", 1))],
        "room_stability",
        "Mon 1, Tue 2, Wed 3",
        "E E W",
        "E W W",
    ),
    (
        [constraint("ActivitiesSameRoomIfConsecutive", *ids(1, 2))],
        "same_room_if_consecutive",
        "Mon 1, Mon 2, Mon 3",
        "E E W",
        "E W W",
    ),
    ([not_available("Room", "E", "Mon 1")], "unavailable", "Mon 1, Mon 2, Mon 3", "W E E", "E W W"),
]


def rooms_of(written: str) -> Rooms:
    return {n: (room,) for n, room in enumerate(written.split(), 1)}


@pytest.mark.parametrize(
    ("xml", "rule", "at", "kept", "lost"),
    [(xml, rule, at, kept, lost) for several, rule, at, kept, lost in CASES for xml in several],
)
def test_constraints_on_rooms(xml: str, rule: str, at: str, kept: str, lost: str) -> None:
    data = fet(THREE, [], [*ANY, xml], rooms=BUILDINGS)
    assert broken(data, placed(at), rooms_of(kept)) == set()
    assert broken(data, placed(at), rooms_of(lost)) == {rule}


def test_a_break_is_time_enough_to_change_buildings() -> None:
    """FET counts the break between hours 1 and 3 as one hour."""
    gap = moves("MinGapsBetweenBuildingChanges", "Min_Gaps_Between_Building_Changes", 1)[1]
    data = fet(THREE, [breaks("Mon 2")], [*ANY, gap], rooms=BUILDINGS)
    assert broken(data, placed("Mon 1, Mon 3, Tue 1"), rooms_of("E W W")) == set()
    assert broken(data, placed("Tue 1, Tue 2, Wed 1"), rooms_of("E W W")) == {"travel_time"}


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [(("08:00-08:45", "08:50-09:35", "09:55-10:40", "10:45-11:30"), 70), (("a", "b", "c", "d"), 60)],
)
def test_the_pause_that_tells_one_gap_from_none(hours: tuple[str, ...], minutes: int) -> None:
    """Pauses over one hour: 08:45 to 09:55 and 09:35 to 10:45, 70 minutes each; without one: 5, 20 and 5."""
    gap = moves("MinGapsBetweenBuildingChanges", "Min_Gaps_Between_Building_Changes", 1)[1]
    (rule,) = read_fet(fet([activity(1)], [], [gap], hours=hours)).problem.rules
    assert isinstance(rule, TravelTime)
    assert rule.minutes == minutes


def test_activities_without_a_building_are_passed_over() -> None:
    """No change of buildings is allowed; the second activity is in a room that is in none."""
    change = moves("MaxBuildingChangesPerDay", "Max_Building_Changes_Per_Day", 0)[1]
    rooms = [*BUILDINGS, real_room("N")]
    data = fet(THREE, [], [own(1, "E", "W"), own(2, "N"), own(3, "E", "W"), change], rooms=rooms)
    assert broken(data, placed("Mon 1, Mon 2, Mon 3"), rooms_of("E N E")) == set()
    assert broken(data, placed("Mon 1, Mon 2, Mon 3"), rooms_of("E N W")) == {"max_site_changes"}
    assert not read_fet(data).notes


def test_an_activity_that_may_be_in_a_building_or_in_none_is_noted() -> None:
    change = moves("MaxBuildingChangesPerDay", "Max_Building_Changes_Per_Day", 1)[1]
    found = read_fet(fet([activity(1)], [], [own(1, "E", "N"), change], rooms=[*BUILDINGS, real_room("N")]))
    assert found.notes == (
        "activities that may be in a room with a building or in one without (1): the latter counts as a building of "
        "its own, FET passes over it",
    )
