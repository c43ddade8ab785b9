"""A local search for a complete timetable, beside the search for a contradiction."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from solver.context import Search
from solver.facts import Fact, part_of
from solver.incumbents import Incumbents
from solver.judge import Judge
from solver.limits import Limits
from solver.search.local import local_search
from solver.search.warm import warm_up


@contextmanager
def looking_for_timetable(judge: Judge, facts: list[Fact]) -> Iterator[None]:
    """While the block runs. When a timetable that keeps the facts is found, the judge has nothing left to find out."""
    enough = threading.Event()
    with ThreadPoolExecutor(1) as threads:
        future = threads.submit(_look, judge, facts, enough)
        try:
            yield
        finally:
            enough.set()
    future.result()


def _look(judge: Judge, facts: list[Fact], enough: threading.Event) -> None:
    """Lessons that no fact speaks of could be anywhere; one that may clash as far as the facts go is looked for a
    place without a clash."""
    warm_up()
    problem = part_of(judge.problem, facts).problem
    limits = Limits(seconds=None, first=True, workers=1, seed=judge.limits.seed)
    search = Search(problem, limits, Incumbents(problem), lambda: enough.is_set() or judge.over())
    local_search(search)
    timetable = search.incumbents.timetable
    if search.incumbents.complete and timetable is not None:
        judge.found = judge.completed(timetable)
