"""From solved models to timetables and back."""

import pytest
from ortools.sat.python import cp_model

from models import score
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, Teacher
from models.rules.base import Who
from models.rules.same_start import SameStart
from models.rules.unavailable import Unavailable
from models.timetable import Timetable
from solver.extract import hints_of, timetable_of
from solver.model import build
from solver.variables import Variables
from tests.solver.rooms_world import crowded, grid


def solve(v: Variables) -> cp_model.CpSolver | None:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if v.best_effort:
        v.model.maximize(sum(x.duration * v.placed(x.id) for x in v.problem.lessons))
    return solver if solver.solve(v.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def timetable(v: Variables) -> tuple[Timetable, frozenset[str]]:
    solver = solve(v)
    assert solver is not None
    return timetable_of(v, solver.boolean_value)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_handed_out_is_valid(seed: int) -> None:
    """Whatever the counted model answers, the timetable breaks no hard rule; who gets no room is named."""
    problem = crowded(seed)
    found, conflicting = timetable(build(problem, best_effort=True))
    assert score.score(problem, found).hard == 0
    assert bool(conflicting) <= bool(found.unplaced)


@pytest.mark.parametrize("seed", range(60))
def test_hints_of_a_timetable_lead_back_to_it(seed: int) -> None:
    problem = crowded(seed)
    before, _ = timetable(build(problem, best_effort=True))
    v = build(problem, best_effort=True)
    for literal, value in hints_of(v, before):
        v.model.add(literal == value)
    after, _ = timetable(v)
    assert {p.lesson: p.start for p in after.placements} == {p.lesson: p.start for p in before.placements}


def test_hints_cover_chosen_rooms_and_teachers() -> None:
    problem = Problem(
        grid=grid(1, 2),
        teachers=(Teacher(id="T1"), Teacher(id="T2")),
        rooms=(Room(id="R1"), Room(id="R2")),
        lessons=(Lesson(id="L", any_teacher=(("T1", "T2"),), rooms=(RoomRequest(),)),),
    )
    v = build(problem, explicit=frozenset({"L"}))
    before, _ = timetable(v)
    wanted = before.placements[0]
    # 2 starts, 2 starts x 2 rooms and 2 starts x 2 teachers; in each family one is true
    hints = hints_of(v, before)
    assert len(hints) == 2 + 4 + 4
    assert sum(value for _, value in hints) == 3
    for literal, value in hints:
        v.model.add(literal == value)
    assert timetable(v)[0].placements == (wanted,)


def test_lessons_without_a_place_are_hinted_only_where_that_is_allowed() -> None:
    problem = Problem(grid=grid(1, 2), lessons=(Lesson(id="L"),))
    assert hints_of(build(problem), Timetable()) == []
    best_effort = build(problem, best_effort=True)
    assert [value for _, value in hints_of(best_effort, Timetable())] == [False, False, False]


def test_places_the_model_does_not_know_are_no_hints() -> None:
    anywhere = Problem(grid=grid(1, 2), lessons=(Lesson(id="L", pin=Pin(start=0)),))
    elsewhere = Problem(grid=grid(1, 2), lessons=(Lesson(id="L", pin=Pin(start=1)),))
    assert hints_of(build(elsewhere), timetable(build(anywhere))[0]) == []


def test_lessons_that_share_their_start_are_hinted_once() -> None:
    together = SameStart(lessons=("A", "B"))
    problem = Problem(grid=grid(1, 2), lessons=(Lesson(id="A"), Lesson(id="B")), rules=(together,))
    v = build(problem)
    assert len(hints_of(v, timetable(v)[0])) == 2


def test_optional_rooms_left_out_stay_empty() -> None:
    """Two lessons at the same time, one room: one of them goes without."""
    optional = RoomRequest(optional=True)
    problem = Problem(
        grid=grid(1, 1), rooms=(Room(id="R"),), lessons=tuple(Lesson(id=x, rooms=(optional,)) for x in "AB")
    )
    v = build(problem)
    v.model.maximize(sum(pick for x in "AB" for pick in v.in_rooms(x, ["R"])))
    rooms = sorted(str(p.rooms[0]) for p in timetable(v)[0].placements)
    assert rooms == ["None", "R"]


def test_one_that_gets_no_room_is_unplaced_and_named_with_its_rivals() -> None:
    """See `wedged`: one of the three must go; with its rivals' rooms chosen by the model it is proven impossible."""
    problem = wedged()
    found, conflicting = timetable(build(problem))
    assert len(found.unplaced) == 1
    assert conflicting >= {u.lesson for u in found.unplaced}
    assert solve(build(problem, explicit=conflicting)) is None


def wedged() -> Problem:
    """A is in P0-P1, B in P1-P2, C in P2-P3; R1 is closed in P0, R2 in P3. In every period there are rooms enough,
    but A must have R2, so B R1, and nothing is left for C."""
    return Problem(
        grid=grid(1, 4),
        rooms=(Room(id="R1"), Room(id="R2")),
        lessons=tuple(
            Lesson(id=x, duration=2, rooms=(RoomRequest(),), pin=Pin(start=start))
            for x, start in (("A", 0), ("B", 1), ("C", 2))
        ),
        rules=(
            Unavailable(who=Who(kind="room", ids=("R1",)), cells=(0,)),
            Unavailable(who=Who(kind="room", ids=("R2",)), cells=(3,)),
        ),
    )
