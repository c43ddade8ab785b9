"""Making the machine code of the local search ready: compiled once on a machine (some 20 s), then read from disk."""

from functools import cache

from models.problem import Lesson, Problem, Room, RoomRequest
from models.time import Day, Period, PeriodGrid
from solver.domains import Domains
from solver.search.compile import Compiled
from solver.search.jit import COMPILED
from solver.search.kernel import (
    anneal,
    anneal_by_swaps,
    forget,
    go_to_best,
    judge_soft,
    keep_best,
    learn,
    put_back,
    refine,
    repick,
    strip,
)


@cache
def warm_up() -> None:
    """Call before the clock of a search starts. Does nothing the second time, or where nothing is compiled."""
    if not COMPILED:
        return
    made = Compiled(smallest_school(), Domains(smallest_school()))
    made.load(None)
    keep_best(made.m)
    anneal(made.m, 2, 0.1, 1.0, 0.5, 6, 0.2, 0.8, True)
    anneal_by_swaps(made.m, 2, 0.1, 1.0, 0.5)
    refine(made.m, 2, 0.1, 1.0, 0.5, 0.5, 0.5, 6)
    strip(made.m, 1, 1, 0)
    for function in (put_back, forget, go_to_best):
        function(made.m)
    learn(made.m, 2)
    judge_soft(made.m, False)
    repick(made.m, 0, 0)


def smallest_school() -> Problem:
    """One lesson, two periods, two rooms to choose from."""
    periods = tuple(Period(id=str(hour), start=60 * hour, end=60 * hour + 45) for hour in (8, 9))
    return Problem(
        grid=PeriodGrid(days=(Day(id="Mon"),), periods=periods),
        rooms=(Room(id="R1"), Room(id="R2")),
        lessons=(Lesson(id="lesson", rooms=(RoomRequest(optional=True),)),),
    )
