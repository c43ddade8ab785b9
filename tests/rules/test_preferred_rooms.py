from models.rules.preferred_rooms import PreferredRooms
from tests.rules.rooms_day import MAYBE, amount, cheapest, lesson, violations

RULE = PreferredRooms(lessons=("a", "b"), rooms=("N1", "N2"))


def test_lessons_elsewhere_break_it() -> None:
    (found,) = violations(RULE, lesson("a", 0, "N2"), lesson("b", 1, "S1"), lesson("c", 2, "S1"))
    assert (found.amount, found.lessons) == (1, ("b",))
    assert found.sentence == "7A (Mon P1) is in S1, preferred: N1, N2"


def test_one_of_several_rooms_is_enough_but_none_is_not() -> None:
    assert amount(RULE, lesson("a", 0, "S1", "N1"), lesson("b", 1, None)) == 1
    assert cheapest(PreferredRooms(lessons=("a",), rooms=("N1",)), lesson("a", 0, "S1", "N1")) == 0
    assert cheapest(PreferredRooms(lessons=("a",), rooms=("N1",)), lesson("a", 0, None)) is None


def test_unplaced_lessons_break_nothing() -> None:
    assert amount(RULE, lesson("a"), lesson("b")) == 0


def test_solver_uses_the_rooms_as_far_as_they_go() -> None:
    """Three lessons at once, two preferred rooms."""
    three = [lesson(x, 0, classes=(), teachers=(), rooms=(MAYBE,)) for x in "abc"]
    all_ = PreferredRooms(lessons=("a", "b", "c"), rooms=("N1", "N2"))
    assert cheapest(all_, *three[:2], lesson("c", 1)) == 0
    assert cheapest(all_, *three) is None
    assert cheapest(all_.model_copy(update={"weight": 9}), *three) == 9
