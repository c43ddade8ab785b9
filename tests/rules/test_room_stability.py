import pytest

from models.rules.room_stability import RoomStability
from tests.rules.rooms_day import amount, cheapest, lesson, violations

RULE = RoomStability(lessons=("a", "b", "c"))


def test_every_further_room_counts() -> None:
    (found,) = violations(RULE, lesson("a", 0, "N1"), lesson("b", 1, "N2"), lesson("c", 2, "S1"))
    assert (found.amount, found.who) == (2, ("N1", "N2", "S1"))
    assert found.sentence == "7A is spread over 3 rooms (N1, N2, S1), at most 1 are allowed"


def test_other_lessons_and_unplaced_ones_do_not_count() -> None:
    assert amount(RULE, lesson("a", 0, "N1"), lesson("b", 1, "N1"), lesson("c"), lesson("d", 3, "S1")) == 0


@pytest.mark.parametrize(("limit", "above"), [(1, 1), (2, 0)])
def test_limit(limit: int, above: int) -> None:
    rule = RoomStability(lessons=("a", "b"), limit=limit)
    two = lesson("a", 0, "N1"), lesson("b", 1, "N2")
    assert amount(rule, *two) == above
    assert cheapest(rule, *two) == (None if above else 0)


def test_a_lesson_with_two_rooms_uses_both() -> None:
    assert amount(RoomStability(lessons=("a",)), lesson("a", 0, "N1", "S1")) == 1


def test_solver_keeps_one_room() -> None:
    """c is pinned to S1, so all are in S1; with b in the room of c at the same time, two rooms are needed."""
    free = lesson("a"), lesson("b"), lesson("c", 0, "S1")
    assert cheapest(RULE, *free) == 0
    squeezed = lesson("a"), lesson("b", 0, classes=("7B",), teachers=()), lesson("c", 0, "S1")
    assert cheapest(RULE, *squeezed) is None
    assert cheapest(RoomStability(lessons=RULE.lessons, weight=3), *squeezed) == 3
