"""The tables of a file: week, people, activities, and what is wrong with them."""

import re
from collections.abc import Iterator

import pytest

from formats.errors import FormatError, Unsupported
from formats.fet import read_fet
from formats.fet.week import clock_of, plain_clock
from models.interval import Interval
from models.rules import Who
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.min_days_between import MinDaysBetween
from tests.formats.fet.tiny import activity, breaks, constraint, fet, fixed, ids, not_available, real_room, virtual_room


def limit(kind: str, value: int, *who: tuple[str, object], weight: float = 100, active: bool = True) -> str:
    return constraint(kind, *who, ("Max_Gaps", value), weight=weight, active=active)


# ---- the week --------------------------------------------------------------------------------------------------------


def test_breaks_are_no_cells_and_keep_their_neighbours_apart() -> None:
    found = read_fet(fet([activity(1)], [breaks("Mon 2", "Tue 1")]))
    grid = found.problem.grid
    assert grid.size == 10
    assert ("Mon", "2") not in found.ids
    assert grid.fits(found.ids["Tue", "2"], 3)
    assert not grid.fits(found.ids["Mon", "1"], 2)
    assert grid.fits(found.ids["Mon", "3"], 2)


def test_a_break_on_every_day() -> None:
    found = read_fet(fet([activity(1)], [breaks("Mon 3", "Tue 3", "Wed 3")]))
    assert [c.label for c in found.problem.grid.cells[:4]] == ["1", "2", "4", "1"]


@pytest.mark.parametrize(
    ("hours", "spans"),
    [
        (("08:00-08:50", "09:00-09:50"), [(480, 530), (540, 590)]),
        (("08:00", "08:50", "09:55"), [(480, 530), (530, 595), (595, 645)]),
        (("11:00", "12:10", "01:20"), [(660, 730), (730, 800), (800, 870)]),  # after noon
        (("Pd1 08h00-08h40", "Pd2 08h40-09h20"), [(480, 520), (520, 560)]),
    ],
)
def test_times_are_read_from_the_names_of_the_hours(hours: tuple[str, ...], spans: list[tuple[int, int]]) -> None:
    assert clock_of(hours) == [Interval(*s) for s in spans]


@pytest.mark.parametrize("hours", [("1", "2"), ("09:00", "08:00-08:30", "x"), ("09:00-10:00", "09:30-10:30")])
def test_names_that_state_no_sound_times(hours: tuple[str, ...]) -> None:
    assert clock_of(hours) is None


def test_long_days_get_short_hours() -> None:
    assert plain_clock(4)[3] == (660, 720)
    assert plain_clock(60)[59] == (480 + 59 * 16, 480 + 60 * 16)  # 960 minutes after 8:00 hold 60 x 16


# ---- people and activities -------------------------------------------------------------------------------------------


def test_years_own_the_subgroups_of_their_groups() -> None:
    """Year Y: groups G1 = S1, S2 and G2 = S2, S3; year Z is undivided."""
    classes = read_fet(fet([activity(1)])).problem.class_
    assert {name: set(c.students) for name, c in classes.items()} == {
        "Y": {"S1", "S2", "S3"},
        "G1": {"S1", "S2"},
        "G2": {"S2", "S3"},
        "S1": {"S1"},
        "S2": {"S2"},
        "S3": {"S3"},
        "Z": {"Z"},
    }
    assert classes["Z"].size == 10


def test_activities_become_lessons() -> None:
    written = activity(7, ["T1", "T2"], ["G1", "Z"], "Art", 2, ["lab"], group=5, head_count=13)
    lesson = read_fet(fet([written])).problem.lesson["7"]
    assert (lesson.teachers, lesson.classes, lesson.subject) == (("T1", "T2"), ("G1", "Z"), "Art")
    assert (lesson.duration, lesson.tags, lesson.course, lesson.students) == (2, ("lab",), "5", 13)


def test_inactive_activities_vanish_from_constraints_too() -> None:
    apart = constraint("MinDaysBetweenActivities", *ids(1, 2, 3), ("MinDays", 1))
    found = read_fet(fet([activity(1), activity(2, active=False), activity(3)], [apart]))
    (rule,) = found.problem.rules
    assert isinstance(rule, MinDaysBetween)
    assert rule.lessons == ("1", "3")
    assert found.notes == ("1 inactive activities left out",)


