"""The menu of fixes: priced, different, and each proven on the whole problem."""

from functools import partial
from random import Random

import pytest

from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules import Rule, Who
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.min_days_between import MinDaysBetween
from models.rules.not_twice_a_day import NotTwiceADay
from models.rules.preferred_times import PreferredTimes
from models.rules.unavailable import Unavailable
from models.score import score
from solver import Limits, Status, solve
from solver.context import Stopped, stop_if
from solver.edits import replaced, without_lesson
from solver.fixes import fixes
from solver.loosen import ways
from solver.menu import Menu
from solver.tries import Tries
from tests.solver.brute_force import tiny_problem
from tests.solver.rooms_world import grid
from tests.strategies import changed, random_rules

EXACT = Limits(seconds=None, deterministic=20.0)


def school(*rules: Rule, lessons: tuple[Lesson, ...] = ()) -> Problem:
    """A class with three lessons of one teacher, on two days of three hours; another teacher of the same subject."""
    usual = tuple(Lesson(id=f"L{i}", subject="MAT", classes=("A",), teachers=("T",)) for i in range(3))
    problem = Problem(
        grid=grid(2, 3),
        teachers=(Teacher(id="T", source="Teachers!A2"), Teacher(id="U", subjects=("MAT",))),
        classes=(SchoolClass(id="A"), SchoolClass(id="B")),
        rooms=(Room(id="R", features=("lab",)), Room(id="S")),
        lessons=lessons or usual,
    )
    return changed(problem, rules=rules)


def away(*cells: int, who: str = "T", source: str = "") -> Unavailable:
    return Unavailable(who=Who(kind="teacher", ids=(who,)), cells=cells, source=source)


def menu_of(problem: Problem, count: int = 5) -> Menu:
    """The menu, every fix of which is judged and solved anew."""
    menu = fixes(problem, EXACT, count)
    assert menu.status is Status.INFEASIBLE
    assert [f.price for f in menu.fixes] == sorted(f.price for f in menu.fixes)
    assert len({f.sentence for f in menu.fixes}) == len(menu.fixes)
    for fix in menu.fixes:
        mended = fix.apply(problem)
        assert score(mended, fix.timetable).complete
        assert solve(mended, EXACT).status in (Status.OPTIMAL, Status.FEASIBLE)
    return menu


def sentences(menu: Menu) -> list[str]:
    return [f.sentence for f in menu.fixes]


# ---- what is on it ---------------------------------------------------------------------------------------------------


def test_an_opened_time_disproves_the_counting_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """T has three lessons and two free times; with one more open no contradiction must be looked for again."""

    def explained(tries: Tries, looser: Problem, limits: Limits) -> None:
        raise AssertionError("a timetable was not looked for")

    monkeypatch.setattr(Tries, "_explained", explained)
    menu = fixes(school(away(0, 1, 2, 3)), EXACT, 1)
    assert "Make T available" in menu.fixes[0].sentence


def test_one_period_of_a_teacher_is_the_cheapest() -> None:
    menu = menu_of(school(away(0, 1, 2, 3, source="Unavailable!A2")))
    cheapest, *others = menu.fixes
    assert cheapest.price == 3
    assert cheapest.sentence.startswith("Make T available on")
    assert cheapest.sentence.endswith("(Unavailable!A2)")
    assert len(others) >= 2
    assert any("Give from T" in f.sentence for f in others)
    assert any("Only as a wish: T is not available" in f.sentence for f in others)


def test_what_is_applied_is_exactly_what_is_told() -> None:
    problem = school(away(0, 1, 2, 3))
    fix = menu_of(problem, count=1).fixes[0]
    (rule,) = fix.apply(problem).rules
    assert isinstance(rule, Unavailable)
    assert len(rule.cells) == 3
    assert fix.apply(problem).lessons == problem.lessons


def test_a_pin_may_be_taken_away() -> None:
    lessons = tuple(
        Lesson(id=f"L{i}", teachers=("T",), classes=(c,), pin=Pin(start=0), source=f"Lessons!A{i}")
        for i, c in enumerate("AB")
    )
    assert {s for s in sentences(menu_of(school(lessons=lessons))) if "pin" in s} == {
        "Do not pin A (Lessons!A0)",
        "Do not pin B (Lessons!A1)",
    }


def test_one_more_room_for_one_period() -> None:
    lessons = tuple(Lesson(id=f"L{i}", rooms=(RoomRequest(features=("lab",)),)) for i in range(2))
    closed = Unavailable(who=Who(kind="room", ids=("R",)), cells=(0, 1, 2, 3, 4))
    menu = menu_of(school(closed, lessons=lessons))
    assert any(s.startswith("One more room like R on") for s in sentences(menu))
    assert any(s.startswith("Make R available on") for s in sentences(menu))
    assert any(s.startswith("Let ") and "any room" in s for s in sentences(menu))


def test_a_double_may_be_divided() -> None:
    lessons = (Lesson(id="L0", subject="ART", duration=2, teachers=("T",)),)
    menu = menu_of(school(away(1, 4), lessons=lessons))
    assert "Divide ART (2 periods in a row) into 1 and 1" in sentences(menu)


