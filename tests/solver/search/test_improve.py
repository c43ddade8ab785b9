"""Moves that make a complete timetable better, and how their time is planned."""

from itertools import islice

import pytest

from models.problem import Lesson, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.time import Day, Period, PeriodGrid
from models.timetable import Placement, Timetable
from solver.context import Search
from solver.domains import Domains
from solver.incumbents import Incumbents
from solver.limits import Limits
from solver.search import layout as L  # noqa: N812
from solver.search.compile import Compiled
from solver.search.improve import SHARES, SHORTEST, Improver, temperature
from solver.search.kernel import begin, choose_otherwise, exchange, one_in_the_way, undo
from solver.search.local import Climber

GRID = PeriodGrid(
    days=(Day(id="Mon"),),
    periods=tuple(Period(id=f"P{p}", start=480 + 60 * p, end=525 + 60 * p) for p in range(4)),
)


def school(*lessons: Lesson, rooms: int = 0) -> Problem:
    return Problem(
        grid=GRID,
        teachers=tuple(Teacher(id=f"T{i}") for i in range(3)),
        classes=(SchoolClass(id="7a"), SchoolClass(id="7b")),
        rooms=tuple(Room(id=f"R{i}") for i in range(rooms)),
        lessons=lessons,
    )


def loaded(problem: Problem, starts: dict[str, int], rooms: dict[str, str] | None = None) -> Compiled:
    c = Compiled(problem, Domains(problem), explicit=frozenset(starts))
    given = {x: (room,) for x, room in (rooms or {}).items()}
    placed = (Placement(lesson=x, start=start, rooms=given.get(x, ())) for x, start in starts.items())
    c.load(Timetable(placements=tuple(placed)))
    begin(c.m)
    return c


def starts_of(c: Compiled) -> dict[str, int]:
    return {p.lesson: p.start for p in c.timetable(best=False)[0].placements}


def rooms_of(c: Compiled) -> dict[str, str | None]:
    return {p.lesson: p.rooms[0] for p in c.timetable(best=False)[0].placements if p.rooms}


MATHS, ART = Lesson(id="maths", classes=("7a",), teachers=("T0",)), Lesson(id="art", classes=("7a",), teachers=("T1",))
SPORT = Lesson(id="sport", classes=("7b",), teachers=("T0",))


def test_a_lesson_moves_to_a_free_start_alone() -> None:
    c = loaded(school(MATHS, ART, SPORT), {"maths": 0, "art": 1, "sport": 2})
    assert one_in_the_way(c.m, c.block_of["maths"], 3) == -1
    assert exchange(c.m, c.block_of["maths"], 3, 0.0, 6)
    assert starts_of(c) == {"maths": 3, "art": 1, "sport": 2}


def test_two_lessons_of_a_class_change_places() -> None:
    c = loaded(school(MATHS, ART, SPORT), {"maths": 0, "art": 1, "sport": 2})
    assert one_in_the_way(c.m, c.block_of["maths"], 1) == c.block_of["art"]
    assert exchange(c.m, c.block_of["maths"], 1, 0.0, 6)
    assert starts_of(c) == {"maths": 1, "art": 0, "sport": 2}
    undo(c.m)
    assert starts_of(c) == {"maths": 0, "art": 1, "sport": 2}


def test_lessons_that_look_alike_do_not_change_places() -> None:
    again = MATHS.model_copy(update={"id": "maths again"})
    c = loaded(school(MATHS, again, ART, SPORT), {"maths": 0, "maths again": 1, "art": 2, "sport": 3})
    assert not exchange(c.m, c.block_of["maths"], 1, 1.0, 6)
    assert exchange(c.m, c.block_of["maths"], 2, 1.0, 6)


def test_two_in_the_way_need_a_chain() -> None:
    """Art is in the way of the class, sport of the teacher."""
    c = loaded(school(MATHS, ART, SPORT), {"maths": 0, "art": 1, "sport": 1})
    assert one_in_the_way(c.m, c.block_of["maths"], 1) == -2
    assert not exchange(c.m, c.block_of["maths"], 1, 0.0, 6)
    assert exchange(c.m, c.block_of["maths"], 1, 1.0, 6)
    assert starts_of(c) == {"maths": 1, "art": 0, "sport": 0}
    assert c.m[L.HARD] == 0


def test_a_lesson_as_long_as_the_way_is_not_in_its_own_way() -> None:
    double = Lesson(id="double", classes=("7a",), teachers=("T0",), duration=2)
    c = loaded(school(double, ART), {"double": 0, "art": 3})
    assert one_in_the_way(c.m, c.block_of["double"], 1) == -1
    assert one_in_the_way(c.m, c.block_of["double"], 2) == c.block_of["art"]


