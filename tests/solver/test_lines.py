"""What looks alike is said once, and counted as often as it is meant."""

from ortools.sat.python import cp_model

from models.problem import Lesson, Problem, SchoolClass, Teacher
from models.rules import AnyRule
from models.rules.base import Who
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.same_start import SameStart
from models.rules.unavailable import Unavailable
from solver.model import build
from solver.variables import Variables
from tests.solver.rooms_world import grid

CLASSES = Who(kind="class")
HALVES = ("left", "right")


def school(*rules: AnyRule, weeks: int = 1, more: tuple[Lesson, ...] = ()) -> Problem:
    """Two lessons of a class on a day of four periods; each half has one of its own, at the same time."""
    halves = tuple(SchoolClass(id=x, part_of="7A", split="halves") for x in HALVES)
    whole = tuple(Lesson(id=f"L{i}", classes=("7A",)) for i in range(2))
    apart = tuple(Lesson(id=x, classes=(x,)) for x in HALVES)
    return Problem(
        grid=grid(1, 4, weeks),
        teachers=(Teacher(id="T"),),
        classes=(SchoolClass(id="7A"), *halves),
        lessons=(*whole, *apart, *more),
        rules=(SameStart(lessons=HALVES), *rules),
    )


def size(v: Variables) -> tuple[int, int]:
    return len(v.model.proto.variables), len(v.model.proto.constraints)


GAPS = MaxGapsPerDay(who=CLASSES, limit=0, weight=5)


def test_two_halves_that_look_alike_are_said_once() -> None:
    one_half = MaxGapsPerDay(who=Who(kind="class", ids=("left",)), limit=0, weight=5)
    assert size(build(school(GAPS))) == size(build(school(one_half)))


def test_weeks_that_look_alike_are_said_once() -> None:
    assert size(build(school(GAPS, weeks=2))) == size(build(school(GAPS)))


def test_a_half_that_is_closed_at_another_time_is_said_apart() -> None:
    """Closed periods are no gaps."""
    closed = Unavailable(who=Who(kind="class", ids=("right",)), cells=(3,))
    v = build(school(GAPS, closed))
    assert len({id(v.line(("class", f"7A:{half}"), 0)) for half in HALVES}) == 2


def test_a_lesson_of_one_week_sets_it_apart() -> None:
    v = build(school(weeks=2, more=(Lesson(id="A only", classes=("7A",), weeks=(0,)),)))
    assert v.line(("class", "7A:left"), 0) is not v.line(("class", "7A:left"), 1)


def test_tags_that_count_nothing_look_like_no_lessons() -> None:
    v = build(school())
    nothing = v.line(("class", "7A:left"), 0, ("sport",))
    assert nothing is v.line(("teacher", "T"), 0)
    assert not any(nothing.covers)


def cheapest(problem: Problem) -> int:
    v = build(problem)
    v.model.minimize(sum(amount * weight for amount, weight, _ in v.penalties))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(v.model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def test_a_price_is_paid_for_every_half_and_week() -> None:
    """Three periods on a day of at most two: one too many for 2 halves in each of 2 weeks at 5."""
    rule = MaxPeriodsPerDay(who=CLASSES, limit=2, weight=5)
    assert cheapest(school(rule)) == 2 * 5
    assert cheapest(school(rule, weeks=2)) == 2 * 2 * 5
