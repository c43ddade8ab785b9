"""Every constraint on the times of activities on both sides of its boundary: kept by one timetable, not by another."""

import pytest

from formats.errors import Unsupported
from formats.fet import read_fet
from tests.formats.fet.judge import broken, placed
from tests.formats.fet.tiny import Field, activity, breaks, constraint, fet, fixed, ids, times

THREE = [activity(1), activity(2), activity(3)]
"""Three activities of teacher T1 with year Y."""

APART = [activity(1), activity(2, "T2", "Z"), activity(3, "T3", "Z")]
"""Activity 1 shares nobody with the others."""

NOON = breaks("Mon 2", "Tue 2", "Wed 2")


def lessons(kind: str, numbers: tuple[int, ...], *fields: Field) -> list[str]:
    return [constraint(kind, *ids(*numbers), *fields)]


def ordered(kind: str, *numbers: int) -> str:
    names = ("First_Activity_Id", "Second_Activity_Id", "Third_Activity_Id")
    return constraint(kind, *zip(names, numbers, strict=False))


def slots(tag: str, *cells: str) -> Field:
    return times(tag, "Preferred_Day", "Preferred_Hour", *cells)


def starts(*cells: str) -> Field:
    return times("Preferred_Starting_Time", "Preferred_Starting_Day", "Preferred_Starting_Hour", *cells)


def chosen(*cells: str) -> Field:
    return times("Selected_Time_Slot", "Selected_Day", "Selected_Hour", *cells)


def filters(teacher: str = "", students: str = "", subject: str = "", tag: str = "", duration: str = "") -> list[Field]:
    return [
        ("Teacher_Name", teacher),
        ("Students_Name", students),
        ("Subject_Name", subject),
        ("Activity_Tag_Name", tag),
        ("Duration", duration),
    ]


LONG = [activity(1, duration=2), activity(2, "T2", "Z"), activity(3, "T3", "Z")]
MIXED = [
    activity(1, "T1", "G1", "Art", tags=["lab"]),
    activity(2, "T2", "S3", "Math", duration=2),
    activity(3, "T3", "Z", "Sport"),
]
SPLIT = [activity(1, group=1), activity(2, group=1), activity(3, "T3", "Z")]
NEAR = lessons("MinDaysBetweenActivities", (1, 2), ("Consecutive_If_Same_Day", "true"), ("MinDays", 1))
NEAR_SOFT = [NEAR[0].replace(">100<", ">0<")]
NEVER_THREE = [constraint("MinDaysBetweenActivities", *ids(1, 2, 3), ("MinDays", 1), weight=0)]

