import pytest

from models.problem import Lesson
from models.rules.base import Who
from models.rules.max_room_changes import MaxRoomChanges
from tests.rules.rooms_day import amount, cheapest, lesson, violations

CLASS = Who(kind="class", ids=("7A",))
RULE = MaxRoomChanges(who=CLASS, limit=0)


def test_changes_above_the_limit_count() -> None:
    """N1-N2-N2-S1: two changes."""
    day = [lesson(x, i, r) for i, (x, r) in enumerate(zip("abcd", ("N1", "N2", "N2", "S1"), strict=True))]
    (found,) = violations(MaxRoomChanges(who=CLASS, limit=1), *day)
    assert (found.amount, found.who) == (1, ("7A",))
    assert found.sentence == "7A changes rooms 2 times on Mon, at most 1 are allowed"
    assert amount(MaxRoomChanges(who=CLASS, limit=2), *day) == 0


def test_others_do_not_count() -> None:
    other = lesson("b", 1, "N2", classes=("7B",), teachers=("U",))
    assert amount(RULE, lesson("a", 0, "N1"), other, lesson("c", 2, "N1")) == 0


def test_lessons_without_a_room_are_passed_over() -> None:
    assert amount(RULE, lesson("a", 0, "N1"), lesson("b", 1, None), lesson("c", 2, "N1")) == 0
    assert amount(RULE, lesson("a", 0, "N1"), lesson("b", 1, None), lesson("c", 2, "N2")) == 1


def test_the_night_is_no_change_and_weeks_are_summed() -> None:
    """One change on Monday, one on Tuesday; from S1 to N1 over night none."""
    days = lesson("a", 0, "N1"), lesson("b", 3, "S1"), lesson("c", 4, "N1"), lesson("d", 7, "S1")
    assert amount(MaxRoomChanges(who=CLASS, limit=1), *days) == 0
    (found,) = violations(MaxRoomChanges(who=CLASS, limit=1, per="week"), *days)
    assert found.sentence == "7A changes rooms 2 times in the week, at most 1 are allowed"


@pytest.mark.parametrize(
    ("lessons", "changes"),
    [
        ((lesson("a", 0, "N1", "S1"), lesson("b", 1, "S1", "N1")), 0),
        ((lesson("a", 0, "N1", "S1"), lesson("b", 1, "N1")), 1),
        ((lesson("a", 0, "N1"), lesson("b", 1, "N1", "S1")), 1),
        ((lesson("a", 0, "N1"), lesson("b", 1, None), lesson("c", 2, "N2"), lesson("d", 3, "N1")), 2),
    ],
    ids=["same two", "one less", "one more", "there and back"],
)
def test_both_twins_compare_sets_of_rooms(lessons: tuple[Lesson, ...], changes: int) -> None:
    assert amount(RULE, *lessons) == changes
    assert cheapest(MaxRoomChanges(who=CLASS, limit=0, weight=1), *lessons) == changes


def test_solver_keeps_the_class_in_one_room() -> None:
    """b is pinned to S1. In P1 7B is pinned to S1: then 7A must change."""
    taken = lesson("taken", 1, "S1", classes=("7B",), teachers=("U",))
    assert cheapest(RULE, lesson("a", 0), lesson("b", 1, "S1"), lesson("c", 2)) == 0
    assert cheapest(RULE, lesson("a", 0), lesson("b", 1), lesson("c", 2, "S1"), taken) is None
    assert (
        cheapest(MaxRoomChanges(who=CLASS, limit=1), lesson("a", 0), lesson("b", 1), lesson("c", 2, "S1"), taken) == 0
    )
