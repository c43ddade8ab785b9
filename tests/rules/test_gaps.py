"""Rules on free periods between lessons, single lessons and pauses. T is the teacher judged, U innocent."""

import pytest

from models.rules import AnyRule
from models.rules.base import Who
from models.rules.buffer import Buffer
from models.rules.compactness import Compactness
from models.rules.lunch_break import LunchBreak
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.unavailable import Unavailable
from models.score import score
from models.timetable import Placement, Timetable
from tests.rules.lesson_week import both_twins_find, cells, cheapest, lesson, school, taught, violations

T = Who(kind="teacher", ids=("T",))
NOON = cells("Mon2 Mon3 Mon4 Tue2 Tue3 Tue4 Wed2 Wed4")


@pytest.mark.parametrize(
    ("rule", "lessons", "expected"),
    [
        (MaxGapsPerDay(who=T, limit=1), "a@A Mon1, b@A Mon3, z@A Mon2", 0),
        (MaxGapsPerDay(who=T, limit=1), "a@A Mon1, b@A Mon4, c@A Mon5", 1),  # periods 2 and 3
        (MaxGapsPerDay(who=T, limit=0), "a@A Mon3, b@A Mon4, c@A Tue2", 0),  # lunch is no period, the night no gap
        (MaxGapsPerDay(who=T, limit=0), "a@A Mon1, b@B Mon3", 0),  # in different weeks
        (MaxGapsPerDay(who=T, limit=0), "a Mon1, b Mon3", 2),  # 1 in each week
        (MaxGapsPerWeek(who=T, limit=2), "a@A Mon1, b@A Mon3, c@A Tue1, d@A Tue3, z@A Wed1", 0),
        (MaxGapsPerWeek(who=T, limit=2), "a@A Mon1, b@A Mon4, c@A Tue1, d@A Tue5", 3),  # 2 and 3
        (MaxGapsPerWeek(who=T, limit=1), "a Mon1, b Mon3, c@A Tue1, d@A Tue3", 1),  # 2 in week A, 1 in week B
        (Compactness(who=T), "a*2@A Mon1, b@A Tue3, c@A Tue4, z@A Wed1", 0),  # before and after lunch are neighbours
        (Compactness(who=T), "a@A Mon1, b@A Mon3, z@A Mon2", 2),
        (Compactness(who=T), "a@A Mon5, b@A Tue1, c@A Wed1, d@B Wed2", 4),  # no neighbours over night or over weeks
        (LunchBreak(who=T, cells=NOON), "a*2@A Mon2, b@A Mon5, z@A Mon4", 0),
        (LunchBreak(who=T, cells=NOON), "a*2@A Mon2, b@A Mon4", 1),
        (LunchBreak(who=T, cells=NOON, periods=2), "a@A Mon2, b@A Tue4", 0),
        (LunchBreak(who=T, cells=NOON, periods=2), "a@A Mon3, b@A Mon1", 1),
        (LunchBreak(who=T, cells=NOON, periods=2), "a@A Wed1", 1),  # Wed 2 and 4 are never a row
        (LunchBreak(who=T, cells=NOON, periods=2), "a Thu1, b*3@A Fri1", 0),  # no lunch is asked on these days
        (LunchBreak(who=T, cells=NOON, periods=4), "a*3@A Mon1, b@A Mon4", 0),  # Monday offers 3, it is not judged
        (Buffer(who=T, minutes=60), "a@A Mon1, b@A Mon3, c*2@A Mon4, z@A Mon2", 0),  # period 2; lunch
        (Buffer(who=T, minutes=60), "a@A Mon1, b@A Mon2, c@A Mon4", 60),  # none; 120 minutes
        (Buffer(who=T, minutes=90), "a@A Mon1, b@A Mon3, c@A Mon4", 60),  # twice 60 instead of 90
        (Buffer(who=T, minutes=90), "a@A Mon5, b@A Tue1, c@B Mon4", 0),  # over night, in different weeks
    ],
    ids=str,
)
def test_both_sides_of_the_boundary(rule: AnyRule, lessons: str, expected: int) -> None:
    both_twins_find(expected, rule, taught(lessons))


@pytest.mark.parametrize(
    ("rule", "possible", "impossible"),
    [
        (MaxGapsPerDay(who=T, limit=0), "a Mon1, b Mon3, c", "a Mon1, b Mon4, c"),  # c fills one of the gaps
        (MaxGapsPerWeek(who=T, limit=1), "a Mon1, b Mon4, c", "a Mon1, b Mon4, c Tue1"),
        (Compactness(who=T), "a, b, c", "a Mon1, b Mon4, c"),  # three in a row; c can only join one of the others
        (LunchBreak(who=T, cells=NOON), "a*2 Mon2, b*2", "a*2 Mon2, b Mon4"),
        (Buffer(who=T, minutes=60), "a Mon1, b Mon5, c Mon3", "a Mon1, b Mon4, c Mon5"),
    ],
    ids=str,
)
def test_the_solver_finds_a_way_where_there_is_one(rule: AnyRule, possible: str, impossible: str) -> None:
    assert cheapest(rule, *taught(possible)) == 0
    assert cheapest(rule, *taught(impossible)) is None


