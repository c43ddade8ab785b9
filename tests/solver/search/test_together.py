"""A chain brings along the lessons that must stay beside the one that moves, or start as it does."""

import pytest

from models.problem import Lesson, Problem, Teacher
from models.rules import AnyRule
from models.rules.consecutive import Consecutive
from models.rules.grouped import Grouped
from models.rules.same_day import SameDay
from models.rules.same_period import SamePeriod
from models.time import Day, Period, PeriodGrid
from models.timetable import Placement, Timetable
from solver.domains import Domains
from solver.search import layout as L  # noqa: N812
from solver.search.compile import Compiled
from solver.search.kernel import begin, chain, undo
from tests.strategies import changed

WEEK = PeriodGrid(
    days=(Day(id="Mon"), Day(id="Tue")),
    periods=tuple(Period(id=str(hour), start=60 * hour, end=60 * hour + 60) for hour in (8, 9, 10)),
)
PAIR = ("first", "second")


def school(*rules: AnyRule, shared: bool = False) -> Problem:
    """A pair of lessons of different teachers and a third one, which with `shared` has the teacher of the second."""
    teachers = {"first": "A", "second": "B", "third": "B" if shared else "C"}
    return Problem(
        grid=WEEK,
        teachers=tuple(Teacher(id=x) for x in "ABC"),
        lessons=tuple(Lesson(id=x, teachers=(teacher,)) for x, teacher in teachers.items()),
        rules=rules,
    )


def loaded(problem: Problem, first: int, second: int, third: int = 5) -> Compiled:
    c = Compiled(problem, Domains(problem))
    starts = {"first": first, "second": second, "third": third}
    c.load(Timetable(placements=tuple(Placement(lesson=x, start=s) for x, s in starts.items())))
    return c


def starts(c: Compiled) -> list[int]:
    return [int(c.m[c.m[L.START] + c.block_of[x]]) for x in ("first", "second", "third")]


def moved(c: Compiled, lesson: str, target: int) -> list[int]:
    """Starts after a chain that begins with a lesson; cells 0 to 2 are Monday, 3 to 5 Tuesday."""
    begin(c.m)
    chain(c.m, c.block_of[lesson], target, 6, 1.0)
    return starts(c)


@pytest.mark.parametrize(
    ("rule", "lesson", "target", "expected"),
    [
        (Consecutive(lessons=PAIR), "first", 3, [3, 4, 5]),
        (Consecutive(lessons=PAIR), "second", 4, [3, 4, 5]),
        (Grouped(lessons=PAIR), "first", 3, [3, 4, 5]),
        (SameDay(lessons=PAIR), "first", 3, [3, 4, 5]),
        (SamePeriod(lessons=PAIR), "second", 3, [0, 3, 5]),
    ],
    ids=["next", "before", "grouped", "same day", "same period"],
)
def test_the_other_lesson_comes_along(rule: AnyRule, lesson: str, target: int, expected: list[int]) -> None:
    c = loaded(school(rule), 0, 1)
    assert moved(c, lesson, target) == expected
    assert c.m[L.HARD] == 0


def test_a_lesson_stays_where_the_rule_is_kept_anyway() -> None:
    assert moved(loaded(school(SameDay(lessons=PAIR)), 0, 1), "first", 2) == [2, 1, 5]


def test_who_is_in_the_way_of_the_other_lesson_takes_its_place() -> None:
    c = loaded(school(Consecutive(lessons=PAIR), shared=True), 0, 1, 4)
    assert moved(c, "first", 3) == [3, 4, 1]


def test_a_lesson_never_leaves_the_starts_it_may_have() -> None:
    problem = school(Consecutive(lessons=PAIR))
    second = changed(problem.lesson["second"], pin=changed(problem.lesson["second"].pin, start=1))
    c = loaded(changed(problem, lessons=(problem.lesson["first"], second, problem.lesson["third"])), 0, 1)
    assert moved(c, "first", 3) == [3, 1, 5]


def test_all_of_it_can_be_taken_back() -> None:
    c = loaded(school(Consecutive(lessons=PAIR), shared=True), 0, 1, 4)
    moved(c, "first", 3)
    undo(c.m)
    assert starts(c) == [0, 1, 4]
    assert c.m[L.HARD] == 0


def test_neighbours_on_both_sides_keep_their_sides() -> None:
    c = loaded(school(Grouped(lessons=("second", "first")), Grouped(lessons=("second", "third"))), 0, 1, 2)
    assert moved(c, "second", 4) == [3, 4, 5]
    assert c.m[L.HARD] == 0
