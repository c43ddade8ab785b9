"""Running a CP-SAT model: what comes home, when it stops, what it raises."""

import time

import pytest
from ortools.sat.python import cp_model

from solver.cpsat import Outcome, Run, Solution, parameters
from solver.errors import InvalidModel
from solver.limits import Limits

ONE = parameters(Limits(deterministic=1.0))


def run(
    model: cp_model.CpModel, at_once: bool = True, seconds: float = 20.0
) -> tuple[Outcome, list[Solution], list[int]]:
    solutions, bounds = list[Solution](), list[int]()
    outcome = Run(model, solutions.append, bounds.append, lambda: False, at_once).solve(
        {**ONE, "max_time_in_seconds": seconds}
    )
    return outcome, solutions, bounds


def knapsack() -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Values 6, 5, 4 of weights 3, 2, 2 in a sack for 4: the best is 5 + 4."""
    model = cp_model.CpModel()
    takes = [model.new_bool_var(name) for name in "abc"]
    model.add(3 * takes[0] + 2 * takes[1] + 2 * takes[2] <= 4)
    model.minimize(-6 * takes[0] - 5 * takes[1] - 4 * takes[2])
    return model, takes


def endless() -> cp_model.CpModel:
    """15 pigeons in 14 holes, without the cuts that would see through it: hours of work."""
    model = cp_model.CpModel()
    at = [[model.new_bool_var("") for _ in range(14)] for _ in range(15)]
    for pigeon in at:
        model.add_bool_or(pigeon)
    for hole in zip(*at, strict=True):
        for i, a in enumerate(hole):
            for b in hole[:i]:
                model.add_bool_or([~a, ~b])
    return model


BLIND = {"cp_model_presolve": False, "linearization_level": 0, "symmetry_level": 0, "cp_model_probing_level": 0}


@pytest.mark.parametrize("at_once", [True, False])
def test_the_optimum_comes_home_with_its_bound(at_once: bool) -> None:
    model, (a, b, c) = knapsack()
    outcome, solutions, bounds = run(model, at_once)
    assert (outcome.infeasible, outcome.exhausted, outcome.objective) == (False, True, -9)
    assert bounds[-1] == -9
    best = solutions[-1]
    assert best.objective == -9
    assert [best.holds(x) for x in (a, b, c, ~a, ~b, True, False)] == [False, True, True, True, False, True, False]


def test_impossible_models_are_told() -> None:
    model = cp_model.CpModel()
    model.add_bool_or([])
    outcome, solutions, _ = run(model)
    assert outcome == Outcome(True, exhausted=False, objective=None, deterministic=outcome.deterministic)
    assert solutions == []


def test_invalid_models_are_a_bug() -> None:
    model = cp_model.CpModel()
    model.new_int_var(5, 1, "empty")
    with pytest.raises(InvalidModel, match="var #0"):
        run(model)


@pytest.mark.parametrize("at_once", [True, False])
def test_errors_of_the_receiver_reach_the_caller(at_once: bool) -> None:
    def refuse(solution: Solution) -> None:
        raise ArithmeticError("no")

    model, _ = knapsack()
    with pytest.raises(ArithmeticError, match="no"):
        Run(model, refuse, lambda bound: None, lambda: False, at_once).solve(ONE)


def test_it_stops_when_told() -> None:
    began = time.monotonic()
    outcome = Run(
        endless(), lambda solution: None, lambda bound: None, lambda: time.monotonic() > began + 0.3, at_once=True
    ).solve({**ONE, **BLIND})
    assert outcome == Outcome(False, exhausted=False, objective=None, deterministic=outcome.deterministic)
    assert 0.3 <= time.monotonic() - began < 5.0


def test_it_stops_when_the_caller_fails() -> None:
    def fail() -> bool:
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        Run(endless(), lambda solution: None, lambda bound: None, fail).solve({**ONE, **BLIND})
    assert time.monotonic() - began < 5.0


def test_few_cores_still_run_several_strategies() -> None:
    assert parameters(Limits(workers=2))["num_workers"] == 8
    assert parameters(Limits(workers=16))["num_workers"] == 16
    assert ONE["num_workers"] == 1
