"""Every lesson gets the rooms and teachers it asks for, each another one."""

from models.board import Board
from models.problem import Lesson
from models.rules.room_request import RoomRequested
from models.timetable import Placement, Timetable
from tests.rules.rooms_day import lesson, school


def sentences(asked: Lesson, rooms: tuple[str | None, ...] = (), teachers: tuple[str, ...] = ()) -> list[str]:
    placement = Placement(lesson="a", start=0, rooms=rooms, teachers=teachers)
    board = Board(school(asked), Timetable(placements=(placement,)))
    return [v.sentence for v in RoomRequested().violations(board)]


def test_two_requests_are_two_rooms() -> None:
    two = Lesson(id="a", rooms=lesson("x", 0, "N1", "N2").rooms)
    assert sentences(two, ("N1", "N2")) == []
    assert sentences(two, ("N1", "N1")) == ["a (Mon P0) is given N1 more than once"]


def test_two_rooms_left_open_are_no_room_twice() -> None:
    assert sentences(Lesson(id="a", rooms=lesson("x", 0, None, None).rooms), (None, None)) == []


def test_a_chosen_teacher_is_one_more() -> None:
    chosen = Lesson(id="a", teachers=("T",), any_teacher=(("T", "U"),))
    assert sentences(chosen, teachers=("U",)) == []
    assert sentences(chosen, teachers=("T",)) == ["a (Mon P0) is given T more than once"]
