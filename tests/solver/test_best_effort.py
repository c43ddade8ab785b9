"""When not everything fits: as much as possible is placed, and each lesson left over has a reason."""

import pytest

from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules.base import Who
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.min_days_between import MinDaysBetween
from models.rules.preferred_times import PreferredTimes
from models.rules.same_start import SameStart
from models.rules.unavailable import Unavailable
from models.score import score
from models.timetable import Placement, Timetable
from solver import Limits, Result, Status, reasons, solve
from solver.domains import Domains
from solver.reasons import with_reasons
from tests.solver.rooms_world import grid

EXACT = Limits(seconds=None, deterministic=20.0)


def one_teacher(*durations: int, periods: int = 4) -> Problem:
    lessons = tuple(Lesson(id=f"L{i}", subject=f"S{i}", duration=d, teachers=("T",)) for i, d in enumerate(durations))
    return Problem(grid=grid(1, periods), teachers=(Teacher(id="T"),), lessons=lessons)


def reasons_of(result: Result) -> dict[str, str]:
    assert result.timetable is not None
    return {u.lesson: u.reason for u in result.timetable.unplaced}


def test_the_fewest_periods_stay_out_not_the_fewest_lessons() -> None:
    """Four periods for 3 + 2 + 2: without the 3 all is full, without a 2 (and its fellow) only 3 are used."""
    result = solve(one_teacher(3, 2, 2), EXACT)
    assert result.status is Status.INFEASIBLE
    assert result.confirmed
    assert result.score is not None
    assert result.score.key == (0, 3, 0)
    assert list(reasons_of(result)) == ["L0"]


def test_prices_decide_among_equally_full_timetables() -> None:
    """Five lessons for four periods: the one that likes no period stays out, and the others get theirs."""
    problem = one_teacher(1, 1, 1, 1, 1)
    rules = (
        PreferredTimes(lessons=("L0", "L1", "L2"), cells=(0, 1, 2), weight=1),
        PreferredTimes(lessons=("L3",), cells=(), weight=7),
        PreferredTimes(lessons=("L4",), cells=(3,), weight=4),
    )
    result = solve(problem.model_copy(update={"rules": rules}), EXACT)
    assert result.score is not None
    assert result.score.key == (0, 1, 0)
    assert list(reasons_of(result)) == ["L3"]


def test_lessons_that_start_together_stay_out_together() -> None:
    together = SameStart(lessons=("L0", "L1"))
    problem = one_teacher(1, 1).model_copy(update={"rules": (together,)})
    result = solve(problem, EXACT)
    assert result.status is Status.INFEASIBLE
    assert set(reasons_of(result)) == {"L0", "L1"}


def test_a_lesson_without_any_start_is_impossible_and_says_why() -> None:
    never = Unavailable(who=Who(kind="teacher", ids=("T",)), cells=(0, 1, 2, 3))
    problem = one_teacher(1, 2).model_copy(update={"rules": (never,)})
    result = solve(problem, EXACT)
    assert result.status is Status.INFEASIBLE
    assert reasons_of(result) == {
        "L0": "There is no allowed time at which T can be had for a period.",
        "L1": "There is no allowed time at which T can be had for 2 periods in a row.",
    }


def test_parallel_best_effort_finds_the_same() -> None:
    result = solve(one_teacher(3, 2, 2), Limits(seconds=60, workers=2))
    assert result.status is Status.INFEASIBLE
    assert result.score is not None
    assert result.score.key == (0, 3, 0)


# ---- reasons -------------------------------------------------------------------------------------------------------


def explained(problem: Problem, **starts: int) -> dict[str, str]:
    """The reasons when some lessons are placed, in their first rooms."""
    placements = tuple(
        Placement(lesson=x, start=cell, rooms=tuple("R" for _ in problem.lesson[x].rooms)) for x, cell in starts.items()
    )
    found = with_reasons(problem, Domains(problem), Timetable(placements=placements))
    assert found.placements == placements
    return {u.lesson: u.reason for u in found.unplaced}


def test_who_is_busy_is_named() -> None:
    found = explained(one_teacher(1, 1, 1, periods=2), L0=0, L1=1)
    assert found == {"L2": "D0 P0: T has S0. D0 P1: T has S1."}


