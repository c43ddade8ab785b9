"""A small school with two sites for the rules on rooms: north has N1 (20 seats) and N2 (30), south has S1 (30).

Two days of four periods of 50 minutes with 10 minutes between: P0 is 08:00-08:50, P1 is 09:00-09:50, ... Cells 0-3 are
Monday, 4-7 Tuesday. Class 7A (25 students) and its teacher T are in every lesson unless said otherwise.
"""

from typing import Any

from ortools.sat.python import cp_model

from models.board import Board
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules import AnyRule, Rule, Violation
from models.time import Day, Period, PeriodGrid
from models.timetable import Placement, Timetable
from solver.model import build

GRID = PeriodGrid(
    days=(Day(id="Mon"), Day(id="Tue")),
    periods=tuple(Period(id=f"P{p}", start=480 + 60 * p, end=530 + 60 * p) for p in range(4)),
)
ROOMS = (
    Room(id="N1", capacity=20, site="north"),
    Room(id="N2", capacity=30, site="north"),
    Room(id="S1", capacity=30, site="south"),
)
ANY = RoomRequest()
MAYBE = RoomRequest(optional=True)


def lesson(id_: str, start: int | None = None, *rooms: str | None, **fields: Any) -> Lesson:
    """A lesson pinned to a start and rooms; without rooms named, it asks for any one room."""
    given: dict[str, Any] = {"classes": ("7A",), "teachers": ("T",)}
    requests = tuple(MAYBE if room is None else ANY for room in rooms) or (ANY,)
    return Lesson(id=id_, **{"rooms": requests, **given, **fields}, pin=Pin(start=start, rooms=rooms or None))


def school(*lessons: Lesson, rules: tuple[AnyRule, ...] = (), grid: PeriodGrid = GRID) -> Problem:
    return Problem(
        grid=grid,
        teachers=(Teacher(id="T"), Teacher(id="U")),
        classes=(SchoolClass(id="7A", size=25), SchoolClass(id="7B", size=25)),
        rooms=ROOMS,
        lessons=lessons,
        rules=rules,
    )


def violations(rule: Rule, *lessons: Lesson, grid: PeriodGrid = GRID) -> list[Violation]:
    """By the definition, with every lesson that is pinned to a start where it is pinned; the others are unplaced."""
    placements = tuple(
        Placement(lesson=x.id, start=x.pin.start, rooms=x.pin.rooms or (None,) * len(x.rooms))
        for x in lessons
        if x.pin.start is not None
    )
    return list(rule.violations(Board(school(*lessons, grid=grid), Timetable(placements=placements))))


def amount(rule: Rule, *lessons: Lesson, grid: PeriodGrid = GRID) -> int:
    return sum(v.amount for v in violations(rule, *lessons, grid=grid))


def cheapest(rule: AnyRule, *lessons: Lesson, grid: PeriodGrid = GRID) -> int | None:
    """By the solver: the least penalty possible with the rule, None if there is no timetable."""
    v = build(school(*lessons, rules=(rule,), grid=grid))
    v.model.minimize(sum(amount * weight for amount, weight, _ in v.penalties))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(v.model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None