def test_rooms_have_capacity_and_site() -> None:
    rooms = read_fet(fet([activity(1)], rooms=[real_room("A", "East", 25), real_room("B")])).problem.room
    assert (rooms["A"].capacity, rooms["A"].site, rooms["B"].capacity) == (25, "East", None)


# ---- weights and grouping --------------------------------------------------------------------------------------------


def test_weights() -> None:
    """100 is hard, 99.6 the price 100, 0.2 still 1, 0 nothing."""
    rules = [limit("TeachersMaxGapsPerWeek", n, weight=w) for n, w in ((1, 100), (2, 99.6), (3, 0.2), (4, 0))]
    found = read_fet(fet([activity(1)], rules))
    assert [r.weight for r in found.problem.rules] == [None, 100, 1]
    assert found.notes == ("ConstraintTeachersMaxGapsPerWeek (1) with weight 0 cost nothing",)


def test_equal_limits_become_one_rule() -> None:
    who = [limit("StudentsSetMaxGapsPerWeek", 1, ("Students", s)) for s in ("G1", "Z")]
    other = [limit("StudentsSetMaxGapsPerWeek", 2, ("Students", "G2"))]
    rules = read_fet(fet([activity(1)], who + other)).problem.rules
    assert [(r.who.ids, r.limit) for r in rules if isinstance(r, MaxGapsPerWeek)] == [(("G1", "Z"), 1), (("G2",), 2)]


def test_a_rule_on_everybody_swallows_equal_ones() -> None:
    some = limit("TeacherMaxGapsPerWeek", 1, ("Teacher_Name", "T1"))
    (rule,) = read_fet(fet([activity(1)], [some, limit("TeachersMaxGapsPerWeek", 1)])).problem.rules
    assert isinstance(rule, MaxGapsPerWeek)
    assert rule.who == Who(kind="teacher")


# ---- what is not understood ------------------------------------------------------------------------------------------


def test_unknown_constraints_are_counted_and_named() -> None:
    data = fet([activity(1)], [constraint("Moonlight"), constraint("Moonlight"), constraint("Sunlight", active=False)])
    with pytest.raises(Unsupported, match=r"ConstraintMoonlight \(2\)") as caught:
        read_fet(data)
    assert caught.value.types == (("ConstraintMoonlight", 2),)
    assert read_fet(data, ignore_unsupported=True).unsupported == (("ConstraintMoonlight", 2),)


HALF_DAYS = [constraint("TeachersMaxAfternoonsPerWeek", ("Max_Afternoons_Per_Week", 2))]


@pytest.mark.parametrize(
    ("data", "mode"),
    [
        (fet([activity(1)], mode="Mornings_Afternoons", version="6.8.5"), "Mornings_Afternoons"),
        (fet([activity(1)], mode="Terms", version="6.8.5"), "Terms"),
        (fet([activity(1)], mode="Block_Planning", version="6.8.5"), "Block_Planning"),
        (fet([activity(1)], version="5.44.2-bp"), "Block_Planning"),
        (fet([activity(1)], [constraint("MaxTotalActivitiesFromSetInSelectedTimeSlots")]), "Block_Planning"),
        (fet([activity(1)], version="5.27.3-algeria9"), "Mornings_Afternoons"),
        (fet([activity(1)], HALF_DAYS), "Mornings_Afternoons"),
        (fet([activity(1)], [constraint("ActivitiesMaxInATerm", *ids(1))]), "Terms"),
    ],
)
def test_other_modes_are_refused(data: bytes, mode: str) -> None:
    with pytest.raises(Unsupported, match=f"the mode {mode}"):
        read_fet(data)


