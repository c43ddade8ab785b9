"""`solve` as its callers see it: right answers, limits, progress, start, cancel."""

import time
from itertools import pairwise
from random import Random

import pytest

from models.certificate import hash_of
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules.base import Who
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.preferred_times import PreferredTimes
from models.rules.unavailable import Unavailable
from models.score import score
from models.timetable import Placement, Timetable
from solver import Limits, Progress, Result, ScoreMismatch, SolverDisagreement, Status, exact, run, solve
from solver.context import Search
from solver.cpsat import Outcome
from solver.exact import Exact, Goal
from solver.incumbents import Incumbents
from solver.search.jit import COMPILED
from tests.solver.brute_force import best_key, tiny_problem
from tests.solver.rooms_world import grid
from tests.strategies import changed, clash_free_timetable, random_problem, random_rules

EXACT = Limits(seconds=None, deterministic=20.0)


def school(lessons: int = 60, seed: int = 1) -> Problem:
    """Four classes and six teachers who want no gaps and certain hours: soon complete, long to prove best."""
    random = Random(seed)
    teachers, classes = [f"T{i}" for i in range(6)], [f"C{i}" for i in range(4)]
    return Problem(
        grid=grid(5, 6),
        teachers=tuple(Teacher(id=t) for t in teachers),
        classes=tuple(SchoolClass(id=c) for c in classes),
        rooms=tuple(Room(id=f"R{i}") for i in range(4)),
        lessons=tuple(
            Lesson(
                id=f"L{i}",
                classes=(classes[i % 4],),
                teachers=(teachers[random.randrange(6)],),
                rooms=(RoomRequest(),),
            )
            for i in range(lessons)
        ),
        rules=(
            MaxGapsPerDay(who=Who(kind="teacher"), limit=0, weight=3),
            MaxGapsPerDay(who=Who(kind="class"), limit=0, weight=2),
            *(
                PreferredTimes(
                    lessons=(f"L{i}",), cells=tuple(random.sample(range(30), 3)), weight=random.randint(1, 9)
                )
                for i in range(lessons)
            ),
        ),
    )


SCHOOL = school()


# ---- right answers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(60))
def test_the_answer_is_the_best_of_all_timetables(seed: int) -> None:
    problem = tiny_problem(seed)
    result, best = solve(problem, EXACT), best_key(problem)
    if best is None or best[1]:
        assert result.status is Status.INFEASIBLE
        assert result.confirmed
    else:
        assert result.status is Status.OPTIMAL
        assert result.bound == best[2]
    if best is not None:
        assert result.score is not None
        assert result.score.key == best


@pytest.mark.parametrize("seed", range(25))
def test_the_order_of_the_input_does_not_matter(seed: int) -> None:
    problem = tiny_problem(seed)
    names = ("teachers", "rooms", "lessons", "rules")
    backwards = changed(problem, **{name: getattr(problem, name)[::-1] for name in names})
    one, other = solve(problem, EXACT), solve(backwards, EXACT)
    assert one.status is other.status
    assert (one.score and one.score.key) == (other.score and other.score.key)


def planted(seed: int, rules: int = 12) -> Problem:
    """The lessons of a random timetable, with those of many random rules that are soft or that it keeps."""
    random = Random(seed)
    problem = random_problem(random)
    timetable = clash_free_timetable(random, problem)
    problem = changed(problem, lessons=tuple(x for x in problem.lessons if x.id in timetable.placement))
    alone = Timetable(placements=timetable.placements)
    drawn = random_rules(random, problem, rules) if problem.lessons else ()
    kept = [r for r in drawn if r.weight is not None or score(changed(problem, rules=(r,)), alone).hard == 0]
    return changed(problem, rules=(*problem.rules, *kept))


@pytest.mark.parametrize("seed", range(30))
def test_a_problem_with_a_known_timetable_is_never_impossible(seed: int) -> None:
    problem = planted(seed)
    result = solve(problem, Limits(seconds=None, deterministic=1.0))
    assert result.status in (Status.OPTIMAL, Status.FEASIBLE)
    assert result.timetable is not None
    assert score(problem, result.timetable) == result.score
    assert result.score.complete


