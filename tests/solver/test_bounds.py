"""What parts of a school must cost never exceeds what the whole must."""

import pytest

from models.problem import Lesson, Problem, SchoolClass, Teacher
from models.rules.base import Who
from models.rules.preferred_times import PreferredTimes
from models.rules.unavailable import Unavailable
from solver.bounds import raise_bound, shared_out
from solver.context import Search
from solver.cuts import Cuts, Row, reach, weakened
from solver.incumbents import Incumbents
from solver.limits import Limits
from solver.model import build
from tests.solver.brute_force import best_key, tiny_problem
from tests.solver.rooms_world import grid

EXACT = Limits(seconds=None, deterministic=50.0)


def bound_of(problem: Problem) -> int:
    search = Search(problem, EXACT, Incumbents(problem))
    raise_bound(search, build(problem))
    return search.incumbents.bound


# ---- against all possibilities -------------------------------------------------------------------------------------


def test_the_bound_never_exceeds_the_optimum() -> None:
    costly = tight = 0
    for seed in range(150):
        problem = tiny_problem(seed, most=200)
        best = best_key(problem)
        if best is not None and best[1] == 0:
            bound = bound_of(problem)
            assert bound <= best[2], f"seed {seed}"
            costly += best[2] > 0
            tight += bound == best[2] > 0
    assert costly >= 20
    assert tight >= costly / 2


# ---- by hand -------------------------------------------------------------------------------------------------------


def school(*lessons: Lesson, weight: int = 3) -> Problem:
    """Two teachers on a day of two periods, of which both dislike the second."""
    return Problem(
        grid=grid(1, 2),
        teachers=(Teacher(id="T"), Teacher(id="U")),
        classes=(SchoolClass(id="A"), SchoolClass(id="B")),
        lessons=lessons,
        rules=(Unavailable(who=Who(kind="teacher"), cells=(1,), weight=weight),),
    )


def test_what_two_teachers_must_cost_adds_up() -> None:
    """Each has a lesson in both periods, one of them disliked: 2 x 3."""
    assert bound_of(school(*(Lesson(id=f"{t}{i}", teachers=(t,)) for t in "TU" for i in range(2)))) == 6


def test_a_teacher_who_can_do_without_costs_nothing() -> None:
    assert bound_of(school(*(Lesson(id=f"{t}0", teachers=(t,)) for t in "TU"))) == 0


def test_no_price_counts_twice() -> None:
    """Lessons of both a class and a teacher."""
    lessons = (Lesson(id=f"L{i}", teachers=("TU"[i % 2],), classes=("AB"[i // 2],)) for i in range(4))
    v = build(school(*lessons))
    prices = Cuts(v).prices
    shared = [price for part in shared_out(v, prices) for price in part.prices]
    assert len(shared) == len(prices) == 2
    assert all(any(price is x for x in shared) for price in prices)


def test_lessons_of_nobody_have_a_part_of_their_own() -> None:
    """Three lessons want the first period of two, which nothing forbids; the fourth is shut out of it at a price."""
    lessons = tuple(Lesson(id=f"L{i}") for i in range(3))
    wishes = (
        PreferredTimes(lessons=("L0",), cells=(0,), weight=1),
        PreferredTimes(lessons=("L1",), cells=(), weight=4),
    )
    problem = Problem(grid=grid(1, 2), lessons=lessons, rules=wishes)
    assert bound_of(problem) == 4


# ---- weakened constraints ------------------------------------------------------------------------------------------


def at_most(high: int, *coefficients: int) -> Row:
    return Row("linear", tuple(range(len(coefficients))), (), coefficients, (-10, high))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (at_most(2, 1, 1, 1, 1), at_most(2, 1, 1, 1)._replace(bounds=(-11, 2))),  # the fourth may be 0 or 1
        (at_most(2, 1, 1, 1, -1), None),  # 3 of 3 are allowed if the fourth is true
        (at_most(1, 1, 1, 1, -1), at_most(2, 1, 1, 1)),
        (at_most(3, 1, 1, 1, 1), None),
        (Row("at_most_one", (0, 1, 2, 3)), Row("at_most_one", (0, 1, 2))),
        (Row("exactly_one", (0, -2, 2, -4)), Row("at_most_one", (0, -2, 2))),
        (Row("exactly_one", (0, 1, 2)), Row("exactly_one", (0, 1, 2))),
        (Row("bool_or", (0, 1, 2, 3)), None),
        (Row("bool_and", (0, 1, 2, -4), (5,)), Row("bool_and", (0, 1, 2), (5,))),
    ],
)
def test_a_constraint_without_its_fourth_variable(row: Row, expected: Row | None) -> None:
    bits = [(0, 1)] * 4
    whole = reach(row, bits) if row.kind == "linear" else (0, 0)
    assert weakened(row, range(3), bits, whole) == expected


def test_a_constraint_of_which_one_variable_is_left() -> None:
    assert weakened(Row("exactly_one", (0, 3)), [0], []) is None
    assert weakened(Row("bool_and", (0, 3), (2,)), [0], []) == Row("bool_and", (0,), (2,))
    assert weakened(Row("bool_and", (0, 3), (2,)), [], []) is None


def test_what_a_sum_can_reach() -> None:
    """2x - 3y with x in 0..5 and y in -1..1: from 0 - 3 to 10 + 3."""
    assert reach(Row("linear", (0, 1), (), (2, -3)), [(0, 5), (-1, 1)]) == (-3, 13)
