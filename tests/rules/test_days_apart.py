"""Rules on the days of some lessons: how far apart, how many a day, how many days."""

import pytest

from models.rules import AnyRule
from models.rules.different_day import DifferentDay
from models.rules.max_days_between import MaxDaysBetween
from models.rules.min_days_between import MinDaysBetween
from models.rules.min_working_days import MinWorkingDays
from models.rules.not_twice_a_day import NotTwiceADay
from models.rules.same_day import SameDay
from models.rules.same_period import SamePeriod
from tests.rules.lesson_week import amount, both_twins_find, cheapest, violations

AB = ("a", "b")
ABC = ("a", "b", "c")
ABCD = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("rule", "lessons", "expected"),
    [
        # The innocent lesson z is on the day of a, no rule names it.
        (DifferentDay(lessons=AB), "a Mon1, b Tue1, z Mon2", 0),
        (DifferentDay(lessons=AB), "a Mon1, b Mon5, z Tue1", 1),
        (DifferentDay(lessons=ABC), "a Mon1, b Mon3, c Mon5", 3),  # pairs ab, ac, bc
        (DifferentDay(lessons=ABC), "a@A Mon1, b@B Mon1, c Mon5", 2),  # a and b never share a week
        (NotTwiceADay(lessons=AB), "a Mon1, b Tue1, z Mon2", 0),
        (NotTwiceADay(lessons=AB), "a Mon1, b Mon5, z Tue1", 2),  # 1 too many in week A, 1 in week B
        (NotTwiceADay(lessons=ABC, limit=2), "a Mon1, b Mon3, c Tue1", 0),
        (NotTwiceADay(lessons=ABC, limit=2), "a Mon1, b Mon3, c@A Mon5", 1),
        (MinDaysBetween(lessons=AB, days=2), "a Mon1, b Wed1, z Tue1", 0),
        (MinDaysBetween(lessons=AB, days=2), "a Mon1, b Tue1, z Wed1", 1),
        (MinDaysBetween(lessons=ABC, days=2), "a Mon1, b Mon3, c Tue1", 4),  # ab 2, ac 1, bc 1
        (MinDaysBetween(lessons=ABC, days=3), "a@A Mon1, b@B Mon3, c Thu1", 0),
        (MinDaysBetween(lessons=ABC, days=3), "a@A Mon1, b@B Mon3, c Wed1", 2),  # ac 1, bc 1
        (MaxDaysBetween(lessons=AB, days=2), "a Mon1, b Wed1, z Fri1", 0),
        (MaxDaysBetween(lessons=AB, days=2), "a Fri1, b Mon1, z Fri2", 2),  # 4 days apart
        (MaxDaysBetween(lessons=ABC, days=1), "a Mon1, b Wed1, c Fri1", 5),  # ab 1, bc 1, ac 3
        (MaxDaysBetween(lessons=AB, days=0), "a@A Mon1, b@B Fri1", 0),
        (SameDay(lessons=AB), "a Mon1, b Mon5, z Tue1", 0),
        (SameDay(lessons=ABC), "a Mon1, b Mon5, c Tue1", 2),  # ac, bc
        (SamePeriod(lessons=AB), "a Mon2, b Fri2, z Fri3", 0),
        (SamePeriod(lessons=ABC), "a Mon2, b Mon3, c Tue3", 2),  # ab, ac
        (MinWorkingDays(lessons=ABC, days=2), "a Mon1, b Tue1, c Tue2, z Wed1", 0),
        (MinWorkingDays(lessons=ABC, days=3), "a Mon1, b Tue1, c Tue2, z Wed1", 1),
        (MinWorkingDays(lessons=AB, days=4), "a Mon1, b Mon2", 3),
    ],
    ids=str,
)
def test_both_sides_of_the_boundary(rule: AnyRule, lessons: str, expected: int) -> None:
    both_twins_find(expected, rule, lessons)


def test_sentences_name_lessons_and_numbers() -> None:
    (near,) = violations(MaxDaysBetween(lessons=AB, days=2), "a Mon1", "b Thu1")
    assert near.sentence == "a (Mon 1) and b (Thu 1) are 3 days apart, at most 2 are allowed"
    (few,) = violations(MinWorkingDays(lessons=AB, days=2), "a Mon1", "b Mon2")
    assert (few.lessons, few.sentence) == (AB, "a is on 1 day, at least 2 are asked")


def test_a_lesson_without_a_place_counts_as_a_working_day() -> None:
    """a and b fill Mon; c could fill a second day, but not a third."""
    assert amount(MinWorkingDays(lessons=ABC, days=2), "a Mon1", "b Mon2", "c") == 0
    assert amount(MinWorkingDays(lessons=ABC, days=3), "a Mon1", "b Mon2", "c") == 1
    assert amount(MinWorkingDays(lessons=AB, days=5), "a", "b") == 0


@pytest.mark.parametrize(
    ("rule", "feasible", "infeasible"),
    [
        # Five days for five lessons, not for two on one of them.
        (DifferentDay(lessons=ABCD), ("a Mon1", "b Tue1", "c Wed1", "d"), ("a Mon1", "b", "c", "d Mon5")),
        (NotTwiceADay(lessons=ABC, limit=2), ("a Mon1", "b Mon2", "c"), ("a Mon1", "b Mon2", "c Mon3")),
        # Mon, Wed, Fri are the only three days 2 apart.
        (MinDaysBetween(lessons=ABC, days=2), ("a Mon1", "b", "c"), ("a Tue1", "b", "c")),
        (MaxDaysBetween(lessons=ABC, days=1), ("a Mon1", "b Tue1", "c"), ("a Mon1", "b", "c Wed1")),
        (SameDay(lessons=ABC), ("a Mon1", "b", "c"), ("a Mon1", "b", "c Tue1")),
        (SamePeriod(lessons=ABC), ("a Mon1", "b", "c Tue1"), ("a Mon1", "b", "c Tue2")),
        (MinWorkingDays(lessons=ABC, days=3), ("a Mon1", "b", "c"), ("a Mon1", "b", "c Mon2")),
    ],
    ids=str,
)
def test_solver(rule: AnyRule, feasible: tuple[str, ...], infeasible: tuple[str, ...]) -> None:
    assert cheapest(rule, *feasible) == 0
    assert cheapest(rule, *infeasible) is None