def test_two_lessons_of_a_period_change_rooms() -> None:
    lessons = [Lesson(id=x, rooms=(RoomRequest(),)) for x in ("left", "right")]
    c = loaded(school(*lessons, rooms=2), {"left": 0, "right": 0}, {"left": "R0", "right": "R1"})
    assert choose_otherwise(c.m, c.pick_of["left", "room", 0])
    assert rooms_of(c) == {"left": "R1", "right": "R0"}
    assert c.m[L.HARD] == 0
    undo(c.m)
    assert rooms_of(c) == {"left": "R0", "right": "R1"}


def test_lessons_that_change_places_keep_their_rooms_or_find_another() -> None:
    """The third lesson has the room of the first where the first goes, so one of the two others is left for it."""
    first = Lesson(id="a", classes=("7a",), teachers=("T0",), rooms=(RoomRequest(),))
    lessons = [Lesson(id=x, classes=(c,), rooms=(RoomRequest(),)) for x, c in (("b", "7a"), ("c", "7b"))]
    rooms = {"a": "R0", "b": "R1", "c": "R0"}
    c = loaded(school(first, *lessons, SPORT, rooms=3), {"a": 0, "b": 1, "c": 1, "sport": 3}, rooms)
    assert exchange(c.m, c.block_of["a"], 1, 0.0, 6)
    assert starts_of(c) == {"a": 1, "b": 0, "c": 1, "sport": 3}
    assert rooms_of(c)["b"] == "R1"
    assert rooms_of(c)["a"] != "R0"
    assert c.m[L.HARD] == 0


def test_a_full_house_makes_lessons_change_places_for_the_room() -> None:
    early = Lesson(id="early", teachers=("T0",), rooms=(RoomRequest(),))
    late = Lesson(id="late", rooms=(RoomRequest(),))
    c = loaded(school(early, late, SPORT, rooms=1), {"early": 0, "late": 1, "sport": 2}, {"early": "R0", "late": "R0"})
    assert exchange(c.m, c.block_of["early"], 1, 0.0, 6)
    assert starts_of(c) == {"early": 1, "late": 0, "sport": 2}


# ---- planning ----------------------------------------------------------------------------------------------------


def improver(limits: Limits, number: int = 0) -> Improver:
    problem = school(MATHS, ART, SPORT)
    return Improver(Climber(Search(problem, limits, Incumbents(problem)), number))


def planned(limits: Limits, count: int, number: int = 0) -> list[float]:
    """Seconds of the first descents, if none of the time passed."""
    return [descent.seconds for descent in islice(improver(limits, number).plan(), count)]


def test_a_short_descent_comes_before_a_long_one() -> None:
    first, second = planned(Limits(seconds=100.0), 2)
    assert first < 100.0 * SHARES[0][0] + 0.1
    assert first < second <= 100.0 * SHARES[0][1]


def test_later_descents_begin_mildly_and_end_with_the_time() -> None:
    later = list(islice(improver(Limits(seconds=100.0)).plan(), 2, 4))
    assert all(descent.mild and SHORTEST <= descent.seconds <= 100.0 for descent in later)
    assert planned(Limits(seconds=0.5), 3)[2] <= 0.5


def test_the_second_climber_leaves_time_for_neighbourhoods() -> None:
    first, *_ = planned(Limits(seconds=100.0), 1, number=1)
    assert first <= 50.0


def test_without_a_limit_descents_grow() -> None:
    assert planned(Limits(seconds=None), 3) == [SHORTEST, 2 * SHORTEST, 4 * SHORTEST]


def test_no_descent_outlasts_the_patience_of_the_caller() -> None:
    assert all(x <= 2.0 for x in planned(Limits(seconds=100.0, no_improvement=4.0), 3))


def test_a_descent_cools_more_slowly_where_it_is_cold() -> None:
    """From 16 to 1, where a constant factor for each step would be at 4 in the middle. The fourth roots of
    1 / temperature are 1/2 and 1, so 3/4 in the middle: (4/3) ** 4."""
    assert temperature(16.0, 1.0, 0.0) == pytest.approx(16.0)
    assert temperature(16.0, 1.0, 0.5) == pytest.approx(256 / 81)
    assert temperature(16.0, 1.0, 1.0) == pytest.approx(1.0)
    assert temperature(0.5, 0.5, 0.3) == pytest.approx(0.5)


def test_no_change_of_a_complete_timetable_pays_for_a_violation() -> None:
    made = improver(Limits())
    made.climber.find_complete()
    made.calibrate()
    assert made.unit > max(made.losses(), default=0)
    assert made.cold <= made.warm
