"""A change that begins in a violation begins with a lesson that has part in it."""

from collections import Counter

from models.problem import Lesson, Problem, Teacher
from models.rules import AnyRule
from models.rules.base import Who
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.min_days_between import MinDaysBetween
from models.rules.min_periods_per_day import MinPeriodsPerDay
from models.timetable import Placement, Timetable
from solver.domains import Domains
from solver.search import layout as L  # noqa: N812
from solver.search.compile import Compiled
from solver.search.kernel import draw_block
from tests.solver.rooms_world import grid

LESSONS, DRAWN = "abcdef", 400
TEACHER = Who(kind="teacher")


def drawn(rule: AnyRule, **starts: int) -> Counter[str]:
    """Which of six lessons of a teacher, in three days of four periods, are drawn with the rule broken."""
    lessons = tuple(Lesson(id=x, course=x, teachers=("T",)) for x in LESSONS)
    problem = Problem(grid=grid(3, 4), teachers=(Teacher(id="T"),), lessons=lessons, rules=(rule,))
    c = Compiled(problem, Domains(problem), 1)
    c.load(Timetable(placements=tuple(Placement(lesson=x, start=starts[x]) for x in LESSONS)))
    assert c.m[L.HARD] > 0
    name = {block: x for x, block in c.block_of.items()}
    return Counter(name[draw_block(c.m, 1.0)] for _ in range(DRAWN))


def test_a_lesson_of_the_day_with_too_many() -> None:
    found = drawn(MaxPeriodsPerDay(who=TEACHER, limit=2), a=0, b=1, c=2, d=4, e=5, f=8)
    assert {"a", "b", "c"} <= found.keys()
    assert found["d"] + found["e"] + found["f"] < 0.1 * DRAWN


def test_where_a_day_has_too_few_any_lesson() -> None:
    found = drawn(MinPeriodsPerDay(who=TEACHER, limit=2), a=0, b=1, c=2, d=4, e=5, f=8)
    assert min(found[x] for x in LESSONS) > 0.08 * DRAWN


def test_one_of_the_lessons_too_close() -> None:
    apart = MinDaysBetween(lessons=("a", "b", "c"), days=1)
    found = drawn(apart, a=0, b=1, c=4, d=5, e=8, f=9)
    assert found["a"] + found["b"] > 0.9 * DRAWN
    assert min(found["a"], found["b"]) > 0.2 * DRAWN
