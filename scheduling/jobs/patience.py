"""A worker waits for a database that is gone for a while: work of minutes shall not be lost to a restart of it."""

import time
from collections.abc import Callable
from typing import TypeVar

from scheduling.errors import Unavailable

LONGEST = 600.0
"""Seconds to wait in all."""
PAUSE = 1.0

T = TypeVar("T")


def patiently(work: Callable[[], T]) -> T:
    """The result of the work, tried again while the database cannot be reached. work: safe to be repeated."""
    end = time.monotonic() + LONGEST
    while True:
        try:
            return work()
        except Unavailable:
            if time.monotonic() > end:
                raise
            time.sleep(PAUSE)
