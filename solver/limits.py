"""When a search ends: limits a caller asks for, and small stop criteria composed from them."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Limits:
    """How long to search, and how.

    seconds: wall-clock time, building included; None: no limit. gap: stop when (soft - bound) / soft is at most this,
    0.05 = 5 %. first: stop at the first complete timetable. no_improvement: stop after so many seconds without a
    better timetable, counted from the first. workers: threads; 0: one per core. deterministic: limit in the solver's
    deterministic time (roughly seconds of one core); implies one worker and gives the same timetable on every run,
    as long as no limit in seconds comes first. lexicographic: soft rules of higher weight are never traded for any
    number of breaches of lower weight.
    """

    seconds: float | None = 60.0
    gap: float | None = None
    first: bool = False
    no_improvement: float | None = None
    workers: int = 0
    seed: int = 0
    deterministic: float | None = None
    lexicographic: bool = False

    def __post_init__(self) -> None:
        for name in ("seconds", "gap", "no_improvement", "workers", "seed", "deterministic"):
            value = getattr(self, name)
            if value is not None and not value >= 0:
                raise ValueError(f"limit {name} is {value}, it must be a number from 0")

    @property
    def threads(self) -> int:
        """How many threads to use: never 0."""
        return 1 if self.deterministic is not None else self.workers or os.cpu_count() or 1


class Standing(Protocol):
    """How far a search has come, as its stop criteria see it."""

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""

    @property
    def stagnant(self) -> float:
        """Seconds since the best timetable was found; 0 while there is none."""

    @property
    def complete(self) -> bool:
        """Whether there is a timetable that keeps every hard rule and places every lesson."""

    @property
    def gap(self) -> float | None:
        """Relative distance of the best complete timetable to the bound; None while unknown."""


Criterion = Callable[[Standing], bool]
"""Whether the search should end now."""


@dataclass(frozen=True)
class Time:
    seconds: float

    def __call__(self, standing: Standing) -> bool:
        return standing.elapsed >= self.seconds


@dataclass(frozen=True)
class SmallGap:
    gap: float

    def __call__(self, standing: Standing) -> bool:
        return standing.gap is not None and standing.gap <= self.gap


@dataclass(frozen=True)
class FirstComplete:
    def __call__(self, standing: Standing) -> bool:
        return standing.complete


@dataclass(frozen=True)
class NoImprovement:
    seconds: float

    def __call__(self, standing: Standing) -> bool:
        return standing.stagnant > self.seconds


def criteria(limits: Limits) -> tuple[Criterion, ...]:
    """The stop criteria that the limits ask for; the search ends when one of them says so."""
    found: list[Criterion] = [SmallGap(limits.gap or 0.0)]
    if limits.seconds is not None:
        found.append(Time(limits.seconds))
    if limits.first:
        found.append(FirstComplete())
    if limits.no_improvement is not None:
        found.append(NoImprovement(limits.no_improvement))
    return tuple(found)
