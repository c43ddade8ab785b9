"""Reasons for impossibility: true, minimal, told in words, and honest when time runs out."""

import time
from collections.abc import Iterator
from itertools import combinations, product
from random import Random

import pytest

from models.board import Board
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules import Rule, Who
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.ordered import Ordered
from models.rules.preferred_times import PreferredTimes
from models.rules.same_start import SameStart
from models.rules.unavailable import Unavailable
from models.score import score
from models.timetable import Placement, Timetable
from solver import Limits, SolverDisagreement, Status
from solver.cpsat import Parameters
from solver.explain import Core, explain, quickxplain
from solver.facts import Fact, facts_of
from solver.judge import Judge
from solver.witness import looking_for_timetable
from tests.solver.brute_force import places, tiny_problem
from tests.solver.rooms_world import grid
from tests.strategies import changed, random_rules

EXACT = Limits(seconds=None, deterministic=20.0)


def school(*rules: Rule) -> Problem:
    """One class and teacher with three lessons in one room, on two days of three hours."""
    problem = Problem(
        grid=grid(2, 3),
        teachers=(Teacher(id="T", source="Teachers!A2"), Teacher(id="U")),
        classes=(SchoolClass(id="A"), SchoolClass(id="B")),
        rooms=(Room(id="R", features=("lab",)), Room(id="S")),
        lessons=tuple(Lesson(id=f"L{i}", subject=f"S{i}", classes=("A",), teachers=("T",)) for i in range(3)),
    )
    return changed(problem, rules=rules)


def away(*cells: int, who: str = "T", source: str = "") -> Unavailable:
    return Unavailable(who=Who(kind="teacher", ids=(who,)), cells=cells, source=source)


def only_core(problem: Problem) -> Core:
    explanation = explain(problem, EXACT)
    assert explanation.status is Status.INFEASIBLE
    (core,) = explanation.cores
    assert core.minimal
    assert core.confirmed
    return core


# ---- by trying everything ------------------------------------------------------------------------------------------


def universe(problem: Problem) -> list[list[Placement]]:
    """For each lesson every start, any rooms or none, every candidate."""
    anywhere = [None, *(r.id for r in problem.rooms)]
    return [
        [
            Placement(lesson=x.id, start=start, rooms=rooms, teachers=teachers)
            for start in range(problem.grid.size)
            if problem.grid.fits(start, x.duration)
            for rooms in product(anywhere, repeat=len(x.rooms))
            for teachers in product(*x.any_teacher)
        ]
        for x in problem.lessons
    ]


def rooms_are_shared(board: Board) -> bool:
    bookings = (b for (kind, _), b in board.bookings.items() if kind == "room")
    given = ([r for r in p.rooms if r is not None] for p in board.placed.values())
    twice = any(len(set(rooms)) < len(rooms) for rooms in given)
    return twice or any(a.end > b.start and b.end > a.start for row in bookings for a, b in combinations(row, 2))


def boards(problem: Problem) -> Iterator[Board]:
    for chosen in product(*universe(problem)):
        board = Board(problem, Timetable(placements=chosen))
        if not rooms_are_shared(board):
            yield board


def size(problem: Problem) -> int:
    total = 1
    for options in universe(problem):
        total *= len(options)
    return total


def small_problems() -> Iterator[Problem]:
    for seed in range(400):
        problem = tiny_problem(seed, most=400)
        hard = tuple(changed(r, weight=None) for r in random_rules(Random(seed), problem, 2))
        problem = changed(problem, rules=(*problem.rules, *hard))
        if problem.lessons and size(problem) <= 1500:
            yield problem


def test_cores_are_minimal_and_feasible_problems_are_not_explained() -> None:
    explained = found = 0
    for problem in small_problems():
        complete = any(
            score(problem, Timetable(placements=chosen)).complete
            for chosen in product(*(places(problem, x) for x in problem.lessons))
        )
        explanation = explain(problem, EXACT)
        assert explanation.status is (Status.FEASIBLE if complete else Status.INFEASIBLE)
        if complete:
            found += 1
            assert explanation.timetable is not None
            assert score(problem, explanation.timetable).complete
            continue
        explained += 1
        (core,) = explanation.cores
        assert core.minimal
        assert core.confirmed
        breaks = [{f for f in core.facts if not f.holds(board)} for board in boards(problem)]
        assert all(breaks), "a timetable keeps to all facts of the core"
        for fact in core.facts:
            assert {fact} in breaks, f"{fact.sentence} can be spared"
    assert explained >= 20
    assert found >= 20


