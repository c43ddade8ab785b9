"""How much somebody has to do, where that differs from the number of busy times."""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain, combinations

from formats.xhstt.entry import Entry, Inexpressible
from formats.xhstt.instance import Event
from formats.xhstt.school import School
from models.rules import AnyRule, Who
from models.rules.max_periods_per_week import MaxPeriodsPerWeek

MOST_ODD = 3
"""Events of a workload other than their duration that one resource may be given; each doubles the number of rules."""


class Workload:
    """certain: what the resource has from the events it is preassigned to; surplus: by how much the times of those
    events exceed it."""

    def __init__(self, school: School, resource: str) -> None:
        self.school, self.resource = school, resource
        events = school.instance.events
        own = [(events[e], p) for e in school.instance.attended[resource] for p in events[e].resources]
        self.certain = sum(p.workload for _, p in own if p.resource == resource)
        self.surplus = sum(events[e].duration for e in school.instance.attended[resource]) - self.certain

    @cached_property
    def odd(self) -> list[tuple[Event, int]]:
        """Events that may be given to the resource and have another workload than times, with the difference."""
        kinds, found = self.school.instance.types[self.resource], []
        for event in self.school.instance.events.values():
            open_ = [p for p in event.resources if p.resource is None and p.type_ == kinds]
            differences = {event.duration - p.workload for p in open_ if self._may_have(event, p.role)}
            if differences - {0}:
                if len(differences) > 1 or not self._all_or_none(event):
                    raise Inexpressible("on events with several workloads")
                found.append((event, differences.pop()))
        return found

    def _may_have(self, event: Event, role: str) -> bool:
        roles = self.school.roles[event.id].teachers
        candidates = self.school.lessons_of([event.id])[0].any_teacher
        return role in roles and self.resource in candidates[roles.index(role)]

    def _all_or_none(self, event: Event) -> bool:
        """Whether one and the same must take part in all lessons of the event."""
        splits = (x for x in self.school.entries if x.node.tag == "AvoidSplitAssignmentsConstraint" and x.hard)
        kept = any(event.id in self.school.instance.event_groups[g] for x in splits for g in x.event_groups)
        return kept or len(self.school.of_event[event.id]) == 1

    def at_most(self, entry: Entry, most: int) -> Iterator[AnyRule]:
        """Rules on busy times that say it exactly.

        An odd event counts for as many times less as the difference, if it is given to the resource at all. For every
        choice of odd events: the times of these and of all others are at most the limit and the differences of these.
        For the events really given that is the demand itself, for any other choice it follows from it.
        """
        if self.odd and not entry.hard:
            raise Inexpressible("that is not required, on events with other workloads than durations")
        if len(self.odd) > MOST_ODD:
            raise Inexpressible("on many events with other workloads than durations")
        who = Who(kind=self.school.instance.kinds[self.resource], ids=(self.resource,))
        for counted in chain.from_iterable(combinations(self.odd, n) for n in range(len(self.odd) + 1)):
            limit = max(0, most + self.surplus + sum(difference for _, difference in counted))
            weight = entry.price.only(len(self.school.instance.times))
            left_out = [event.id for event, _ in self.odd if event not in [e for e, _ in counted]]
            tags = self.school.tags_without(left_out)
            yield MaxPeriodsPerWeek(who=who, limit=limit, tags=tags, weight=weight, source=entry.source)
