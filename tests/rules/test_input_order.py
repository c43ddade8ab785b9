"""The order in which a problem lists its objects never matters."""

from random import Random

import pytest
from ortools.sat.python import cp_model

from models.problem import Problem
from models.score import Score, score
from models.timetable import Timetable
from solver.model import build
from tests.strategies import changed, clash_free_timetable, random_problem, random_rules, random_timetable


def reversed_input(problem: Problem) -> Problem:
    names = ("subjects", "teachers", "classes", "rooms", "lessons", "rules")
    return changed(problem, **{name: getattr(problem, name)[::-1] for name in names})


def random_school(random: Random, rules: int, lessons: int = 9) -> Problem:
    problem = random_problem(random)
    problem = changed(problem, lessons=problem.lessons[:lessons])
    return changed(problem, rules=(*problem.rules, *random_rules(random, problem, rules)))


def totals(found: Score) -> tuple[tuple[int, int, int], list[tuple[object, ...]]]:
    return found.key, sorted(tuple(rule) for rule in found.rules)


@pytest.mark.parametrize("seed", range(60))
def test_score(seed: int) -> None:
    random = Random(seed)
    problem = random_school(random, rules=12)
    for timetable in (random_timetable(random, problem), clash_free_timetable(random, problem)):
        backwards = Timetable(placements=timetable.placements[::-1], unplaced=timetable.unplaced[::-1])
        assert totals(score(problem, timetable)) == totals(score(reversed_input(problem), backwards))


def optimum(problem: Problem) -> int | None:
    """The least total penalty, every lesson left unplaced costing 1000 a period; None if the rules cannot be kept."""
    v = build(problem, best_effort=True, explicit=frozenset(problem.lesson))
    lost = sum(1000 * x.duration * (1 - v.placed(x.id)) for x in problem.lessons)
    v.model.minimize(lost + sum(amount * weight for amount, weight, _ in v.penalties))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 20
    status = solver.solve(v.model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None


@pytest.mark.parametrize("seed", range(20))
def test_optimum(seed: int) -> None:
    problem = random_school(Random(seed), rules=3, lessons=6)
    assert optimum(problem) == optimum(reversed_input(problem))
