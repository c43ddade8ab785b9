"""What every part of a search is given."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from models.problem import Problem
from solver.domains import Domains
from solver.incumbents import Incumbents
from solver.limits import Criterion, Limits, criteria

HANDOVER = 0.35
"""Share of the time after which the exact search goes on alone where rooms have prices. There annealing soon gains
little and CP-SAT's neighbourhoods much: see `docs/discussions.md`."""


class Stopped(Exception):
    """The search has been told to end."""


def stop_if(over: Callable[[], bool]) -> None:
    """Raises Stopped when it is over: asked between the steps of long work."""
    if over():
        raise Stopped


@dataclass
class Search:
    """One search: the problem, the limits, and the pool the parts share.

    infeasible: whether it is proven, twice, that no complete timetable exists. optimal: whether the best timetable is
    proven best by other means than the bound. handover: seconds after the start at which the local search leaves a
    complete timetable to the exact one; None: it never does. spent: deterministic time used. notes: sentences for the
    result.
    """

    problem: Problem
    limits: Limits
    incumbents: Incumbents
    cancel: Callable[[], bool] | None = None
    infeasible: bool = False
    optimal: bool = False
    handover: float | None = None
    spent: float = 0.0
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.domains = Domains(self.problem)
        self._criteria: tuple[Criterion, ...] = criteria(self.limits)
        self._over = threading.Event()

    def should_stop(self) -> bool:
        """Whether to end now: a limit is reached, the caller cancels, or another part has settled the matter."""
        if not self._over.is_set() and (
            (self.cancel is not None and self.cancel()) or any(met(self.incumbents) for met in self._criteria)
        ):
            self._over.set()
        return self._over.is_set()

    def finish(self) -> None:
        """Tell every part to end: there is nothing left to find."""
        self._over.set()

    def patience(self, seconds: float) -> Callable[[], bool]:
        """Whether it is over, for work after the search: never, but so many seconds from now where it was cancelled."""
        if self.cancel is None or not self.cancel():
            return lambda: False
        end = monotonic() + seconds
        return lambda: monotonic() > end

    def check(self) -> None:
        """Raises Stopped when the search should end."""
        if self.should_stop():
            raise Stopped
