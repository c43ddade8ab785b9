"""Limits on busy and idle times within time groups; several constraints on one day each make one rule for all days."""

from collections.abc import Iterator
from typing import NamedTuple

from formats.xhstt.entry import Entry, Inexpressible, Price
from formats.xhstt.resource_constraints import are_days, idle_in_week
from formats.xhstt.school import School
from models.base import Weight
from models.rules import AnyRule, Who
from models.rules.max_busy_in_times import MaxBusyInTimes
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.max_slots_used import MaxSlotsUsed
from models.rules.min_periods_per_day import MinPeriodsPerDay
from models.rules.min_slots_used import MinSlotsUsed

IDLE, BUSY = "LimitIdleTimesConstraint", "LimitBusyTimesConstraint"


class Limit(NamedTuple):
    """What several constraints ask alike. A time group in which the resource is not busy at all breaks no limit."""

    tag: str
    least: int
    most: int
    price: Price


class DayLimits:
    """Collects the constraints; `rules` answers when all are known. unsupported: constraint -> what it lacks."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.unsupported: dict[Entry, str] = {}
        self._found: dict[Limit, dict[str, list[tuple[frozenset[int], Entry]]]] = {}

    def add(self, entry: Entry) -> list[AnyRule]:
        """Notes each time group on its own where costs add up; the rules where all count together."""
        groups = [cells for _, cells in entry.time_groups]
        least, most = entry.bounds
        adds_up = len(groups) == 1 or entry.price.function == "Linear" or entry.hard
        if entry.node.tag == IDLE and not (adds_up and (len(groups) == 1 or most == 0)):
            return list(idle_in_week(entry, self.school))
        if entry.node.tag == IDLE and least > 0:
            raise Inexpressible("with a minimum")
        if not adds_up:
            raise Inexpressible(f"with cost function {entry.price.function}")
        limits = self._found.setdefault(Limit(entry.node.tag, least, most, entry.price), {})
        for resource in entry.resources:
            limits.setdefault(resource, []).extend((cells, entry) for cells in groups)
        return []

    def rules(self) -> Iterator[AnyRule]:
        for limit, by_resource in self._found.items():
            daily: dict[str, list[str]] = {}
            for resource, noted in by_resource.items():
                if are_days(self.school, resource, [cells for cells, _ in noted]):
                    daily.setdefault(noted[0][1].source, []).append(resource)
                else:
                    yield from self._alone(limit, resource, noted)
            for source, resources in daily.items():
                yield from self._daily(limit, resources, source)

    def _daily(self, limit: Limit, resources: list[str], source: str) -> Iterator[AnyRule]:
        longest = max(len(day) for day in self.school.instance.days.values())
        for k, price in limit.price.steps(longest - limit.most - (2 if limit.tag == IDLE else 0)):
            for who, weight in self.school.each(resources, price):
                if limit.tag == IDLE:
                    yield MaxGapsPerDay(who=who, limit=limit.most + k, weight=weight, source=source)
                else:
                    yield MaxPeriodsPerDay(who=who, limit=limit.most + k, weight=weight, source=source)
        for k, price in limit.price.steps(limit.least - 1):
            for who, weight in self.school.each(resources, price):
                yield MinPeriodsPerDay(who=who, limit=limit.least - k, weight=weight, source=source)

    def _alone(self, limit: Limit, resource: str, noted: list[tuple[frozenset[int], Entry]]) -> Iterator[AnyRule]:
        for cells, entry in noted:
            try:
                if limit.tag == IDLE:
                    raise Inexpressible("on other time groups than all days")
                yield from self._busy(limit, resource, cells, entry.source)
            except Inexpressible as lack:
                self.unsupported[entry] = str(lack)

    def _busy(self, limit: Limit, resource: str, cells: frozenset[int], source: str) -> list[AnyRule]:
        """Rules on all lessons of the resource together, which is busy in the times that they cover; the least is
        not asked of somebody who is busy in none of them, where that can be."""
        least_load, most_load = self.school.load(resource)
        elsewhere = set(range(len(self.school.instance.times))) - cells - self.school.closed[resource]
        sure, times = least_load - len(elsewhere), tuple(sorted(cells))
        found: list[AnyRule] = []
        for k, weight in limit.price.steps(min(len(cells), most_load) - limit.most):
            found.append(self._at_most(resource, times, limit.most + k, weight, source))
        if limit.least > max(1, sure) and most_load:
            lessons = self.school.fixed_lessons(resource)
            for k, weight in limit.price.steps(limit.least - max(1, sure)):
                rule = MinSlotsUsed(lessons=lessons, cells=times, limit=limit.least - k, weight=weight, source=source)
                found.append(rule.model_copy(update={"or_none": sure < 1}))
        return found

    def _at_most(self, resource: str, times: tuple[int, ...], most: int, weight: Weight, source: str) -> AnyRule:
        if resource in self.school.chosen:
            who = Who(kind=self.school.instance.kinds[resource], ids=(resource,))
            return MaxBusyInTimes(who=who, cells=times, limit=most, weight=weight, source=source)
        lessons = self.school.fixed_lessons(resource)
        return MaxSlotsUsed(lessons=lessons, cells=times, limit=most, weight=weight, source=source)
