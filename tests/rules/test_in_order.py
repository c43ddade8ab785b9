"""Rules on what comes right after what: order, neighbours, gaps, overlaps, the end of the day."""

import pytest

from models.problem import Lesson
from models.rules import AnyRule
from models.rules.consecutive import Consecutive
from models.rules.ends_day import EndsDay
from models.rules.grouped import Grouped
from models.rules.min_gap_between import MinGapBetween
from models.rules.not_overlapping import NotOverlapping
from models.rules.ordered import Ordered
from models.rules.together_if_same_day import TogetherIfSameDay
from tests.rules.lesson_week import amount, both_twins_find, cheapest, lesson, violations

AB = ("a", "b")
ABC = ("a", "b", "c")


@pytest.mark.parametrize(
    ("rule", "lessons", "expected"),
    [
        (Consecutive(lessons=AB), "a*2 Mon1, b Mon3, z Mon4", 0),
        (Consecutive(lessons=AB), "a*2 Mon1, b Mon4, z Mon3", 1),
        (Consecutive(lessons=AB), "a Mon2, b Mon1", 1),  # the wrong way round
        (Consecutive(lessons=AB), "a Mon3, b Mon4", 1),  # lunch between
        (Consecutive(lessons=AB), "a Mon5, b Tue1", 1),  # a night between
        (Consecutive(lessons=AB, over_breaks=True), "a Mon3, b Mon4", 0),
        (Consecutive(lessons=AB, over_breaks=True), "a Mon5, b Tue1", 1),
        (Consecutive(lessons=ABC), "a Mon1, b Mon2, c Mon5", 1),
        (Grouped(lessons=AB), "a Mon2, b Mon1, z Mon3", 0),
        (Grouped(lessons=AB), "a Mon1, b Mon3, z Mon2", 1),
        (Grouped(lessons=AB), "a Mon1, b Mon1", 1),
        (Grouped(lessons=ABC), "a Mon3, b Mon1, c Mon2", 0),
        (Grouped(lessons=ABC), "a Mon1, b Mon2, c Mon4", 1),
        (Grouped(lessons=ABC), "a Mon1, b Tue1, c Wed1", 2),
        (Grouped(lessons=AB, over_breaks=True), "a Mon4, b Mon3", 0),
        (Grouped(lessons=AB, over_breaks=True), "a Mon5, b Tue1", 1),
        (Grouped(lessons=ABC, over_breaks=True), "a Mon3, b Mon4, c Mon2", 0),
        (Grouped(lessons=ABC, over_breaks=True), "a Mon3, b Mon4, c Mon1", 1),
        (TogetherIfSameDay(lessons=AB), "a Mon1, b Tue1, z Mon3", 0),
        (TogetherIfSameDay(lessons=AB), "a Mon1, b Mon3, z Mon2", 1),
        (TogetherIfSameDay(lessons=ABC), "a Mon1, b Mon2, c Tue5", 0),
        (TogetherIfSameDay(lessons=ABC), "a Mon1, b Mon3, c Mon5", 2),
        (Ordered(lessons=AB), "a*2 Mon1, b Mon3, z Mon1", 0),
        (Ordered(lessons=AB), "a*2 Mon1, b Mon2, z Fri1", 1),
        (Ordered(lessons=AB), "a Tue1, b Mon5", 1),
        (Ordered(lessons=AB, same_day_only=True), "a Tue1, b Mon5", 0),
        (Ordered(lessons=AB, same_day_only=True), "a Tue2, b Tue1", 1),
        (Ordered(lessons=ABC), "a Wed1, b Tue1, c Mon1", 2),  # ab, bc
        (MinGapBetween(lessons=AB, periods=2), "a Mon1, b Mon4, z Mon2", 0),
        (MinGapBetween(lessons=AB, periods=2), "a Mon4, b Mon2, z Mon1", 1),  # 1 period between
        (MinGapBetween(lessons=AB, periods=2), "a Mon1, b Mon1", 2),
        (MinGapBetween(lessons=AB, periods=2), "a Mon5, b Tue1", 0),
        (MinGapBetween(lessons=AB, periods=2), "a@A Mon1, b@B Mon2", 0),
        (NotOverlapping(lessons=AB), "a*2 Mon1, b Mon3, z Mon1", 0),
        (NotOverlapping(lessons=AB), "a*2 Mon1, b@A Mon2, z Mon1", 1),
        (NotOverlapping(lessons=ABC), "a Mon1, b Mon1, c Mon1", 4),  # 2 beyond the first in each of two weeks
        (NotOverlapping(lessons=AB), "a@A Mon1, b@B Mon1", 0),
    ],
    ids=str,
)
def test_both_sides_of_the_boundary(rule: AnyRule, lessons: str, expected: int) -> None:
    both_twins_find(expected, rule, lessons)