def test_the_official_mode_may_be_named() -> None:
    assert read_fet(fet([activity(1)], mode="Official", version="6.8.5")).problem.lessons


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (fet([activity(1, teacher="T9")]), r"<Teacher>: found 'T9', expected a name of <Teachers_List>"),
        (fet([activity(1, students="Q")]), r"<Students>: found 'Q', expected a name of <Students_List>"),
        (fet([activity(1, subject="Alchemy")]), r"<Subject>: found 'Alchemy', expected a name of <Subjects_List>"),
        (fet([activity(1, tags=["zz"])]), r"<Activity_Tag>: found 'zz', expected a name of <Activity_Tags_List>"),
        (fet([activity(1), activity(1)]), r"<Activity>: found activity 1 again"),
        (fet([activity(1)], [fixed(2, "Mon 1")]), r"<Activity_Id>: found activity '2', expected an activity of"),
        (fet([activity(1)], [fixed(1, "Sun 1")]), r"<Preferred_Day>: found 'Sun', expected a day of <Days_List>"),
        (fet([activity(1)], [fixed(1, "Mon 9")]), r"<Preferred_Hour>: found '9', expected an hour of <Hours_List>"),
        (fet([activity(1)], [not_available("Teacher", "T9", "Mon 1")]), r"<Teacher>: found 'T9'"),
        (fet([activity(1)], [], [not_available("Room", "R9", "Mon 1")]), r"<Room>: found 'R9'.*<Rooms_List>"),
        (fet([activity(1)], [limit("TeachersMaxGapsPerWeek", -1)]), r"<Max_Gaps>: found '-1', expected a whole number"),
        (fet([activity(1)], [limit("TeachersMaxGapsPerWeek", 1, weight=101)]), r"found 101, expected 0 to 100"),
        (fet([activity(1)], [constraint("TeachersMaxGapsPerWeek")]), r"found no such element, expected <Max_Gaps>"),
        (fet([activity(1)], days=("Mon", "Mon")), r"<Name>: found 'Mon', expected a name that occurs once"),
        (fet([activity(1)], hours=()), r"<Hours_List>: found nothing, expected at least one <Hour>"),
        (fet([activity(1, duration=5)]), r"<Duration>: found 5 hours, expected at most 4"),
        (fet([activity(1, duration=2)], [fixed(1, "Mon 4")]), r"StartingTime>: found Mon 4 for activity 1"),
    ],
)
def test_errors_name_the_place(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message) as caught:
        read_fet(data)
    assert caught.value.place.startswith("line ")


RICH = fet(
    [
        activity(1, tags=["lab"], duration=2),
        activity(2, ["T1", "T2"], ["G1", "Z"], head_count=12),
        activity(3, active=False),
    ],
    [
        breaks("Mon 3"),
        not_available("Teacher", "T1", "Tue 1"),
        fixed(2, "Tue 2"),
        constraint("MinDaysBetweenActivities", ("Consecutive_If_Same_Day", "true"), *ids(1, 2, 3), ("MinDays", 1)),
        constraint("StudentsSetMaxHoursDaily", ("Students", "G1"), ("Maximum_Hours_Daily", 3), weight=90),
    ],
    [
        constraint("ActivityPreferredRoom", ("Activity_Id", 1), ("Room", "V"), ("Real_Room", ["R1"])),
        constraint("TeacherHomeRoom", ("Teacher", "T1"), ("Room", "R2")),
        constraint("StudentsMaxBuildingChangesPerDay", ("Max_Building_Changes_Per_Day", 1)),
    ],
    rooms=[real_room("R1", "East", 30), real_room("R2", "West"), virtual_room("V", ("R1", "R2"))],
)


def damaged(text: str) -> Iterator[str]:
    """The file with one element after the other removed, emptied, or with another value."""
    for found in re.finditer(r"<(\w+)>([^<>]*)</\1>", text):
        start, end = found.span()
        yield text[:start] + text[end:]
        for value in ("", "x", "-1", "0", "99999", "y" * 300):
            yield f"{text[:start]}<{found[1]}>{value}</{found[1]}>{text[end:]}"


def test_a_damaged_file_is_read_or_named_as_such() -> None:
    """Never any other error."""
    assert read_fet(RICH).problem.lessons
    refused = 0
    for text in damaged(RICH.decode()):
        try:
            read_fet(text.encode(), ignore_unsupported=True)
        except FormatError:
            refused += 1
    assert refused > 400
