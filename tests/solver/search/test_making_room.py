"""In a swap one of those in the way makes room."""

from models.problem import Lesson, Problem, Teacher
from models.time import Day, Period, PeriodGrid
from models.timetable import Placement, Timetable
from solver.domains import Domains
from solver.search import layout as L  # noqa: N812
from solver.search.compile import Compiled
from solver.search.kernel import begin, swap, undo

DAY = PeriodGrid(days=(Day(id="Mon"),), periods=tuple(Period(id=str(h), start=60 * h, end=60 * h + 60) for h in (8, 9)))


def loaded(*lessons: Lesson, placed: tuple[Placement, ...]) -> Compiled:
    problem = Problem(grid=DAY, teachers=(Teacher(id="A"), Teacher(id="B")), lessons=lessons)
    c = Compiled(problem, Domains(problem))
    c.load(Timetable(placements=placed))
    return c


def starts(c: Compiled) -> dict[str, int]:
    return {x.id: int(c.m[c.m[L.START] + c.block_of[x.id]]) for x in c.problem.lessons}


def test_in_a_swap_one_of_those_in_the_way_takes_the_place_and_the_others_stay() -> None:
    """Two teachers without a free period, and a lesson that needs both."""
    c = loaded(
        Lesson(id="both", teachers=("A", "B")),
        Lesson(id="a", teachers=("A",)),
        Lesson(id="b", teachers=("B",)),
        placed=tuple(Placement(lesson=x, start=s) for x, s in (("both", 0), ("a", 1), ("b", 1))),
    )
    seen = set()
    for _ in range(20):
        begin(c.m)
        swap(c.m, c.block_of["both"], 1)
        after = starts(c)
        assert (after["both"], {after["a"], after["b"]}, c.m[L.HARD]) == (1, {0, 1}, 1)
        seen.add(after["a"])
        undo(c.m)
    assert seen == {0, 1}
    assert starts(c) == {"both": 0, "a": 1, "b": 1}


def test_a_free_place_is_taken_without_a_swap() -> None:
    c = loaded(
        Lesson(id="a", teachers=("A",)),
        Lesson(id="b", teachers=("B",)),
        placed=(Placement(lesson="a", start=0), Placement(lesson="b", start=1)),
    )
    begin(c.m)
    swap(c.m, c.block_of["a"], 1)
    assert starts(c) == {"a": 1, "b": 1}
