"""Starts that cannot belong to a complete timetable are not tried."""

from random import Random

import pytest

from models.problem import Lesson, Pin, Problem
from models.rules import AnyRule
from models.rules.consecutive import Consecutive
from models.rules.grouped import Grouped
from models.rules.max_days_between import MaxDaysBetween
from models.rules.ordered import Ordered
from models.rules.preferred_times import PreferredTimes
from models.rules.same_day import SameDay
from models.score import score
from solver.domains import Domains
from solver.search import layout as L  # noqa: N812
from solver.search.compile import Compiled
from solver.search.layout import Memory
from tests.solver.brute_force import timetables, tiny_problem
from tests.solver.search.test_local import week

GRID = week(2, 4)
"""Cells 0 to 3 are the first day, 4 to 7 the second."""


def starts_of(m: Memory, block: int) -> tuple[int, ...]:
    """Those among which the local search draws."""
    first = m[L.STARTS_PTR] + block
    return tuple(int(m[m[L.STARTS] + i]) for i in range(m[first], m[first + 1]))


def starts(*rules: AnyRule, **pins: int) -> dict[str, tuple[int, ...]]:
    """Of lessons a to d after narrowing; pins: lesson -> its start."""
    lessons = tuple(Lesson(id=x, pin=Pin(start=pins.get(x))) for x in "abcd")
    problem = Problem(grid=GRID, lessons=lessons, rules=rules)
    c = Compiled(problem, Domains(problem))
    return {x: starts_of(c.m, c.block_of[x]) for x in "abcd"}


ANYWHERE = tuple(range(8))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Grouped(lessons=("a", "b")), (0, 2)),
        (Consecutive(lessons=("a", "b")), (2,)),
        (Consecutive(lessons=("b", "a")), (0,)),
        (SameDay(lessons=("a", "b")), (0, 1, 2, 3)),
        (Ordered(lessons=("a", "b")), (2, 3, 4, 5, 6, 7)),
        (MaxDaysBetween(lessons=("a", "b"), days=0), (0, 1, 2, 3)),
        (MaxDaysBetween(lessons=("a", "b"), days=1), ANYWHERE),
        (Grouped(lessons=("a", "b"), weight=5), ANYWHERE),
    ],
    ids=lambda x: getattr(x, "kind", None),
)
def test_a_lesson_starts_where_the_fixed_one_fits(rule: AnyRule, expected: tuple[int, ...]) -> None:
    found = starts(rule, a=1)
    assert found == {"a": (1,), "b": expected, "c": ANYWHERE, "d": ANYWHERE}


def test_what_one_lesson_loses_the_next_one_loses_too() -> None:
    found = starts(SameDay(lessons=("a", "b")), Grouped(lessons=("b", "c")), Consecutive(lessons=("c", "d")), a=7)
    assert (found["b"], found["c"], found["d"]) == ((4, 5, 6, 7), (4, 5, 6), (5, 6, 7))


def test_nothing_is_taken_where_somebody_would_have_no_start() -> None:
    found = starts(SameDay(lessons=("a", "b")), Ordered(lessons=("a", "b")), a=3)
    assert found["b"] == ANYWHERE


def test_three_grouped_lessons_may_have_one_between_two() -> None:
    assert starts(Grouped(lessons=("a", "b", "c")), a=1)["b"] == ANYWHERE


def test_starts_that_only_wishes_speak_against_stay() -> None:
    found = starts(PreferredTimes(lessons=("b",), cells=(5,), weight=3), SameDay(lessons=("a", "b")), a=0)
    assert found["b"] == (0, 1, 2, 3)


@pytest.mark.parametrize("seed", range(60))
def test_no_complete_timetable_is_lost(seed: int) -> None:
    problem = tiny_problem(seed, most=400)
    c = Compiled(problem, Domains(problem))
    for timetable in timetables(problem):
        judged = score(problem, timetable)
        if judged.hard == judged.unplaced == 0:
            assert all(x.start in starts_of(c.m, c.block_of[x.lesson]) for x in timetable.placements)


def test_moves_keep_to_the_starts_left() -> None:
    """Also where they are drawn from the table of all cells."""
    lessons = (Lesson(id="a", pin=Pin(start=1)), Lesson(id="b"))
    problem = Problem(grid=GRID, lessons=lessons, rules=(Grouped(lessons=("a", "b")),))
    c = Compiled(problem, Domains(problem))
    allowed = c.m[L.ALLOWED] + c.block_of["b"] * GRID.size
    assert [cell for cell in range(GRID.size) if c.m[allowed + cell]] == [0, 2]
    c.load(None)
    assert c.m[c.m[L.START] + c.block_of["b"]] in (0, 2)


def test_a_random_order_of_rules_narrows_alike() -> None:
    rules: list[AnyRule] = [
        SameDay(lessons=("a", "b")),
        Consecutive(lessons=("b", "c")),
        Ordered(lessons=("c", "d")),
    ]
    first = starts(*rules, a=5)
    for seed in range(5):
        Random(seed).shuffle(rules)
        assert starts(*rules, a=5) == first
