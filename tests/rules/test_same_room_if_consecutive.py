import pytest

from models.rules.same_room_if_consecutive import SameRoomIfConsecutive
from models.time import Day, Period, PeriodGrid, PeriodKind
from tests.rules.rooms_day import GRID, amount, cheapest, lesson, violations

RULE = SameRoomIfConsecutive(lessons=("a", "b"))
SOFT = SameRoomIfConsecutive(lessons=("a", "b"), weight=7)


def test_neighbours_in_different_rooms_break_it() -> None:
    (found,) = violations(RULE, lesson("b", 1, "N2"), lesson("a", 0, "N1"), lesson("c", 2, "S1"))
    assert (found.amount, found.lessons, found.who) == (1, ("a", "b"), ("N1", "N2"))


@pytest.mark.parametrize(
    ("start", "room", "pairs"),
    [(2, "N1", 0), (2, "N2", 1), (3, "N2", 0), (0, "N2", 0), (4, "N2", 0)],
    ids=["same room", "next", "a period between", "before with a gap", "next day"],
)
def test_only_direct_neighbours_count(start: int, room: str, pairs: int) -> None:
    """a is a double lesson in P0-P1, or (where b is in P0) in P2-P3, on Monday."""
    two = lesson("a", 2 if start == 0 else 0, "N1", duration=2), lesson("b", start, room)
    assert amount(RULE, *two) == pairs
    assert cheapest(SOFT, *two) == 7 * pairs


def test_a_common_room_is_enough_and_going_without_is_not_judged() -> None:
    assert amount(RULE, lesson("a", 0, "N1", "S1"), lesson("b", 1, "S1")) == 0
    assert cheapest(RULE, lesson("a", 0, "N1", "S1"), lesson("b", 1, "S1")) == 0
    assert amount(RULE, lesson("a", 0, "N1"), lesson("b", 1, None)) == 0
    assert cheapest(RULE, lesson("a", 0, "N1"), lesson("b", 1, None)) == 0


def test_lunch_separates() -> None:
    lunch = Period(id="lunch", start=530, end=540, kind=PeriodKind.LUNCH)
    grid = PeriodGrid(days=(Day(id="Mon"),), periods=(*GRID.periods, lunch))
    two = lesson("a", 0, "N1"), lesson("b", 1, "N2")
    assert amount(RULE, *two, grid=grid) == 0
    assert cheapest(RULE, *two, grid=grid) == 0
    assert cheapest(RULE, *two) is None


def test_solver_moves_one_into_the_room_of_the_other() -> None:
    """N1 is taken by c while b is on, so both go elsewhere; d and e leave no common room."""
    a, b, c = lesson("a", 0), lesson("b", 1), lesson("c", 1, "N1", classes=(), teachers=())
    d, e = (lesson(x, 0, r, classes=(), teachers=()) for x, r in (("d", "N2"), ("e", "S1")))
    assert cheapest(RULE, a, b, c) == 0
    assert cheapest(RULE, a, b, c, d, e) is None
    assert cheapest(SOFT, a, b, c, d, e) == 7
