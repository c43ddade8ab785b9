"""A direct count of what a timetable costs by the definitions of XHSTT; shares nothing with the reader or the rules."""

import gzip
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring


class Held(NamedTuple):
    """A lesson of an event at its place; given: open role -> resource."""

    event: str
    start: int
    duration: int
    given: dict[str, str]


def load(data: bytes | Path) -> Element:
    raw = data if isinstance(data, bytes) else gzip.decompress(data.read_bytes())
    found: Element | None = fromstring(raw).find(".//Instance")
    assert found is not None
    return found


def number(node: Element, tag: str) -> int:
    return int(node.findtext(tag) or "")


def refs(node: Element, path: str) -> list[str]:
    return [x.get("Reference", "") for x in node.findall(path)]


class Direct:
    """costs: (hard, soft) of a list of lessons that is complete, i.e. holds every lesson of every event."""

    def __init__(self, instance: Element) -> None:
        self.constraints = list(instance.findall("Constraints/*"))
        times = instance.findall("Times/Time")
        self.cell = {x.get("Id", ""): n for n, x in enumerate(times)}
        self.time_groups = self._groups(times, ("Day", "Week", "TimeGroups/TimeGroup"))
        self.resource_groups = self._groups(instance.findall("Resources/Resource"), ("ResourceGroups/ResourceGroup",))
        self.events = {x.get("Id", ""): x for x in instance.findall("Events/Event")}
        self.event_groups = self._groups(self.events.values(), ("Course", "EventGroups/EventGroup"))

    def _groups(self, members: Iterable[Element], paths: tuple[str, ...]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for member in members:
            for group in dict.fromkeys(g for path in paths for g in refs(member, path)):
                found.setdefault(group, []).append(member.get("Id", ""))
        return found

    def costs(self, lessons: list[Held]) -> tuple[int, int]:
        self.lessons = lessons
        self.of_event: dict[str, list[Held]] = {e: [] for e in self.events}
        self.busy: dict[str, list[int]] = {}
        for x in lessons:
            self.of_event[x.event].append(x)
            for r in (*filter(None, refs(self.events[x.event], "Resources/Resource")), *x.given.values()):
                self.busy.setdefault(r, []).extend(range(x.start, x.start + x.duration))
        hard = soft = 0
        for c in self.constraints:
            cost = sum(
                number(c, "Weight") * FUNCTIONS[c.findtext("CostFunction") or ""](d) for d in self._deviations(c)
            )
            hard, soft = (hard + cost, soft) if c.findtext("Required") == "true" else (hard, soft + cost)
        return hard, soft

    def _deviations(self, c: Element) -> Iterator[int]:
        groups = refs(c, "AppliesTo/EventGroups/EventGroup")
        named = refs(c, "AppliesTo/Events/Event")
        events = dict.fromkeys([*(e for g in groups for e in self.event_groups.get(g, [])), *named])
        in_groups = [
            r for g in refs(c, "AppliesTo/ResourceGroups/ResourceGroup") for r in self.resource_groups.get(g, [])
        ]
        resources = dict.fromkeys([*in_groups, *refs(c, "AppliesTo/Resources/Resource")])
        match c.tag.removesuffix("Constraint"):
            case "AssignTime" | "AssignResource":
                yield 0  # the timetables judged are complete
            case "DistributeSplitEvents":
                length = number(c, "Duration")
                yield from (outside(sum(x.duration == length for x in self.of_event[e]), c) for e in events)
            case "AvoidSplitAssignments":
                role = c.findtext("Role") or ""
                for g in groups:
                    held = [x for e in self.event_groups[g] for x in self.of_event[e]]
                    yield max(0, len({x.given[role] for x in held if role in x.given}) - 1)
            case "LimitWorkload":
                yield from (math.ceil(round(outside_of(self._load(r), c), 6)) for r in resources)
            case "SplitEvents":
                yield from (self._split(c, [x.duration for x in self.of_event[e]]) for e in events)
            case "PreferTimes":
                wanted, only = self._times(c), c.findtext("Duration")
                for e in events:
                    of = [x for x in self.of_event[e] if only is None or x.duration == int(only)]
                    yield sum(x.duration for x in of if x.start not in wanted)
            case "PreferResources":
                wanted_ = {r for g in refs(c, "ResourceGroups/ResourceGroup") for r in self.resource_groups[g]}
                wanted_ |= set(refs(c, "Resources/Resource"))
                role = c.findtext("Role") or ""
                for e in events:
                    yield sum(x.duration for x in self.of_event[e] if x.given.get(role, min(wanted_)) not in wanted_)
            case "SpreadEvents":
                for g in groups:
                    starts = [x.start for e in self.event_groups[g] for x in self.of_event[e]]
                    yield sum(
                        outside(sum(s in self._group(t) for s in starts), t) for t in c.findall("TimeGroups/TimeGroup")
                    )
            case "LinkEvents":
                for g in groups:
                    used = [{t for x in self.of_event[e] for t in covered(x)} for e in self.event_groups[g]]
                    yield len(set.union(*used)) - len(set.intersection(*used))
            case "AvoidClashes":
                yield from (len(b) - len(set(b)) for b in (self.busy.get(r, []) for r in resources))
            case "AvoidUnavailableTimes":
                yield from (len(self._times(c).intersection(self.busy.get(r, ()))) for r in resources)
            case "LimitIdleTimes" | "ClusterBusyTimes" | "LimitBusyTimes" as kind:
                for r in resources:
                    yield self._grouped(kind, c, set(self.busy.get(r, ())))
            case other:
                raise AssertionError(other)

    def _load(self, resource: str) -> float:
        total = 0.0
        for e, held in self.of_event.items():
            whole = number(self.events[e], "Duration")
            for part in self.events[e].findall("Resources/Resource"):
                load = int(part.findtext("Workload") or whole)
                who = [part.get("Reference") or x.given.get(part.findtext("Role") or "") for x in held]
                total += sum(x.duration * load / whole for x, name in zip(held, who, strict=True) if name == resource)
        return total

    def _grouped(self, kind: str, c: Element, busy: set[int]) -> int:
        used = [(t, sorted(busy & self._group(t))) for t in c.findall("TimeGroups/TimeGroup")]
        if kind == "LimitBusyTimes":
            return sum(outside(len(own), c) for _, own in used if own)
        if kind == "ClusterBusyTimes":
            return outside(sum(1 for _, own in used if own), c)
        idle = sum(sum(own[0] < t < own[-1] for t in self._group(g) - busy) for g, own in used if own)
        return outside(idle, c)

    def _split(self, c: Element, durations: list[int]) -> int:
        low, high = number(c, "MinimumDuration"), number(c, "MaximumDuration")
        few, many = number(c, "MinimumAmount"), number(c, "MaximumAmount")
        return sum(not low <= d <= high for d in durations) + max(0, few - len(durations), len(durations) - many)

    def _group(self, node: Element) -> set[int]:
        return {self.cell[t] for t in self.time_groups.get(node.get("Reference", ""), [])}

    def _times(self, c: Element) -> set[int]:
        groups = (self._group(g) for g in c.findall("TimeGroups/TimeGroup"))
        return {self.cell[t] for t in refs(c, "Times/Time")}.union(*groups)


def outside(count: int, node: Element) -> int:
    """How far a count is from Minimum to Maximum."""
    return max(0, number(node, "Minimum") - count, count - number(node, "Maximum"))


def outside_of(amount: float, node: Element) -> float:
    return max(0.0, number(node, "Minimum") - amount, amount - number(node, "Maximum"))


def covered(x: Held) -> range:
    return range(x.start, x.start + x.duration)


FUNCTIONS = {"Linear": lambda d: d, "Quadratic": lambda d: d * d, "Step": lambda d: int(d > 0)}
