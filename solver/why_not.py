"""What it really costs to have a lesson somewhere, when all others may make way: `models.what_if` with a solve."""

from collections.abc import Callable
from dataclasses import dataclass

from models.problem import Pin, Problem
from models.score import score
from models.timetable import Placement, Timetable
from solver.limits import Limits
from solver.repair import repair
from solver.repair_result import Repair


@dataclass(frozen=True)
class ExactCost:
    """repair: the nearest timetable with the lesson there, and what is proven of it. soft: what that changes in the
    penalty, among repairs of as few moves; None without a timetable."""

    placement: Placement
    repair: Repair
    soft: int | None


def exact_cost(
    problem: Problem,
    timetable: Timetable,
    placement: Placement,
    limits: Limits = Limits(seconds=30),  # noqa: B008  frozen
    any_room: bool = True,
    cancel: Callable[[], bool] = lambda: False,
) -> ExactCost:
    """any_room: rooms and teachers of the lesson may be others than those of the placement.

    Lessons that must start with it go along. ValueError for an unknown lesson or a cell where it does not fit.
    """
    pinned = _pinned(problem, placement, any_room)
    found = repair(pinned, timetable, limits, cancel=cancel)
    if found.timetable is None:
        return ExactCost(placement, found, None)
    return ExactCost(placement, found, score(problem, found.timetable).soft - score(problem, timetable).soft)


def _pinned(problem: Problem, placement: Placement, any_room: bool) -> Problem:
    """The problem with the lesson at its new place, whatever it was pinned to."""
    if placement.lesson not in problem.lesson:
        raise ValueError(f"there is no lesson {placement.lesson!r}")
    pin = Pin(start=placement.start) if any_room else Pin(**placement.model_dump(exclude={"lesson"}))
    lessons = (x.model_copy(update={"pin": pin}) if x.id == placement.lesson else x for x in problem.lessons)
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    return Problem(**{**fields, "lessons": tuple(lessons)})
