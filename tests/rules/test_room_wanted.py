from models.rules.room_wanted import RoomWanted
from tests.rules.rooms_day import MAYBE, amount, cheapest, lesson, violations

RULE = RoomWanted(lessons=("a", "b"))


def test_requests_left_without_a_room_count() -> None:
    (found,) = violations(RULE, lesson("a", 0, "N1"), lesson("b", 1, None, "N1", None), lesson("c", 2, None))
    assert (found.amount, found.lessons) == (2, ("b",))
    assert found.sentence == "7A (Mon P1) goes without 2 of its rooms"


def test_unplaced_lessons_want_nothing() -> None:
    assert amount(RULE, lesson("a", rooms=(MAYBE,)), lesson("b")) == 0


def test_solver_gives_a_room_where_one_is_left() -> None:
    """N1, N2, S1: four lessons in P0 can have three rooms."""
    wanted = RoomWanted(lessons=("a", "b", "c", "d"), weight=5)
    apart = [lesson(x, 0, rooms=(MAYBE,), classes=(), teachers=()) for x in "abcd"]
    assert cheapest(wanted, *apart) == 5
    assert cheapest(RoomWanted(lessons=wanted.lessons), *apart) is None
    assert cheapest(RoomWanted(lessons=("a", "b", "c")), *apart) == 0