# ---- what is told --------------------------------------------------------------------------------------------------


def test_a_teacher_with_too_few_hours() -> None:
    core = only_core(school(away(0, 1, source="Unavailable!A2"), away(2, 3, source="Unavailable!A3"), away(4, who="U")))
    assert [f.source for f in core.facts] == ["Teachers!A2", "Unavailable!A2", "Unavailable!A3"]
    assert core.sentence == (
        "These cannot all hold: T teaches one lesson at a time (3 lessons, 3 periods in all) (Teachers!A2); "
        "T is not available on D0 P0 and D0 P1 (Unavailable!A2); "
        "T is not available on D0 P2 and D1 P0 (Unavailable!A3)."
    )


def test_required_times_and_pins_are_facts() -> None:
    times = PreferredTimes(lessons=("L0",), cells=(0, 1))
    lessons = (Lesson(id="L0", pin=Pin(start=4), source="Lessons!A2"),)
    core = only_core(changed(school(times), lessons=lessons))
    assert {f.kind for f in core.facts} == {"pin", "rule"}
    assert {f.sentence for f in core.facts} == {"L0 is pinned to D1 P1", "L0 must start at D0 P0 and D0 P1"}


def test_rooms_asked_for_are_facts() -> None:
    lessons = tuple(Lesson(id=f"L{i}", rooms=(RoomRequest(features=("lab",)),)) for i in range(2))
    closed = Unavailable(who=Who(kind="room", ids=("R",)), cells=(0, 1, 2, 3, 4))
    core = only_core(changed(school(closed), lessons=lessons))
    assert sorted(f.kind for f in core.facts) == ["rooms", "rooms", "rule"]


def test_a_room_that_does_not_exist() -> None:
    lessons = (Lesson(id="L0", rooms=(RoomRequest(features=("pool",)),)),)
    core = only_core(changed(school(), lessons=lessons))
    assert [f.sentence for f in core.facts] == ["L0 needs a room that does not exist"]


def test_a_circle_of_rules() -> None:
    pairs = (("L0", "L1"), ("L1", "L2"), ("L2", "L0"))
    core = only_core(school(*(Ordered(lessons=pair) for pair in pairs), away(0)))
    assert len(core.facts) == 3
    assert {f.rule.name for f in core.facts if f.rule} == {"ordered"}


def test_lessons_that_start_together_with_one_teacher() -> None:
    core = only_core(school(SameStart(lessons=("L0", "L1"))))
    assert {f.kind for f in core.facts} == {"clash", "rule"}


def test_a_rule_on_all_is_told_of_the_one_it_is_about() -> None:
    rule = MaxPeriodsPerDay(who=Who(kind="teacher"), limit=1, source="Rules!A2")
    core = only_core(school(rule))
    assert [f.sentence for f in core.facts] == ["T: max periods per day (limit 1)"]


def test_a_closed_time_does_not_become_a_gap_when_it_is_left_out() -> None:
    """Hours 0 and 2 with the closed hour 1 between are no gap; the contradiction lies elsewhere."""
    gaps = MaxGapsPerDay(who=Who(kind="teacher", ids=("T",)), limit=0)
    pinned = (
        Lesson(id="L0", teachers=("T",), pin=Pin(start=0)),
        Lesson(id="L1", teachers=("T",), pin=Pin(start=2)),
        Lesson(id="L2", teachers=("U",), pin=Pin(start=4)),
    )
    core = only_core(changed(school(gaps, away(1), away(4, who="U")), lessons=pinned))
    assert {f.sentence for f in core.facts} == {"L2 is pinned to D1 P1", "U is not available on D1 P1"}


