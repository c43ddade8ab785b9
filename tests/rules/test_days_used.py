"""Rules on which days a resource is busy, and when its days start and end. T is the teacher judged, U innocent."""

import pytest

from models.rules import AnyRule
from models.rules.base import Who
from models.rules.day_ends import DayEnds
from models.rules.day_starts_early import DayStartsEarly
from models.rules.interval_max_days import IntervalMaxDays
from models.rules.max_days import MaxDays
from models.rules.min_days import MinDays
from models.rules.min_rest import MinRest
from models.rules.unavailable import Unavailable
from models.score import score
from models.timetable import Placement, Timetable
from tests.rules.lesson_week import both_twins_find, cells, cheapest, school, taught, violations

T = Who(kind="teacher", ids=("T",))
LAST = cells("Mon5 Tue5 Wed5 Thu5 Fri5")
TWO_PM = 14 * 60


@pytest.mark.parametrize(
    ("rule", "lessons", "expected"),
    [
        (MaxDays(who=T, limit=1), "a@A Mon1, b@A Mon5, z@A Tue1", 0),
        (MaxDays(who=T, limit=1), "a@A Mon1, b@A Tue1, c@A Fri1", 2),
        (MaxDays(who=T, limit=1), "a@A Mon1, b@B Tue1", 0),  # one day in each week
        (MaxDays(who=T, limit=0), "a Mon1, b Mon2", 2),  # Monday of both weeks
        (MinDays(who=T, limit=2), "a@A Mon1, b@A Tue1", 0),  # week B is empty, which is allowed
        (MinDays(who=T, limit=2), "a@A Mon1, b@A Mon2, z@A Tue1", 1),
        (MinDays(who=T, limit=3), "a Mon1", 4),  # 2 missing in each week
        (IntervalMaxDays(who=T, cells=LAST, limit=1), "a@A Mon5, b@A Tue1, z@A Tue5", 0),
        (IntervalMaxDays(who=T, cells=LAST, limit=1), "a@A Mon5, b*2@A Tue4, c@A Fri5", 2),
        (IntervalMaxDays(who=T, cells=cells("Mon1 Mon2"), limit=0), "a*2@A Mon1", 1),
        (DayEnds(who=T, until=TWO_PM), "a@A Mon4, z@A Mon5", 0),  # period 4 is over at 14:00
        (DayEnds(who=T, until=TWO_PM - 1), "a@A Mon4, b@A Tue3", 1),
        (DayEnds(who=T, until=TWO_PM, late_days=1), "a@A Mon5, b@B Tue5", 0),
        (DayEnds(who=T, until=TWO_PM, late_days=1), "a@A Mon5, b@A Tue5, c@A Wed5", 2),
        (DayStartsEarly(who=T), "a@A Mon1, b@A Tue1, z@A Wed3", 0),
        (DayStartsEarly(who=T), "a@A Mon1, b@A Mon5", 0),
        (DayStartsEarly(who=T), "a@A Mon2", 1),  # a late day, none is allowed
        (DayStartsEarly(who=T, late_days=1), "a@A Mon2, b@A Tue1", 0),
        (DayStartsEarly(who=T, late_days=1), "a@A Mon3", 1),  # 2 periods late, 1 is allowed
        (DayStartsEarly(who=T, late_days=1), "a@A Mon2, b@A Tue4", 3),  # Tuesday 2 too late, and a late day too many
        (MinRest(who=T, periods=2), "a@A Mon3, b@A Tue1, z@A Mon5", 0),  # periods 4 and 5
        (MinRest(who=T, periods=2), "a@A Mon4, b@A Tue1", 1),
        (MinRest(who=T, periods=2), "a@A Mon4, b@A Tue2", 0),  # period 5 and period 1
        (MinRest(who=T, periods=2), "a@A Mon5, b@A Tue1, c@A Wed1", 2),  # from Tuesday to Wednesday there are 4
        (MinRest(who=T, periods=9), "a@A Mon1, b@A Tue5", 1),  # 4 and 4
        (MinRest(who=T, periods=2), "a@A Mon5, b@A Wed1, c Fri5, d@B Mon1", 0),  # a day off between, a weekend
    ],
    ids=str,
)
def test_both_sides_of_the_boundary(rule: AnyRule, lessons: str, expected: int) -> None:
    both_twins_find(expected, rule, taught(lessons))


