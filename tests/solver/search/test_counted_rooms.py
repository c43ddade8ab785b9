"""Lessons that start together take as many rooms as they need of every pool around them."""

from models.problem import Lesson, Problem, Room, RoomRequest
from models.rules.same_start import SameStart
from models.time import Day, Period, PeriodGrid
from models.timetable import Placement, Timetable
from solver.domains import Domains
from solver.search import layout as L  # noqa: N812
from solver.search.compile import Compiled

DAY = PeriodGrid(days=(Day(id="Mon"),), periods=tuple(Period(id=str(h), start=60 * h, end=60 * h + 60) for h in (8, 9)))
SMALL, ALL = ("R1", "R2"), ("R1", "R2", "R3")


def together(*rooms: tuple[str, ...]) -> Compiled:
    """Lessons with these rooms that start together in the first period; others ask for the small pool and for all."""
    ids = tuple(f"x{n}" for n in range(len(rooms)))
    wanted = dict(zip((*ids, "small", "all"), (*rooms, SMALL, ALL), strict=True))
    problem = Problem(
        grid=DAY,
        rooms=tuple(Room(id=r) for r in ALL),
        lessons=tuple(Lesson(id=x, rooms=(RoomRequest(any_of=r),)) for x, r in wanted.items()),
        rules=(SameStart(lessons=ids),),
    )
    c = Compiled(problem, Domains(problem))
    starts = {x: 0 if x in ids else 1 for x in wanted}
    c.load(Timetable(placements=tuple(Placement(lesson=x, start=s) for x, s in starts.items())))
    return c


def taken(c: Compiled, pool: tuple[str, ...]) -> int:
    """Lessons counted in a pool in the first period."""
    return int(c.m[c.m[L.OCC] + c.row_of[frozenset(pool)] * c.m[L.CELLS]])


def test_a_lesson_of_an_inner_pool_counts_in_both() -> None:
    c = together(SMALL, SMALL)
    assert (taken(c, SMALL), taken(c, ALL), c.m[L.HARD]) == (2, 2, 0)


def test_the_outer_pool_may_be_full_alone() -> None:
    c = together(SMALL, SMALL, ALL)
    assert (taken(c, SMALL), taken(c, ALL), c.m[L.HARD]) == (2, 3, 0)


def test_one_lesson_too_many_is_one_too_many_in_each_pool_it_is_in() -> None:
    inner = together(SMALL, SMALL, SMALL)
    assert (taken(inner, SMALL), taken(inner, ALL), inner.m[L.HARD]) == (3, 3, 1)
    outer = together(SMALL, SMALL, ALL, ALL)
    assert (taken(outer, SMALL), taken(outer, ALL), outer.m[L.HARD]) == (2, 4, 1)
