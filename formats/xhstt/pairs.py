"""Events whose split is chosen with their times.

Where an event is split into single times and pairs, at most one piece of it a day, each of its times becomes a lesson:
what stands side by side on a day is one piece, so the number of days tells how many pairs there are. The lessons of
such an event have a class of their own, to which the rules on days and gaps are put.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from formats.xhstt.entry import NO_LIMIT, Entry, bounds
from formats.xhstt.instance import Event, Instance
from formats.xhstt.splits import PREFER, SPREAD
from models.base import Weight
from models.rules import AnyRule, Who
from models.rules.max_days import MaxDays
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.max_total_in_times import MaxTotalInTimes
from models.rules.min_days import MinDays

PAIR = 2
SPLIT, DISTRIBUTE = "SplitEventsConstraint", "DistributeSplitEventsConstraint"


class Pairs(NamedTuple):
    """An event of single times and pairs, with the constraints that speak of it."""

    event: Event
    entries: tuple[Entry, ...]

    @property
    def attendee(self) -> str:
        """Id of the class that attends nothing but the event."""
        return f"event {self.event.id}"

    def rules(self, lessons: tuple[str, ...]) -> Iterator[AnyRule]:
        """lessons: one for each time of the event."""
        who, spread = Who(kind="class", ids=(self.attendee,)), self.place(SPREAD)
        yield MaxGapsPerDay(who=who, limit=0, source=spread)
        if self.event.duration > PAIR:
            yield MaxPeriodsPerDay(who=who, limit=PAIR, source=self.place(SPLIT))
        for entry in self.entries:
            least, most = self.days(entry)
            if most < self.event.duration:
                yield MaxDays(who=who, limit=max(0, most), weight=entry.price.weight, source=entry.source)
            if least > 1:
                yield MinDays(who=who, limit=least, weight=entry.price.weight, source=entry.source)
            if entry.node.tag == PREFER and entry.duration == PAIR:
                yield from _no_pair_elsewhere(entry, lessons)

    def days(self, entry: Entry) -> tuple[int, int]:
        """The least and the most days that a constraint on the split allows: one for each piece."""
        times = self.event.duration
        if entry.node.tag == SPLIT:
            return entry.node.integer("MinimumAmount"), entry.node.integer("MaximumAmount")
        if entry.node.tag == DISTRIBUTE:
            least, most = bounds(entry.node)
            return times - most, times - least
        return 0, NO_LIMIT

    def place(self, tag: str) -> str:
        """Where the first constraint of a type stands."""
        return next(x.source for x in self.entries if x.node.tag == tag)


def _no_pair_elsewhere(entry: Entry, lessons: tuple[str, ...]) -> Iterator[AnyRule]:
    weight: Weight = entry.price.of(PAIR)
    for day in entry.instance.days.values():
        for cells in pairwise(day):
            if cells[0] not in entry.times:
                yield MaxTotalInTimes(lessons=lessons, cells=cells, limit=1, weight=weight, source=entry.source)


def pairs_in(instance: Instance, entries: list[Entry]) -> dict[str, Pairs]:
    """By event: all events of which every constraint can be said of single times."""
    of_event: dict[str, list[Entry]] = {e: [] for e in instance.events}
    for entry in entries:
        for event in entry.events:
            of_event[event].append(entry)
    found = (Pairs(instance.events[e], tuple(own)) for e, own in of_event.items())
    return {p.event.id: p for p in found if _suits(p, instance)}


def _suits(pairs: Pairs, instance: Instance) -> bool:
    event, entries = pairs.event, pairs.entries
    settled = event.start is not None or event.duration < PAIR or any(p.resource is None for p in event.resources)
    tags = {x.node.tag for x in entries if x.hard}
    return (
        not settled
        and {SPLIT, SPREAD} <= tags
        and all(_expressible(x, event) for x in entries)
        and min(x.node.integer("MaximumDuration") for x in entries if x.node.tag == SPLIT) == PAIR
        and _pair_starts(entries, instance) <= {t for day in instance.days.values() for t in day[:-1]}
    )


def _expressible(entry: Entry, event: Event) -> bool:
    linear = entry.hard or entry.price.function == "Linear"
    match entry.node.tag:
        case "AssignTimeConstraint":
            return True
        case "SplitEventsConstraint":
            return entry.hard and entry.node.integer("MinimumDuration") <= 1
        case "DistributeSplitEventsConstraint":
            return linear and entry.node.integer("Duration") == PAIR
        case "PreferTimesConstraint":
            everywhere = len(entry.times) == len(entry.instance.times)
            return everywhere or (entry.duration is not None and entry.duration >= PAIR and linear)
        case "SpreadEventsConstraint":
            return entry.hard and _once_a_day(entry, event)
        case _:
            return False


def _once_a_day(entry: Entry, event: Event) -> bool:
    """Whether the constraint asks of the event alone that at most one piece of it be on each day."""
    groups = [g for g in entry.event_groups if event.id in entry.instance.event_groups[g]]
    return (
        all(len(entry.instance.event_groups[g]) == 1 for g in groups)
        and entry.daily
        and all(bounds(node) == (0, 1) for node, _ in entry.time_groups)
    )


def _pair_starts(entries: tuple[Entry, ...], instance: Instance) -> frozenset[int]:
    """Times at which a pair may start."""
    hard = (x.times for x in entries if x.node.tag == PREFER and x.hard and x.duration in (None, PAIR))
    return frozenset(range(len(instance.times) - 1)).intersection(*hard)