CASES: list[tuple[str, list[str], list[str], str, str, str]] = [
    (
        "min days",
        THREE,
        lessons("MinDaysBetweenActivities", (1, 2), ("MinDays", 2)),
        "min_days_between",
        "Mon 1, Wed 1, Tue 1",
        "Mon 1, Tue 1, Wed 1",
    ),
    ("together if same day", THREE, NEAR_SOFT, "together_if_same_day", "Mon 1, Mon 2, Mon 4", "Mon 1, Mon 3, Mon 2"),
    (
        "not together over noon",
        THREE,
        [NOON, *NEAR_SOFT],
        "together_if_same_day",
        "Mon 3, Mon 4, Mon 1",
        "Mon 1, Mon 3, Mon 4",
    ),
    ("no three a day", THREE, NEVER_THREE, "not_twice_a_day", "Mon 1, Mon 2, Tue 1", "Mon 1, Mon 2, Mon 3"),
    (
        "max days between",
        THREE,
        lessons("MaxDaysBetweenActivities", (1, 2), ("MaxDays", 1)),
        "max_days_between",
        "Mon 1, Tue 1, Wed 1",
        "Mon 1, Wed 1, Tue 1",
    ),
    (
        "min gaps",
        THREE,
        lessons("MinGapsBetweenActivities", (1, 2), ("MinGaps", 2)),
        "min_gap_between",
        "Mon 1, Mon 4, Mon 2",
        "Mon 1, Mon 3, Mon 2",
    ),
    (
        "time of one",
        APART,
        lessons("ActivityPreferredStartingTimes", (1,), starts("Mon 1", "Tue 2")),
        "preferred_times",
        "Tue 2, Mon 1, Tue 1",
        "Tue 1, Mon 1, Mon 2",
    ),
    (
        "slots of one",
        LONG,
        lessons("ActivityPreferredTimeSlots", (1,), slots("Preferred_Time_Slot", "Mon 2", "Mon 3")),
        "preferred_times",
        "Mon 2, Tue 1, Tue 2",
        "Mon 3, Tue 1, Tue 2",
    ),
    (
        "starting times, not slots",
        LONG,
        lessons("ActivityPreferredStartingTimes", (1,), starts("Mon 3", "Tue 3")),
        "preferred_times",
        "Mon 3, Tue 1, Tue 2",
        "Mon 2, Tue 1, Tue 2",
    ),
    (
        "by teacher",
        MIXED,
        [constraint("ActivitiesPreferredStartingTimes", *filters(teacher="T1"), starts("Mon 1", "Wed 1"))],
        "preferred_times",
        "Mon 1, Tue 1, Tue 2",
        "Mon 2, Tue 1, Tue 2",
    ),
    (
        "by shared students",
        MIXED,
        [constraint("ActivitiesPreferredStartingTimes", *filters(students="G2"), starts("Mon 1", "Mon 2"))],
        "preferred_times",
        "Mon 1, Mon 2, Tue 2",
        "Mon 3, Mon 2, Tue 2",
    ),
    (
        "by subject",
        MIXED,
        [constraint("ActivitiesPreferredTimeSlots", *filters(subject="Sport"), slots("Preferred_Time_Slot", "Mon 1"))],
        "preferred_times",
        "Tue 1, Tue 2, Mon 1",
        "Tue 1, Tue 2, Mon 2",
    ),
    (
        "by tag",
        MIXED,
        [constraint("ActivitiesPreferredTimeSlots", *filters(tag="lab"), slots("Preferred_Time_Slot", "Mon 1"))],
        "preferred_times",
        "Mon 1, Tue 2, Tue 1",
        "Tue 1, Tue 2, Mon 2",
    ),
    (
        "by duration",
        MIXED,
        [
            constraint(
                "ActivitiesPreferredTimeSlots", *filters(duration="2"), slots("Preferred_Time_Slot", "Mon 1", "Mon 2")
            )
        ],
        "preferred_times",
        "Tue 1, Mon 1, Tue 2",
        "Tue 1, Mon 2, Tue 2",
    ),
    (
        "by component",
        SPLIT,
        [
            constraint(
                "SubactivitiesPreferredStartingTimes", ("Component_Number", 2), *filters(), starts("Mon 1", "Wed 1")
            )
        ],
        "preferred_times",
        "Tue 1, Mon 1, Tue 2",
        "Mon 1, Tue 2, Tue 1",
    ),
    (
        "first component",
        SPLIT,
        [
            constraint(
                "SubactivitiesPreferredTimeSlots",
                ("Component_Number", 1),
                *filters(),
                slots("Preferred_Time_Slot", "Mon 1", "Wed 1"),
            )
        ],
        "preferred_times",
        "Mon 1, Tue 1, Wed 1",
        "Mon 1, Tue 1, Tue 2",
    ),
    (
        "day",
        APART,
        [constraint("ActivityPreferredDay", ("Activity_Id", 1), ("Preferred_Day", "Tue"))],
        "preferred_times",
        "Tue 4, Mon 1, Mon 2",
        "Mon 4, Mon 1, Mon 2",
    ),
    ("fixed", APART, [fixed(1, "Tue 2", locked=True)], "room_request", "Tue 2, Mon 1, Mon 2", "Tue 1, Mon 1, Mon 2"),
    (
        "same time",
        APART,
        lessons("ActivitiesSameStartingTime", (1, 2)),
        "same_start",
        "Mon 1, Mon 1, Tue 1",
        "Mon 1, Tue 1, Tue 2",
    ),
    (
        "same day",
        APART,
        lessons("ActivitiesSameStartingDay", (1, 2)),
        "same_day",
        "Mon 1, Mon 4, Tue 1",
        "Mon 1, Tue 1, Tue 2",
    ),
    (
        "same hour",
        APART,
        lessons("ActivitiesSameStartingHour", (1, 2)),
        "same_period",
        "Mon 2, Tue 2, Tue 1",
        "Mon 1, Mon 2, Tue 2",
    ),
    (
        "not at once",
        APART,
        lessons("ActivitiesNotOverlapping", (1, 2)),
        "not_overlapping",
        "Mon 1, Mon 2, Tue 1",
        "Mon 1, Mon 1, Tue 1",
    ),
    (
        "last of the day",
        THREE,
        [constraint("ActivityEndsStudentsDay", ("Activity_Id", 1))],
        "ends_day",
        "Mon 3, Mon 1, Tue 4",
        "Mon 1, Mon 3, Tue 4",
    ),
    (
        "art ends the day",
        [activity(1, subject="Art"), *THREE[1:]],
        [constraint("ActivitiesEndStudentsDay", *filters(subject="Art")[:4])],
        "ends_day",
        "Mon 3, Mon 1, Tue 4",
        "Mon 1, Mon 3, Tue 4",
    ),
    (
        "consecutive",
        THREE,
        [ordered("TwoActivitiesConsecutive", 1, 2)],
        "consecutive",
        "Mon 1, Mon 2, Mon 4",
        "Mon 2, Mon 1, Mon 4",
    ),
    (
        "consecutive over noon",
        THREE,
        [NOON, ordered("TwoActivitiesConsecutive", 1, 2)],
        "consecutive",
        "Mon 1, Mon 3, Mon 4",
        "Mon 1, Mon 4, Mon 3",
    ),
    (
        "grouped",
        THREE,
        [ordered("TwoActivitiesGrouped", 1, 2)],
        "grouped",
        "Mon 2, Mon 1, Mon 4",
        "Mon 1, Mon 3, Mon 2",
    ),
    (
        "grouped over noon",
        THREE,
        [NOON, ordered("TwoActivitiesGrouped", 1, 2)],
        "grouped",
        "Mon 3, Mon 1, Mon 4",
        "Mon 4, Mon 1, Mon 3",
    ),
    (
        "three grouped",
        THREE,
        [ordered("ThreeActivitiesGrouped", 1, 2, 3)],
        "grouped",
        "Mon 3, Mon 2, Mon 4",
        "Mon 1, Mon 2, Mon 4",
    ),
    (
        "ordered",
        THREE,
        [ordered("TwoActivitiesOrdered", 1, 2)],
        "ordered",
        "Mon 4, Tue 1, Mon 1",
        "Tue 1, Mon 4, Mon 1",
    ),
    (
        "ordered on a day",
        THREE,
        [ordered("TwoActivitiesOrderedIfSameDay", 1, 2)],
        "ordered",
        "Tue 1, Mon 4, Mon 1",
        "Mon 2, Mon 1, Mon 4",
    ),
    (
        "few slots",
        APART,
        lessons(
            "ActivitiesOccupyMaxTimeSlotsFromSelection",
            (1, 2),
            chosen("Mon 1", "Mon 2"),
            ("Max_Number_of_Occupied_Time_Slots", 1),
        ),
        "max_slots_used",
        "Mon 1, Mon 1, Mon 2",
        "Mon 1, Mon 2, Tue 1",
    ),
    (
        "enough slots",
        APART,
        lessons(
            "ActivitiesOccupyMinTimeSlotsFromSelection",
            (1, 2),
            chosen("Mon 1", "Mon 2"),
            ("Min_Number_of_Occupied_Time_Slots", 2),
        ),
        "min_slots_used",
        "Mon 1, Mon 2, Tue 1",
        "Mon 1, Mon 1, Mon 2",
    ),
    (
        "few at once",
        APART,
        lessons(
            "ActivitiesMaxSimultaneousInSelectedTimeSlots",
            (1, 2),
            chosen("Mon 1"),
            ("Max_Number_of_Simultaneous_Activities", 1),
        ),
        "max_simultaneous",
        "Mon 2, Mon 2, Mon 1",
        "Mon 1, Mon 1, Mon 2",
    ),
    (
        "enough at once",
        APART,
        lessons(
            "ActivitiesMinSimultaneousInSelectedTimeSlots",
            (1, 2),
            chosen("Mon 1"),
            ("Min_Number_of_Simultaneous_Activities", 2),
            ("Allow_Empty_Slots", "false"),
        ),
        "min_simultaneous",
        "Mon 1, Mon 1, Mon 2",
        "Mon 2, Mon 1, Mon 3",
    ),
]


