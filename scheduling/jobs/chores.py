"""What a worker does beside its jobs, each in a thread of its own so that nothing slow holds the others up."""

from collections.abc import Callable
from threading import Event, Thread

import structlog

from scheduling.errors import Unavailable

log = structlog.get_logger("timewright.worker")
Chore = Callable[[Event], None]
"""Runs until the event is set."""


def every(seconds: float, work: Callable[[], object]) -> Chore:
    """The work again and again, with a pause between; a failure is told, and the work tried again."""

    def chore(stop: Event) -> None:
        while not stop.wait(seconds):
            try:
                work()
            except Unavailable:
                pass  # the worker itself tells that the database is gone
            except Exception as error:
                log.error("a chore failed", exc_info=error)

    return chore


def begin(chores: tuple[Chore, ...], stop: Event) -> None:
    for number, chore in enumerate(chores):
        Thread(target=chore, args=(stop,), name=f"chore-{number}", daemon=True).start()
