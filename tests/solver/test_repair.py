"""Repairs: true, with the fewest changes, within locks and dates, and honest when time runs out."""

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from models.changes import absent, closed, lesson_added, lesson_removed, lesson_resized, rule_added, unavailable
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules import AnyRule
from models.rules.different_day import DifferentDay
from models.rules.preferred_times import PreferredTimes
from models.score import score
from models.timetable import Placement, Timetable
from solver import Limits, Status
from solver.explain import explain
from solver.old_places import Amount, amount, old_places
from solver.repair import locked_problem, repair
from solver.repair_question import Questions
from solver.repair_result import Repair
from solver.repair_school import School
from solver.repair_steps import Repairing
from tests.solver.brute_force import places, tiny_problem
from tests.solver.rooms_world import grid
from tests.strategies import changed, clash_free_timetable, random_rules, random_timetable

EXACT = Limits(seconds=None, deterministic=20.0)


def at(lesson: str, start: int, *rooms: str | None, teachers: tuple[str, ...] = ()) -> Placement:
    return Placement(lesson=lesson, start=start, rooms=rooms, teachers=teachers)


def school(*rules: AnyRule, rooms: int = 0) -> Problem:
    """Class A with T and U, class B with U, on two days of three hours; `rooms` each lesson needs one of."""
    request = (RoomRequest(),) if rooms else ()
    taught = (("L0", "A", "T"), ("L1", "A", "U"), ("L2", "B", "U"))
    return Problem(
        grid=grid(2, 3),
        teachers=(Teacher(id="T"), Teacher(id="U")),
        classes=(SchoolClass(id="A"), SchoolClass(id="B")),
        rooms=tuple(Room(id=f"R{i}") for i in range(rooms)),
        lessons=tuple(Lesson(id=x, classes=(c,), teachers=(t,), rooms=request) for x, c, t in taught),
        rules=rules,
    )


OLD = Timetable(placements=(at("L0", 0), at("L1", 1), at("L2", 2)))


def starts(found: Repair) -> dict[str, int]:
    assert found.timetable is not None
    return {p.lesson: p.start for p in found.timetable.placements}


# ---- by trying everything ------------------------------------------------------------------------------------------


def cases() -> Iterator[tuple[Problem, Timetable]]:
    """Tiny problems whose timetable is wrong: made without some hard rules, or at random."""
    for seed in range(110):
        random = Random(seed)
        problem = tiny_problem(seed, most=1500)
        draw = random_timetable if random.random() < 0.3 else clash_free_timetable
        old = draw(random, problem)
        hard = tuple(changed(r, weight=None) for r in random_rules(random, problem, random.choice((0, 1, 1))))
        if len(problem.lessons) > 1:
            yield changed(problem, rules=(*problem.rules, *hard)), old


def least(problem: Problem, old: Timetable) -> Amount | None:
    """Fewest changes of any complete timetable."""
    every = (Timetable(placements=chosen) for chosen in product(*(places(problem, x) for x in problem.lessons)))
    before = old_places(problem, old)
    return min((amount(problem, before, t) for t in every if score(problem, t).complete), default=None)


def test_no_repair_changes_less() -> None:
    repaired = impossible = 0
    for problem, old in cases():
        found, fewest = repair(problem, old, EXACT), least(problem, old)
        if fewest is None:
            impossible += 1
            assert (found.status, found.timetable) == (Status.INFEASIBLE, None)
            continue
        assert (found.status, found.amount) == (Status.OPTIMAL, fewest)
        assert found.timetable is not None
        assert score(problem, found.timetable).complete
        assert list(found.changes) == old.diff(found.timetable)
        assert found.at_least == fewest.moves
        repaired += fewest.moves > 0
    assert repaired >= 15
    assert impossible >= 15


def repairing(problem: Problem, old: Timetable) -> Repairing:
    return Repairing(School(problem, old_places(problem, old)), EXACT, None, lambda: False)


