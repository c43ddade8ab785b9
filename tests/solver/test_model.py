"""Clashes and pools of the model, against all possibilities."""

from collections import Counter
from itertools import product
from random import Random

import pytest
from ortools.sat.python import cp_model

from models.domains import Domains
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, Teacher
from models.rules import Rule
from models.rules.home_room import HomeRoom
from models.rules.max_site_changes import MaxSiteChanges
from models.rules.preferred_rooms import PreferredRooms
from models.rules.room_capacity import RoomCapacity
from models.rules.room_wanted import RoomWanted
from models.rules.same_start import SameStart
from models.rules.travel_time import TravelTime
from models.score import score
from solver.extract import timetable_of
from solver.model import add_clashes, build, maximal
from tests.solver.rooms_world import crowded, grid
from tests.strategies import changed, random_problem, random_rule

ROOM_RULES = (HomeRoom, MaxSiteChanges, PreferredRooms, RoomCapacity, RoomWanted, TravelTime)
"""Rules for which rooms are told apart only in part."""


def best(problem: Problem, explicit: frozenset[str] = frozenset()) -> tuple[int, int, int]:
    """The key of the best timetable, with the rooms of ever more lessons chosen by the model where counting was not
    enough: (hard, unplaced, soft)."""
    v = build(problem, best_effort=True, explicit=explicit)
    unplaced = sum(x.duration * (1 - v.placed(x.id)) for x in problem.lessons)
    v.model.minimize(10_000 * unplaced + sum(amount * weight for amount, weight, _ in v.penalties))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(v.model) == cp_model.OPTIMAL
    timetable, conflicting = timetable_of(v, solver.boolean_value)
    if conflicting:
        assert not conflicting <= explicit
        return best(problem, explicit | conflicting)
    found = score(problem, timetable)
    assert round(solver.objective_value) == 10_000 * found.unplaced + found.soft
    return found.key


# ---- clashes -------------------------------------------------------------------------------------------------------


def cliques(*members: tuple[int, ...]) -> dict[frozenset[int], list]:
    return {frozenset(m): list(m) for m in members}


def test_cliques_that_another_one_contains_are_dropped() -> None:
    kept = maximal(cliques((1, 2), (1, 2, 3), (2, 3), (3, 4), (5, 6)))
    assert sorted(kept) == [[1, 2, 3], [3, 4], [5, 6]]


def test_overlapping_cliques_are_kept() -> None:
    assert sorted(maximal(cliques((1, 2, 3), (2, 3, 4), (1, 4)))) == [[1, 2, 3], [1, 4], [2, 3, 4]]


def feasible(problem: Problem) -> bool:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver.solve(build(problem).model) == cp_model.OPTIMAL


def test_a_teacher_is_in_one_place_at_a_time() -> None:
    lessons = tuple(Lesson(id=f"L{i}", duration=2, teachers=("T",)) for i in range(3))
    teachers = (Teacher(id="T"),)
    assert feasible(Problem(grid=grid(1, 4), teachers=teachers, lessons=lessons[:2]))
    assert not feasible(Problem(grid=grid(1, 4), teachers=teachers, lessons=lessons))


def test_lessons_that_start_together_cannot_share_a_teacher() -> None:
    lessons = Lesson(id="a", teachers=("T",)), Lesson(id="b", teachers=("T",))
    together = (SameStart(lessons=("a", "b")),)
    teachers = (Teacher(id="T"),)
    assert feasible(Problem(grid=grid(1, 4), teachers=teachers, lessons=lessons))
    assert not feasible(Problem(grid=grid(1, 4), teachers=teachers, lessons=lessons, rules=together))


# ---- pools ---------------------------------------------------------------------------------------------------------


def school(small: int, large: int) -> Problem:
    """Three rooms, one of them large; lessons of one period, all pinned to P0."""
    sizes = (20, 20, 50)
    seats = [10] * small + [40] * large
    return Problem(
        grid=grid(1, 1),
        rooms=tuple(Room(id=f"R{i}", capacity=n) for i, n in enumerate(sizes)),
        lessons=tuple(Lesson(id=f"L{i}", rooms=(RoomRequest(seats=n),)) for i, n in enumerate(seats)),
    )


