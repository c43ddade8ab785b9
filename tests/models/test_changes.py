"""Changes of a problem: what they do, and what they refuse."""

import pytest

from models.changes import (
    absent,
    closed,
    lesson_added,
    lesson_removed,
    lesson_resized,
    lesson_unpinned,
    rule_added,
    unavailable,
)
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules import Who
from models.rules.different_day import DifferentDay
from models.rules.preferred_times import PreferredTimes
from models.rules.unavailable import Unavailable
from models.timetable import Placement, Timetable
from tests.solver.rooms_world import grid

AWAY = Unavailable(who=Who(kind="teacher", ids=("T",)), cells=(0, 1))
SCHOOL = Problem(
    grid=grid(2, 3),
    teachers=(Teacher(id="T"),),
    classes=(SchoolClass(id="A"),),
    rooms=(Room(id="R"),),
    lessons=(Lesson(id="L0", teachers=("T",)), Lesson(id="L1", pin=Pin(start=4)), Lesson(id="L2")),
    rules=(
        AWAY,
        DifferentDay(lessons=("L0", "L1", "L2")),
        PreferredTimes(lessons=("L2",), cells=(1,)),
    ),
)


def test_closed_from_a_date_on() -> None:
    changed = unavailable(SCHOOL, "room", "R", (5, 2, 3, 3), effective_from=3, source="Changes!A2")
    assert changed.rules[:-1] == SCHOOL.rules
    assert changed.rules[-1] == Unavailable(who=Who(kind="room", ids=("R",)), cells=(3, 5), source="Changes!A2")


def test_an_absent_teacher_may_be_stood_in_for_while_she_is_away() -> None:
    school = SCHOOL.model_copy(update={"teachers": (Teacher(id="T"), Teacher(id="U"))})
    placed = Timetable(placements=tuple(Placement(lesson=f"L{n}", start=4 - n) for n in range(3)))
    away = absent(school, placed, "T", (4, 5))
    lesson = away.problem.lesson["L0"]
    assert (lesson.teachers, lesson.any_teacher) == ((), (("T", "U"),))
    assert away.timetable.placement["L0"].teachers == ("T",)
    assert away.problem.closed["teacher", "T"] == {0, 1, 4, 5}
    elsewhere = absent(school, placed, "T", (2, 3))
    assert elsewhere.problem.lesson["L0"] == school.lesson["L0"]


def test_lessons_of_a_closed_room_may_go_where_there_are_enough_seats() -> None:
    rooms = (Room(id="R", features=("lab",)), Room(id="S", capacity=9), Room(id="U", capacity=10))
    lesson = Lesson(id="L0", rooms=(RoomRequest(any_of=("R",), seats=10),), pin=Pin(rooms=("R",)))
    school = Problem(grid=grid(2, 3), rooms=rooms, lessons=(lesson, Lesson(id="L1", rooms=lesson.rooms)))
    placed = Timetable(
        placements=(Placement(lesson="L0", start=0, rooms=("R",)), Placement(lesson="L1", start=1, rooms=("R",)))
    )
    shut = closed(school, placed, "R", (0,))
    assert shut.problem.lesson["L0"].rooms == (RoomRequest(any_of=("R", "U"), seats=10),)
    assert shut.problem.lesson["L0"].pin == Pin()
    assert shut.problem.lesson["L1"] == school.lesson["L1"]


def test_a_lesson_more_and_a_rule_more() -> None:
    added = lesson_added(SCHOOL, Lesson(id="L3", classes=("A",)))
    assert [x.id for x in added.lessons] == ["L0", "L1", "L2", "L3"]
    rule = PreferredTimes(lessons=("L3",), cells=(2,))
    assert rule_added(added, rule).rules == (*SCHOOL.rules, rule)


def test_a_removed_lesson_leaves_the_rules_that_named_it() -> None:
    removed = lesson_removed(SCHOOL, "L2")
    assert [x.id for x in removed.lessons] == ["L0", "L1"]
    assert removed.rules == (AWAY, DifferentDay(lessons=("L0", "L1")))


def test_a_longer_lesson_and_a_lesson_no_longer_pinned() -> None:
    assert lesson_resized(SCHOOL, "L1", 2).lesson["L1"].duration == 2
    assert lesson_unpinned(SCHOOL, "L1").lesson["L1"].pin == Pin()
    assert SCHOOL.lesson["L1"].duration == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda: unavailable(SCHOOL, "teacher", "X", (0,)), "unknown teacher 'X'"),
        (lambda: unavailable(SCHOOL, "room", "T", (0,)), "unknown room 'T'"),
        (lambda: unavailable(SCHOOL, "room", "R", (6,)), "cell 6, the grid has 6"),
        (lambda: unavailable(SCHOOL, "room", "R", (-1,)), "cell -1"),
        (lambda: unavailable(SCHOOL, "room", "R", ()), "at no time from cell 0 on"),
        (lambda: unavailable(SCHOOL, "room", "R", (0, 2), effective_from=3), "at no time from cell 3 on"),
        (lambda: unavailable(SCHOOL, "teacher", "T", (0, 1)), "same one already"),
        (lambda: absent(SCHOOL, Timetable(), "X", (0,)), "unknown teacher 'X'"),
        (lambda: closed(SCHOOL, Timetable(), "R", ()), "at no time"),
        (lambda: lesson_added(SCHOOL, Lesson(id="L0")), "'L0' is to be added, but there is one"),
        (lambda: lesson_added(SCHOOL, Lesson(id="L9", classes=("X",))), "unknown class 'X'"),
        (lambda: lesson_removed(SCHOOL, "L9"), "unknown lesson 'L9' is to be removed"),
        (lambda: lesson_resized(SCHOOL, "L9", 2), "unknown lesson 'L9' is to be resized"),
        (lambda: lesson_resized(SCHOOL, "L0", 0), "at least 1"),
        (lambda: lesson_resized(SCHOOL, "L0", 1), "which it does already"),
        (lambda: lesson_resized(SCHOOL, "L0", 4), "longest unbroken stretch"),
        (lambda: lesson_resized(SCHOOL, "L1", 3), "pinned to cell 4, where it does not fit"),
        (lambda: lesson_unpinned(SCHOOL, "L0"), "is not pinned"),
        (lambda: lesson_unpinned(SCHOOL, "L9"), "unknown lesson 'L9' is to be unpinned"),
        (lambda: rule_added(SCHOOL, PreferredTimes(lessons=("L9",), cells=(0,))), "unknown lesson 'L9'"),
    ],
)
def test_what_is_unknown_empty_or_contradictory_is_refused(change: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        change()  # type: ignore[operator]