def test_a_limit_is_raised_by_what_is_needed() -> None:
    rule = MaxPeriodsPerDay(who=Who(kind="teacher"), limit=1, source="Rules!A2")
    menu = menu_of(school(rule))
    assert "T: max periods per day (limit 1): 2 instead of 1 (Rules!A2)" in sentences(menu)
    mended = menu.fixes[0].apply(school(rule))
    limits = {r.who.ids: r.limit for r in mended.rules if isinstance(r, MaxPeriodsPerDay)}
    assert limits == {("T",): 2, ("U",): 1}


def test_a_least_number_is_lowered() -> None:
    rule = MinDaysBetween(lessons=("L0", "L1"), days=2)
    assert any(s.endswith("1 instead of 2") for s in sentences(menu_of(school(rule))))


def test_further_times_for_a_lesson() -> None:
    times = tuple(PreferredTimes(lessons=(f"L{i}",), cells=(0,)) for i in range(2))
    assert any(s.startswith("Allow ") and "also on" in s for s in sentences(menu_of(school(*times))))


def test_two_contradictions_are_mended_together() -> None:
    more = tuple(Lesson(id=f"M{i}", classes=("B",), teachers=("U",)) for i in range(2))
    problem = school(away(0, 1, 2, 3), away(0, 1, 2, 3, 4, who="U"))
    problem = changed(problem, lessons=(*problem.lessons, *more))
    menu = menu_of(problem, count=3)
    assert len(menu.explanation.cores) == 2
    assert {len(f.changes) for f in menu.fixes} == {2}
    assert len(menu.fixes) == 3


def test_within_seconds_the_menu_is_found_from_above_too() -> None:
    """Two contradictions; the timetable found for a fix stands for others that loosen the same facts otherwise."""
    more = tuple(Lesson(id=f"M{i}", classes=("B",), teachers=("U",)) for i in range(2))
    problem = school(away(0, 1, 2, 3), away(0, 1, 2, 3, 4, who="U"))
    problem = changed(problem, lessons=(*problem.lessons, *more))
    menu = fixes(problem, Limits(seconds=60, workers=1), 3)
    assert [f.price for f in menu.fixes][:1] == [6]
    assert len(menu.fixes) == 3
    assert all(score(f.apply(problem), f.timetable).complete for f in menu.fixes)


def test_the_menu_of_random_problems_is_proven() -> None:
    """Whatever cannot be solved and can be mended: each fix on the menu is solved anew."""
    found = 0
    for seed in range(60):
        problem = tiny_problem(seed, most=300)
        hard = tuple(changed(r, weight=None) for r in random_rules(Random(seed), problem, 2))
        problem = changed(problem, rules=(*problem.rules, *hard))
        if problem.lessons and solve(problem, EXACT).status is Status.INFEASIBLE:
            found += len(menu_of(problem, count=3).fixes)
    assert found >= 20


# ---- limits ----------------------------------------------------------------------------------------------------------


def test_nothing_to_fix() -> None:
    menu = fixes(school(), EXACT)
    assert (menu.status, menu.fixes) == (Status.FEASIBLE, ())


def test_no_time_is_unknown() -> None:
    menu = fixes(school(away(0, 1, 2, 3)), Limits(seconds=0))
    assert (menu.status, menu.fixes) == (Status.UNKNOWN, ())


def test_at_least_one_fix_is_asked_for() -> None:
    with pytest.raises(ValueError, match="0 fixes"):
        fixes(school(), EXACT, count=0)


# ---- edits -----------------------------------------------------------------------------------------------------------


def test_the_others_keep_a_rule_that_is_replaced_for_one() -> None:
    everyone = MaxPeriodsPerDay(who=Who(kind="teacher"), limit=1)
    one = everyone.model_copy(update={"who": Who(kind="teacher", ids=("T",))})
    assert [r.who.ids for r in replaced(school(everyone), one, []).rules] == [("U",)]  # type: ignore[union-attr]


def test_a_rule_that_is_gone_is_not_replaced_again() -> None:
    assert replaced(school(), away(0), [away(1)]) == school()


def test_rules_forget_a_lesson_that_is_left_out() -> None:
    rules = (NotTwiceADay(lessons=("L0", "L1", "L2")), PreferredTimes(lessons=("L0",), cells=(1,)))
    mended = without_lesson(school(*rules), "L0")
    assert [x.id for x in mended.lessons] == ["L1", "L2"]
    assert [r.lessons for r in mended.rules] == [("L1", "L2")]  # type: ignore[union-attr]


# ---- cancel ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [1, 5, 20])
def test_a_cancel_ends_the_menu_at_the_next_question(after: int) -> None:
    """Wherever it comes, nobody asks more than a few times after it: each part of the work hears of it once."""
    asked = 0

    def cancel() -> bool:
        nonlocal asked
        asked += 1
        return asked > after

    menu = fixes(school(away(0, 1, 2, 3)), EXACT, cancel=cancel)
    assert menu.fixes == ()
    assert asked <= after + 8


def test_looking_for_ways_can_be_ended_between_its_counts() -> None:
    problem = school(away(0, 1, 2, 3))
    (core,) = fixes(problem, EXACT, count=1).explanation.cores
    with pytest.raises(Stopped):
        ways(problem, core, partial(stop_if, lambda: True))
