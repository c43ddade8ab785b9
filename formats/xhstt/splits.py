"""Into which durations the events are split.

Where the constraints leave a choice, one split is chosen: the cheapest by the constraints that look at durations and
at numbers of lessons alone; of those, long lessons where such a constraint speaks of the event, else single times,
which can be put wherever longer lessons can. Events linked by required constraints are split alike.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from formats.xhstt.entry import NO_LIMIT, Entry, bounds, outside
from formats.xhstt.instance import Instance

Parts = tuple[int, ...]
"""Durations of the lessons of one event, long ones first."""

Deviation = Callable[[Parts], int]
"""How far the lessons of one event are from what a constraint asks."""


class Split(NamedTuple):
    """ways: how many splits keep the required constraints, 0 when none does or it was not found."""

    parts: Parts
    ways: int


class Demand(NamedTuple):
    """What one constraint asks of the lessons of an event. lengths: the durations it allows, if it is hard."""

    deviation: Deviation
    hard: bool
    weight: int
    lengths: range


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

SPREAD, LINK, PREFER = "SpreadEventsConstraint", "LinkEventsConstraint", "PreferTimesConstraint"


class Splits:
    """Splits events by the constraints that speak of them. chosen: event -> parts that are given."""

    def __init__(self, instance: Instance, entries: list[Entry], chosen: Mapping[str, Parts]) -> None:
        self.instance, self.chosen = instance, chosen
        self._entries = entries
        self._longest = max(len(day) for day in instance.days.values())
        self._demands: list[Demand] = []
        self._numbers: dict[Hashable, int] = {}
        self._of_event: dict[str, list[int]] = {}
        self._known: dict[tuple[int, tuple[int, ...]], Split] = {}
        for entry in entries:
            self._note(entry)

    def _note(self, entry: Entry) -> None:
        if entry.node.tag in SPLITTERS:
            demand = Demand(SPLITTERS[entry.node.tag](entry), entry.hard, entry.weight, self._lengths(entry))
            self._enter(entry.events, entry, demand)
        elif entry.node.tag == PREFER and entry.hard and entry.duration is not None and not self._has_room(entry):
            length = entry.duration
            demand = Demand(lambda parts: parts.count(length), True, entry.weight, self._all_lengths)
            self._enter(entry.events, (PREFER, length), demand)
        elif entry.node.tag == SPREAD:
            alone = [g for g in entry.event_groups if len(self.instance.event_groups[g]) == 1]
            room = room_in_days(entry)
            demand = Demand(lambda parts: outside(len(parts), room), False, entry.weight, self._all_lengths)
            self._enter((e for g in alone for e in self.instance.event_groups[g]), (room, entry.weight), demand)

    def _enter(self, events: Iterable[str], key: Hashable, demand: Demand) -> None:
        """Equal demands have equal keys and are kept once."""
        number = self._numbers.setdefault(key, len(self._demands))
        self._demands.extend([demand] if number == len(self._demands) else [])
        for event in events:
            self._of_event.setdefault(event, []).append(number)

    def _has_room(self, entry: Entry) -> bool:
        """Whether a lesson of the duration meant can start at one of the preferred times within a day."""
        days = self.instance.days.values()
        return any(t in day and t + (entry.duration or 1) <= day.stop for t in entry.times for day in days)

    @property
    def _all_lengths(self) -> range:
        return range(1, self._longest + 1)

    def _lengths(self, entry: Entry) -> range:
        if not entry.hard or entry.node.tag != "SplitEventsConstraint":
            return self._all_lengths
        return range(entry.node.integer("MinimumDuration"), entry.node.integer("MaximumDuration") + 1)

    def of(self, event: str) -> Split:
        if event in self.chosen:
            return Split(self.chosen[event], 1)
        duration, start = self.instance.events[event].duration, self.instance.events[event].start
        numbers = tuple(sorted({n for e in self._linked.get(event, (event,)) for n in self._of_event.get(e, ())}))
        if (duration, numbers) not in self._known:
            self._known[duration, numbers] = self._split(duration, numbers)
        found = self._known[duration, numbers]
        return Split((duration,), 1) if start is not None and (not numbers or not found.ways) else found

    @cached_property
    def _linked(self) -> dict[str, tuple[str, ...]]:
        """Event -> all events of its duration that must be at the same times, by however many links."""
        members: dict[str, set[str]] = {}
        for entry in self._entries:
            for group in entry.event_groups if entry.node.tag == LINK and entry.hard else ():
                joined = set(self.instance.event_groups[group])
                for event in tuple(joined):
                    joined |= members.get(event, set())
                for event in joined:
                    members[event] = joined
        length = {e: x.duration for e, x in self.instance.events.items()}
        return {e: tuple(x for x in sorted(group) if length[x] == length[e]) for e, group in members.items()}

    def _split(self, duration: int, numbers: tuple[int, ...]) -> Split:
        """The best of the ways found; whole days when none of them keeps what is required."""
        demands = [self._demands[n] for n in numbers]
        shortest = max((d.lengths.start for d in demands), default=1)
        longest = min((d.lengths.stop - 1 for d in demands), default=self._longest)
        ways = islice(partitions(duration, min(longest, self._longest), max(1, shortest)), MOST_LOOKED_AT)
        found = [p for p in ways if all(d.deviation(p) == 0 for d in demands if d.hard)]
        if not found or duration > LONGEST_EVENT:
            days, rest = divmod(duration, self._longest)
            return Split((*[self._longest] * days, *[rest] * bool(rest)), 0)
        if not demands:
            return Split(found[-1], len(found))
        return Split(min(found, key=lambda p: sum(d.weight * d.deviation(p) for d in demands)), len(found))


def room_in_days(entry: Entry) -> tuple[int, int]:
    """The least and the most lessons for which the time groups of a SpreadEventsConstraint have room."""
    limits = [bounds(node) for node, _ in entry.time_groups]
    covered = [t for _, cells in entry.time_groups for t in cells]
    if len(covered) > len(set(covered)):
        return 0, NO_LIMIT
    everywhere = len(covered) == len(entry.instance.times)
    return sum(least for least, _ in limits), sum(most for _, most in limits) if everywhere else NO_LIMIT


MOST_LOOKED_AT, LONGEST_EVENT = 100_000, 60
"""Bounds of the search: ways looked at, times of an event."""


def partitions(total: int, longest: int, shortest: int = 1) -> Iterator[Parts]:
    """All ways of writing a number as a sum of falling parts, e.g. 3, 2 + 1, 1 + 1 + 1."""
    if total == 0:
        yield ()
    for first in range(min(total, longest), shortest - 1, -1):
        for rest in partitions(total - first, first, shortest):
            yield (first, *rest)
