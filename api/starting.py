"""What makes a start short."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """For the time of a start, in which next to nothing becomes garbage: looking for it takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def keep_what_is_here() -> None:
    """What the program consists of stays: later collections need not go through it, which would delay answers."""
    gc.freeze()
    gc.enable()
