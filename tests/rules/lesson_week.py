"""A week for the rules on lessons: Mon to Fri, periods 1 2 3, lunch, 4 5; week A and week B.

Lessons are written "a*2@A Mon1": lesson a, 2 periods long, in week A only, pinned to start in period 1 of Monday;
without a time it is left to the solver. Lesson z is the innocent: no rule names it.
"""

import re
from typing import Any

from ortools.sat.python import cp_model

from models.board import Board
from models.problem import Lesson, Pin, Problem, SchoolClass, Teacher
from models.rules import AnyRule, Rule, Violation
from models.time import Day, Period, PeriodGrid, PeriodKind
from models.timetable import Placement, Timetable
from solver.model import build

GRID = PeriodGrid(
    days=tuple(Day(id=d) for d in ("Mon", "Tue", "Wed", "Thu", "Fri")),
    periods=(
        *(Period(id=f"{p}", start=480 + 60 * p, end=540 + 60 * p) for p in (1, 2, 3)),
        Period(id="noon", start=720, end=780, kind=PeriodKind.LUNCH),
        *(Period(id=f"{p}", start=540 + 60 * p, end=600 + 60 * p) for p in (4, 5)),
    ),
    weeks=("A", "B"),
)
WRITTEN = re.compile(r"(?P<id>\w)(\*(?P<duration>\d))?(@(?P<week>[AB]))?( (?P<day>\w{3})(?P<period>\d))?")


def cell(time: str) -> int:
    """Cell of "Mon1"."""
    found = GRID.cell_at(time[:3], time[3:])
    assert found is not None, time
    return found


def cells(times: str) -> tuple[int, ...]:
    return tuple(cell(time) for time in times.split())


def lesson(written: str, **fields: Any) -> Lesson:
    read = WRITTEN.fullmatch(written)
    assert read is not None, written
    start = None if read["day"] is None else cell(read["day"] + read["period"])
    weeks = () if read["week"] is None else ("AB".index(read["week"]),)
    return Lesson(id=read["id"], duration=int(read["duration"] or 1), weeks=weeks, pin=Pin(start=start), **fields)


def school(lessons: tuple[str | Lesson, ...], rules: tuple[AnyRule, ...] = ()) -> Problem:
    """Lessons given as text have no class, teacher or room, so that nothing but the rule is in their way."""
    return Problem(
        grid=GRID,
        teachers=tuple(Teacher(id=t) for t in ("T", "U", "V")),
        classes=(
            SchoolClass(id="7A"),
            SchoolClass(id="7A1", part_of="7A", split="s"),
            SchoolClass(id="7A2", part_of="7A", split="s"),
        ),
        lessons=tuple(lesson(x) if isinstance(x, str) else x for x in lessons),
        rules=rules,
    )


def violations(rule: Rule, *lessons: str | Lesson) -> list[Violation]:
    """By the definition, with every pinned lesson where it is pinned and the others unplaced."""
    problem = school(lessons)
    placements = tuple(
        Placement(lesson=x.id, start=x.pin.start, teachers=x.pin.teachers or ())
        for x in problem.lessons
        if x.pin.start is not None
    )
    return list(rule.violations(Board(problem, Timetable(placements=placements))))


def amount(rule: Rule, *lessons: str | Lesson) -> int:
    return sum(v.amount for v in violations(rule, *lessons))


def cheapest(rule: AnyRule, *lessons: str | Lesson) -> int | None:
    """By the solver: the least penalty possible with the rule, None if there is no timetable."""
    v = build(school(lessons, (rule,)))
    v.model.minimize(sum(amount * weight for amount, weight, _ in v.penalties))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(v.model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None


def taught(lessons: str, **fields: Any) -> tuple[Lesson, ...]:
    """Lessons of teacher T, given as "a Mon1, b Tue1"; the innocent z is taught by U."""
    return tuple(lesson(x, **{"teachers": ("U",) if x[0] == "z" else ("T",), **fields}) for x in lessons.split(", "))


def both_twins_find(expected: int, rule: AnyRule, lessons: str | tuple[Lesson, ...]) -> None:
    """The definition, the soft encoding and the hard one agree on pinned lessons, given as "a Mon1, b Tue1"."""
    pinned = lessons.split(", ") if isinstance(lessons, str) else lessons
    assert amount(rule, *pinned) == expected
    assert cheapest(rule.model_copy(update={"weight": 1}), *pinned) == expected
    assert (cheapest(rule, *pinned) is None) == (expected > 0)
