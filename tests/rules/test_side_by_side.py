"""Lessons of one day next to each other in one room. z is the innocent."""

import pytest

from models.problem import Lesson, Pin, Problem, Room, RoomRequest
from models.rules.side_by_side import SideBySide
from models.score import score
from models.timetable import Placement, Timetable
from tests.rules.lesson_week import GRID, both_twins_find, lesson

ABC = SideBySide(lessons=("a", "b", "c"))


@pytest.mark.parametrize(
    ("lessons", "expected"),
    [
        ("a@A Mon1, b@A Mon2, c@A Tue1, z@A Mon3", 0),
        ("a@A Mon1, b@A Mon3, c@A Fri1, z@A Mon2", 2),
        ("a@A Mon1, b@A Mon2, c@A Mon4", 1),
        ("a@A Mon3, b@A Mon4, c@A Fri1", 2),  # lunch between
        ("a*2@A Mon1, b@A Mon3, c@A Fri1", 0),
        ("a@A Mon1, b@B Mon3, c@A Fri1", 0),  # in different weeks
        ("a Mon1, b Mon2, c@B Mon5", 1),
        ("a Mon1, b@A Mon2, c@B Mon5", 2),  # a and c in week B
    ],
)
def test_both_sides_of_the_boundary(lessons: str, expected: int) -> None:
    both_twins_find(expected, ABC, lessons)


def roomed(written: str, room: str) -> Lesson:
    plain = lesson(written, rooms=(RoomRequest(),))
    return plain.model_copy(update={"pin": Pin(start=plain.pin.start, rooms=(room,))})


@pytest.mark.parametrize(("rooms", "expected"), [(("R", "R"), 0), (("R", "S"), 2)])
def test_the_room_must_be_the_same(rooms: tuple[str, str], expected: int) -> None:
    lessons = roomed("a@A Mon1", rooms[0]), roomed("b@A Mon2", rooms[1])
    problem = Problem(
        grid=GRID, rooms=(Room(id="R"), Room(id="S")), lessons=lessons, rules=(SideBySide(lessons=("a", "b")),)
    )
    placements = (
        Placement(lesson=x.id, start=x.pin.start or 0, rooms=(r,)) for x, r in zip(lessons, rooms, strict=True)
    )
    assert score(problem, Timetable(placements=tuple(placements))).hard == expected
