import pytest

from models.rules.room_capacity import RoomCapacity
from tests.rules.rooms_day import amount, cheapest, lesson, violations

RULE = RoomCapacity()


def test_missing_seats_are_counted() -> None:
    """25 students: N1 has 20 seats, N2 30."""
    (found,) = violations(RULE, lesson("tight", 0, "N1"), lesson("wide", 1, "N2"))
    assert (found.amount, found.lessons, found.who) == (5, ("tight",), ("N1",))
    assert found.sentence == "7A (Mon P0) has 25 students, N1 20 seats"


@pytest.mark.parametrize(("students", "missing"), [(20, 0), (21, 1)])
def test_the_last_seat_may_be_taken(students: int, missing: int) -> None:
    assert amount(RULE, lesson("x", 0, "N1", students=students)) == missing
    assert cheapest(RoomCapacity(weight=1), lesson("x", 0, "N1", students=students)) == missing


def test_several_rooms_are_summed() -> None:
    """60 students, 20 + 30 seats."""
    assert amount(RULE, lesson("x", 0, "N1", "S1", students=60)) == 10
    assert cheapest(RoomCapacity(weight=2), lesson("x", 0, "N1", "S1", students=60)) == 20


def test_lessons_without_a_room_are_not_judged() -> None:
    assert amount(RULE, lesson("x", 0, None), lesson("y", 1, rooms=())) == 0
    assert cheapest(RULE, lesson("x", 0, None), lesson("y", 1, rooms=())) == 0


def test_only_the_named_lessons_are_judged() -> None:
    assert amount(RoomCapacity(lessons=("b",)), lesson("a", 0, "N1"), lesson("b", 1, "N2")) == 0


def test_solver_finds_the_larger_room_or_none() -> None:
    assert cheapest(RULE, lesson("x", students=30)) == 0
    assert cheapest(RULE, lesson("x", students=31)) is None
    assert cheapest(RoomCapacity(weight=1), lesson("x", students=31)) == 1
