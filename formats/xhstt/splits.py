"""Into which durations the events are split."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from formats.xhstt.entry import Entry, bounds

Deviation = Callable[[tuple[int, ...]], int]
"""How far durations of the lessons of one event are from what a constraint asks."""


class Split(NamedTuple):
    """durations: long ones first, each within a day; exact: whether the hard constraints leave no other split, and
    the soft ones have nothing against it."""

    durations: tuple[int, ...]
    exact: bool


def split_events(entry: Entry) -> Deviation:
    n = entry.node
    shortest, longest = n.integer("MinimumDuration"), n.integer("MaximumDuration")
    least, most = n.integer("MinimumAmount"), n.integer("MaximumAmount")
    return lambda parts: (
        sum(not shortest <= d <= longest for d in parts) + max(0, least - len(parts), len(parts) - most)
    )


def distribute_split_events(entry: Entry) -> Deviation:
    duration, (least, most) = entry.node.integer("Duration"), bounds(entry.node)
    return lambda parts: max(0, least - parts.count(duration), parts.count(duration) - most)


SPLITTERS: dict[str, Callable[[Entry], Deviation]] = {
    "SplitEventsConstraint": split_events,
    "DistributeSplitEventsConstraint": distribute_split_events,
}


class Splits:
    """Splits events by the constraints that speak of them, each combination of constraints worked out once.

    longest: times of the longest day.
    """

    def __init__(self, entries: Iterable[Entry], longest: int) -> None:
        self._longest = longest
        self._demands: list[tuple[Deviation, bool]] = []
        self._of_event: dict[str, list[int]] = {}
        self._known: dict[tuple[int, tuple[int, ...]], Split] = {}
        for entry in entries:
            if entry.node.tag in SPLITTERS:
                for event in entry.events:
                    self._of_event.setdefault(event, []).append(len(self._demands))
                self._demands.append((SPLITTERS[entry.node.tag](entry), entry.hard))

    def of(self, event: str, duration: int) -> Split:
        key = duration, tuple(self._of_event.get(event, ()))
        if key not in self._known:
            self._known[key] = self._split(*key)
        return self._known[key]

    def _split(self, duration: int, numbers: tuple[int, ...]) -> Split:
        """The best of the ways found; whole days when none of them fits into days."""
        hard = [self._demands[n][0] for n in numbers if self._demands[n][1]]
        soft = [self._demands[n][0] for n in numbers if not self._demands[n][1]]
        ways = list(islice(partitions(duration, duration), MOST_LOOKED_AT)) if duration <= LONGEST_EVENT else []
        found = list(islice((parts for parts in ways if all(d(parts) == 0 for d in hard)), MOST_WAYS))
        costs = {parts: sum(d(parts) for d in soft) for parts in found if parts[0] <= self._longest}
        if not costs:
            days, rest = divmod(duration, self._longest)
            return Split((*[self._longest] * days, *[rest] * bool(rest)), False)
        best = min(costs, key=costs.__getitem__)
        return Split(best, len(found) == 1 and not costs[best] and len(ways) < MOST_LOOKED_AT)


MOST_WAYS, MOST_LOOKED_AT, LONGEST_EVENT = 1000, 100_000, 60
"""Bounds of the search: ways of splitting an event that are compared, ways looked at, times of an event. Only a single
way is ever exact; what the search does not reach is not."""


def partitions(total: int, longest: int) -> Iterator[tuple[int, ...]]:
    """All ways of writing a number as a sum of falling parts, e.g. 3, 2 + 1, 1 + 1 + 1."""
    if total == 0:
        yield ()
    for first in range(min(total, longest), 0, -1):
        for rest in partitions(total - first, first):
            yield (first, *rest)