@pytest.mark.parametrize(
    ("activities", "time", "rule", "kept", "lost"), [x[1:] for x in CASES], ids=[x[0] for x in CASES]
)
def test_constraints(activities: list[str], time: list[str], rule: str, kept: str, lost: str) -> None:
    data = fet(activities, time)
    assert broken(data, placed(kept)) == set()
    assert broken(data, placed(lost)) == {rule}


def test_how_min_days_binds_beyond_its_weight() -> None:
    """FET refuses three on a day, and a gap where it asks for neighbours, for weight 0 as well as for 95."""
    names = {100: ["min_days_between"], 95: ["min_days_between", "not_twice_a_day"], 0: ["not_twice_a_day"]}
    for weight, expected in names.items():
        rules = read_fet(fet(THREE, [NEVER_THREE[0].replace(">0<", f">{weight}<")])).problem.rules
        assert [r.name for r in rules] == expected
        assert [r.weight for r in rules if r.name != "min_days_between"] == [None] * (len(rules) - (weight > 0))
    assert [r.name for r in read_fet(fet(THREE, NEAR)).problem.rules] == ["min_days_between"]
    assert [(r.name, r.weight) for r in read_fet(fet(THREE, NEAR_SOFT)).problem.rules] == [
        ("together_if_same_day", None)
    ]


