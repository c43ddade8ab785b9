"""One constraint of an instance, with what its converter needs to read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from formats.xhstt.instance import Instance, reference
from formats.xml import Node
from models.base import Weight

COST_FUNCTIONS = ("Linear", "Quadratic", "Step")
NO_LIMIT = 10**6
"""No deviation is larger."""


class Inexpressible(Exception):
    """What a constraint asks for beyond the rules of the catalogue; the message names it after the constraint."""


class Price(NamedTuple):
    """What a deviation costs: the weight (None: hard) times a function of it."""

    weight: Weight
    function: str

    def steps(self, worst: int = NO_LIMIT) -> Iterator[tuple[int, Weight]]:
        """(k, weight): the cost is the sum over k of weight * max(0, deviation - k), for every deviation up to worst.

        Quadratic: d * d = d + 2 max(0, d - 1) + 2 max(0, d - 2) + ..., e.g. 9 = 3 + 2 * 2 + 2 * 1.
        """
        if worst <= 0:
            return
        yield 0, self.weight
        if self.weight is not None and worst > 1 and self.function != "Linear":
            if self.function == "Step" or worst == NO_LIMIT:
                raise Inexpressible(f"with cost function {self.function}")
            for k in range(1, worst):
                yield k, 2 * self.weight

    def of(self, deviation: int) -> Weight:
        """What one certain deviation costs, as a weight."""
        if self.weight is None:
            return None
        return self.weight * {"Linear": deviation, "Quadratic": deviation**2, "Step": 1}[self.function]

    def only(self, worst: int) -> Weight:
        """The weight, where every unit of deviation up to worst, 1 or more, costs as much as the first."""
        found = list(self.steps(worst))
        if len(found) != 1:
            raise Inexpressible(f"with cost function {self.function}")
        return found[0][1]


@dataclass(frozen=True, eq=False)
class Entry:
    """A constraint that costs something. Groups and what they hold come in the order of the file, each once."""

    node: Node
    instance: Instance
    price: Price

    @property
    def source(self) -> str:
        return f"{self.node.place} {self.node.attributes.get('Id', '')}".strip()

    @property
    def weight(self) -> int:
        return self.node.integer("Weight")

    @property
    def hard(self) -> bool:
        return self.price.weight is None

    def _under(self, parent: Node, listing: str, tag: str) -> Iterator[Node]:
        found = parent.find(listing)
        return found.all(tag) if found is not None else iter(())

    @cached_property
    def event_groups(self) -> tuple[str, ...]:
        groups, scope = self.instance.event_groups, self.node.child("AppliesTo")
        return tuple(reference(n, groups, "event group") for n in self._under(scope, "EventGroups", "EventGroup"))

    @cached_property
    def events(self) -> tuple[str, ...]:
        scope, known = self.node.child("AppliesTo"), self.instance.events
        named = [reference(n, known, "event") for n in self._under(scope, "Events", "Event")]
        grouped = (e for g in self.event_groups for e in self.instance.event_groups[g])
        return tuple(dict.fromkeys((*grouped, *named)))

    @cached_property
    def event_set(self) -> frozenset[str]:
        return frozenset(self.events)

    @cached_property
    def resources(self) -> tuple[str, ...]:
        return self._resources_of(self.node.child("AppliesTo"))

    @cached_property
    def preferred(self) -> tuple[str, ...]:
        return self._resources_of(self.node)

    def _resources_of(self, parent: Node) -> tuple[str, ...]:
        groups, known = self.instance.resource_groups, self.instance.kinds
        lists = self._under(parent, "ResourceGroups", "ResourceGroup")
        grouped = [r for n in lists for r in groups[reference(n, groups, "resource group")]]
        named = (reference(n, known, "resource") for n in self._under(parent, "Resources", "Resource"))
        return tuple(dict.fromkeys((*grouped, *named)))

    @cached_property
    def time_groups(self) -> list[tuple[Node, frozenset[int]]]:
        """Each time group that is named, with its element."""
        known = self.instance.time_groups
        nodes = self._under(self.node, "TimeGroups", "TimeGroup")
        return [(n, known[reference(n, known, "time group")]) for n in nodes]

    @cached_property
    def daily(self) -> bool:
        """Whether the time groups are the days, each once."""
        groups, days = [cells for _, cells in self.time_groups], self.instance.days.values()
        return len(groups) == len(days) and set(groups) == {frozenset(day) for day in days}

    @cached_property
    def times(self) -> frozenset[int]:
        """All times named, alone or in groups."""
        cell = self.instance.cell
        named = frozenset(cell[reference(n, cell, "time")] for n in self._under(self.node, "Times", "Time"))
        return named.union(*(group for _, group in self.time_groups))

    @property
    def role(self) -> str:
        return self.node.value("Role").strip()

    @property
    def duration(self) -> int | None:
        """The only duration of lessons that is meant, or None."""
        return self.node.integer("Duration") if self.node.find("Duration") is not None else None

    @property
    def bounds(self) -> tuple[int, int]:
        return bounds(self.node)


def bounds(node: Node) -> tuple[int, int]:
    """Minimum and Maximum of an element."""
    return node.integer("Minimum"), node.integer("Maximum")


def outside(count: int, limits: tuple[int, int]) -> int:
    """How far a count is from a minimum and a maximum."""
    return max(0, limits[0] - count, count - limits[1])


def read_entry(node: Node, instance: Instance) -> Entry | None:
    """None when the constraint has weight 0."""
    function = node.child("CostFunction")
    if function.text.strip() not in COST_FUNCTIONS:
        raise function.wrong(repr(function.text), " or ".join(COST_FUNCTIONS))
    weight = node.integer("Weight")
    hard = node.flag("Required", False)
    return Entry(node, instance, Price(None if hard else weight, function.text.strip())) if weight else None


def read_entries(node: Node, instance: Instance) -> list[Entry]:
    """Those of an instance that cost something."""
    found = (read_entry(n, instance) for n in node.child("Constraints").children)
    return [entry for entry in found if entry is not None]