@pytest.mark.parametrize("seed", range(5))
def test_parallel_search_agrees_with_the_deterministic_one(seed: int) -> None:
    problem = planted(seed, rules=4)
    one, several = solve(problem, EXACT), solve(problem, Limits(seconds=60, workers=2))
    assert one.status is several.status is Status.OPTIMAL
    assert one.score is not None
    assert several.score is not None
    assert one.score.soft == several.score.soft


def test_nothing_to_do_is_done_at_once() -> None:
    result = solve(Problem(grid=grid(1, 1)))
    assert result.status is Status.OPTIMAL
    assert result.timetable == Timetable()


def test_a_room_named_by_the_pin_is_had_even_if_the_request_is_optional() -> None:
    """Two lessons pinned to one room in the only period: one has no place, though both could go without a room."""
    pin, wish = Pin(rooms=("R",)), RoomRequest(optional=True)
    lessons = tuple(Lesson(id=x, rooms=(wish,), pin=pin) for x in "AB")
    result = solve(Problem(grid=grid(1, 1), rooms=(Room(id="R"),), lessons=lessons), EXACT)
    assert result.status is Status.INFEASIBLE
    assert result.score is not None
    assert result.score.key == (0, 1, 0)


# ---- lexicographic -------------------------------------------------------------------------------------------------


def heavy_or_light() -> Problem:
    """One cell: A wants it for 5; B, C and D cannot all have their places if A has it, for 2 each."""
    return Problem(
        grid=grid(1, 4),
        teachers=(Teacher(id="T"),),
        lessons=(Lesson(id="A", duration=2, teachers=("T",)), *(Lesson(id=x, teachers=("T",)) for x in "BC")),
        rules=(
            PreferredTimes(lessons=("A",), cells=(1,), weight=5),
            PreferredTimes(lessons=("B",), cells=(1,), weight=3),
            PreferredTimes(lessons=("C",), cells=(2,), weight=3),
        ),
    )


def test_lexicographic_never_trades_the_heavier_rule() -> None:
    # A at 1 costs 3 + 3 for B and C; B at 1 and C at 2 would leave no two periods in a row for A at all
    # B at 1, A at 2, C at 0: 5 + 0 + 3; A at 0, C at 2, B at 3: 5 + 3 + 0; A at 1 is best by sum, too
    problem = heavy_or_light()
    lighter = changed(problem, rules=(*problem.rules, *problem.rules[1:]))  # now A at 1 costs 12, else 5 + 6 = 11
    by_sum, by_weight = (
        solve(lighter, EXACT),
        solve(lighter, Limits(seconds=None, deterministic=20.0, lexicographic=True)),
    )
    assert by_sum.score is not None
    assert by_weight.score is not None
    assert by_weight.timetable is not None
    assert by_sum.score.soft == 11
    assert by_weight.score.soft == 12
    assert by_weight.timetable.placement["A"].start == 1
    assert by_weight.status is Status.OPTIMAL


# ---- limits --------------------------------------------------------------------------------------------------------


def test_deterministic_runs_are_the_same() -> None:
    limits = Limits(seconds=None, deterministic=0.3, seed=7)
    one, other = solve(SCHOOL, limits), solve(SCHOOL, limits)
    assert one.timetable == other.timetable
    assert [(p.objective, p.bound, p.unplaced) for p in one.curve] == [
        (p.objective, p.bound, p.unplaced) for p in other.curve
    ]
    assert one.workers == 1
    assert one.seed == 7


def test_the_time_limit_is_kept() -> None:
    result = solve(SCHOOL, Limits(seconds=1.0, workers=2))
    assert 1.0 <= result.seconds_total < 3.0 or result.status is Status.OPTIMAL


@pytest.mark.skipif(not COMPILED, reason="without machine code the exact search is all there is")
def test_where_there_are_too_many_choices_local_search_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, limits = tiny_problem(1), Limits(1.0, first=True)
    assert run.TOO_LARGE not in solve(problem, limits).notes
    monkeypatch.setattr(run, "MOST_CHOICES", 0)
    monkeypatch.setattr(run, "cp_sat", lambda search: pytest.fail("the exact search was begun"))
    result = solve(problem, limits)
    assert run.TOO_LARGE in result.notes


def test_first_stops_at_the_first_complete_timetable() -> None:
    result = solve(SCHOOL, Limits(seconds=None, first=True, deterministic=20.0))
    assert result.status is Status.FEASIBLE
    assert result.seconds_first == result.seconds_best
    assert len([p for p in result.curve if p.unplaced == 0 and p.hard == 0]) == 1


