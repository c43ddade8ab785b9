"""Every rule exists twice: its definition in `models`, its encoding in `solver`. Here both judge the same timetables.

A model with all its decisions fixed to a timetable must be infeasible exactly when a hard rule is broken, and cost
exactly weight x amount when the rule is soft.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from random import Random

import pytest
from ortools.sat.python import cp_model

from models.problem import Problem
from models.rules import RULES, Rule
from models.score import score
from models.timetable import Timetable
from solver.model import build
from solver.statements import Lit
from solver.variables import Variables
from tests.strategies import changed, clash_free_timetable, random_problem, random_rule, random_timetable, with_unplaced

SEEDS, MOST_SEEDS = 30, 300
"""Seeds drawn for each rule, and how many more when too few of them break it, or keep it."""

ENOUGH = 12
"""Timetables that break the rule, and as many that keep it."""

TIMETABLES = 5
"""Timetables per seed: one complete, the others with lessons missing."""


class FixedModel:
    """A model that tells what a given timetable costs. whole: no lesson may stay unplaced."""

    def __init__(self, problem: Problem, whole: bool) -> None:
        self.v = build(problem, best_effort=not whole, explicit=frozenset(problem.lesson))
        self.v.model.minimize(sum(amount * weight for amount, weight, _ in self.v.penalties))

    def cost(self, timetable: Timetable) -> int | None:
        """The least objective value of the timetable; None if the model does not allow it."""
        truths = fixed(self.v, timetable)
        if truths is None:
            return None
        model = self.v.model.clone()
        for literal, truth in truths:
            model.add(literal == truth)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.cp_model_presolve = False
        solver.parameters.symmetry_level = 0
        solver.parameters.linearization_level = 0
        status = solver.solve(model)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
        return round(solver.objective_value) if status == cp_model.OPTIMAL else None


def fixed(v: Variables, timetable: Timetable) -> list[tuple[Lit, bool]] | None:
    """The value of every start and pick literal; None if the timetable needs one that does not exist."""
    values: list[tuple[Lit, bool]] = []
    for lesson in v.problem.lessons:
        at = timetable.placement.get(lesson.id)
        start = None if at is None else at.start
        groups: list[list[tuple[Lit, bool]]] = [[(x, cell == start) for cell, x in v.starts(lesson.id).items()]]
        for i, room in enumerate(() if at is None else at.rooms):
            wanted = (start, frozenset((room,)))
            groups.append([(x, pick == wanted) for pick, x in v.room_picks(lesson.id, i).items()])
        for i, teacher in enumerate(() if at is None else at.teachers):
            groups.append([(x, pick == (start, teacher)) for pick, x in v.teacher_picks(lesson.id, i).items()])
        decided = 0 if at is None else 1 + len(at.teachers) + sum(room is not None for room in at.rooms)
        if sum(truth for group in groups for _, truth in group) < decided:
            return None
        values += chain.from_iterable(groups)
    return values


def cases(kind: type[Rule], hard: bool, seed: int) -> Iterator[tuple[Problem, Timetable, bool]]:
    """(problem with one rule of the kind, timetable without a clash, whether it is complete)."""
    random = Random(f"{kind.__name__} {hard} {seed}")
    world = random_problem(random)
    first = clash_free_timetable(random, world)
    placed = changed(world, lessons=tuple(x for x in world.lessons if x.id in first.placement))
    rule = random_rule(random, placed, kind, hard)
    yield with_rule(placed, rule), with_unplaced(placed, first.placements), True
    problem = with_rule(world, rule)
    for _ in range(TIMETABLES - 1):
        yield problem, together(rule, clash_free_timetable(random, world, missing=random.choice((0, 0.2, 0.5)))), False


def with_rule(problem: Problem, rule: Rule) -> Problem:
    return changed(problem, rules=(*problem.rules, rule))


def together(rule: Rule, timetable: Timetable) -> Timetable:
    """Without the lessons of a hard `same_start` of which only some are placed: the model knows them as one block."""
    group = set(getattr(rule, "lessons", ())) if rule.name == "same_start" and rule.weight is None else set()
    if group <= timetable.placement.keys():
        return timetable
    return Timetable(placements=tuple(p for p in timetable.placements if p.lesson not in group))


@pytest.mark.parametrize("hard", [True, False], ids=["hard", "soft"])
@pytest.mark.parametrize("kind", RULES, ids=lambda kind: kind.__name__)
def test_definition_and_encoding_agree(kind: type[Rule], hard: bool) -> None:
    seen = {True: 0, False: 0}
    for seed in range(MOST_SEEDS):
        if seed >= SEEDS and min(seen.values()) >= ENOUGH:
            break
        models: dict[bool, FixedModel] = {}
        for problem, timetable, whole in cases(kind, hard, seed):
            total = score(problem, timetable)
            if whole not in models:
                models[whole] = FixedModel(problem, whole)
            expected = None if total.hard else total.soft
            assert models[whole].cost(timetable) == expected, f"seed {seed}, complete: {whole}"
            seen[bool(total.hard + total.soft)] += 1
    assert min(seen.values()) >= ENOUGH, f"broken: {seen[True]}, kept: {seen[False]}"


def test_clashes_and_requests_agree_with_their_definitions() -> None:
    """Timetables at random, most of them with clashes, against the rules that every problem has."""
    seen: Counter[bool] = Counter()
    for seed in range(300):
        random = Random(seed)
        problem = changed(random_problem(random), rules=())
        problem = changed(problem, lessons=problem.lessons[: random.randint(1, 4)])
        model = FixedModel(problem, whole=False)
        for _ in range(5):
            timetable = random_timetable(random, problem)
            kept = score(problem, timetable).hard == 0
            assert (model.cost(timetable) is not None) == kept, f"seed {seed}"
            seen[kept] += 1
    assert min(seen.values()) >= 100, seen
