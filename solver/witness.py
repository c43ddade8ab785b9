"""A local search for a complete timetable, beside the search for a contradiction."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from solver.context import Search
from solver.incumbents import Incumbents
from solver.judge import Judge
from solver.limits import Limits
from solver.search.local import local_search
from solver.search.warm import warm_up


@contextmanager
def looking_for_timetable(judge: Judge) -> Iterator[None]:
    """While the block runs. When a complete timetable is found, the judge has nothing left to find out."""
    enough = threading.Event()
    with ThreadPoolExecutor(1) as threads:
        future = threads.submit(_look, judge, enough)
        try:
            yield
        finally:
            enough.set()
    future.result()


def _look(judge: Judge, enough: threading.Event) -> None:
    warm_up()
    limits = Limits(seconds=None, first=True, workers=1, seed=judge.limits.seed)
    search = Search(judge.problem, limits, Incumbents(judge.problem), lambda: enough.is_set() or judge.over())
    local_search(search)
    if search.incumbents.complete:
        judge.found = search.incumbents.timetable