@pytest.mark.parametrize(
    ("rule", "possible", "impossible"),
    [
        (MaxDays(who=T, limit=1), "a*3, b*2", "a*3, b*2, c"),  # a day has 5 periods
        (MinDays(who=T, limit=3), "a, b, c", "a, b*2"),
        (IntervalMaxDays(who=T, cells=LAST, limit=1), "a*2, b*2, c*2, d*2, e*2, f Mon5", "a Mon5, b Tue5"),
        (DayEnds(who=T, until=10 * 60), "a, b, c, d, e", "a, b, c, d, e, f"),  # only period 1 is over at 10:00
        (DayStartsEarly(who=T), "a Mon2, b", "a Mon2, b Tue1"),  # b can fill Monday's first period
        (MinRest(who=T, periods=9), "a*3, b*3, c*3", "a*3, b*3, c*3, d*3"),  # every other day: Mon, Wed, Fri
    ],
    ids=str,
)
def test_the_solver_finds_a_way_where_there_is_one(rule: AnyRule, possible: str, impossible: str) -> None:
    assert cheapest(rule, *taught(possible)) == 0
    assert cheapest(rule, *taught(impossible)) is None


def test_only_tagged_lessons_make_a_day() -> None:
    rule = MaxDays(who=T, limit=1, tags=("late",))
    lessons = (*taught("a@A Mon1, b@A Tue1"), *taught("c@A Wed1", tags=("late",)))
    both_twins_find(0, rule, lessons)
    both_twins_find(1, rule, (*lessons, *taught("d@A Thu1", tags=("late",))))


def test_a_day_starts_early_with_its_first_open_period() -> None:
    """T is closed in periods 1 and 3 of Monday: period 2 is the first one, period 4 one open period late."""
    closed = Unavailable(who=T, cells=cells("Mon1 Mon3"))
    for period, late in ((2, 0), (4, 1)):
        lessons = taught(f"a@A Mon{period}")
        problem = school(lessons, (closed, DayStartsEarly(who=T, weight=1)))
        placed = Timetable(placements=tuple(Placement(lesson=x.id, start=x.pin.start or 0) for x in lessons))
        assert score(problem, placed).soft == late


def test_weeks_may_differ_in_their_late_days() -> None:
    """In week A Monday and Tuesday are late, in week B only Monday, as the rule allows."""
    both_twins_find(1, DayStartsEarly(who=T, late_days=1), taught("a Mon2, b@A Tue2"))


@pytest.mark.parametrize(
    ("rule", "lessons", "sentence"),
    [
        (
            MaxDays(who=T, limit=1),
            "a@A Mon1, b@A Wed1",
            "T has lessons on 2 days in week A (Mon, Wed), at most 1 are allowed",
        ),
        (MinDays(who=T, limit=2), "a@B Mon1", "T has lessons on 1 day in week B (Mon), at least 2 are asked"),
        (
            IntervalMaxDays(who=T, cells=LAST, limit=0),
            "a@A Tue5",
            "T is busy in 5 on 1 day in week A (Tue), at most 0 are allowed",
        ),
        (
            DayEnds(who=T, until=TWO_PM),
            "a@A Tue5",
            "T ends after 14:00 on 1 day in week A (Tue), at most 0 are allowed",
        ),
        (
            DayStartsEarly(who=T),
            "a@A Tue3",
            "T starts late in week A (Tue by 2 periods), no day may be late by 1 period",
        ),
        (
            MinRest(who=T, periods=2),
            "a@A Mon5, b@A Tue2",
            "T has 1 free period between Mon (week A) and Tue (week A), at least 2 are asked",
        ),
    ],
    ids=str,
)
def test_the_sentence_tells_who_when_and_how_much(rule: AnyRule, lessons: str, sentence: str) -> None:
    (found,) = violations(rule, *taught(lessons))
    assert (found.who, found.sentence) == (("T",), sentence)


def test_classes_are_judged_by_student_set() -> None:
    """Both parts of 7A attend a, only 7A1 attends b: one day too many for 7A1 alone."""
    rule = MaxDays(who=Who(kind="class", ids=("7A",)), limit=1)
    lessons = (*taught("a@A Mon1", classes=("7A",)), *taught("b@A Tue1", classes=("7A1",)))
    both_twins_find(1, rule, lessons)
    (found,) = violations(rule, *lessons)
    assert found.who == ("7A1",)
