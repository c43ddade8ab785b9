"""Counting proofs about some facts alone, which must not take for granted what is no fact among them."""

from models.problem import Lesson, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules import Who
from models.rules.home_room import HomeRoom
from models.rules.unavailable import Unavailable
from models.score import score
from solver import Limits
from solver.context import Search
from solver.counted import counted_out
from solver.explain import contradiction
from solver.facts import Fact, facts_of
from solver.incumbents import Incumbents
from solver.search.local import local_search
from tests.solver.rooms_world import grid
from tests.strategies import changed


def school() -> Problem:
    """Three lessons of T, who is free in two of four periods."""
    return Problem(
        grid=grid(2, 2),
        teachers=(Teacher(id="T"),),
        lessons=tuple(Lesson(id=f"L{i}", teachers=("T",)) for i in range(3)),
        rules=(Unavailable(who=Who(kind="teacher", ids=("T",)), cells=(0, 1)),),
    )


def of_kind(problem: Problem, kind: str) -> list[Fact]:
    return [f for f in facts_of(problem) if f.kind == kind]


def test_all_facts_together_are_too_much() -> None:
    assert counted_out(school(), facts_of(school()))


def test_who_may_be_in_two_places_has_time_for_everything() -> None:
    assert not counted_out(school(), of_kind(school(), "rule"))


def test_what_is_closed_by_no_fact_is_open() -> None:
    assert not counted_out(school(), of_kind(school(), "clash"))


def test_no_facts_are_possible() -> None:
    assert not counted_out(school(), [])


def test_a_contradiction_that_counts_prove_holds_both_facts() -> None:
    core = contradiction(school(), Limits(seconds=None, deterministic=20.0))
    assert core is not None
    assert sorted(f.kind for f in core.facts) == ["clash", "rule"]


def at_home(count: int) -> Problem:
    """Two classes with so many lessons each, that may go without a room, and one home room for four periods."""
    lessons = tuple(
        Lesson(id=f"{c}{i}", classes=(c,), rooms=(RoomRequest(optional=True),)) for c in "AB" for i in range(count)
    )
    rules = tuple(HomeRoom(who=Who(kind="class", ids=(c,)), room="R") for c in "AB")
    classes = (SchoolClass(id="A"), SchoolClass(id="B"))
    rooms = (Room(id="R"), Room(id="S"))
    return Problem(grid=grid(2, 2), classes=classes, rooms=rooms, lessons=lessons, rules=rules)


def test_home_rooms_are_counted_where_no_room_is_needed() -> None:
    assert counted_out(at_home(3), of_kind(at_home(3), "rule"))
    assert not counted_out(at_home(2), of_kind(at_home(2), "rule"))


def test_the_local_search_keeps_classes_at_home() -> None:
    problem = at_home(2)
    needed = tuple(changed(x, rooms=(RoomRequest(),)) for x in problem.lessons)
    problem = changed(problem, lessons=needed)
    search = Search(problem, Limits(seconds=None, first=True, workers=1), Incumbents(problem))
    local_search(search)
    timetable = search.incumbents.timetable
    assert timetable is not None
    assert score(problem, timetable).complete
