"""What it costs to have a lesson somewhere when all others may make way."""

import pytest

from models.problem import Lesson, Problem, SchoolClass, Teacher
from models.rules.preferred_times import PreferredTimes
from models.score import score
from models.timetable import Placement, Timetable
from models.what_if import WhatIf
from solver import Limits, Status
from solver.why_not import exact_cost
from tests.solver.rooms_world import grid

EXACT = Limits(seconds=None, deterministic=10.0)
TIMETABLE = Timetable(placements=(Placement(lesson="L0", start=0), Placement(lesson="L1", start=1)))


def school(periods: int) -> Problem:
    """Two lessons of one class and teacher; L1 would like to be first or second."""
    return Problem(
        grid=grid(1, periods),
        teachers=(Teacher(id="T"),),
        classes=(SchoolClass(id="A"),),
        lessons=tuple(Lesson(id=x, classes=("A",), teachers=("T",)) for x in ("L0", "L1")),
        rules=(PreferredTimes(lessons=("L1",), cells=(0, 1), weight=3),),
    )


def test_one_makes_way_for_the_other() -> None:
    problem = school(3)
    place = WhatIf(problem, TIMETABLE).why_not("L0").at(1)
    assert place is not None
    assert (place.free, place.in_the_way, place.soft) == (False, ["L1"], 0)
    found = exact_cost(problem, TIMETABLE, place.placements[0], EXACT)
    assert found.repair.status is Status.OPTIMAL
    assert found.repair.amount is not None
    assert found.repair.amount.moves == 2  # L0 and L1 exchange, which costs nothing
    assert found.soft == 0
    assert found.repair.timetable is not None
    assert score(problem, found.repair.timetable).complete


def test_a_free_place_costs_what_was_told_without_a_solve() -> None:
    problem = school(3)
    place = WhatIf(problem, TIMETABLE).why_not("L1").at(2)
    assert place is not None
    found = exact_cost(problem, TIMETABLE, place.placements[0], EXACT)
    assert (place.soft, found.soft) == (3, 3)


def test_an_unknown_lesson_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no lesson 'L9'"):
        exact_cost(school(3), TIMETABLE, Placement(lesson="L9", start=0), EXACT)


def test_where_nothing_can_make_way_it_is_impossible() -> None:
    problem = school(2)
    closed = problem.model_copy(update={"rules": (PreferredTimes(lessons=("L1",), cells=(1,)),)})
    found = exact_cost(closed, TIMETABLE, Placement(lesson="L0", start=1), EXACT)
    assert (found.repair.status, found.soft) == (Status.INFEASIBLE, None)
