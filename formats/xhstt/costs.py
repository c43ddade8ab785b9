"""What a solution costs by the definitions of the archive itself, constraint by constraint.

It shares nothing with the rules: it judges any solution, also one that breaks required constraints, is incomplete, or
splits events in another way than a problem that was read. Definitions: the XHSTT format of the Benchmarking Project
for (High) School Timetabling, as evaluators of archives use them.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from formats.xhstt.entry import Entry, outside
from formats.xhstt.instance import reference
from formats.xhstt.meetings import Meeting, Meetings
from formats.xml import Node

Deviations = Callable[[Entry, Meetings], Iterator[int]]
"""How far each event, event group or resource that a constraint speaks of is from what it asks."""


class ConstraintCost(NamedTuple):
    """What one constraint costs."""

    id: str
    kind: str
    hard: bool
    cost: int


class Costs(NamedTuple):
    """hard: sum over the required constraints, soft: over the others."""

    hard: int
    soft: int
    constraints: tuple[ConstraintCost, ...]

    def __str__(self) -> str:
        """As archives write it: hard cost, a point, soft cost in five digits, e.g. 0.00041."""
        return f"{self.hard}.{self.soft:05d}"


def costs(entries: Iterable[Entry], meetings: Meetings) -> Costs:
    found = tuple(_cost(entry, meetings) for entry in entries)
    return Costs(sum(c.cost for c in found if c.hard), sum(c.cost for c in found if not c.hard), found)


def _cost(entry: Entry, meetings: Meetings) -> ConstraintCost:
    deviations = DEVIATIONS.get(entry.node.tag)
    if deviations is None:
        raise entry.node.wrong(f"<{entry.node.tag}>", "a constraint of the format")
    function = COSTS[entry.price.function]
    total = entry.weight * sum(function(d) for d in deviations(entry, meetings))
    return ConstraintCost(entry.node.attributes.get("Id", ""), entry.node.tag, entry.hard, total)


COSTS: dict[str, Callable[[int], int]] = {
    "Linear": lambda deviation: deviation,
    "Quadratic": lambda deviation: deviation**2,
    "Step": lambda deviation: int(deviation > 0),
}


# ---- events ----------------------------------------------------------------------------------------------------------


def assign_time(e: Entry, m: Meetings) -> Iterator[int]:
    for event in e.events:
        yield sum(x.duration for x in m.of_event[event] if x.start is None)


def assign_resource(e: Entry, m: Meetings) -> Iterator[int]:
    for event in e.events:
        asked = any(p.role == e.role for p in e.instance.events[event].resources)
        yield sum(x.duration for x in m.of_event[event] if asked and m.resource(x, e.role) is None)


def split_events(e: Entry, m: Meetings) -> Iterator[int]:
    lengths = e.node.integer("MinimumDuration"), e.node.integer("MaximumDuration")
    amounts = e.node.integer("MinimumAmount"), e.node.integer("MaximumAmount")
    for event in e.events:
        own = m.of_event[event]
        yield sum(outside(x.duration, lengths) > 0 for x in own) + outside(len(own), amounts)


def distribute_split_events(e: Entry, m: Meetings) -> Iterator[int]:
    duration = e.node.integer("Duration")
    for event in e.events:
        yield outside(sum(x.duration == duration for x in m.of_event[event]), e.bounds)


def prefer_times(e: Entry, m: Meetings) -> Iterator[int]:
    for event in e.events:
        meant = (x for x in m.of_event[event] if e.duration in (None, x.duration) and x.start is not None)
        yield sum(x.duration for x in meant if x.start not in e.times)


def prefer_resources(e: Entry, m: Meetings) -> Iterator[int]:
    for event in e.events:
        yield sum(x.duration for x in m.of_event[event] if m.resource(x, e.role) not in (None, *e.preferred))


# ---- groups of events ------------------------------------------------------------------------------------------------


def _groups(e: Entry, m: Meetings) -> Iterator[list[list[Meeting]]]:
    """The pieces of each event of each group."""
    return ([m.of_event[x] for x in e.instance.event_groups[group]] for group in e.event_groups)


def avoid_split_assignments(e: Entry, m: Meetings) -> Iterator[int]:
    for group in _groups(e, m):
        given = {m.resource(x, e.role) for x in chain(*group)} - {None}
        yield max(0, len(given) - 1)


def spread_events(e: Entry, m: Meetings) -> Iterator[int]:
    wanted = [(cells, (node.integer("Minimum"), node.integer("Maximum"))) for node, cells in e.time_groups]
    for group in _groups(e, m):
        starts = [x.start for x in chain(*group)]
        yield sum(outside(sum(s in cells for s in starts), bounds) for cells, bounds in wanted)


def link_events(e: Entry, m: Meetings) -> Iterator[int]:
    for group in _groups(e, m):
        used = [frozenset(t for x in event for t in x.times) for event in group]
        yield len(frozenset().union(*used)) - len(frozenset.intersection(*used)) if used else 0


def order_events(e: Entry, m: Meetings) -> Iterator[int]:
    """Times between the last one of the first event and the first one of the second; a pair that is not wholly placed
    costs nothing."""
    listing = e.node.child("AppliesTo").find("EventPairs")
    for pair in listing.all("EventPair") if listing is not None else ():
        first, second = (m.of_event[_member(e, pair, tag)] for tag in ("FirstEvent", "SecondEvent"))
        least = pair.integer("MinSeparation") if pair.find("MinSeparation") is not None else 0
        most = pair.integer("MaxSeparation") if pair.find("MaxSeparation") is not None else len(e.instance.times)
        placed = first and second and all(x.start is not None for x in (*first, *second))
        if placed:
            end = max(x.times.stop for x in first)
            yield outside(min(x.times.start for x in second) - end, (least, most))


def _member(e: Entry, pair: Node, tag: str) -> str:
    return reference(pair.child(tag), e.instance.events, "event")


# ---- resources -------------------------------------------------------------------------------------------------------


def avoid_clashes(e: Entry, m: Meetings) -> Iterator[int]:
    return (sum(n - 1 for n in m.busy[r].values()) for r in e.resources)


def avoid_unavailable_times(e: Entry, m: Meetings) -> Iterator[int]:
    return (sum(t in m.busy[r] for t in e.times) for r in e.resources)


def _busy_in_groups(e: Entry, m: Meetings) -> Iterator[list[tuple[frozenset[int], list[int]]]]:
    """For each resource, the time groups with the times in them at which it is busy."""
    for r in e.resources:
        yield [(cells, sorted(cells.intersection(m.busy[r]))) for _, cells in e.time_groups]


def limit_idle_times(e: Entry, m: Meetings) -> Iterator[int]:
    for groups in _busy_in_groups(e, m):
        idle = (t for cells, busy in groups if busy for t in cells if busy[0] < t < busy[-1] and t not in busy)
        yield outside(sum(1 for _ in idle), e.bounds)


def cluster_busy_times(e: Entry, m: Meetings) -> Iterator[int]:
    for groups in _busy_in_groups(e, m):
        yield outside(sum(bool(busy) for _, busy in groups), e.bounds)


def limit_busy_times(e: Entry, m: Meetings) -> Iterator[int]:
    """Time groups in which the resource is not busy at all cost nothing."""
    for groups in _busy_in_groups(e, m):
        yield sum(outside(len(busy), e.bounds) for _, busy in groups if busy)


def limit_workload(e: Entry, m: Meetings) -> Iterator[int]:
    for r in e.resources:
        load, (least, most) = sum(load for _, load in m.attendance[r]), e.bounds
        yield math.ceil(round(max(0, least - load, load - most), 6))


DEVIATIONS: dict[str, Deviations] = {
    "AssignTimeConstraint": assign_time,
    "AssignResourceConstraint": assign_resource,
    "SplitEventsConstraint": split_events,
    "DistributeSplitEventsConstraint": distribute_split_events,
    "PreferTimesConstraint": prefer_times,
    "PreferResourcesConstraint": prefer_resources,
    "AvoidSplitAssignmentsConstraint": avoid_split_assignments,
    "SpreadEventsConstraint": spread_events,
    "LinkEventsConstraint": link_events,
    "OrderEventsConstraint": order_events,
    "AvoidClashesConstraint": avoid_clashes,
    "AvoidUnavailableTimesConstraint": avoid_unavailable_times,
    "LimitIdleTimesConstraint": limit_idle_times,
    "ClusterBusyTimesConstraint": cluster_busy_times,
    "LimitBusyTimesConstraint": limit_busy_times,
    "LimitWorkloadConstraint": limit_workload,
}
"""All sixteen."""
