"""Every constraint on people on both sides of its boundary: a timetable that keeps it, and one that breaks it."""

import pytest

from formats.errors import FormatError
from formats.fet import read_fet
from tests.formats.fet.judge import broken, judged, placed
from tests.formats.fet.tiny import Field, activity, breaks, constraint, fet, not_available

THREE = [activity(1), activity(2), activity(3)]
"""Three activities of teacher T1 with year Y."""

APART = [activity(1), activity(2, "T2", "Z"), activity(3, "T3", "Z")]
"""Activity 1 shares nobody with the others."""

TAGGED = [activity(1, tags=["lab"]), activity(2), activity(3, tags=["lab"])]
NOON = breaks("Mon 2", "Tue 2", "Wed 2")


def people(kind: str, *fields: Field) -> list[tuple[str, str]]:
    """The constraint for one teacher, all teachers, one students set and all students, each with its rule's side."""
    return [
        (constraint(f"Teacher{kind}", ("Teacher_Name", "T1"), *fields), "teacher"),
        (constraint(f"Teachers{kind}", *fields), "teacher"),
        (constraint(f"StudentsSet{kind}", ("Students", "G1"), *fields), "class"),
        (constraint(f"Students{kind}", *fields), "class"),
    ]


LIMITS: list[tuple[str, list[Field], str, str, str]] = [
    ("MaxGapsPerDay", [("Max_Gaps", 1)], "max_gaps_per_day", "Mon 1, Mon 3, Tue 1", "Mon 1, Mon 4, Tue 1"),
    ("MaxGapsPerWeek", [("Max_Gaps", 1)], "max_gaps_per_week", "Mon 1, Mon 3, Tue 1", "Mon 1, Mon 4, Tue 1"),
    ("MaxDaysPerWeek", [("Max_Days_Per_Week", 2)], "max_days", "Mon 1, Mon 2, Wed 1", "Mon 1, Tue 1, Wed 1"),
    (
        "MaxHoursDaily",
        [("Maximum_Hours_Daily", 2)],
        "max_periods_per_day",
        "Mon 1, Mon 4, Tue 1",
        "Mon 1, Mon 2, Mon 4",
    ),
    (
        "MaxHoursContinuously",
        [("Maximum_Hours_Continuously", 2)],
        "max_in_a_row",
        "Mon 1, Mon 2, Mon 4",
        "Mon 1, Mon 2, Mon 3",
    ),
    ("MaxSpanPerDay", [("Max_Span", 3)], "max_span_per_day", "Mon 1, Mon 2, Mon 3", "Mon 1, Mon 2, Mon 4"),
    (
        "MaxSpanPerDay",
        [("Max_Span", 2), ("Allow_One_Day_Exception_of_Plus_One", "true")],
        "max_span_per_day",
        "Mon 1, Tue 1, Mon 3",
        "Mon 1, Tue 1, Mon 4",
    ),
    (
        "MinHoursDaily",
        [("Minimum_Hours_Daily", 2), ("Allow_Empty_Days", "true")],
        "min_periods_per_day",
        "Mon 1, Mon 2, Mon 4",
        "Mon 1, Mon 2, Tue 1",
    ),
    (
        "MinRestingHours",
        [("Minimum_Resting_Hours", 2), ("Circular", "false")],
        "min_rest",
        "Mon 2, Tue 1, Wed 4",
        "Mon 3, Tue 1, Wed 4",
    ),
    (
        "MinRestingHours",
        [("Minimum_Resting_Hours", 2), ("Circular", "true")],
        "min_rest",
        "Mon 2, Mon 3, Wed 3",
        "Mon 1, Mon 2, Wed 4",
    ),
    (
        "IntervalMaxDaysPerWeek",
        [("Interval_Start_Hour", "3"), ("Interval_End_Hour", "4"), ("Max_Days_Per_Week", 1)],
        "interval_max_days",
        "Mon 3, Tue 4, Wed 2",
        "Mon 3, Tue 3, Wed 2",
    ),
    (
        "IntervalMaxDaysPerWeek",
        [("Interval_Start_Hour", "3"), ("Interval_End_Hour", ""), ("Max_Days_Per_Week", 1)],
        "interval_max_days",
        "Mon 4, Tue 2, Wed 2",
        "Mon 3, Tue 4, Wed 2",
    ),
]
PEOPLE = [
    (xml, kind, rule, kept, lost) for name, fields, rule, kept, lost in LIMITS for xml, kind in people(name, *fields)
]


@pytest.mark.parametrize(("xml", "kind", "rule", "kept", "lost"), PEOPLE)
def test_limits_on_people(xml: str, kind: str, rule: str, kept: str, lost: str) -> None:
    data = fet(THREE, [xml])
    assert broken(data, placed(kept)) == set()
    found = judged(data, placed(lost))
    assert {v.rule.name for v in found} == {rule}
    assert {v.who for v in found} <= ({("T1",)} if kind == "teacher" else {("S1",), ("S2",), ("S3",), ("Y",)})


