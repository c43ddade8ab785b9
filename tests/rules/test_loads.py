"""Rules on how many periods a resource has. T is the teacher judged, U innocent."""

import pytest

from models.rules import AnyRule
from models.rules.base import Who
from models.rules.max_busy_in_times import MaxBusyInTimes
from models.rules.max_in_a_row import MaxInARow
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.max_periods_per_week import MaxPeriodsPerWeek
from models.rules.max_span_per_day import MaxSpanPerDay
from models.rules.min_periods_per_day import MinPeriodsPerDay
from tests.rules.lesson_week import both_twins_find, cells, cheapest, lesson, taught, violations

T = Who(kind="teacher", ids=("T",))
LATE = cells("Mon4 Mon5 Tue4 Tue5")


@pytest.mark.parametrize(
    ("rule", "lessons", "expected"),
    [
        (MaxPeriodsPerDay(who=T, limit=2), "a*2@A Mon1, b@A Tue1, z@A Mon3", 0),
        (MaxPeriodsPerDay(who=T, limit=2), "a*2@A Mon1, b*2@A Mon4, c@A Mon3", 3),
        (MaxPeriodsPerDay(who=T, limit=2), "a*2@A Mon1, b@B Mon1", 0),  # in different weeks
        (MaxPeriodsPerDay(who=T, limit=0), "a Mon1", 2),  # in both weeks
        (MaxPeriodsPerWeek(who=T, limit=3), "a*2@A Mon1, b@A Fri1, c*2@B Mon1, z@A Wed1", 0),
        (MaxPeriodsPerWeek(who=T, limit=3), "a*2 Mon1, b@A Fri1, c@A Tue1, d@B Tue1, e@A Wed1", 2),  # 5 and 3
        (MinPeriodsPerDay(who=T, limit=2), "a*2@A Mon1, b@A Tue1, c@A Tue5", 0),
        (MinPeriodsPerDay(who=T, limit=2), "a@A Mon1, z@A Mon2", 1),
        (MinPeriodsPerDay(who=T, limit=3), "a@A Mon1, b*2@A Tue1", 3),  # 2 and 1
        (MinPeriodsPerDay(who=T, limit=1, empty_days=False), "a Mon1, b Tue1, c Wed1, d Thu1, e Fri1", 0),
        (MinPeriodsPerDay(who=T, limit=1, empty_days=False), "a Mon1, b@A Tue1, z Wed1", 7),  # 3 and 4 empty days
        (MinPeriodsPerDay(who=T, limit=2, empty_days=False), "a Mon1", 18),  # 1 + 4 x 2 in each week
        (MaxBusyInTimes(who=T, cells=LATE, limit=2), "a*2@A Mon4, b@A Tue3, c@B Tue4, d@A Wed4, z@A Tue4", 0),
        (MaxBusyInTimes(who=T, cells=LATE, limit=1), "a*2@A Mon4, b@A Tue5, c@B Tue4", 2),
        (MaxInARow(who=T, limit=2), "a*2@A Mon1, b@A Mon4, z@A Mon3", 0),
        (MaxInARow(who=T, limit=2), "a*2@A Mon1, b@A Mon3", 1),
        (MaxInARow(who=T, limit=2), "a*2@A Mon2, b*2@A Mon4", 0),  # lunch between
        (MaxInARow(who=T, limit=1), "a*3@A Mon1, b*2@A Mon4, c@A Tue1", 3),  # 2 before lunch, 1 after
        (MaxInARow(who=T, limit=1), "a@A Mon5, b@A Tue1, c@B Mon4", 0),  # not over night, not over weeks
        (MaxSpanPerDay(who=T, limit=3), "a@A Mon1, b@A Mon3, z@A Mon5", 0),
        (MaxSpanPerDay(who=T, limit=3), "a@A Mon1, b@A Mon4, c@A Mon5", 2),  # from period 1 to period 5
        (MaxSpanPerDay(who=T, limit=1), "a*2@A Mon4, b@A Tue5", 1),
        (MaxSpanPerDay(who=T, limit=2), "a@A Mon1, b@B Mon5", 0),
    ],
    ids=str,
)
def test_both_sides_of_the_boundary(rule: AnyRule, lessons: str, expected: int) -> None:
    both_twins_find(expected, rule, taught(lessons))