def test_lessons_given_up_are_a_lower_bound() -> None:
    """However few lessons are free, the others given up never need more changes than a true repair."""
    tight = 0
    for problem, old in list(cases())[:40]:
        fewest = least(problem, old)
        work = repairing(problem, old)
        answer = work._asked(work.parts.part(work.conflicts), frozenset())
        assert fewest is None or not answer.impossible
        if not answer.unserved:
            assert fewest is None or answer.bounds <= fewest
            tight += answer.bounds == fewest
    assert tight >= 8


def test_lessons_that_keep_their_times_are_repaired_if_they_can_be() -> None:
    repaired = refused = 0
    for problem, old in list(cases())[:40]:
        work, fewest = repairing(problem, old), least(problem, old)
        work.keep_times(work.conflicts)
        forced = work.school.must_move
        if fewest is not None and fewest.moves == forced:
            assert work.best is not None
            assert work.best[0] == work.bounds == fewest
            repaired += 1
        else:
            assert work.best is None
            assert work.bounds == (forced + 1,)
            refused += 1
    assert repaired >= 3
    assert refused >= 10


def test_freeing_what_is_in_the_way_ends_at_the_fewest_changes() -> None:
    repaired = impossible = 0
    for problem, old in list(cases())[40:90]:
        work, fewest = repairing(problem, old), least(problem, old)
        work.move(work.conflicts)
        assert work.impossible == (fewest is None)
        assert fewest is None or (work.best is not None and work.best[0] == work.bounds == fewest)
        repaired += fewest is not None and fewest.moves > 1
        impossible += fewest is None
    assert repaired >= 1
    assert impossible >= 5


def test_with_every_lesson_free_any_repair_is_found() -> None:
    """What is left when the models become too large for the time."""
    repaired = 0
    for problem, old in list(cases())[60:90]:
        work, fewest = repairing(problem, old), least(problem, old)
        work.force(work.conflicts)
        assert work.impossible == (fewest is None)
        assert fewest is None or (work.best is not None and work.best[0] >= fewest)
        repaired += fewest is not None
    assert repaired >= 10


# ---- what is said --------------------------------------------------------------------------------------------------


def test_one_lesson_moves() -> None:
    found = repair(unavailable(school(), "teacher", "T", (0,)), OLD, EXACT)
    assert found.status is Status.OPTIMAL
    assert found.amount == Amount(moves=1, makeshift=0, teachers=0, rooms=0, people=2)
    assert found.affected == {("teacher", "T"), ("class", "A")}
    assert found.sentence == "1 lesson moves, 1 teacher and 1 class are affected; fewer is impossible."


def test_nothing_to_repair() -> None:
    found = repair(school(), OLD, EXACT)
    assert (found.status, found.changes, found.timetable) == (Status.OPTIMAL, (), OLD)
    assert found.sentence == "Nothing has to change."


def test_a_clash_that_is_there_already() -> None:
    old = Timetable(placements=(at("L0", 0), at("L1", 1), at("L2", 1)))
    found = repair(school(), old, EXACT)
    assert found.amount is not None
    assert (found.amount.moves, found.proven) == (1, True)


def test_another_room_is_better_than_another_time() -> None:
    old = Timetable(placements=(at("L0", 0, "R0"), at("L1", 1, "R0"), at("L2", 2, "R0")))
    found = repair(unavailable(school(rooms=2), "room", "R0", (0, 2)), old, EXACT)
    assert found.amount == Amount(moves=0, makeshift=0, teachers=0, rooms=2, people=4)
    assert found.sentence.startswith("2 rooms change, 2 teachers and 2 classes are affected; fewer")


def test_another_teacher_is_better_than_another_time() -> None:
    lesson = Lesson(id="L3", classes=("A",), any_teacher=(("T", "U"),))
    problem = unavailable(lesson_added(school(), lesson), "teacher", "T", (3,))
    old = changed(OLD, placements=(*OLD.placements, at("L3", 3, teachers=("T",))))
    found = repair(problem, old, EXACT)
    assert found.amount == Amount(moves=0, makeshift=0, teachers=1, rooms=0, people=3)


def test_fewest_people_among_equal_moves() -> None:
    """L1 and L2 clash; L1 could leave with U and A, L2 with U and B: B's lesson takes T along, so A's moves."""
    problem = school()
    lessons = (*problem.lessons[:2], problem.lessons[2].model_copy(update={"teachers": ("T", "U")}))
    old = Timetable(placements=(at("L0", 0), at("L1", 1), at("L2", 1)))
    found = repair(changed(problem, lessons=lessons), old, EXACT)
    assert [c.lesson for c in found.changes] == ["L1"]