CASES: list[tuple[str, list[str], list[str], str, str, str]] = [
    (
        "teacher away",
        THREE,
        [not_available("Teacher", "T1", "Mon 2")],
        "unavailable",
        "Mon 1, Mon 3, Mon 4",
        "Mon 1, Mon 2, Mon 3",
    ),
    (
        "group away",
        THREE,
        [not_available("StudentsSet", "G2", "Mon 2")],
        "unavailable",
        "Mon 1, Mon 3, Mon 4",
        "Mon 1, Mon 2, Mon 3",
    ),
    (
        "gap while away",
        THREE,
        [not_available("Teacher", "T1", "Mon 2"), constraint("TeachersMaxGapsPerDay", ("Max_Gaps", 0))],
        "max_gaps_per_day",
        "Mon 1, Mon 3, Mon 4",
        "Mon 1, Tue 1, Tue 3",
    ),
    (
        "gap over noon",
        THREE,
        [NOON, constraint("TeachersMaxGapsPerDay", ("Max_Gaps", 0))],
        "max_gaps_per_day",
        "Mon 1, Mon 3, Mon 4",
        "Mon 1, Mon 4, Tue 1",
    ),
    (
        "run over noon",
        THREE,
        [NOON, constraint("TeachersMaxHoursContinuously", ("Maximum_Hours_Continuously", 1))],
        "max_in_a_row",
        "Mon 1, Mon 3, Tue 1",
        "Mon 1, Mon 3, Mon 4",
    ),
    (
        "min days of a teacher",
        THREE,
        [constraint("TeacherMinDaysPerWeek", ("Teacher_Name", "T1"), ("Minimum_Days_Per_Week", 2))],
        "min_days",
        "Mon 1, Mon 2, Tue 1",
        "Mon 1, Mon 2, Mon 3",
    ),
    (
        "no empty day",
        THREE,
        [
            constraint(
                "StudentsSetMinHoursDaily",
                ("Minimum_Hours_Daily", 1),
                ("Students", "S1"),
                ("Allow_Empty_Days", "false"),
            )
        ],
        "min_periods_per_day",
        "Mon 1, Tue 2, Wed 1",
        "Mon 1, Mon 2, Wed 1",
    ),
    (
        "early",
        THREE,
        [constraint("StudentsEarlyMaxBeginningsAtSecondHour", ("Max_Beginnings_At_Second_Hour", 1))],
        "day_starts_early",
        "Mon 2, Tue 1, Wed 1",
        "Mon 2, Tue 2, Wed 1",
    ),
    (
        "early where open",
        THREE,
        [
            not_available("StudentsSet", "Y", "Mon 1"),
            constraint("StudentsEarlyMaxBeginningsAtSecondHour", ("Max_Beginnings_At_Second_Hour", 0)),
        ],
        "day_starts_early",
        "Mon 2, Tue 1, Wed 1",
        "Mon 3, Tue 1, Wed 1",
    ),
    (
        "tag daily",
        TAGGED,
        [constraint("TeachersActivityTagMaxHoursDaily", ("Activity_Tag_Name", "lab"), ("Maximum_Hours_Daily", 1))],
        "max_periods_per_day",
        "Mon 1, Mon 2, Tue 1",
        "Mon 1, Tue 2, Mon 3",
    ),
    (
        "tag daily of a set",
        TAGGED,
        [
            constraint(
                "StudentsSetActivityTagMaxHoursDaily",
                ("Maximum_Hours_Daily", 1),
                ("Students", "Y"),
                ("Activity_Tag", "lab"),
            )
        ],
        "max_periods_per_day",
        "Mon 1, Mon 2, Tue 1",
        "Mon 1, Tue 2, Mon 3",
    ),
    (
        "tag in a row",
        TAGGED,
        [
            constraint(
                "StudentsActivityTagMaxHoursContinuously", ("Activity_Tag", "lab"), ("Maximum_Hours_Continuously", 1)
            )
        ],
        "max_in_a_row",
        "Mon 1, Mon 2, Mon 3",
        "Mon 1, Mon 3, Mon 2",
    ),
]


LAB_TEST = [activity(1, tags=["lab"]), activity(2), activity(3, tags=["test"])]
GAP = [("First_Activity_Tag", "lab"), ("Second_Activity_Tag", "test"), ("MinGaps", 2)]


@pytest.mark.parametrize(("xml", "kind"), people("MinGapsBetweenOrderedPairOfActivityTags", *GAP))
def test_a_gap_after_a_tag_is_asked_in_this_order_only(xml: str, kind: str) -> None:
    """What fet-cl itself accepts and refuses: other lessons may lie between, days and the other order do not count."""
    data = fet(LAB_TEST, [xml])
    for kept in ("Mon 1, Mon 2, Mon 4", "Mon 3, Mon 2, Mon 1", "Mon 4, Wed 1, Tue 1"):
        assert broken(data, placed(kept)) == set()
    found = judged(data, placed("Mon 1, Mon 2, Mon 3"))
    assert {(v.rule.name, v.amount) for v in found} == {("min_gap_after", 1)}


def test_a_gap_between_a_tag_and_itself_is_refused() -> None:
    twice = [("First_Activity_Tag", "lab"), ("Second_Activity_Tag", "lab"), ("MinGaps", 2)]
    with pytest.raises(FormatError, match="Second_Activity_Tag>: found 'lab', expected another tag"):
        read_fet(fet(LAB_TEST, [constraint("StudentsMinGapsBetweenOrderedPairOfActivityTags", *twice)]))


def test_a_long_day_is_allowed_once_a_week() -> None:
    fields = [("Max_Span", 1), ("Allow_One_Day_Exception_of_Plus_One", "true")]
    four = [activity(n) for n in range(1, 5)]
    data = fet(four, [constraint("StudentsMaxSpanPerDay", *fields)])
    assert broken(data, placed("Mon 1, Mon 2, Tue 1, Wed 1")) == set()
    assert broken(data, placed("Mon 1, Mon 2, Tue 1, Tue 2")) == {"max_long_days"}


@pytest.mark.parametrize(
    ("activities", "time", "rule", "kept", "lost"), [x[1:] for x in CASES], ids=[x[0] for x in CASES]
)
def test_constraints(activities: list[str], time: list[str], rule: str, kept: str, lost: str) -> None:
    data = fet(activities, time)
    assert broken(data, placed(kept)) == set()
    assert broken(data, placed(lost)) == {rule}
