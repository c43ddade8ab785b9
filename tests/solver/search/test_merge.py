"""Classes whose lessons always start together are judged once, and count as often as they are."""

from models.problem import Lesson, Problem, SchoolClass, Teacher
from models.rules import Who
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.same_start import SameStart
from models.score import score
from models.time import Day, Period, PeriodGrid
from models.timetable import Placement, Timetable
from solver.domains import Domains
from solver.search import layout as L  # noqa: N812
from solver.search.compile import Compiled
from tests.strategies import changed

GRID = PeriodGrid(
    days=(Day(id="Mon"),),
    periods=tuple(Period(id=f"P{p}", start=480 + 60 * p, end=525 + 60 * p) for p in range(4)),
)


def neighbours(parallel: bool) -> Problem:
    """7a and 7b have two lessons together and one each, at the same time if they are parallel."""
    both = ("7a", "7b")
    together = (SameStart(lessons=("own a", "own b")),) if parallel else ()
    return Problem(
        grid=GRID,
        teachers=(Teacher(id="T"),),
        classes=(SchoolClass(id="7a"), SchoolClass(id="7b")),
        lessons=(
            Lesson(id="first", classes=both, teachers=("T",)),
            Lesson(id="last", classes=both, teachers=("T",)),
            Lesson(id="own a", classes=("7a",)),
            Lesson(id="own b", classes=("7b",)),
        ),
        rules=(MaxGapsPerWeek(who=Who(kind="class"), limit=0), *together),
    )


def state(problem: Problem, first: int, last: int, own: int) -> tuple[Compiled, Timetable]:
    starts = {"first": first, "last": last, "own a": own, "own b": own}
    timetable = Timetable(placements=tuple(Placement(lesson=x, start=s) for x, s in starts.items()))
    c = Compiled(problem, Domains(problem))
    c.load(timetable)
    return c, timetable


def rows_in_use(c: Compiled) -> set[int]:
    return {row for uses in c.uses for row in uses}


def test_classes_with_parallel_lessons_become_one_row_that_counts_twice() -> None:
    c, timetable = state(neighbours(parallel=True), 0, 2, 3)
    assert len(rows_in_use(c)) == 1
    assert c.m[L.HARD] == 1
    assert c.m[L.HARD_EVERY] == score(c.problem, timetable).hard == 2


def test_classes_that_can_differ_keep_their_rows() -> None:
    c, timetable = state(neighbours(parallel=False), 0, 2, 3)
    assert len(rows_in_use(c)) == 2
    assert c.m[L.HARD] == c.m[L.HARD_EVERY] == score(c.problem, timetable).hard == 2


def test_a_teacher_whose_lessons_are_all_of_one_class_clashes_only_there() -> None:
    c, _ = state(neighbours(parallel=True), 0, 0, 1)
    assert c.m[L.HARD] == 1


def test_a_teacher_of_two_classes_keeps_clashes_of_his_own() -> None:
    base = neighbours(parallel=False)
    lessons = tuple(changed(x, teachers=("T",)) for x in base.lessons)
    c, _ = state(changed(base, lessons=lessons, rules=()), 0, 2, 3)
    assert c.m[L.HARD] == 1


def choosers(pairs: str) -> Problem:
    """Lessons of one letter; each pair of letters is a student set that has both."""
    classes = {letter: tuple(pair for pair in pairs.split() if letter in pair) for letter in sorted(set(pairs) - {" "})}
    return Problem(
        grid=GRID,
        classes=tuple(SchoolClass(id=pair) for pair in pairs.split()),
        lessons=tuple(Lesson(id=letter, classes=names) for letter, names in classes.items()),
    )


def clashes(pairs: str, **starts: int) -> tuple[int, int]:
    """(rows in use, hard amount)"""
    problem = choosers(pairs)
    c = Compiled(problem, Domains(problem))
    c.load(Timetable(placements=tuple(Placement(lesson=x, start=s) for x, s in starts.items())))
    return len(rows_in_use(c)), c.m[L.HARD]


def test_lessons_that_exclude_one_another_in_pairs_share_a_row() -> None:
    assert clashes("ab bc ac", a=0, b=1, c=2) == (1, 0)
    assert clashes("ab bc ac", a=0, b=2, c=2) == (1, 1)


def test_lessons_that_may_run_side_by_side_do_not_share_a_row() -> None:
    assert clashes("ab bc", a=2, b=1, c=2) == (2, 0)
    assert clashes("ab bc", a=1, b=1, c=2) == (2, 1)
    assert clashes("ab bc", a=2, b=1, c=1) == (2, 1)
