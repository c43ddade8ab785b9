"""Waiting takes time but is no work."""

import time

from solver.stopwatch import Stopwatch


def test_waiting_is_not_working() -> None:
    watch = Stopwatch()
    time.sleep(0.05)
    assert watch.worked < 0.05 <= watch.elapsed


def test_never_more_work_than_time() -> None:
    watch = Stopwatch()
    worked, elapsed = watch.worked, watch.elapsed
    assert 0.0 <= worked <= elapsed