def test_closed_periods_are_no_gaps() -> None:
    """Periods 2 and 3 lie between the lessons; T cannot work in period 3 anyway."""
    lessons = taught("a@A Mon1, b@A Mon4")
    closed = Unavailable(who=T, cells=cells("Mon3"))
    problem = school(
        lessons, (closed, MaxGapsPerDay(who=T, limit=0, weight=1), MaxGapsPerWeek(who=T, limit=0, weight=1))
    )
    placed = Timetable(placements=tuple(Placement(lesson=x.id, start=x.pin.start or 0) for x in lessons))
    assert [r.amount for r in score(problem, placed).rules if r.name.startswith("max_gaps")] == [1, 1]


@pytest.mark.parametrize(
    ("minutes", "after", "before", "expected"),
    [(0, 0, 0, 0), (0, 20, 0, 20), (0, 0, 50, 50), (0, 20, 50, 50), (30, 20, 10, 30), (0, 20, 10, 20)],
)
def test_the_pause_is_the_largest_of_what_is_asked_never_the_sum(
    minutes: int, after: int, before: int, expected: int
) -> None:
    """Period 2 follows period 1 without a minute between; what the outer sides ask does not matter."""
    first = lesson("a@A Mon1", teachers=("T",), buffer_after=after, buffer_before=200)
    second = lesson("b@A Mon2", teachers=("T",), buffer_before=before, buffer_after=200)
    both_twins_find(expected, Buffer(who=T, minutes=minutes), (first, second))


def test_a_pause_just_long_enough_for_all_who_ask() -> None:
    """Period 2 is free: 60 minutes, as a after itself, c before itself and the rule ask. A minute more is missing."""
    first, second = ({"teachers": ("T",), name: 60} for name in ("buffer_after", "buffer_before"))
    lessons = (lesson("a@A Mon1", **first), lesson("c@A Mon3", **second))
    both_twins_find(0, Buffer(who=T, minutes=60), lessons)
    both_twins_find(1, Buffer(who=T, minutes=61), lessons)


def test_a_pause_is_judged_between_neighbours_only() -> None:
    """a asks for 300 minutes after itself and b comes at once: 300 are missing, c is not judged against a."""
    lessons = (lesson("a@A Mon1", teachers=("T",), buffer_after=300), *taught("b@A Mon2, c@A Mon3"))
    both_twins_find(300, Buffer(who=T), lessons)


def test_lessons_without_the_tag_are_passed_over() -> None:
    """Between the two tagged lessons is a gap and a pause of 60 minutes, though T teaches then."""
    lessons = (*taught("a@A Mon1, c@A Mon3", tags=("x",)), *taught("b@A Mon2"))
    both_twins_find(1, MaxGapsPerDay(who=T, limit=0, tags=("x",)), lessons)
    both_twins_find(30, Buffer(who=T, minutes=90, tags=("x",)), lessons)
    both_twins_find(2, Compactness(who=T, tags=("x",)), lessons)


@pytest.mark.parametrize(
    ("rule", "lessons", "sentence"),
    [
        (MaxGapsPerDay(who=T, limit=1), "a@A Mon1, b@A Mon4", "T has 2 gaps on Mon (week A), at most 1 are allowed"),
        (MaxGapsPerWeek(who=T, limit=0), "a@B Mon1, b@B Mon3", "T has 1 gap in week B, at most 0 are allowed"),
        (Compactness(who=T), "a@A Mon1", "T has a single period on Mon 1 (week A)"),
        (
            LunchBreak(who=T, cells=NOON, periods=2),
            "a@A Tue3",
            "T has no 2 free periods in a row for lunch on Tue (week A)",
        ),
        (LunchBreak(who=T, cells=NOON), "a*2@A Tue2, b@A Tue4", "T has no free period for lunch on Tue (week A)"),
        (
            Buffer(who=T, minutes=90),
            "a@A Mon1, b@A Mon3",
            "T has a pause of 60 min between a (Mon 1) and b (Mon 3), 90 are needed",
        ),
    ],
    ids=str,
)
def test_the_sentence_tells_who_when_and_how_much(rule: AnyRule, lessons: str, sentence: str) -> None:
    (found,) = violations(rule, *taught(lessons))
    assert (found.who, found.sentence) == (("T",), sentence)
