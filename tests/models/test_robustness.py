"""Free colleagues and rooms, on a week of periods and on dates with clock times."""

import datetime as dt

import pytest

from models.problem import Lesson, Problem, Room, RoomRequest, Teacher
from models.robustness import SlotReserve, qualified, robustness, weakest
from models.rules import Who
from models.rules.unavailable import Unavailable
from models.time import ClockGrid, Day, Grid, Opening, Period, PeriodGrid
from models.timetable import Placement, Timetable

PERIODS = PeriodGrid(
    days=(Day(id="Mon"),), periods=tuple(Period(id=f"P{n}", start=60 * n, end=60 * n + 45) for n in (8, 9, 10))
)
CLOCK = ClockGrid(openings=(Opening(date=dt.date(2030, 1, 7), start=480, end=570),), step=30)
both_grids = pytest.mark.parametrize("grid", [PERIODS, CLOCK], ids=["periods", "clock"])


def school(grid: Grid, *rules: Unavailable) -> Problem:
    """ANN states mathematics, BOB teaches it, CEM teaches art; two labs and a hall."""
    lab, hall = RoomRequest(features=("lab",)), RoomRequest(features=("hall",), optional=True)
    return Problem(
        grid=grid,
        teachers=(Teacher(id="ANN", subjects=("MAT",)), Teacher(id="BOB"), Teacher(id="CEM")),
        rooms=(Room(id="L1", features=("lab",)), Room(id="L2", features=("lab",)), Room(id="H", features=("hall",))),
        lessons=(
            Lesson(id="art", subject="ART", teachers=("CEM",), rooms=(hall,)),
            Lesson(id="mat-a", subject="MAT", teachers=("ANN",), rooms=(lab,)),
            Lesson(id="mat-b", subject="MAT", teachers=("BOB",), rooms=(lab,)),
        ),
        rules=rules,
    )


def reserves(problem: Problem, art: int, a: int, b: int) -> list[SlotReserve]:
    places = (("art", art, "H"), ("mat-a", a, "L1"), ("mat-b", b, "L2"))
    placed = tuple(Placement(lesson=x, start=cell, rooms=(room,)) for x, cell, room in places)
    return robustness(problem, Timetable(placements=placed))


def test_who_states_a_subject_or_teaches_it_is_qualified() -> None:
    found = qualified(school(PERIODS))
    assert found == {"ANN": {"MAT"}, "BOB": {"MAT"}, "CEM": {"ART"}}


@both_grids
def test_colleagues_and_rooms_that_are_free_are_named(grid: Grid) -> None:
    first, second = reserves(school(grid), art=1, a=0, b=1)
    assert (first.teachers, first.there, first.rooms) == (("BOB", "CEM"), ("BOB", "CEM"), ("L2", "H"))
    assert [(x.lesson, x.colleagues, x.rooms) for x in first.lessons] == [("mat-a", ("BOB",), ("L2",))]
    assert [(x.lesson, x.colleagues, x.rooms) for x in second.lessons] == [
        ("art", (), None),
        ("mat-b", ("ANN",), ("L1",)),
    ]


@both_grids
def test_weak_periods_come_with_the_weakest_first(grid: Grid) -> None:
    # in the first period art has no colleague, in the second neither mathematics lesson, nor another lab
    slots = reserves(school(grid), art=0, a=1, b=1)
    assert [(x.slot, x.uncovered, x.unroomed) for x in weakest(slots)] == [
        (1, ["mat-a", "mat-b"], ["mat-a", "mat-b"]),
        (0, ["art"], []),
    ]


def test_who_is_unavailable_is_not_free() -> None:
    closed = (
        Unavailable(who=Who(kind="teacher", ids=("BOB",)), cells=(0,)),
        Unavailable(who=Who(kind="room", ids=("L2",)), cells=(0,)),
    )
    first = reserves(school(PERIODS, *closed), art=2, a=0, b=1)[0]
    assert (first.teachers, first.rooms) == (("CEM",), ("H",))
    assert (first.uncovered, first.unroomed) == (["mat-a"], ["mat-a"])


def test_who_has_no_other_lesson_that_day_is_free_but_not_there() -> None:
    problem = school(PERIODS)
    slots = robustness(problem, Timetable(placements=(Placement(lesson="mat-a", start=0, rooms=("L1",)),)))
    assert (slots[0].teachers, slots[0].there) == (("BOB", "CEM"), ())


def test_periods_without_lessons_are_left_out() -> None:
    assert [x.slot for x in reserves(school(PERIODS), 0, 0, 2)] == [0, 2]
