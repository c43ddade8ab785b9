"""Handing out rooms at fixed times."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import product
from random import Random

import pytest

from models.domains import Domains
from models.problem import Lesson, Problem, Room, RoomRequest, SchoolClass
from solver.pools import Request
from solver.rooms import Assignment, Handout, assign_rooms
from tests.solver.rooms_world import crowded, grid


def school(*lessons: Lesson, rooms: tuple[Room, ...], days: int = 1) -> Problem:
    return Problem(
        grid=grid(days, 4), classes=(SchoolClass(id="7A"), SchoolClass(id="7B")), rooms=rooms, lessons=lessons
    )


def rooms(*ids: str) -> tuple[Room, ...]:
    return tuple(Room(id=x) for x in ids)


def lesson(id_: str, duration: int = 1, **fields: object) -> Lesson:
    return Lesson.model_validate({"id": id_, "duration": duration, "rooms": (RoomRequest(),), **fields})


def assign(problem: Problem, starts: dict[str, int], given: dict[Request, str] | None = None) -> Assignment:
    """Every request that is not given is to be served."""
    domains = Domains(problem)
    wanted = {
        (x, i): frozenset(options)
        for x in starts
        for i, options in enumerate(domains.rooms[x])
        if (x, i) not in (given or {})
    }
    return assign_rooms(problem, domains, starts, given or {}, wanted)


def test_lessons_at_the_same_time_get_different_rooms() -> None:
    found = assign(school(lesson("a"), lesson("b"), lesson("c"), rooms=rooms("R1", "R2")), {"a": 0, "b": 0, "c": 1})
    assert found.rooms["a", 0] != found.rooms["b", 0]
    assert (len(found.rooms), found.unserved, found.conflicting) == (3, frozenset(), frozenset())


def test_unplaced_lessons_get_nothing() -> None:
    domains_of = school(lesson("a"), lesson("b"), rooms=rooms("R1"))
    wanted = {("a", 0): frozenset({"R1"}), ("b", 0): frozenset({"R1"})}
    assert assign_rooms(domains_of, Domains(domains_of), {"a": 0}, {}, wanted).rooms == {("a", 0): "R1"}


def test_one_lesson_too_many_goes_without_and_is_named_with_its_rivals() -> None:
    """a, b and c share P1, where there are two rooms; d has its own time."""
    problem = school(lesson("a", 2), lesson("b"), lesson("c"), lesson("d"), rooms=rooms("R1", "R2"))
    found = assign(problem, {"a": 0, "b": 1, "c": 1, "d": 3})
    assert len(found.unserved) == 1
    assert "a" not in found.unserved  # the longer lesson is worth more
    assert found.conflicting == {"a", "b", "c"}
    assert ("d", 0) in found.rooms


def test_rooms_that_look_enough_but_are_not() -> None:
    """In every period one of the two rooms is free: R2 in P0, both in P1, R1 in P2. A lesson from P0 to P2 cannot
    move in between."""
    problem = school(lesson("long", 3), lesson("early"), lesson("late"), rooms=rooms("R1", "R2"))
    found = assign(problem, {"long": 0, "early": 0, "late": 2}, {("early", 0): "R1", ("late", 0): "R2"})
    assert found.unserved == {"long"}
    assert found.conflicting == {"long"}


def test_what_greed_spoils_is_solved_exactly() -> None:
    """By time "first" comes first and takes R1, which is as special as R2; "second" can only have R1."""
    problem = school(
        lesson("first", 2, rooms=(RoomRequest(any_of=("R1", "R2")),)),
        lesson("second", rooms=(RoomRequest(any_of=("R1", "R3")),)),
        lesson("third", rooms=(RoomRequest(any_of=("R2", "R3")),)),
        rooms=rooms("R1", "R2", "R3"),
    )
    starts, given = {"first": 0, "second": 1}, {("third", 0): "R3"}
    assert assign(problem, {**starts, "third": 1}, given).rooms == {("first", 0): "R2", ("second", 0): "R1"}


# ---- preferences ---------------------------------------------------------------------------------------------------


def test_a_course_keeps_its_room_and_a_class_its_usual_one() -> None:
    """7B is first in P0 and takes R1, 7A R2; in P1 each finds its own again, in whatever order."""
    lessons = [lesson(f"{c}{p}", classes=(c,)) for c in ("7B", "7A") for p in range(3)]
    starts = {x.id: int(x.id[-1]) for x in lessons}
    found = assign(school(*lessons, rooms=rooms("R1", "R2", "R3")), starts).rooms
    for c in ("7A", "7B"):
        assert len({found[f"{c}{p}", 0] for p in range(3)}) == 1


def test_the_room_of_the_course_counts_more_than_that_of_the_class() -> None:
    courses = [lesson("a", course="Music", classes=("7A",)), lesson("b", course="Music", classes=("7A",))]
    problem = school(*courses, *(lesson(f"x{i}", classes=("7A",)) for i in range(2)), rooms=rooms("R1", "R2"))
    given = {("a", 0): "R2", ("x0", 0): "R1", ("x1", 0): "R1"}
    assert assign(problem, {"a": 0, "x0": 1, "x1": 2, "b": 3}, given).rooms == {("b", 0): "R2"}


def test_special_rooms_are_left_to_those_who_need_them() -> None:
    """Only the lab lesson may not be elsewhere; the lab is first in the list."""
    lab = lesson("lab", rooms=(RoomRequest(any_of=("L1", "L2")),))
    problem = school(lesson("any"), lab, rooms=rooms("L1", "L2", "R"))
    assert assign(problem, {"any": 0, "lab": 1}).rooms["any", 0] == "R"


def test_of_equal_rooms_the_one_with_fewest_empty_seats_is_taken() -> None:
    sizes = (Room(id="hall", capacity=200), Room(id="snug", capacity=20), Room(id="wide", capacity=40))
    assert assign(school(lesson("a", students=18), rooms=sizes), {"a": 0}).rooms == {("a", 0): "snug"}


# ---- against all possibilities -------------------------------------------------------------------------------------


def times(problem: Problem, random: Random) -> dict[str, int]:
    """Every lesson somewhere it fits on its own."""
    found = {x: random.choice(cells) for x, cells in Domains(problem).starts.items() if cells}
    return {x: found[x] for x in list(found)[: random.randint(2, 4)]}


def possible(problem: Problem, starts: dict[str, int]) -> bool:
    """Whether all requests can be served, by trying every combination."""
    domains = Domains(problem)
    requests = [(x, options) for x in starts for options in domains.rooms[x]]
    for rooms in product(*(options for _, options in requests)):
        used: set[tuple[str, int]] = set()
        needed = 0
        for (x, _), room in zip(requests, rooms, strict=True):
            lesson = problem.lesson[x]
            cells = range(starts[x], starts[x] + lesson.duration)
            if domains.closed_cells(("room", room), lesson).isdisjoint(cells):
                used.update((room, s) for s in problem.slots_of(lesson, starts[x]))
            needed += len(problem.slots_of(lesson, starts[x]))
        if len(used) == needed:
            return True
    return False


def test_a_room_is_found_for_everyone_exactly_when_there_is_a_way() -> None:
    seen = Counter[bool]()
    for seed in range(150):
        problem = crowded(seed)
        starts = times(problem, Random(seed))
        way = possible(problem, starts)
        assert (not assign(problem, starts).unserved) == way, f"seed {seed}"
        seen[way] += 1
    assert min(seen.values()) >= 40, seen


@pytest.mark.parametrize("single", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_greedy_serves_everyone_only_where_exact_does(seed: int, single: bool) -> None:
    """And for lessons of one period with nested sets of rooms it serves as many as possible."""
    problem = crowded(seed, single)
    starts = times(problem, Random(seed))
    domains = Domains(problem)
    wanted = {(x, i): frozenset(r) for x in starts for i, r in enumerate(domains.rooms[x])}
    greedy, exact = (Handout(problem, domains, starts, {}, wanted) for _ in range(2))
    failed = greedy.serve_greedily()
    assert assign_rooms(problem, domains, starts, {}, wanted, effort=0.0) == greedy.result()
    exact.serve_exactly(list(wanted))
    assert len(greedy.rooms) <= len(exact.rooms)
    if single or not failed:
        assert len(greedy.rooms) == len(exact.rooms)


def test_the_answer_does_not_depend_on_the_order_of_lessons() -> None:
    for seed in range(20):
        problem = crowded(seed)
        starts = times(problem, Random(seed))
        turned = problem.model_copy(update={"lessons": problem.lessons[::-1]})
        assert assign(Problem.model_validate(turned.model_dump()), starts) == assign(problem, starts)


Handed = Callable[..., Assignment]


def hard_for_greed() -> Handed:
    """Hands out rooms of a school in which an exact search serves more lessons than the greedy pass does."""
    for seed in range(1000):
        problem = crowded(seed)
        starts, domains = times(problem, Random(seed)), Domains(problem)
        wanted = {(x, i): frozenset(r) for x in starts for i, r in enumerate(domains.rooms[x])}
        handed = partial(assign_rooms, problem, domains, starts, {}, wanted)
        if len(handed().rooms) > len(handed(effort=0.0).rooms):
            return handed
    raise AssertionError("greed is always good enough")


def test_a_search_that_is_over_waits_for_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many requests only the greedy pass is made; the hand-out of few may end within a moment."""
    handed = hard_for_greed()
    whole, greedy = handed(), handed(effort=0.0)
    assert handed(over=lambda: True) == whole
    monkeypatch.setattr("solver.rooms.LARGE", 0)
    assert handed(over=lambda: True) == greedy
    assert handed(over=lambda: False) == whole
