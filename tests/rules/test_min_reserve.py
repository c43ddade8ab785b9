"""A reserve of free teachers or rooms."""

import pytest

from models.board import Board
from models.problem import Lesson, Problem, Room, RoomRequest, Teacher
from models.rules import Who
from models.rules.min_reserve import MinReserve
from models.rules.unavailable import Unavailable
from models.time import Day, Period, PeriodGrid
from models.timetable import Placement, Timetable

GRID = PeriodGrid(
    days=(Day(id="Mon"),), periods=tuple(Period(id=f"P{n}", start=60 * n, end=60 * n + 45) for n in (8, 9, 10))
)


def school(*closed: Unavailable) -> Problem:
    """Three teachers, two rooms, the lessons first (A), conflicting (B) and innocent (C)."""
    lessons = tuple(Lesson(id=x, teachers=(x,), rooms=(RoomRequest(),)) for x in "ABC")
    teachers, rooms = tuple(Teacher(id=x) for x in "ABC"), (Room(id="R1"), Room(id="R2"))
    return Problem(grid=GRID, teachers=teachers, rooms=rooms, lessons=lessons, rules=closed)


def amounts(rule: MinReserve, starts: str, problem: Problem | None = None) -> list[tuple[int, str]]:
    """starts: the cell of each lesson, "-" for none."""
    placed = tuple(
        Placement(lesson=x, start=int(cell), rooms=("R1" if x == "A" else "R2",))
        for x, cell in zip("ABC", starts, strict=True)
        if cell != "-"
    )
    board = Board(problem or school(), Timetable(placements=placed))
    return [(v.amount, v.sentence) for v in rule.violations(board)]


def everybody(limit: int, *cells: int) -> MinReserve:
    return MinReserve(who=Who(kind="teacher"), limit=limit, cells=cells)


def test_as_many_free_as_asked_are_enough() -> None:
    assert amounts(everybody(2, 0), "012") == []  # in the first period B and C are free


def test_one_too_few_is_missing() -> None:
    assert amounts(everybody(2, 0), "002") == [(1, "C of 3 free on Mon P8, at least 2 are asked")]


@pytest.mark.parametrize(("limit", "amount"), [(1, 1), (2, 2), (3, 3)])
def test_nobody_free_misses_the_whole_reserve(limit: int, amount: int) -> None:
    found = amounts(everybody(limit, 0), "000")
    assert found == [(amount, f"none of 3 free on Mon P8, at least {limit} are asked")]


def test_other_times_are_innocent() -> None:
    assert amounts(everybody(2, 1), "002") == []


def test_without_times_every_period_counts() -> None:
    assert [amount for amount, _ in amounts(everybody(3), "002")] == [2, 1]  # P8 lacks A and B, P10 lacks C


def test_who_is_unavailable_is_no_reserve() -> None:
    closed = school(Unavailable(who=Who(kind="teacher", ids=("C",)), cells=(0,)))
    assert amounts(everybody(2, 0), "0-2", closed) == [(1, "B of 2 free on Mon P8, at least 2 are asked")]


def test_no_more_are_asked_than_there_are() -> None:
    closed = school(Unavailable(who=Who(kind="teacher", ids=("B", "C")), cells=(0,)))
    assert amounts(everybody(3, 0), "---", closed) == []
    assert [amount for amount, _ in amounts(everybody(3, 0), "0--", closed)] == [1]


def test_rooms_can_be_kept_in_reserve() -> None:
    rule = MinReserve(who=Who(kind="room"), limit=1, cells=(0,))
    assert amounts(rule, "0-2") == []
    assert amounts(rule, "00-") == [(1, "none of 2 free on Mon P8, at least 1 are asked")]


def test_an_empty_timetable_breaks_nothing() -> None:
    assert amounts(everybody(3), "---") == []
