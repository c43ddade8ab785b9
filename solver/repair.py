"""The timetable that keeps all hard rules with the fewest changes, and proof that fewer are impossible."""

from collections.abc import Callable, Collection, Iterable

from models.problem import Lesson, Pin, Problem
from models.rules.preferred_times import PreferredTimes
from models.timetable import Placement, Timetable
from solver.context import Stopped
from solver.limits import Limits
from solver.old_places import old_places
from solver.repair_result import Repair
from solver.repair_school import School
from solver.repair_steps import Repairing


def repair(
    problem: Problem,
    timetable: Timetable,
    limits: Limits = Limits(),  # noqa: B008  frozen
    locked: Collection[str] = (),
    effective_from: int | None = None,
    most: int | None = None,
    cancel: Callable[[], bool] = lambda: False,
    removed: Iterable[Lesson] = (),
) -> Repair:
    """The nearest timetable that keeps every hard rule of the problem, which already holds what has changed.

    locked: lessons that must stay as they are. effective_from: lessons that start in an earlier cell stay as they
    are, and none is moved there. most: search no further when more lessons than this must move to another time.
    removed: lessons the problem no longer has, whose people are named as affected too.
    ValueError for unknown or unplaced locked lessons, for lessons that must stay but are pinned elsewhere or no
    longer fit, and for a cell outside the grid.
    """
    pinned = locked_problem(problem, timetable, locked, effective_from)
    work = Repairing(School(pinned, old_places(pinned, timetable)), limits, most, cancel)
    try:
        work.squeeze()
        work.polish()
    except Stopped:
        pass
    return work.result(timetable, {x.id: x for x in removed})


def locked_problem(
    problem: Problem, timetable: Timetable, locked: Collection[str] = (), effective_from: int | None = None
) -> Problem:
    """The problem with lessons that must stay pinned to their places, and the past closed to all others."""
    if effective_from is not None and not 0 <= effective_from <= problem.grid.size:
        raise ValueError(f"the repair is to begin in cell {effective_from}, the grid has {problem.grid.size}")
    first = effective_from or 0
    past = [p.lesson for p in timetable.placements if p.start < first and p.lesson in problem.lesson]
    fixed = {id_: _locked_place(problem, timetable, id_) for id_ in (*locked, *past)}
    lessons = tuple(
        x.model_copy(update={"pin": Pin(start=p.start, rooms=p.rooms, teachers=p.teachers)})
        if (p := fixed.get(x.id))
        else x
        for x in problem.lessons
    )
    rules = problem.rules
    free = tuple(x.id for x in problem.lessons if x.id not in fixed)
    if first and free:
        rules = (*rules, PreferredTimes(lessons=free, cells=tuple(range(first, problem.grid.size)), source="the past"))
    fields = {name: getattr(problem, name) for name in type(problem).model_fields}
    return Problem(**{**fields, "lessons": lessons, "rules": rules})


def _locked_place(problem: Problem, timetable: Timetable, id_: str) -> Placement:
    if id_ not in problem.lesson:
        raise ValueError(f"the unknown lesson {id_!r} is to be locked")
    place = timetable.placement.get(id_)
    if place is None:
        raise ValueError(f"lesson {id_!r} is to be locked, but the timetable does not place it")
    start = problem.lesson[id_].pin.start
    if start not in (None, place.start):
        here, there = problem.grid.label(place.start), problem.grid.label(start or 0)
        raise ValueError(f"lesson {id_!r} is to be locked at {here}, but is pinned to {there}")
    return place
