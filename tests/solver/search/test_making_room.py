"""In a swap one of those in the way makes room, and what it costs is known before it is made."""

from random import Random

import pytest

from models.problem import Lesson, Problem, Teacher
from models.rules import RULES
from models.time import Day, Period, PeriodGrid
from models.timetable import Placement, Timetable
from solver.domains import Domains
from solver.search import layout as L  # noqa: N812
from solver.search.compile import Compiled
from solver.search.kernel import anneal_by_swaps, begin, foreseeable, foreseen, keep_best, learn, partner, shift, undo
from tests.strategies import changed, random_problem, random_rule

DAY = PeriodGrid(days=(Day(id="Mon"),), periods=tuple(Period(id=str(h), start=60 * h, end=60 * h + 60) for h in (8, 9)))


def loaded(*lessons: Lesson, placed: tuple[Placement, ...]) -> Compiled:
    problem = Problem(grid=DAY, teachers=(Teacher(id="A"), Teacher(id="B")), lessons=lessons)
    c = Compiled(problem, Domains(problem))
    c.load(Timetable(placements=placed))
    return c


def starts(c: Compiled) -> dict[str, int]:
    return {x.id: int(c.m[c.m[L.START] + c.block_of[x.id]]) for x in c.problem.lessons}


def swap(c: Compiled, block: int, other: int, target: int) -> None:
    here = c.m[c.m[L.START] + block]
    begin(c.m)
    shift(c.m, block, target, True)
    if other >= 0:
        shift(c.m, other, here, True)


def test_in_a_swap_one_of_those_in_the_way_takes_the_place_and_the_others_stay() -> None:
    """Two teachers without a free period, and a lesson that needs both."""
    c = loaded(
        Lesson(id="both", teachers=("A", "B")),
        Lesson(id="a", teachers=("A",)),
        Lesson(id="b", teachers=("B",)),
        placed=tuple(Placement(lesson=x, start=s) for x, s in (("both", 0), ("a", 1), ("b", 1))),
    )
    seen, both = set(), c.block_of["both"]
    for _ in range(20):
        swap(c, both, partner(c.m, both, 1), 1)
        after = starts(c)
        assert (after["both"], {after["a"], after["b"]}, c.m[L.HARD]) == (1, {0, 1}, 1)
        seen.add(after["a"])
        undo(c.m)
    assert seen == {0, 1}
    assert starts(c) == {"both": 0, "a": 1, "b": 1}


def test_at_a_free_place_nobody_has_to_make_room() -> None:
    c = loaded(
        Lesson(id="a", teachers=("A",)),
        Lesson(id="b", teachers=("B",)),
        placed=(Placement(lesson="a", start=0), Placement(lesson="b", start=1)),
    )
    assert partner(c.m, c.block_of["a"], 1) == -1


def at_random(seed: int) -> tuple[Compiled, Random]:
    """A small school with one rule, or with none but closed times, and learnt weights."""
    random = Random(seed)
    base = random_problem(random)
    rules = (random_rule(random, base, random.choice(RULES), hard=True),) if seed % 2 else ()
    c = Compiled(changed(base, rules=(*base.rules, *rules)), Domains(base), seed + 1)
    c.load(None)
    learn(c.m, 3)
    return c, random


def test_what_a_swap_costs_is_known_before_it_is_made() -> None:
    """Lessons of all lengths; where more than clashes could be hard, nothing is claimed."""
    claims = 0
    for seed in range(60):
        c, random = at_random(seed)
        for _ in range(40):
            block = random.randrange(len(c.leaders))
            here = c.m[c.m[L.START] + block]
            target = random.choice(c.domains.starts[c.leaders[block]] or (here,))
            if target == here or here < 0:
                continue
            other = partner(c.m, block, target)
            claimed = foreseen(c.m, block, other, target) if foreseeable(c.m, block, other, target) else None
            before = c.m[L.HARD_WEIGHTED]
            swap(c, block, other, target)
            assert claimed in (None, c.m[L.HARD_WEIGHTED] - before), seed
            claims += claimed is not None
    assert claims > 100


def full_school(size: int) -> Problem:
    """Everybody is busy all day: each teacher once with each class, in a round."""
    return Problem(
        grid=PeriodGrid(
            days=(Day(id="Mon"),),
            periods=tuple(Period(id=str(i), start=60 * i, end=60 * i + 60) for i in range(size)),
        ),
        teachers=tuple(Teacher(id=f"{kind}{i}") for kind in "ABC" for i in range(size)),
        lessons=tuple(
            Lesson(id=f"{a}-{b}", teachers=(f"A{a}", f"B{b}", f"C{(a + b) % size}"))
            for a in range(size)
            for b in range(size)
        ),
    )


@pytest.mark.parametrize("seed", range(3))
def test_swaps_complete_a_school_in_which_everybody_is_always_busy(seed: int) -> None:
    problem = full_school(5)
    c = Compiled(problem, Domains(problem), seed)
    c.load(None)
    keep_best(c.m)
    for _ in range(40):
        anneal_by_swaps(c.m, 20_000, 0.24, 1.0, 0.9)
    assert c.m[L.BEST_HARD] == 0
