"""A proof is never wrong: schools with a known timetable get none, and the exact solver agrees with every one."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from models.diagnose import diagnose
from models.problem import Pin, Problem
from models.rules import RULES
from models.score import score
from models.timetable import Timetable
from solver.model import build
from tests.strategies import changed, clash_free_timetable, random_problem, random_rule, with_unplaced


def solved_school(random: Random) -> tuple[Problem, Timetable]:
    """A random school with a timetable that keeps all its rules, some lessons pinned to it."""
    world = random_problem(random)
    first = clash_free_timetable(random, world)
    problem = changed(world, lessons=tuple(x for x in world.lessons if x.id in first.placement))
    timetable = with_unplaced(problem, first.placements)
    for _ in range(30):
        # What a rule means can depend on the hours in which others close a resource, so it is judged beside them.
        more = changed(problem, rules=(*problem.rules, random_rule(random, problem, random.choice(RULES), hard=True)))
        problem = problem if score(more, timetable).hard else more
    lessons = tuple(
        changed(x, pin=Pin(start=timetable.placement[x.id].start)) if x.pin == Pin() and random.random() < 0.3 else x
        for x in problem.lessons
    )
    return changed(problem, lessons=lessons), timetable


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_a_school_with_a_timetable_gets_no_proof(seed: int) -> None:
    problem, timetable = solved_school(Random(seed))
    assert score(problem, timetable).complete
    assert [f.sentence for f in diagnose(problem) if f.severity == "proof"] == []


@pytest.mark.parametrize("part", range(4))
def test_the_exact_solver_agrees_with_every_proof(part: int) -> None:
    """Many of these schools are impossible; most of them must be found out by counting."""
    seen: Counter[tuple[bool, bool]] = Counter()
    for seed in range(part * 90, part * 90 + 90):
        random = Random(seed)
        world = random_problem(random)
        rules = [random_rule(random, world, random.choice(RULES), hard=True) for _ in range(3)]
        problem = changed(world, rules=(*world.rules, *rules))
        proven = any(f.severity == "proof" for f in diagnose(problem))
        seen[proven, solvable(problem)] += 1
    assert seen[True, True] == 0
    assert seen[False, True] >= 10, "too few of the schools are possible for this to mean anything"
    assert seen[True, False] >= seen[False, False]


def solvable(problem: Problem) -> bool:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(build(problem).model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
    return bool(status == cp_model.OPTIMAL)
