import pytest

from models.problem import Lesson
from models.rules.base import Who
from models.rules.travel_time import Travel, TravelTime
from tests.rules.rooms_day import amount, cheapest, lesson, violations

TEACHER = Who(kind="teacher", ids=("T",))


def rule(**fields: object) -> TravelTime:
    return TravelTime.model_validate({"who": TEACHER, **fields})


def test_too_short_a_pause_between_sites() -> None:
    """From P0 to P1 there are 10 minutes, from P1 to P3 there are 70."""
    lessons = lesson("a", 0, "N1"), lesson("b", 1, "S1"), lesson("c", 3, "N2"), lesson("d", 2, "S1", teachers=("U",))
    (found,) = violations(rule(minutes=15), *lessons)
    assert (found.amount, found.lessons, found.who) == (1, ("a", "b"), ("T",))
    assert found.sentence == "T has too little time from 7A (Mon P0) at north to 7A (Mon P1) at south"


@pytest.mark.parametrize(("minutes", "ways"), [(10, 0), (11, 1)])
def test_the_pause_may_be_just_long_enough(minutes: int, ways: int) -> None:
    two = lesson("a", 0, "N1"), lesson("b", 1, "S1")
    assert amount(rule(minutes=minutes), *two) == ways
    assert cheapest(rule(minutes=minutes, weight=2), *two) == 2 * ways


@pytest.mark.parametrize(("periods", "ways"), [(1, 0), (2, 1)])
def test_whole_periods_between(periods: int, ways: int) -> None:
    two = lesson("a", 0, "N1"), lesson("b", 2, "S1")
    assert amount(rule(periods=periods), *two) == ways
    assert cheapest(rule(periods=periods, weight=1), *two) == ways


def test_a_pair_of_sites_may_need_more_or_less() -> None:
    two = lesson("a", 0, "S1"), lesson("b", 1, "N1")
    near = (Travel(a="north", b="south", minutes=5),)
    assert amount(rule(minutes=30, pairs=near), *two) == 0
    assert amount(rule(pairs=(Travel(a="north", b="south", minutes=11),)), *two) == 1


SUCCESSIVE = {
    "same site": ([lesson("a", 0, "N1"), lesson("b", 1, "N2")], 0),
    "over night": ([lesson("a", 3, "N1"), lesson("b", 4, "S1")], 0),
    "without a room between": ([lesson("a", 0, "N1"), lesson("b", 1, None), lesson("c", 2, "S1")], 1),
    "only neighbours count": ([lesson("a", 0, "N1"), lesson("b", 1, "N1"), lesson("c", 2, "S1")], 1),
    "there and back": ([lesson("a", 0, "N1"), lesson("b", 1, "S1"), lesson("c", 2, "N1")], 2),
}


@pytest.mark.parametrize(("lessons", "ways"), SUCCESSIVE.values(), ids=SUCCESSIVE)
def test_successive_lessons(lessons: list[Lesson], ways: int) -> None:
    """120 minutes are needed; between P0 and P2 there are 70."""
    assert amount(rule(minutes=120), *lessons) == ways
    assert cheapest(rule(minutes=120, weight=1), *lessons) == ways
    assert cheapest(rule(minutes=120), *lessons) == (None if ways else 0)


def test_solver_leaves_time_for_the_way() -> None:
    """Two lessons in the north, one in the south: on one day with four periods of which one is lost on the way."""
    monday = [lesson("a", 0, "N1"), lesson("b", 1, "N1"), lesson("c", None, "S1")]
    rest = [lesson(f"t{i}", 4 + i, "N1") for i in range(4)]
    assert cheapest(rule(periods=1), *monday, *rest) == 0
    assert cheapest(rule(periods=2), *monday, *rest) is None