@pytest.mark.parametrize(
    ("rule", "possible", "impossible"),
    [
        (MaxPeriodsPerDay(who=T, limit=2), "a*2, b*2, c*2, d*2, e*2", "a*2, b*2, c*2, d*2, e*2, f"),
        (MaxPeriodsPerWeek(who=T, limit=3), "a*2, b", "a*2, b*2"),
        (MinPeriodsPerDay(who=T, limit=3), "a, b*2 Mon1, c*3", "a, b*2 Mon1, c*2 Tue1"),
        (MinPeriodsPerDay(who=T, limit=1, empty_days=False), "a, b, c, d, e", "a*2, b*2, c*2, d*2"),
        (MaxInARow(who=T, limit=2), "a*2 Mon1, b*2", "a*2 Mon1, b Mon3"),
        (MaxSpanPerDay(who=T, limit=3), "a*3, b*3, c*3, d*3, e*3", "a Mon1, b Mon4"),
    ],
    ids=str,
)
def test_the_solver_finds_a_way_where_there_is_one(rule: AnyRule, possible: str, impossible: str) -> None:
    assert cheapest(rule, *taught(possible)) == 0
    assert cheapest(rule, *taught(impossible)) is None


def test_the_solver_chooses_the_teacher_who_has_room_left() -> None:
    """T has two periods and may have no third: U takes the lesson, unless U has two as well."""
    rule = MaxPeriodsPerWeek(who=Who(kind="teacher", ids=("T", "U")), limit=2)
    either = lesson("e", any_teacher=(("T", "U"),))
    assert cheapest(rule, *taught("a*2, z"), either) == 0
    assert cheapest(rule, *taught("a*2, z*2"), either) is None


def test_only_tagged_lessons_count() -> None:
    rule = MaxInARow(who=T, limit=1, tags=("hard",))
    lessons = (*taught("a@A Mon1, c@A Mon3", tags=("hard",)), *taught("b@A Mon2"))
    both_twins_find(0, rule, lessons)
    both_twins_find(1, MaxInARow(who=T, limit=2), lessons)


def test_unplaced_lessons_do_not_count() -> None:
    """One of two lessons is placed: the day has one period, the other lesson does not make up for it."""
    (found,) = violations(MinPeriodsPerDay(who=T, limit=2), *taught("a@A Mon1, b@A"))
    assert found.amount == 1


@pytest.mark.parametrize(
    ("rule", "lessons", "sentence"),
    [
        (MaxPeriodsPerDay(who=T, limit=1), "a*2@A Mon1", "T has 2 periods on Mon (week A), at most 1 are allowed"),
        (MaxPeriodsPerWeek(who=T, limit=0), "a@B Mon1", "T has 1 period in week B, at most 0 are allowed"),
        (MinPeriodsPerDay(who=T, limit=2), "a@A Tue1", "T has 1 period on Tue (week A), at least 2 are asked"),
        (
            MaxInARow(who=T, limit=1),
            "a*2@A Mon2",
            "T has 2 periods in a row from Mon 2 (week A), at most 1 are allowed",
        ),
        (
            MaxSpanPerDay(who=T, limit=1),
            "a@A Mon1, b@A Mon3",
            "T is there for 3 periods from Mon 1 (week A) to Mon 3 (week A), at most 1 are allowed",
        ),
    ],
    ids=str,
)
def test_the_sentence_tells_who_when_and_how_much(rule: AnyRule, lessons: str, sentence: str) -> None:
    (found,) = violations(rule, *taught(lessons))
    assert (found.who, found.sentence) == (("T",), sentence)
