"""A search that is stuck cools down by swaps now and then, each time more slowly."""

import pytest

from models.problem import Lesson, Problem, Teacher
from models.time import Day, Period, PeriodGrid
from solver.context import Search
from solver.incumbents import Incumbents
from solver.limits import Limits
from solver.search import local
from solver.search.descents import COLD, HOT, SHORTEST, Descents


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def told(descents: Descents, clock: Clock, *moments: float, violations: int = 5) -> list[float | None]:
    found = []
    for clock.now in moments:
        found.append(descents.temperature(violations))
    return found


def test_at_first_the_search_goes_on_as_usual(clock: Clock) -> None:
    assert told(Descents(clock), clock, 0, SHORTEST - 1) == [None, None]


def test_a_search_that_is_stuck_cools_down_from_hot_to_cold_and_goes_on_as_usual(clock: Clock) -> None:
    descents = Descents(clock)
    assert told(descents, clock, 0, 10, 19.9999, 20) == [None, HOT, pytest.approx(COLD, rel=0.001), None]


def test_half_way_it_is_half_as_warm_by_ratio(clock: Clock) -> None:
    assert told(Descents(clock), clock, 0, 10, 15)[-1] == pytest.approx((HOT * COLD) ** 0.5)


def test_the_next_descent_comes_later_and_takes_twice_as_long(clock: Clock) -> None:
    descents = Descents(clock)
    told(descents, clock, 0, 10, 20)
    assert told(descents, clock, 39, 40, 59) == [None, HOT, pytest.approx(COLD, rel=0.1)]


def test_progress_puts_it_off(clock: Clock) -> None:
    descents = Descents(clock)
    told(descents, clock, 0, 9)
    assert told(descents, clock, 9.5, 19, violations=4) == [None, None]
    assert told(descents, clock, 19.5, violations=4) == [HOT]


def test_a_descent_that_found_better_is_followed_by_a_longer_one_at_once(clock: Clock) -> None:
    descents = Descents(clock)
    told(descents, clock, 0, 10)
    told(descents, clock, 15, violations=4)
    assert told(descents, clock, 20, 39, violations=4) == [HOT, pytest.approx(COLD, rel=0.1)]
    assert told(descents, clock, 40, violations=4) == [None]


def test_progress_does_not_lengthen_a_descent(clock: Clock) -> None:
    descents = Descents(clock)
    told(descents, clock, 0, 10)
    assert told(descents, clock, 15, 20, violations=4)[1] == HOT


@pytest.mark.parametrize(("number", "cools"), [(0, False), (1, True)], ids=["first", "second"])
def test_only_the_second_climber_cools_down(
    clock: Clock, number: int, cools: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two lessons of one teacher, who has one period."""
    monkeypatch.setattr(local, "SLICE", 50)
    problem = Problem(
        grid=PeriodGrid(days=(Day(id="Mon"),), periods=(Period(id="1", start=480, end=540),)),
        teachers=(Teacher(id="A"),),
        lessons=tuple(Lesson(id=x, teachers=("A",)) for x in ("first", "second")),
    )
    climber = local.Climber(Search(problem, Limits(workers=2), Incumbents(problem)), number)
    climber.descents = Descents(clock)
    running = []
    for clock.now in (0.0, 10.0, 20.0):
        climber.seek()
        running.append(climber.descents.running)
    assert running == [False, cools, False]
