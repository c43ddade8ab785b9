"""Alternatives: far enough apart, judged by the problem as it is, and exhausted only when that is proven."""

import datetime as dt

import pytest

from models.compare import apart
from models.goals import goal
from models.problem import Lesson, Problem, SchoolClass, Teacher
from models.rules import AnyRule, Who
from models.rules.buffer import Buffer
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.preferred_times import PreferredTimes
from models.score import score
from models.time import ClockGrid, Grid, Opening
from models.timetable import Placement, Timetable
from solver import Limits
from solver.alternatives import Alternative, Alternatives, alternatives, beats, emphases, emphasised, marked
from solver.distance import FarOne, far_from
from tests.solver.brute_force import timetables
from tests.solver.rooms_world import grid

EXACT = Limits(seconds=None, deterministic=10.0)
EARLY, GAPS = goal("times"), goal("teacher gaps")
CLOCK = ClockGrid(openings=(Opening(date=dt.date(2030, 1, 7), start=480, end=660),), step=30)


def school(on: Grid, *rules: AnyRule) -> Problem:
    """Three lessons of one class: L0 and L1 of T, L2 of U; all early, T without gaps."""
    lessons = tuple(
        Lesson(id=f"L{i}", classes=("A",), teachers=(t,), buffer_after=0) for i, t in enumerate(("T", "T", "U"))
    )
    return Problem(
        grid=on,
        teachers=(Teacher(id="T"), Teacher(id="U")),
        classes=(SchoolClass(id="A"),),
        lessons=lessons,
        rules=(
            PreferredTimes(lessons=("L0", "L1", "L2"), cells=tuple(range(min(3, on.size))), weight=1),
            MaxGapsPerWeek(who=Who(kind="teacher", ids=("T",)), limit=0, weight=2),
            *rules,
        ),
    )


def at(*starts: int) -> Timetable:
    return Timetable(placements=tuple(Placement(lesson=f"L{i}", start=start) for i, start in enumerate(starts)))


def check(problem: Problem, found: Alternatives, distance: int) -> None:
    for one in found.found:
        assert one.score == score(problem, one.timetable)
        assert one.score.complete
        assert one.goals == tuple(g.penalty(problem, one.timetable) for g in found.goals)
        assert all(one is other or apart(one.timetable, other.timetable) >= distance for other in found.found)


@pytest.mark.parametrize("on", [grid(1, 4), CLOCK], ids=["periods", "clock"])
def test_any_two_are_far_apart_and_judged_under_the_own_weights(on: Grid) -> None:
    problem = school(on, Buffer(who=Who(kind="teacher"), minutes=5, weight=1))
    found = alternatives(problem, (EARLY, GAPS), 3, 2, EXACT)
    assert len(found.found) == 3
    assert [a.emphasis for a in found.found] == [(), ("times",), ("teacher gaps",)]
    check(problem, found, 2)


def test_when_there_are_no_more_that_is_proven() -> None:
    # three lessons in three periods: of six orders only the three rotations differ in all lessons
    problem = school(grid(1, 3))
    found = alternatives(problem, (GAPS,), 5, 3, EXACT)
    assert (len(found.found), found.exhausted) == (3, True)
    check(problem, found, 3)


def test_a_complete_timetable_to_begin_with_is_the_first() -> None:
    start = at(0, 1, 2)
    found = alternatives(school(grid(1, 4)), (GAPS,), 2, 1, EXACT, start=start)
    assert found.found[0].timetable == start
    assert len(found.found) == 2


def test_the_far_one_is_the_cheapest_of_all_that_are_far() -> None:
    problem, others = school(grid(1, 4)), (at(0, 1, 2), at(1, 0, 3))
    complete = (t for t in timetables(problem) if score(problem, t).complete)
    best = min(score(problem, t).soft for t in complete if all(apart(o, t) >= 3 for o in others))
    found = far_from(problem, others, 3, others[0], EXACT)
    assert found.timetable is not None
    assert score(problem, found.timetable).soft == best


def test_a_cancel_ends_the_building_of_the_model() -> None:
    """Asked again and again between the steps; after the first yes nothing goes on."""
    problem, asked = school(grid(2, 3)), 0

    def cancel() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    assert far_from(problem, [at(0, 1, 0)], 1, at(0, 1, 0), EXACT, cancel) == FarOne(None)
    assert asked == 4


def test_an_impossible_problem_has_no_alternatives() -> None:
    found = alternatives(school(grid(1, 2)), (GAPS,), 2, 1, EXACT)
    assert (found.found, found.exhausted) == ((), True)


@pytest.mark.parametrize(
    ("goals", "count", "distance", "message"),
    [
        ((), 2, 1, "0 goals are given, expected 1 to 3"),
        ((GAPS,) * 4, 2, 1, "4 goals are given, expected 1 to 3"),
        ((GAPS,), 0, 1, "0 alternatives are asked for, expected at least 1"),
        ((GAPS,), 2, 0, "a distance of 0 lessons is asked for, expected 1 to 3"),
        ((GAPS,), 2, 4, "a distance of 4 lessons is asked for, expected 1 to 3"),
        ((goal("rooms"),), 2, 1, "no soft rule of the problem belongs to the goal 'rooms'"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(
    goals: tuple[object, ...], count: int, distance: int, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        alternatives(school(grid(1, 4)), goals, count, distance, EXACT)  # type: ignore[arg-type]


def test_a_broken_timetable_cannot_be_the_first() -> None:
    with pytest.raises(ValueError, match="is not complete or breaks a hard rule"):
        alternatives(school(grid(1, 4)), (GAPS,), 2, 1, EXACT, start=at(0, 0, 0))


def test_only_the_rules_of_a_goal_become_dearer() -> None:
    weights = [rule.weight for rule in emphasised(school(grid(1, 4)), (GAPS,)).rules]
    assert weights == [1, 8]


def test_emphases_go_from_all_wishes_to_pairs_of_goals() -> None:
    names = [[g.name for g in some] for some in emphases((EARLY, GAPS, goal("spread")))]
    assert names[:4] == [[], ["times"], ["teacher gaps"], ["spread"]]
    assert names[4:] == [["times", "teacher gaps"], ["times", "spread"], ["teacher gaps", "spread"]]


def test_the_unbeaten_are_marked() -> None:
    def one(*goals: int) -> Alternative:
        return Alternative(at(0, 1, 2), (), score(school(grid(1, 4)), at(0, 1, 2)), goals)

    assert [a.best for a in marked([one(1, 3), one(2, 2), one(2, 3), one(1, 3)])] == [True, True, False, True]
    assert not beats((1, 2), (1, 2))
