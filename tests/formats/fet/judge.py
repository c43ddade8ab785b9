"""Puts the activities of a little file at times written "Mon 1" and asks the rules."""

from formats.fet import read_fet
from models.problem import Problem
from models.rules import Violation
from models.score import violations
from models.timetable import Placement, Timetable

Rooms = dict[int, tuple[str | None, ...]]


def placed(written: str) -> dict[int, str]:
    """Times of the activities 1, 2, ...: "Mon 1, Tue 2"."""
    return dict(enumerate(written.split(", "), 1))


def timetable(problem: Problem, at: dict[int, str], rooms: Rooms | None = None) -> Timetable:
    """Places the activities; those not given a room go without."""
    placements = []
    for number, time in at.items():
        lesson = problem.lesson[str(number)]
        cell = problem.grid.cell_at(*time.split())
        assert cell is not None, time
        given = (rooms or {}).get(number, (None,) * len(lesson.rooms))
        placements.append(Placement(lesson=lesson.id, start=cell, rooms=given))
    return Timetable(placements=tuple(placements))


def judged(data: bytes, at: dict[int, str], rooms: Rooms | None = None) -> list[Violation]:
    problem = read_fet(data).problem
    return violations(problem, timetable(problem, at, rooms))


def broken(data: bytes, at: dict[int, str], rooms: Rooms | None = None) -> set[str]:
    """Names of the rules that the timetable breaks."""
    return {v.rule.name for v in judged(data, at, rooms)}
