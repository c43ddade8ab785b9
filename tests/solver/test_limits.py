"""Stop criteria, one by one and composed."""

from dataclasses import dataclass

import pytest

from solver import Limits
from solver.limits import FirstComplete, NoImprovement, SmallGap, Time, criteria


@dataclass(frozen=True)
class State:
    elapsed: float = 0.0
    stagnant: float = 0.0
    complete: bool = False
    gap: float | None = None


def ends(limits: Limits, state: State) -> bool:
    return any(met(state) for met in criteria(limits))


def test_time_is_over_from_the_limit_on() -> None:
    assert not Time(2.0)(State(elapsed=1.9))
    assert Time(2.0)(State(elapsed=2.0))


def test_the_gap_must_be_known_and_small_enough() -> None:
    assert not SmallGap(0.05)(State(gap=None))
    assert not SmallGap(0.05)(State(gap=0.06))
    assert SmallGap(0.05)(State(gap=0.05))


def test_first_waits_for_a_complete_timetable() -> None:
    assert not FirstComplete()(State(complete=False))
    assert FirstComplete()(State(complete=True))


def test_no_improvement_counts_from_the_best() -> None:
    assert not NoImprovement(3.0)(State(stagnant=0.0))
    assert not NoImprovement(3.0)(State(stagnant=3.0))
    assert NoImprovement(3.0)(State(stagnant=3.1))


def test_a_proven_optimum_ends_every_search() -> None:
    assert ends(Limits(seconds=None), State(complete=True, gap=0.0))
    assert not ends(Limits(seconds=None), State(elapsed=1e6, complete=True, gap=0.01))


@pytest.mark.parametrize(
    "limits",
    [Limits(seconds=5.0), Limits(seconds=None, gap=0.2), Limits(seconds=None, first=True), Limits(no_improvement=1.0)],
)
def test_each_limit_that_is_asked_for_ends_the_search(limits: Limits) -> None:
    assert ends(limits, State(elapsed=5.0, stagnant=2.0, complete=True, gap=0.1))
    assert not ends(limits, State())


@pytest.mark.parametrize("name", ["seconds", "gap", "no_improvement", "workers", "seed", "deterministic"])
def test_negative_limits_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"limit {name} is -1"):
        Limits(**{name: -1})  # type: ignore[arg-type]


def test_a_limit_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="limit seconds is nan"):
        Limits(seconds=float("nan"))


def test_deterministic_means_one_thread() -> None:
    assert Limits(workers=4, deterministic=1.0).threads == 1
    assert Limits(workers=4).threads == 4
    assert Limits().threads >= 1
