import pytest
from pydantic import ValidationError

from models.problem import RoomRequest
from models.rules.base import Who
from models.rules.home_room import HomeRoom
from tests.rules.rooms_day import amount, cheapest, lesson, school, violations

CLASS = Who(kind="class", ids=("7A",))
HOME = HomeRoom(who=CLASS, room="N1")
LAB = RoomRequest(any_of=("N2", "S1"))


def test_only_lessons_that_may_be_at_home_and_are_not_break_it() -> None:
    home, away = lesson("home", 0, "N1"), lesson("away", 1, "S1")
    lab, other = lesson("lab", 2, "S1", rooms=(LAB,)), lesson("other", 3, "S1", classes=("7B",))
    (found,) = violations(HOME, home, away, lab, other)
    assert (found.amount, found.lessons, found.who) == (1, ("away",), ("7A", "N1"))
    assert found.sentence == "7A (Mon P1) is not in N1, the home room of 7A"


def test_a_lesson_of_two_classes_counts_once() -> None:
    both = HomeRoom(who=Who(kind="class"), room="N1")
    assert amount(both, lesson("joint", 0, "N2", classes=("7A", "7B"))) == 1


def test_unplaced_lessons_and_lessons_without_request_break_nothing() -> None:
    assert amount(HOME, lesson("unplaced"), lesson("outside", 0, rooms=())) == 0


def test_a_lesson_with_two_rooms_is_at_home_in_either() -> None:
    assert amount(HOME, lesson("wide", 0, "S1", "N1")) == 0


def test_going_without_a_room_is_not_being_at_home() -> None:
    assert amount(HOME, lesson("free", 0, None)) == 1


def test_an_unknown_room_is_refused() -> None:
    with pytest.raises(ValidationError, match="rule home_room names the unknown room 'X'"):
        school(rules=(HomeRoom(who=CLASS, room="X"),))


def test_solver_keeps_the_class_at_home() -> None:
    assert cheapest(HOME, lesson("a"), lesson("b"), lesson("lab", rooms=(LAB,))) == 0


def test_solver_cannot_when_the_room_is_taken() -> None:
    """Both lessons are in P0, so one of them is not in N1."""
    two = lesson("a", 0), lesson("b", 0, classes=("7B",), teachers=("U",))
    everyone = HomeRoom(who=Who(kind="class"), room="N1")
    assert cheapest(everyone, *two) is None
    assert cheapest(everyone.model_copy(update={"weight": 4}), *two) == 4


def test_of_teachers_to_choose_only_the_chosen_one_is_at_home() -> None:
    """T would have to be in N1, where 7B is pinned; U may be anywhere."""
    taken = lesson("taken", 0, "N1", classes=("7B",), teachers=())
    open_ = lesson("open", 0, teachers=(), any_teacher=(("T", "U"),))
    assert cheapest(HomeRoom(who=Who(kind="teacher", ids=("T",)), room="N1"), taken, open_) == 0
    assert cheapest(HomeRoom(who=Who(kind="teacher"), room="N1"), taken, open_) is None