def test_several_reasons_share_no_fact() -> None:
    problem = school(away(0, 1, 2, 3), away(0, 1, 2, 3, 4, who="U"))
    more = tuple(Lesson(id=f"M{i}", classes=("B",), teachers=("U",)) for i in range(2))
    problem = changed(problem, lessons=(*problem.lessons, *more))
    first, second = explain(problem, EXACT, cores=3).cores
    assert first.minimal
    assert second.minimal
    assert not set(first.facts) & set(second.facts)


def test_a_timetable_of_the_other_facts_ends_the_search_for_further_reasons() -> None:
    """T is away too often; U's lesson, with a closed time of its own, has a place."""
    problem = school(away(0, 1, 2, 3), away(0, who="U"))
    problem = changed(problem, lessons=(*problem.lessons, Lesson(id="M", classes=("B",), teachers=("U",))))
    judge = Judge(problem, Limits(seconds=None, workers=1), lambda: False)
    core = set(explain(problem, EXACT).cores[0].facts)
    others = [f for f in facts_of(problem) if f.sentence not in {g.sentence for g in core}]
    with looking_for_timetable(judge, others):
        while not judge.over():
            time.sleep(0.01)
    assert judge.found is not None
    assert judge.found.placement.keys() == problem.lesson.keys()
    assert all(f.holds(Board(problem, judge.found)) for f in others)


# ---- limits --------------------------------------------------------------------------------------------------------


def test_no_time_is_unknown_not_impossible() -> None:
    explanation = explain(school(away(0, 1, 2, 3)), Limits(seconds=0))
    assert (explanation.status, explanation.cores, explanation.timetable) == (Status.UNKNOWN, (), None)


@pytest.mark.parametrize("stop_after", range(1, 12))
def test_a_stop_leaves_a_true_reason(stop_after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever the search is stopped, what it says is true: the facts of its core are impossible together."""
    problem, asked = school(away(0, 1, 2), away(3, 4), away(5, who="U"), Ordered(lessons=("L0", "L1"))), 0
    solve = Judge._solve

    def counted(
        judge: Judge, facts: list[Fact], changes: Parameters, within: frozenset[str] | None = None
    ) -> bool | Timetable | None:
        nonlocal asked
        asked += 1
        return solve(judge, facts, changes, within)

    monkeypatch.setattr(Judge, "_solve", counted)
    explanation = explain(problem, EXACT, cancel=lambda: asked >= stop_after)
    if explanation.status is Status.UNKNOWN:
        assert explanation.cores == ()
        return
    (core,) = explanation.cores
    assert core.minimal == (len(core.facts) == 3 and core.confirmed)
    kept = {f.sentence for f in core.facts}
    assert kept >= {"T is not available on D0", "T is not available on D1 P0 and D1 P1"}
    assert core.minimal or "Somewhere among these" in core.sentence


def test_a_second_solve_that_finds_a_timetable_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    solve = Judge._solve

    def wrong(
        judge: Judge, facts: list[Fact], changes: Parameters, within: frozenset[str] | None = None
    ) -> bool | Timetable | None:
        again = "symmetry_level" in changes
        return Timetable() if again else solve(judge, facts, changes, within)

    monkeypatch.setattr(Judge, "_solve", wrong)
    with pytest.raises(SolverDisagreement):
        explain(school(away(0, 1, 2, 3)), EXACT)


def test_at_least_one_reason_is_asked_for() -> None:
    with pytest.raises(ValueError, match="0 reasons"):
        explain(school(), EXACT, cores=0)


def test_thousands_of_facts_take_few_questions() -> None:
    facts = [Fact("rule", str(i), "", frozenset()) for i in range(5000)]
    needed, asked = {facts[7], facts[2500], facts[4999]}, 0

    def impossible(some: list[Fact]) -> bool:
        nonlocal asked
        asked += 1
        return needed <= set(some)

    assert set(quickxplain([], facts, impossible)) == needed
    assert asked <= 3 * 13 * 2


def test_every_hard_fact_is_listed_with_its_source() -> None:
    problem = school(away(0, source="Unavailable!A2"), PreferredTimes(lessons=("L0",), cells=(1,), weight=3))
    assert [(f.kind, f.source) for f in facts_of(problem)] == [
        ("clash", "Teachers!A2"),
        ("clash", ""),
        ("rule", "Unavailable!A2"),
    ]
