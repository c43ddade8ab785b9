"""Every kind of rule in repairs of tiny problems, held against every timetable: no false "fewer is impossible"."""

from collections.abc import Iterator
from random import Random

from models.problem import Problem
from models.rules import RULES
from models.score import score
from models.time import ClockGrid
from models.timetable import Timetable
from solver import Status
from solver.repair import repair
from tests.solver.brute_force import tiny_problem
from tests.solver.test_repair import EXACT, least
from tests.strategies import changed, clash_free_timetable, random_rule, random_timetable


def cases() -> Iterator[tuple[Problem, Timetable]]:
    """Two of each kind of rule in turn, hard, which the timetable was made without."""
    for seed in range(2 * len(RULES)):
        random, problem = Random(seed), tiny_problem(seed, most=250)
        if len(problem.lessons) > 1:
            draw = random_timetable if random.random() < 0.2 else clash_free_timetable
            old = draw(random, problem)
            rule = random_rule(random, problem, RULES[seed % len(RULES)], hard=True)
            yield changed(problem, rules=(*problem.rules, rule)), old


def test_no_repair_under_any_rule_changes_less() -> None:
    clocks = repaired = impossible = 0
    for problem, old in cases():
        found, fewest = repair(problem, old, EXACT), least(problem, old)
        clocks += isinstance(problem.grid, ClockGrid)
        if fewest is None:
            assert (found.status, found.timetable) == (Status.INFEASIBLE, None)
            impossible += 1
            continue
        assert (found.status, found.amount) == (Status.OPTIMAL, fewest)
        assert found.timetable is not None
        assert score(problem, found.timetable).complete
        repaired += sum(fewest) > 0
    assert clocks >= 10
    assert repaired >= 10
    assert impossible >= 10
