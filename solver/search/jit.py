"""Machine code where numba is there, the same source as plain Python where it is not."""

from collections.abc import Callable
from typing import TypeVar, cast

F = TypeVar("F", bound=Callable[..., object])

try:
    import numba

    COMPILED = True
except ImportError:  # pragma: no cover  there is no wheel for every platform
    COMPILED = False


def jit(function: F) -> F:
    """Compile without the interpreter lock, keeping the machine code on disk for the next start."""
    return cast(F, numba.njit(cache=True, nogil=True)(function)) if COMPILED else function