@pytest.mark.parametrize(
    ("time", "named"),
    [
        ([NOON, constraint("TeachersMaxSpanPerDay", ("Max_Span", 3))], "counts breaks"),
        ([breaks("Mon 1"), *lessons("ActivitiesSameStartingHour", (1, 2))], "differ between days"),
        (lessons("ActivitiesMinSimultaneousInSelectedTimeSlots", (1, 2), ("Allow_Empty_Slots", "true")), "empty slots"),
    ],
)
def test_variants_without_a_rule_are_unsupported(time: list[str], named: str) -> None:
    data = fet(THREE, time)
    with pytest.raises(Unsupported, match=named):
        read_fet(data)
    assert read_fet(data, ignore_unsupported=True).problem.rules == ()


@pytest.mark.parametrize(
    "xml",
    [
        constraint("TeachersMinHoursDaily", ("Minimum_Hours_Daily", 0), ("Allow_Empty_Days", "true")),
        constraint("TeachersMinDaysPerWeek", ("Minimum_Days_Per_Week", 0)),
        constraint("TeacherNotAvailableTimes", ("Teacher", "T1"), ("Number_of_Not_Available_Times", 0)),
        constraint("MinDaysBetweenActivities", *ids(1, 2), ("MinDays", 0)),
        constraint("ActivitiesPreferredStartingTimes", *filters(subject="Sport"), starts("Mon 1")),
    ],
)
def test_constraints_that_ask_for_nothing(xml: str) -> None:
    assert read_fet(fet(THREE, [xml])).problem.rules == ()