def test_the_gap_is_good_enough() -> None:
    result = solve(SCHOOL, Limits(seconds=60, gap=0.9, workers=2))
    assert result.gap is not None
    assert result.gap <= 0.9


def test_no_improvement_ends_a_search_that_stands_still() -> None:
    """A better timetable may still come in while the parts end."""
    result = solve(SCHOOL, Limits(seconds=120, no_improvement=0.5, workers=2))
    better = [p.seconds for p in result.curve if p.unplaced == 0 and p.hard == 0]
    assert result.seconds_total < 100
    assert result.status is Status.OPTIMAL or max(b - a for a, b in pairwise([*better, result.seconds_total])) >= 0.5


def test_cancel_ends_the_search() -> None:
    began = time.monotonic()
    result = solve(SCHOOL, Limits(seconds=None, workers=2), cancel=lambda: time.monotonic() > began + 0.7)
    assert time.monotonic() - began < 3.0
    assert result.timetable is None or score(SCHOOL, result.timetable) == result.score


def test_cancel_before_anything_is_found_is_unknown() -> None:
    result = solve(SCHOOL, cancel=lambda: True)
    assert (result.status, result.timetable, result.score, result.gap) == (Status.UNKNOWN, None, None, None)


def test_a_wall_clock_limit_that_comes_first_is_noted() -> None:
    result = solve(SCHOOL, Limits(seconds=0.3, deterministic=1000.0))
    assert result.notes == ("The limit of 0.3 seconds came first, so another run may end differently.",)


# ---- start, progress, result ---------------------------------------------------------------------------------------


def test_the_start_is_never_made_worse() -> None:
    good = solve(SCHOOL, Limits(seconds=None, deterministic=0.3))
    again = solve(SCHOOL, Limits(seconds=None, deterministic=0.01), start=good.timetable)
    assert good.score is not None
    assert again.score is not None
    assert again.score.key <= good.score.key


def test_a_search_without_time_returns_the_start() -> None:
    start = solve(SCHOOL, Limits(seconds=None, first=True, deterministic=20.0)).timetable
    result = solve(SCHOOL, Limits(seconds=0), start=start)
    assert result.timetable == start
    assert (result.status, result.source) == (Status.FEASIBLE, "start")


def test_a_start_of_another_problem_is_refused() -> None:
    start = Timetable(placements=(Placement(lesson="stranger", start=0),))
    with pytest.raises(ValueError, match="unknown lesson 'stranger'"):
        solve(SCHOOL, start=start)


def test_progress_is_told_as_it_comes_and_kept_as_the_curve() -> None:
    told: list[Progress] = []
    result = solve(SCHOOL, Limits(seconds=None, deterministic=0.3), on_progress=told.append)
    assert tuple(told) == result.curve
    assert [p.seconds for p in told] == sorted(p.seconds for p in told)
    assert told[-1].objective == (result.score and result.score.soft)


def test_an_error_in_on_progress_reaches_the_caller() -> None:
    def fail(progress: Progress) -> None:
        raise ArithmeticError("display broke")

    with pytest.raises(ArithmeticError, match="display broke"):
        solve(SCHOOL, Limits(workers=2), on_progress=fail)


def test_the_hash_names_the_problem() -> None:
    assert hash_of(SCHOOL) == hash_of(Problem.model_validate_json(SCHOOL.model_dump_json()))
    assert hash_of(SCHOOL) != hash_of(school(seed=2))
    assert len(hash_of(SCHOOL)) == 64


# ---- the parts, and mistakes of the solver -------------------------------------------------------------------------


def with_parts(monkeypatch: pytest.MonkeyPatch, *parts: run.Part) -> None:
    monkeypatch.setattr(run, "PARTS", parts)


def test_the_parts_share_what_they_find(monkeypatch: pytest.MonkeyPatch) -> None:
    """One part places A, the other waits for it and stops the search."""
    problem = Problem(grid=grid(1, 1), lessons=(Lesson(id="A"), Lesson(id="B")), rules=())
    found = Timetable(placements=(Placement(lesson="A", start=0),))

    def finder(search: Search) -> None:
        search.incumbents.offer(found, "finder")
        while not search.should_stop():
            time.sleep(0.01)

    def waiter(search: Search) -> None:
        while search.incumbents.best() is None:
            time.sleep(0.01)
        search.finish()

    with_parts(monkeypatch, finder, waiter)
    result = solve(problem, Limits(seconds=30))
    assert result.source == "finder"
    assert result.seconds_total < 20


