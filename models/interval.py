"""Half-open intervals [start, end) of whole numbers, as pure functions.

The unit is the caller's: minutes since midnight, minutes since an epoch, or cells of a grid.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Interval(NamedTuple):
    start: int
    end: int


def length(a: Interval) -> int:
    return max(0, a.end - a.start)


def overlaps(a: Interval, b: Interval) -> bool:
    """Whether the two share a moment; touching intervals and empty ones do not."""
    return max(a.start, b.start) < min(a.end, b.end)


def contains(outer: Interval, inner: Interval) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def intersection(a: Interval, b: Interval) -> Interval | None:
    return Interval(max(a.start, b.start), min(a.end, b.end)) if overlaps(a, b) else None


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same moments as sorted intervals that neither overlap nor touch."""
    merged: list[Interval] = []
    for start, end in sorted(i for i in intervals if length(i)):
        if merged and start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, end))
        else:
            merged.append(Interval(start, end))
    return tuple(merged)


def subtract(a: Interval, holes: Iterable[Interval]) -> tuple[Interval, ...]:
    """What is left of `a` outside the holes, sorted."""
    left: list[Interval] = []
    start = a.start
    for hole in union(holes):
        if hole.start > start:
            left.append(Interval(start, min(hole.start, a.end)))
        start = max(start, hole.end)
        if start >= a.end:
            break
    if start < a.end:
        left.append(Interval(start, a.end))
    return tuple(i for i in left if length(i))


def buffer_between(asked_after: int, asked_before: int, travel: int = 0) -> int:
    """Pause needed between two neighbours: the *maximum* of what the earlier one asks after itself,
    what the later one asks before itself, and the way between their sites. Never the sum."""
    return max(asked_after, asked_before, travel)


def too_close(a: Interval, b: Interval, buffer: int) -> bool:
    """Whether the pause between the two is shorter than `buffer`; overlapping is always too close."""
    return a.start < b.end + buffer and b.start < a.end + buffer
