"""The pool keeps the best timetable, by its own judgement."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from models.problem import Lesson, Problem, Teacher
from models.rules.preferred_times import PreferredTimes
from models.score import Score
from models.timetable import Placement, Timetable
from solver import Progress
from solver.incumbents import Incumbents, by_weight
from tests.solver.rooms_world import grid

AT_FIRST_CELL = PreferredTimes(lessons=("A",), cells=(0,), weight=5)
AT_SECOND_CELL = PreferredTimes(lessons=("B",), cells=(1,), weight=2)
PROBLEM = Problem(
    grid=grid(1, 4),
    teachers=(Teacher(id="T"),),
    lessons=(Lesson(id="A", teachers=("T",)), Lesson(id="B", teachers=("T",))),
    rules=(AT_FIRST_CELL, AT_SECOND_CELL),
)


def timetable(**starts: int) -> Timetable:
    return Timetable(placements=tuple(Placement(lesson=x, start=cell) for x, cell in starts.items()))


CLASH, PARTIAL, DEAR, CHEAP = timetable(A=0, B=0), timetable(A=0), timetable(A=2, B=1), timetable(A=0, B=2)


def test_better_is_hard_then_unplaced_then_soft() -> None:
    pool = Incumbents(PROBLEM)
    kept = [pool.offer(t, "test") for t in (CLASH, PARTIAL, DEAR, CHEAP)]
    assert kept == [True, True, True, True]
    # DEAR breaks the rule of weight 5, CHEAP the one of weight 2
    assert [(p.hard, p.unplaced, p.objective) for p in pool.curve] == [(1, 0, 2), (0, 1, 0), (0, 0, 5), (0, 0, 2)]


@pytest.mark.parametrize("worse", [CLASH, PARTIAL, DEAR, CHEAP])
def test_what_is_not_better_is_refused(worse: Timetable) -> None:
    pool = Incumbents(PROBLEM)
    pool.offer(CHEAP, "first")
    assert not pool.offer(worse, "second")
    assert pool.source == "first"
    assert pool.timetable == CHEAP


def test_progress_is_told_once_for_every_step() -> None:
    told: list[Progress] = []
    pool = Incumbents(PROBLEM, told.append)
    pool.offer(DEAR, "search")
    pool.raise_bound(1, "proof")
    pool.raise_bound(1, "proof")
    pool.raise_bound(0, "proof")
    pool.offer(DEAR, "search")
    assert [(p.source, p.objective, p.bound, p.placed) for p in told] == [("search", 5, 0, 2), ("proof", 5, 1, 2)]
    assert pool.curve == told


def test_gap_needs_a_complete_timetable() -> None:
    pool = Incumbents(PROBLEM)
    pool.offer(PARTIAL, "test")
    assert pool.gap is None
    pool.offer(DEAR, "test")
    pool.raise_bound(2, "test")
    assert pool.gap == pytest.approx(3 / 5)


def test_the_first_complete_timetable_is_dated() -> None:
    pool = Incumbents(PROBLEM)
    assert pool.stagnant == 0.0
    pool.offer(PARTIAL, "test")
    assert pool.seconds_first is None
    pool.offer(DEAR, "test")
    first = pool.seconds_first
    pool.offer(CHEAP, "test")
    assert first is not None
    assert pool.seconds_first == first
    assert pool.seconds_best is not None
    assert pool.seconds_best >= first


def test_a_check_sees_the_score_and_may_refuse() -> None:
    seen: list[Score] = []
    pool = Incumbents(PROBLEM)
    pool.offer(DEAR, "test", seen.append)
    assert [s.key for s in seen] == [(0, 0, 5)]

    def refuse(judged: Score) -> None:
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        pool.offer(CHEAP, "test", refuse)
    assert pool.timetable == DEAR


def test_by_weight_one_breach_of_a_heavy_rule_outweighs_any_number_of_light_ones() -> None:
    many = tuple(AT_SECOND_CELL.model_copy(update={"source": str(i)}) for i in range(4))
    problem = PROBLEM.model_copy(update={"rules": (AT_FIRST_CELL, *many)})
    by_sum, weighted = Incumbents(problem), Incumbents(problem, rank=by_weight)
    for pool in (by_sum, weighted):
        pool.offer(CHEAP, "test")  # 4 x 2
        pool.offer(DEAR, "test")  # 1 x 5
    assert by_sum.timetable == DEAR
    assert weighted.timetable == CHEAP


def test_many_threads_may_offer() -> None:
    """Whatever the order, the best one stays, and the curve never gets worse."""
    offers = [timetable(A=a, B=b) for a in range(4) for b in range(4)] * 5
    Random(1).shuffle(offers)
    pool = Incumbents(PROBLEM)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda t: pool.offer(t, "thread"), offers))
    assert pool.timetable == timetable(A=0, B=1)
    keys = [(p.hard, p.unplaced, p.objective) for p in pool.curve]
    assert keys == sorted(keys, reverse=True)
