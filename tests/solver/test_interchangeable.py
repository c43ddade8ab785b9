"""Interchangeable lessons that the model merges, against the model that tells all lessons apart."""

from random import Random

import pytest
from ortools.sat.python import cp_model

from models.domains import Domains
from models.problem import Lesson, Pin, Problem, SchoolClass
from models.rules import RULES, AnyRule, Rule
from models.rules.base import LessonRule
from models.rules.ordered import Ordered
from models.rules.preferred_times import PreferredTimes
from models.score import score
from models.timetable import Placement, Timetable
from solver.extract import hints_of, timetable_of
from solver.interchangeable import OF_LESSONS, OF_RESOURCES, interchangeable
from solver.model import build
from solver.statements import Lit
from solver.variables import Variables
from tests.solver.rooms_world import grid
from tests.strategies import changed, random_problem, random_rule

LISTED = {kind.__name__: kind for kind in (*OF_RESOURCES, *OF_LESSONS)}


def doubled(random: Random) -> Problem:
    """A random problem, two or three of each of its first two lessons, without pins."""
    problem = random_problem(random)
    lessons = [
        x.model_copy(update={"id": f"{x.id}{letter}", "pin": Pin()})
        for x in problem.lessons[:2]
        for letter in "abc"[: random.choice((2, 3))]
    ]
    return changed(problem, lessons=tuple(lessons))


def with_twins(rule: Rule, problem: Problem) -> Rule:
    """A rule that names some lessons, made to name all that are like these: else they were told apart."""
    named = getattr(rule, "lessons", ())
    if not named:
        return rule
    kinds = {x[:-1] for x in named}
    return changed(rule, lessons=tuple(x.id for x in problem.lessons if x.id[:-1] in kinds))


def cost(v: Variables) -> cp_model.LinearExpr | int:
    return sum(amount * weight for amount, weight, _ in v.penalties)


def optimum(problem: Problem, merge: bool) -> int | None:
    """The least price of a complete timetable, held to the definitions; None if there is none."""
    explicit = frozenset(x.id for x in problem.lessons)
    v = build(problem, merge=merge, explicit=explicit)
    v.model.minimize(cost(v))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(v.model) == cp_model.INFEASIBLE:
        return None
    timetable, conflicting = timetable_of(v, solver.boolean_value)
    judged = score(problem, timetable)
    assert not conflicting
    assert (judged.hard, judged.unplaced, judged.soft) == (0, 0, round(solver.objective_value))
    return judged.soft


def groups(problem: Problem) -> list[tuple[str, ...]]:
    return list(interchangeable(Domains(problem), ()))


@pytest.mark.parametrize("name", sorted(LISTED))
@pytest.mark.parametrize("hard", [False, True])
def test_merged_lessons_cost_what_single_ones_cost(name: str, hard: bool) -> None:
    merged = 0
    for seed in range(3):
        random = Random(seed)
        problem = doubled(random)
        rules = [with_twins(random_rule(random, problem, LISTED[name], hard), problem)]
        rules.append(
            with_twins(random_rule(random, problem, random.choice(list(LISTED.values())), hard=False), problem)
        )
        problem = changed(problem, rules=(*problem.rules, *rules))
        merged += bool(groups(problem))
        assert optimum(problem, merge=True) == optimum(problem, merge=False), seed
    assert merged


def test_every_rule_that_is_not_listed_tells_its_lessons_apart() -> None:
    seen = 0
    for kind in RULES:
        if not issubclass(kind, LessonRule) or kind in LISTED.values():
            continue
        random = Random(1)
        problem = doubled(random)
        rule = changed(random_rule(random, problem, kind, hard=False), lessons=tuple(x.id for x in problem.lessons))
        seen += 1
        assert not groups(changed(problem, rules=(*problem.rules, rule))), kind
    assert seen > 5


# ---- who is merged -------------------------------------------------------------------------------------------------


def lectures(*rules: AnyRule) -> Problem:
    """Four lectures of one class in a week of two days of three periods."""
    lessons = tuple(Lesson(id=f"L{i}", classes=("C",)) for i in range(4))
    return Problem(grid=grid(2, 3), classes=(SchoolClass(id="C"),), lessons=lessons, rules=rules)


def test_equal_lessons_are_one_group() -> None:
    assert groups(lectures()) == [("L0", "L1", "L2", "L3")]


def test_a_rule_on_some_of_them_divides_them() -> None:
    rule = PreferredTimes(lessons=("L0", "L1"), cells=(0, 1, 2), weight=3)
    assert groups(lectures(rule)) == [("L0", "L1"), ("L2", "L3")]


def test_pinned_lessons_and_those_in_order_stay_single() -> None:
    problem = lectures(Ordered(lessons=("L0", "L1")))
    pinned = problem.lessons[3].model_copy(update={"pin": Pin(start=0)})
    assert groups(changed(problem, lessons=(*problem.lessons[:3], pinned))) == []


def test_lessons_that_nobody_attends_stay_single() -> None:
    assert groups(changed(lectures(), lessons=(Lesson(id="a"), Lesson(id="b")))) == []


def test_lessons_whose_rooms_the_model_chooses_are_apart_from_the_others() -> None:
    assert list(interchangeable(Domains(lectures()), {"L1", "L2"})) == [("L0", "L3"), ("L1", "L2")]


# ---- there and back ------------------------------------------------------------------------------------------------


def test_lessons_of_two_periods_do_not_overlap_each_other() -> None:
    lessons = tuple(Lesson(id=f"L{i}", classes=("C",), duration=2) for i in range(2))
    problem = changed(lectures(), lessons=lessons)
    assert len(groups(problem)) == 1
    assert optimum(problem, merge=True) == 0
    assert optimum(changed(problem, lessons=(*lessons, lessons[0].model_copy(update={"id": "L2"}))), merge=True) is None


def test_a_timetable_hints_where_all_of_them_are() -> None:
    problem = lectures()
    v = build(problem, merge=True)
    cells = (0, 2, 3, 5)
    places = tuple(Placement(lesson=x.id, start=c) for x, c in zip(problem.lessons, cells, strict=True))
    hinted = {literal.index: truth for literal, truth in hints_of(v, Timetable(placements=places))}
    assert [hinted[v.starts("L0")[c].index] for c in range(6)] == [c in cells for c in range(6)]

    def value(literal: Lit) -> bool:
        assert isinstance(literal, cp_model.IntVar)
        return hinted[literal.index]

    back, _ = timetable_of(v, value)
    assert sorted(p.start for p in back.placements) == sorted(cells)
    assert {p.lesson for p in back.placements} == {x.id for x in problem.lessons}