def test_a_better_soft_score_among_equal_changes() -> None:
    wish = PreferredTimes(lessons=("L0",), cells=(5,), weight=3)
    found = repair(unavailable(school(wish), "teacher", "T", (0,)), OLD, EXACT)
    assert starts(found)["L0"] == 5


def test_lessons_added_and_removed_are_no_moves() -> None:
    problem = lesson_removed(lesson_added(school(), Lesson(id="L3", classes=("B",))), "L0")
    found = repair(problem, OLD, EXACT)
    assert found.amount == Amount(moves=0, makeshift=0, teachers=0, rooms=0, people=0)
    assert [c.lesson for c in found.changes] == ["L0", "L3"]
    assert "1 lesson is placed anew, 1 lesson is gone" in found.sentence


def test_people_of_a_removed_lesson_are_affected() -> None:
    before = school()
    found = repair(lesson_removed(before, "L0"), OLD, EXACT, removed=[before.lesson["L0"]])
    assert found.affected == {("teacher", "T"), ("class", "A")}
    assert found.sentence == "1 lesson is gone, 1 teacher and 1 class are affected; fewer is impossible."


def test_only_those_affected_are_counted() -> None:
    """A lesson without teachers is added for a class."""
    found = repair(lesson_added(school(), Lesson(id="L3", classes=("B",))), OLD, EXACT)
    assert found.sentence == "1 lesson is placed anew, 1 class is affected; fewer is impossible."


def test_who_teaches_the_subject_comes_before_who_stands_in() -> None:
    """T is away at L0's time; U is free then but teaches B alone, V and W are free and W teaches the subject."""
    problem = school()
    teachers = (*problem.teachers, Teacher(id="V"), Teacher(id="W", subjects=("MAT",)))
    lessons = (changed(problem.lessons[0], subject="MAT"), *problem.lessons[1:])
    away = absent(changed(problem, teachers=teachers, lessons=lessons), OLD, "T", (0, 1))
    found = repair(away.problem, away.timetable, EXACT)
    assert found.amount == Amount(moves=0, makeshift=0, teachers=1, rooms=0, people=3)
    assert found.affected == {("teacher", "T"), ("teacher", "W"), ("class", "A")}
    standing_in = absent(changed(problem, lessons=lessons), OLD, "T", (0, 1))
    found = repair(standing_in.problem, standing_in.timetable, EXACT)
    assert found.amount == Amount(moves=0, makeshift=1, teachers=1, rooms=0, people=3)
    assert found.sentence.startswith("1 teacher changes, 1 of these makeshift, 2 teachers and 1 class are affected;")


def test_lessons_of_a_closed_room_go_to_one_with_the_same_features_first() -> None:
    old = Timetable(placements=(at("L0", 0, "R0"), at("L1", 1, "R0"), at("L2", 0, "R1")))
    problem = school(rooms=3)
    rooms = tuple(changed(r, features=("lab",) if r.id in ("R0", "R1") else ()) for r in problem.rooms)
    lessons = tuple(changed(x, rooms=(RoomRequest(features=("lab",)),)) for x in problem.lessons)
    shut = closed(changed(problem, rooms=rooms, lessons=lessons), old, "R0", range(6))
    found = repair(shut.problem, shut.timetable, EXACT)
    assert found.timetable is not None
    assert found.timetable.placement["L0"].rooms == ("R2",)
    assert found.timetable.placement["L1"].rooms == ("R1",)
    assert found.amount == Amount(moves=0, makeshift=1, teachers=0, rooms=2, people=3)


def test_a_longer_lesson_pushes_others_away() -> None:
    found = repair(lesson_resized(school(), "L0", 3), OLD, EXACT)
    assert found.amount is not None
    assert (found.amount.moves, found.proven) == (1, True)


def test_a_lesson_that_no_longer_fits_at_its_time_has_moved() -> None:
    found = repair(lesson_resized(school(), "L2", 2), OLD, EXACT)
    assert found.amount is not None
    assert (found.amount.moves, found.at_least, found.proven) == (1, 1, True)


