"""The suite of menus of fixes: what is recorded, and how it is summed up."""

from benchmarks.fixes import SUITE, cases, judged, summary
from benchmarks.records import Record
from models.problem import Lesson, Problem, Teacher
from models.rules import Who
from models.rules.unavailable import Unavailable
from solver import Limits
from solver.fixes import fixes
from solver.menu import Menu
from tests.solver.rooms_world import grid
from tests.strategies import changed


def school(*cells: int) -> Problem:
    """Three lessons of a teacher who is away at these of six times."""
    problem = Problem(
        grid=grid(2, 3),
        teachers=(Teacher(id="T"), Teacher(id="U", subjects=("MAT",))),
        lessons=tuple(Lesson(id=f"L{i}", subject="MAT", teachers=("T",)) for i in range(3)),
    )
    away = Unavailable(who=Who(kind="teacher", ids=("T",)), cells=cells)
    return changed(problem, rules=(away,) if cells else ())


def menu(problem: Problem) -> Menu:
    return fixes(problem, Limits(seconds=None, deterministic=20.0))


def test_one_school_of_each_kind() -> None:
    assert len(cases()) == 10
    assert cases()[0] == "24/overbooked_teacher-1"
    assert SUITE.name == "fixes"


def test_a_menu_of_proven_fixes() -> None:
    problem = school(0, 1, 2, 3)
    record = judged(problem, menu(problem))
    assert (record["status"], record["complete"]) == ("a menu", True)
    assert record["fixes"] == record["proven"] >= 3
    assert (record["cheapest"], record["contradictions"]) == (3, 1)


def test_a_fix_whose_timetable_breaks_a_rule_does_not_count() -> None:
    """The fixes of a school in which T is away for four times leave more open than T's five allow."""
    found = menu(school(0, 1, 2, 3))
    record = judged(school(0, 1, 2, 3, 4, 5), found)
    assert not record["complete"]
    assert record["proven"] < record["fixes"]


def test_nothing_to_fix_is_no_menu() -> None:
    record = judged(school(), menu(school()))
    assert (record["status"], record["complete"], record["fixes"]) == ("feasible", False, 0)


def test_all_menus_are_summed_up() -> None:
    records: list[Record] = [
        {"case": "24/a-1", "seconds_total": 2.0, "fixes": 5, "proven": 5},
        {"case": "24/b-1", "seconds_total": 4.0, "fixes": 2, "proven": 1},
        {"case": "24/c-1", "error": "stopped"},
    ]
    assert summary(records) == ["1 of 3 menus with 3 fixes or more, 6 of 7 fixes proven; median 3.0 s, longest 4.0 s"]
    assert summary(records[2:]) == []