def test_an_error_in_one_part_ends_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(search: Search) -> None:
        raise ArithmeticError("part broke")

    def endless(search: Search) -> None:
        while not search.should_stop():
            time.sleep(0.01)

    with_parts(monkeypatch, endless, breaks)
    with pytest.raises(ArithmeticError, match="part broke"):
        solve(SCHOOL, Limits(seconds=None))


def test_a_model_that_claims_too_little_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    free = Goal(lambda v: sum(0 * amount for amount, _, _ in v.penalties), exact.CHEAPEST.agrees)
    monkeypatch.setattr(exact, "CHEAPEST", free)
    with pytest.raises(ScoreMismatch, match="the model claims 0"):
        solve(SCHOOL, EXACT)


def test_a_model_that_forgets_a_hard_rule_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    never = Unavailable(who=Who(kind="class", ids=("C",)), cells=(0,))
    problem = Problem(grid=grid(1, 1), classes=(SchoolClass(id="C"),), lessons=(Lesson(id="A", classes=("C",)),))
    blind = Exact(Search(problem, EXACT, Incumbents(problem)), best_effort=False)
    monkeypatch.setattr(blind.pool, "problem", changed(problem, rules=(never,)))
    with pytest.raises(ScoreMismatch, match="hard=1"):
        blind.find_any()


def test_a_second_solve_that_disagrees_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first proof is made to lie: it says a solvable problem is impossible."""
    monkeypatch.setattr(Exact, "find_any", lambda self: True)
    with pytest.raises(SolverDisagreement, match="one solve proved"):
        solve(SCHOOL, EXACT)


def test_a_timetable_against_two_proofs_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both proofs are made to lie; the model in which lessons may stay unplaced finds a place for all."""
    monkeypatch.setattr(Exact, "find_any", lambda self: True)
    monkeypatch.setattr(Exact, "confirm_impossible", lambda self: setattr(self.search, "infeasible", True))
    with pytest.raises(SolverDisagreement, match="proven impossible twice"):
        solve(SCHOOL, Limits(seconds=None, first=True, deterministic=20.0))


def test_an_unconfirmed_proof_is_not_shown_as_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lessons, one period; the second proof gets no time."""
    problem = Problem(
        grid=grid(1, 1), teachers=(Teacher(id="T"),), lessons=tuple(Lesson(id=x, teachers=("T",)) for x in "AB")
    )
    real = Exact.solve

    def without_proof(self: Exact, *args: object, **options: object) -> object:
        outcome = real(self, *args, **options)  # type: ignore[arg-type]
        return Outcome(False, False, None, 0.0) if "changes" in options else outcome

    monkeypatch.setattr(Exact, "solve", without_proof)
    result: Result = solve(problem, EXACT)
    assert result.status is Status.PARTIAL
    assert not result.confirmed
    assert result.notes == ("Probably impossible: proven once, but the second proof did not end in time.",)


def test_the_exact_search_gives_the_local_search_a_head_start() -> None:
    """Four lessons: 6 ms, but never more than a tenth of the time."""
    lessons = tuple(Lesson(id=x) for x in "abcd")
    problem = Problem(grid=grid(1, 4), lessons=lessons)

    def waited(limits: Limits) -> float:
        search = Search(problem, limits, Incumbents(problem))
        run.wait_for_local_search(search)
        return search.incumbents.elapsed

    assert waited(Limits(seconds=None)) >= 0.006
    assert waited(Limits(seconds=0.01)) >= 0.001


def test_the_exact_search_does_not_wait_once_there_is_a_complete_timetable() -> None:
    problem = Problem(grid=grid(1, 1), lessons=tuple(Lesson(id="a") for _ in range(1)))
    search = Search(problem, Limits(seconds=None), Incumbents(problem), cancel=lambda: pytest.fail("it waited"))
    search.incumbents.offer(Timetable(placements=(Placement(lesson="a", start=0),)), "start")
    run.wait_for_local_search(search)