def test_a_gap_in_the_list_joins_nothing() -> None:
    """b is not placed: a and c are no neighbours in the list."""
    assert amount(Consecutive(lessons=ABC), "a Mon1", "b", "c Mon1") == 0
    assert amount(Ordered(lessons=ABC), "a Tue1", "b", "c Mon1") == 0


@pytest.mark.parametrize(
    ("rule", "feasible", "infeasible"),
    [
        (Consecutive(lessons=AB), ("a*2", "b Mon3"), ("a*2", "b Mon4")),
        # The morning holds three in a row, the afternoon only two.
        (Grouped(lessons=ABC), ("a", "b Mon1", "c"), ("a", "b Mon4", "c")),
        (TogetherIfSameDay(lessons=ABC), ("a Mon1", "b", "c Mon3"), ("a Mon1", "b Tue1", "c Mon3")),
        (Ordered(lessons=ABC), ("a", "b", "c Mon3"), ("a", "b", "c Mon2")),
        (MinGapBetween(lessons=AB, periods=3), ("a Mon1", "b Mon5"), ("a Mon1", "b Mon4")),
        (NotOverlapping(lessons=AB), ("a*3 Mon1", "b"), ("a*3 Mon1", "b Mon3")),
    ],
    ids=str,
)
def test_solver(rule: AnyRule, feasible: tuple[str, ...], infeasible: tuple[str, ...]) -> None:
    assert cheapest(rule, *feasible) == 0
    assert cheapest(rule, *infeasible) is None


# ---- the end of the day ----------------------------------------------------------------------------------------------

RULE = EndsDay(lessons=("a",))


def of(written: str, class_: str = "7A") -> Lesson:
    return lesson(written, classes=(class_,))


@pytest.mark.parametrize(
    ("lessons", "expected"),
    [
        ((of("a Mon4"), of("b Mon1"), of("c Tue5")), 0),
        ((of("a Mon4"), of("b Mon5")), 1),
        ((of("a Mon1", "7A1"), of("b Mon5", "7A2")), 0),  # other students
        ((of("a Mon1", "7A"), of("b Mon5", "7A2")), 1),
        ((of("a@A Mon1"), of("b@B Mon5")), 0),
    ],
    ids=["last", "followed", "other part", "a part followed", "other week"],
)
def test_nothing_follows_the_last_lesson(lessons: tuple[Lesson, ...], expected: int) -> None:
    assert amount(RULE, *lessons) == expected
    assert cheapest(EndsDay(lessons=("a",), weight=1), *lessons) == expected
    assert (cheapest(RULE, *lessons) is None) == (expected > 0)


def test_the_students_who_stay_are_named() -> None:
    (found,) = violations(RULE, of("a Mon1"), of("b Mon5", "7A2"))
    assert (found.who, found.sentence) == (("7A2",), "7A (Mon 1) is not the last lesson of the day for 7A2")


def test_solver_puts_the_lesson_last() -> None:
    """b to e fill 2 to 5 of Monday: a fits before them, or on another day; pinned to Monday it cannot be last."""
    day = [of(f"{x} Mon{p}") for x, p in zip("bcde", (2, 3, 4, 5), strict=True)]
    assert cheapest(RULE, of("a"), *day) == 0
    assert cheapest(RULE, of("a Mon1"), *day) is None