@pytest.mark.parametrize(
    ("small", "large", "enough"),
    [(3, 0, True), (4, 0, False), (2, 1, True), (3, 1, False), (0, 1, True), (0, 2, False)],
)
def test_nested_pools_are_counted(small: int, large: int, enough: bool) -> None:
    assert feasible(school(small, large)) == enough


def test_no_room_of_a_pool_needs_a_variable() -> None:
    """3 lessons x 4 starts, and nothing else."""
    lessons = tuple(Lesson(id=f"L{i}", rooms=(RoomRequest(),)) for i in range(3))
    problem = Problem(grid=grid(1, 4), rooms=tuple(Room(id=f"R{i}") for i in range(2)), lessons=lessons)
    assert len(build(problem).model.proto.variables) == 12


def test_rooms_given_to_single_lessons_are_taken_from_the_pool() -> None:
    pinned = Lesson(id="pinned", rooms=(RoomRequest(),), pin=Pin(start=0, rooms=("R0",)))
    others = tuple(Lesson(id=f"L{i}", rooms=(RoomRequest(),)) for i in range(2))
    rooms = (Room(id="R0"), Room(id="R1"))
    assert feasible(Problem(grid=grid(1, 1), rooms=rooms, lessons=(pinned, *others[:1])))
    assert not feasible(Problem(grid=grid(1, 1), rooms=rooms, lessons=(pinned, *others)))


# ---- against all possibilities -------------------------------------------------------------------------------------


def can_be_placed(problem: Problem) -> bool:
    """Whether all lessons fit, by trying every combination of starts and rooms."""
    domains = Domains(problem)
    options = [
        [
            used
            for start in domains.starts[x.id]
            for rooms in product(*domains.rooms[x.id])
            if (used := occupied(domains, x, start, rooms)) is not None
        ]
        for x in problem.lessons
    ]
    return any(sum(map(len, used)) == len(set().union(*used)) for used in product(*options))


def occupied(domains: Domains, lesson: Lesson, start: int, rooms: tuple[str, ...]) -> frozenset[tuple[str, int]] | None:
    """The (room, slot) pairs a lesson takes, None if it cannot."""
    slots = domains.problem.slots_of(lesson, start)
    cells = range(start, start + lesson.duration)
    shut = any(not domains.closed_cells(("room", r), lesson).isdisjoint(cells) for r in rooms)
    return None if shut or len(set(rooms)) < len(rooms) else frozenset((r, s) for r in rooms for s in slots)


def test_counting_rooms_finds_a_way_exactly_when_there_is_one() -> None:
    seen = Counter[bool]()
    for seed in range(60):
        crowd = crowded(seed)
        problem = changed(crowd, lessons=crowd.lessons[:3])
        way = can_be_placed(problem)
        assert (best(problem)[1] == 0) == way, f"seed {seed}"
        seen[way] += 1
    assert min(seen.values()) >= 10, seen


@pytest.mark.parametrize("seed", range(40))
def test_counting_rooms_costs_nothing(seed: int) -> None:
    problem = crowded(seed)
    assert best(problem) == best(problem, explicit=frozenset(problem.lesson))


@pytest.mark.parametrize("kind", ROOM_RULES, ids=lambda kind: kind.__name__)
def test_telling_rooms_apart_in_part_costs_nothing(kind: type[Rule]) -> None:
    for seed in range(12):
        random = Random(seed)
        world = random_problem(random)
        world = changed(world, lessons=world.lessons[:5])
        hard, soft = (random_rule(random, world, kind, hard) for hard in (True, False))
        problem = changed(world, rules=(*world.rules, soft, hard) if seed % 3 == 0 else (*world.rules, soft))
        assert best(problem) == best(problem, explicit=frozenset(problem.lesson)), f"seed {seed}"


def test_the_caller_is_asked_all_along_while_clashes_are_said() -> None:
    """Ten teachers of two lessons: at least once for each of them, and what it raises ends the work."""
    lessons = tuple(Lesson(id=f"{t}{i}", teachers=(f"{t}",)) for t in range(10) for i in range(2))
    problem = Problem(grid=grid(1, 4), teachers=tuple(Teacher(id=f"{t}") for t in range(10)), lessons=lessons)
    v, asked = build(problem), []
    add_clashes(v, on_step=lambda: asked.append(True))
    assert len(asked) >= 10

    def enough() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        add_clashes(v, on_step=enough)
