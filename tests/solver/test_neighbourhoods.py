"""Small exact searches around a timetable: what is free, what they find, and when they end."""

from random import Random

import pytest

from models.problem import Lesson, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules.base import Who
from models.rules.compactness import Compactness
from models.time import Day, Period, PeriodGrid
from models.timetable import Placement, Timetable
from solver.context import Search, Stopped
from solver.easier import with_free
from solver.incumbents import Incumbents
from solver.limits import Limits
from solver.neighbourhoods import FREE, NEIGHBOURHOODS, SOURCE, Neighbourhoods, Record, of_days, of_people

WEEK = PeriodGrid(
    days=tuple(Day(id=day) for day in ("Mon", "Tue", "Wed")),
    periods=tuple(Period(id=str(hour), start=60 * hour, end=60 * hour + 60) for hour in (8, 9, 10)),
)
SCATTERED = {"a1": 0, "a2": 2, "a3": 3, "b1": 5, "b2": 6, "b3": 8, "c1": 4}
"""No lesson of a class stands beside another one: all seven are alone, and c1 always will be."""


def school() -> Problem:
    """Two classes with three lessons each and one with one, two rooms, and a price on lessons that stand alone."""
    return Problem(
        grid=WEEK,
        teachers=tuple(Teacher(id=x) for x in "ABC"),
        classes=tuple(SchoolClass(id=x) for x in "abc"),
        rooms=(Room(id="R1"), Room(id="R2")),
        lessons=tuple(
            Lesson(id=x, classes=(x[0],), teachers=(x[0].upper(),), rooms=(RoomRequest(),)) for x in SCATTERED
        ),
        rules=(Compactness(who=Who(kind="class"), weight=2),),
    )


def scattered() -> Timetable:
    return Timetable(placements=tuple(Placement(lesson=x, start=s, rooms=("R1",)) for x, s in SCATTERED.items()))


def searching(limits: Limits | None = None) -> Search:
    problem = school()
    search = Search(problem, limits or Limits(seconds=None, workers=1), Incumbents(problem))
    search.incumbents.offer(scattered(), "start")
    return search


def test_all_lessons_but_the_free_ones_are_pinned_to_time_and_room() -> None:
    problem = with_free(school(), scattered(), {"a2"})
    assert problem.lesson["a2"].pin.start is None
    assert (problem.lesson["b3"].pin.start, problem.lesson["b3"].pin.rooms) == (8, ("R1",))


def test_a_lesson_without_a_place_stays_free() -> None:
    problem = with_free(school(), Timetable(placements=scattered().placements[1:]), set())
    assert [x.id for x in problem.lessons if x.pin.start is None] == ["a1"]


@pytest.mark.parametrize("seed", range(5))
def test_lessons_of_two_days_are_drawn_together(seed: int) -> None:
    drawn = set(of_days(searching(), scattered(), Random(seed)))
    assert len({SCATTERED[x] // 3 for x in drawn}) == 2
    assert drawn == {x for x, start in SCATTERED.items() if start // 3 in {SCATTERED[y] // 3 for y in drawn}}


def test_lessons_of_somebody_come_before_those_of_the_next() -> None:
    drawn = list(of_people(searching(), scattered(), Random(1)))
    assert {x[0] for x in drawn[:1]} == {"c"} or len({x[0] for x in drawn[:3]}) == 1
    assert set(drawn) == set(SCATTERED)


def cost(search: Search) -> int | None:
    return None if search.incumbents.score is None else search.incumbents.score.soft


def test_the_best_places_of_the_free_lessons_are_found() -> None:
    search = searching()
    assert cost(search) == 7 * 2
    Neighbourhoods(search, 1).look_into(of_people)
    assert cost(search) == 2
    assert search.incumbents.source == SOURCE


def test_a_neighbourhood_searched_through_in_vain_grows() -> None:
    search = searching()
    around = Neighbourhoods(search, 1)
    around.look_into(of_people)
    assert around.records[of_people].size == FREE
    around.look_into(of_people)
    assert around.records[of_people].size > FREE


def test_no_more_lessons_are_free_than_its_size() -> None:
    around = Neighbourhoods(searching(), 1)
    around.records = {kind: Record(size=4) for kind in NEIGHBOURHOODS}
    assert all(len(around.draw(kind, scattered())) == 4 for kind in NEIGHBOURHOODS)


def test_the_kind_that_gained_most_for_its_time_promises_most() -> None:
    """15 / 11, 1 / 1 and 1 / 11."""
    gained, untried, in_vain = Record(gain=14, seconds=10.0), Record(), Record(seconds=10.0)
    assert gained.promise > untried.promise > in_vain.promise


def test_it_ends_when_there_was_no_gain_for_long() -> None:
    Neighbourhoods(searching(), 1).run(patience=0.01)


def test_it_ends_when_the_search_is_over() -> None:
    search = searching()
    search.finish()
    with pytest.raises(Stopped):
        Neighbourhoods(search, 1).run(patience=1000.0)


def test_an_incomplete_timetable_is_left_alone() -> None:
    search = searching()
    search.incumbents.timetable, search.incumbents.score = None, None
    Neighbourhoods(search, 1).run(patience=1000.0)
