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
    """Compile without the interpreter lock, keeping the machine code on disk for the next start.

    Without numba's runtime, as the kernel makes no arrays: it would count who holds the memory in every call, by locked
    instructions, for about a sixth of the time of a step."""
    if not COMPILED:
        return function
    compiler = numba.njit(cache=True, nogil=True, _nrt=False)  # type: ignore[call-overload]  # its stubs lack _nrt
    return cast(F, compiler(function))
