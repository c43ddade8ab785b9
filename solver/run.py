"""Solving a problem: several parts search side by side and share what they find."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

from models.certificate import hash_of
from models.problem import Problem
from models.timetable import Timetable
from solver.context import HANDOVER, Search
from solver.easier import has_room_prices
from solver.errors import SolverDisagreement
from solver.incumbents import Incumbents, OnProgress, by_sum, by_weight
from solver.limits import Limits
from solver.reasons import with_reasons
from solver.result import Result, Status
from solver.search.jit import COMPILED
from solver.search.local import local_search
from solver.search.warm import warm_up

Part = Callable[[Search], None]
"""Searches until it has nothing left to do or `Search.should_stop` says so; offers what it finds to the pool."""

HEAD_START, LARGEST_SHARE = 0.0015, 0.1
"""Seconds for each lesson, but at most this share of the time, in which the local search is not disturbed: loading
CP-SAT and building its model hold the interpreter, and many schools are complete by then."""

MOST_CHOICES = 10_000_000
"""Times, rooms and teachers among which all lessons together choose, up to which there is an exact search beside the
local one. 100 classes have 1.3 million, US-WS-09 has 32: its model takes 3 GB, 20 s to build and 5 s to let go of."""
TOO_LARGE = "There are too many choices for the exact search, so nothing is known of how much better it could be."

MOST_ALONE = 500_000
"""Choices up to which the exact search goes on alone at the end where rooms have prices."""

MOMENT = 0.01
"""Seconds between two looks at whether it is over."""


def cp_sat(search: Search) -> None:
    """The exact search, loaded when it is needed."""
    from solver.exact import cp_sat as part

    part(search)


def wait_for_local_search(search: Search) -> None:
    """Until there is a complete timetable or the local search has had its head start."""
    limits, pool = search.limits, search.incumbents
    start = HEAD_START * len(search.problem.lessons)
    if limits.seconds is not None:
        start = min(start, LARGEST_SHARE * limits.seconds)
    while COMPILED and not pool.complete and pool.elapsed < start and not search.should_stop():
        time.sleep(MOMENT)


def cp_sat_later(search: Search) -> None:
    if COMPILED and choices(search) > MOST_CHOICES:
        search.notes.append(TOO_LARGE)
        return
    wait_for_local_search(search)
    if not search.should_stop():
        cp_sat(search)


def choices(search: Search) -> int:
    """Of all lessons: times, each alone and with each room and teacher that the lesson may have."""
    domains = search.domains
    return sum(
        len(starts) * (1 + sum(map(len, domains.rooms[lesson])) + sum(map(len, domains.teachers[lesson])))
        for lesson, starts in domains.starts.items()
    )


PARTS: tuple[Part, ...] = (local_search, cp_sat_later)
"""What runs side by side."""

LAST_LOOK = 0.3
"""Seconds after a cancel in which reasons are looked for."""

REPRODUCIBLE: tuple[Part, ...] = (cp_sat,)
"""What runs in deterministic mode, one after the other."""


def solve(
    problem: Problem,
    limits: Limits = Limits(),  # noqa: B008  frozen
    start: Timetable | None = None,
    on_progress: OnProgress | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Result:
    """The best timetable that can be found within the limits. The first search on a machine compiles its code before
    the clock starts.

    start: a timetable to begin with; the result is never worse. on_progress: called with every better timetable or
    bound, from any thread but never two at once. cancel: asked about ten times per second; True ends the search.
    """
    warm_up()
    search = Search(
        problem, limits, Incumbents(problem, on_progress, by_weight if limits.lexicographic else by_sum), cancel
    )
    if start is not None:
        search.incumbents.offer(start, "start")
    if limits.deterministic is not None:
        run_in_turn(REPRODUCIBLE, search)
    else:
        search.handover = handover(search)
        run_together(PARTS, search)
    return result_of(search)


def handover(search: Search) -> float | None:
    """See `Search`."""
    limits = search.limits
    if limits.seconds is None or limits.lexicographic or not has_room_prices(search.problem):
        return None
    return HANDOVER * limits.seconds if choices(search) <= MOST_ALONE else None


def run_in_turn(parts: tuple[Part, ...], search: Search) -> None:
    for part in parts:
        part(search)


def run_together(parts: tuple[Part, ...], search: Search) -> None:
    """Each part in its own thread; an error in one of them ends all and is raised here."""
    with ThreadPoolExecutor(len(parts)) as threads:
        futures = [threads.submit(part, search) for part in parts]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
        finally:
            search.finish()
    for future in futures:
        future.result()


def result_of(search: Search) -> Result:
    pool, limits = search.incumbents, search.limits
    status = status_of(search)
    found, over = pool.timetable, search.patience(LAST_LOOK)
    timetable = None if found is None else with_reasons(search.problem, search.domains, found, over)
    return Result(
        status=status,
        timetable=timetable,
        score=pool.score,
        bound=None if status is Status.INFEASIBLE else pool.bound,
        gap=pool.gap,
        seconds_first=pool.seconds_first,
        seconds_best=pool.seconds_best,
        seconds_total=pool.elapsed,
        curve=tuple(pool.curve),
        seed=limits.seed,
        workers=limits.threads,
        limits=limits,
        source=pool.source,
        problem_hash=hash_of(search.problem),
        confirmed=search.infeasible,
        notes=tuple(notes_of(search)),
    )


def status_of(search: Search) -> Status:
    pool = search.incumbents
    if search.infeasible and pool.complete:
        raise SolverDisagreement("the problem was proven impossible twice, but a complete timetable was found")
    if search.infeasible:
        return Status.INFEASIBLE
    if pool.timetable is None or pool.score is None or pool.score.hard:
        return Status.UNKNOWN
    if not pool.score.complete:
        return Status.PARTIAL if pool.timetable.placements else Status.UNKNOWN
    return Status.OPTIMAL if search.optimal or pool.score.soft <= pool.bound else Status.FEASIBLE


def notes_of(search: Search) -> Iterator[str]:
    limits = search.limits
    yield from search.notes
    if limits.deterministic is not None and limits.seconds is not None and search.incumbents.elapsed >= limits.seconds:
        yield f"The limit of {limits.seconds:g} seconds came first, so another run may end differently."