# ---- locks, dates, limits ------------------------------------------------------------------------------------------


def test_locked_lessons_stay() -> None:
    old = Timetable(placements=(at("L0", 0), at("L1", 1), at("L2", 1)))
    for locked, moved in (("L1", "L2"), ("L2", "L1")):
        assert [c.lesson for c in repair(school(), old, EXACT, locked=[locked]).changes] == [moved]


def test_the_past_stays_and_nothing_moves_there() -> None:
    problem = unavailable(school(), "teacher", "U", (2, 3, 4), effective_from=2)
    found = repair(problem, OLD, EXACT, effective_from=2)
    assert starts(found) == {"L0": 0, "L1": 1, "L2": 5}


def test_locks_and_dates_hold_whatever_else_changes() -> None:
    for problem, old in list(cases())[:50]:
        old = Timetable(placements=tuple(p for p in old.placements if p in places(problem, problem.lesson[p.lesson])))
        locked = [p.lesson for p in old.placements if problem.lesson[p.lesson].pin == Pin()][:1]
        found = repair(problem, old, EXACT, locked=locked, effective_from=2)
        for change in found.changes:
            assert change.lesson not in locked
            assert change.before is None or change.before.start >= 2
            assert change.after is not None
            assert change.after.start >= 2


def test_no_repair_can_be_explained() -> None:
    problem = unavailable(school(), "teacher", "T", (0,))
    found = repair(problem, OLD, EXACT, locked=["L0"])
    assert found.status is Status.INFEASIBLE
    assert found.sentence.startswith("No repair exists")
    (core,) = explain(found.problem, EXACT).cores
    assert {f.sentence for f in core.facts} == {"A is pinned to D0 P0", "T is not available on D0 P0"}


def test_more_moves_than_allowed() -> None:
    problem = rule_added(school(), DifferentDay(lessons=("L0", "L1")))
    found = repair(problem, OLD, EXACT, most=0)
    assert (found.at_least, found.allowed, found.timetable) == (1, False, None)
    assert found.sentence == "No repair is within the limit: at least 1 lesson must move, only 0 may."
    assert repair(problem, OLD, EXACT, most=1).allowed


def test_no_time_is_unknown_not_impossible() -> None:
    found = repair(unavailable(school(), "teacher", "T", (0,)), OLD, Limits(seconds=0))
    assert (found.status, found.timetable, found.proven) == (Status.UNKNOWN, None, False)
    assert found.sentence == "No repair was found in time; at least 0 lessons must move."


@pytest.mark.parametrize("stop_after", range(1, 8))
def test_a_stop_leaves_a_true_repair_without_a_false_claim(stop_after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem, asked = unavailable(school(), "teacher", "U", (1, 2)), 0
    run = Questions._run

    def counted(*args: object) -> object:
        nonlocal asked
        asked += 1
        return run(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(Questions, "_run", counted)
    found = repair(problem, OLD, EXACT, cancel=lambda: asked >= stop_after)
    assert found.at_least <= 2
    assert "impossible" not in found.sentence or (found.proven and found.amount and found.amount.moves == 2)
    if found.timetable is not None:
        assert score(problem, found.timetable).complete


@pytest.mark.parametrize(
    ("locked", "effective_from", "message"),
    [
        (["X"], None, "unknown lesson 'X'"),
        (["L2"], None, "the timetable does not place it"),
        (["L1"], None, "locked at D0 P1, but is pinned to D1 P0"),
        ([], 2, "'L1' is to be locked at D0 P1, but is pinned to D1 P0"),
        ([], 7, "cell 7, the grid has 6"),
    ],
)
def test_impossible_locks_are_refused(locked: list[str], effective_from: int | None, message: str) -> None:
    problem = school()
    pinned = problem.lessons[1].model_copy(update={"pin": Pin(start=3)})
    problem = changed(problem, lessons=(problem.lessons[0], pinned, problem.lessons[2]))
    with pytest.raises(ValueError, match=message):
        locked_problem(problem, Timetable(placements=OLD.placements[:2]), locked, effective_from)