def test_of_many_times_those_with_the_least_in_the_way_are_named() -> None:
    """A has two obstacles in the first period (teacher and class), one in the others."""
    problem = Problem(
        grid=grid(1, 5),
        teachers=(Teacher(id="T"), Teacher(id="U")),
        classes=(SchoolClass(id="C"),),
        lessons=(
            Lesson(id="A", subject="A", teachers=("T",), classes=("C",)),
            *(Lesson(id=f"T{i}", subject=f"T{i}", teachers=("T",)) for i in range(5)),
            Lesson(id="C0", subject="C0", teachers=("U",), classes=("C",)),
        ),
    )
    found = explained(problem, C0=0, **{f"T{i}": i for i in range(5)})
    assert found == {"A": "D0 P1: T has T1. D0 P2: T has T2. D0 P3: T has T3 (3 of 5 possible times)."}


def test_rooms_that_are_taken_are_named() -> None:
    lessons = tuple(Lesson(id=x, subject=x, rooms=(RoomRequest(),)) for x in "AB")
    problem = Problem(grid=grid(1, 1), rooms=(Room(id="R"),), lessons=lessons)
    assert explained(problem, A=0) == {"B": "D0 P0: no room is free (R)."}


def test_rooms_that_do_not_exist_are_told() -> None:
    lesson = Lesson(id="A", rooms=(RoomRequest(features=("pool",)),))
    problem = Problem(grid=grid(1, 1), rooms=(Room(id="R"),), lessons=(lesson,))
    assert explained(problem) == {"A": "There is no room it may use."}


def test_candidates_that_are_all_busy_are_named() -> None:
    problem = Problem(
        grid=grid(1, 1),
        teachers=(Teacher(id="T"), Teacher(id="U")),
        lessons=(
            Lesson(id="A", subject="A", any_teacher=(("T", "U"),)),
            Lesson(id="B", subject="B", teachers=("T", "U")),
        ),
    )
    assert explained(problem, B=0) == {"A": "D0 P0: none of T and U is free."}


def test_rules_speak_for_themselves_where_nobody_is_busy() -> None:
    """A and B on different days; the only free period is on A's day."""
    problem = one_teacher(1, 1, periods=2)
    apart = MinDaysBetween(lessons=("L0", "L1"), days=1)
    problem = problem.model_copy(update={"rules": (apart,)})
    found = explained(problem, L0=0)["L1"]
    assert found.startswith("D0 P1: S0 (D0 P0) and S1 (D0 P1) are 0 days apart")
    assert "D0 P0: T has S0." in found


def test_what_is_broken_already_is_not_held_against_a_lesson() -> None:
    """T has a gap already; S2 would fill it, so only its other times speak against it."""
    gaps = MaxGapsPerDay(who=Who(kind="teacher"), limit=0)
    problem = one_teacher(1, 1, 1).model_copy(update={"rules": (gaps,)})
    found = explained(problem, L0=0, L1=2)["L2"]
    assert found.startswith("D0 P1: nothing is in the way; the search ended before it was placed.")


def test_lessons_that_start_together_share_their_reason() -> None:
    together = SameStart(lessons=("L0", "L1"))
    pinned = (Lesson(id="L0", subject="A", pin=Pin(start=0)), Lesson(id="L1", subject="B", pin=Pin(start=1)))
    problem = Problem(grid=grid(1, 2), lessons=pinned, rules=(together,))
    text = "There is no time that suits all of A and B, which must start together."
    assert explained(problem) == {"L0": text, "L1": text}


def test_when_the_rules_were_asked_often_enough_only_the_busy_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasons, "MOST_ASKED", 0)
    apart = MinDaysBetween(lessons=("L0", "L1"), days=1)
    problem = one_teacher(1, 1, periods=2).model_copy(update={"rules": (apart,)})
    assert explained(problem, L0=0)["L1"] == "D0 P1: a rule is in the way. D0 P0: T has S0."


def test_after_a_cancel_reasons_are_looked_for_only_a_little_longer() -> None:
    problem = one_teacher(1, 1, 1, periods=2)
    looked = iter((False, True))
    told = with_reasons(problem, Domains(problem), Timetable(), lambda: next(looked, True))
    first, *others = (x.reason for x in told.unplaced)
    assert first.startswith("D0 P0: nothing is in the way")
    assert set(others) == {reasons.ENDED}


def test_reasons_do_not_change_the_score() -> None:
    problem = one_teacher(1, 1, 1, periods=2)
    timetable = Timetable(placements=(Placement(lesson="L0", start=0),))
    assert score(problem, with_reasons(problem, Domains(problem), timetable)) == score(problem, timetable)
