"""Constraints on resources as rules on teachers, classes and rooms."""

import math
from collections.abc import Iterable, Iterator

from formats.xhstt.entry import Entry, Inexpressible
from formats.xhstt.event_constraints import Converter, certain, only_required
from formats.xhstt.school import School
from formats.xhstt.workload import Workload
from models.rules import AnyRule
from models.rules.max_days import MaxDays
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.max_slots_used import MaxSlotsUsed
from models.rules.min_days import MinDays
from models.rules.min_slots_used import MinSlotsUsed
from models.rules.preferred_times import PreferredTimes
from models.rules.unavailable import Unavailable


def avoid_unavailable_times(entry: Entry, school: School) -> Iterator[AnyRule]:
    """Gaps of our rules leave out times that are closed to somebody, idle times do not: for resources with a limit on
    idle times the lessons are kept out of the times instead."""
    cells = tuple(sorted(entry.times))
    if not entry.hard:
        worst = max((min(len(cells), school.load(r)[1]) for r in entry.resources), default=0)
        for who, weight in school.each(entry.resources, entry.price.only(worst)) if worst else ():
            yield Unavailable(who=who, cells=cells, weight=weight, source=entry.source)
        return
    idle = idle_limited(school)
    for who, _ in school.each([r for r in entry.resources if r not in idle], None):
        yield Unavailable(who=who, cells=cells, source=entry.source)
    others = tuple(t for t in range(len(school.instance.times)) if t not in entry.times)
    for resource in entry.resources:
        if resource in idle and (lessons := school.fixed_lessons(resource)):
            yield PreferredTimes(lessons=lessons, cells=others, whole=True, source=entry.source)


def idle_limited(school: School) -> frozenset[str]:
    """Resources with a limit on their idle times."""
    limits = (x for x in school.entries if x.node.tag == "LimitIdleTimesConstraint")
    return frozenset(r for x in limits for r in x.resources)


def limit_workload(entry: Entry, school: School) -> Iterator[AnyRule]:
    """Deviation: workload above the most or below the least. What somebody has for certain is a number; of the events
    that may be given to him, those with a workload for each of their times are counted by periods."""
    least, most = entry.bounds
    for resource in entry.resources:
        load = Workload(school, resource)
        if resource not in school.chosen:
            short = max(0, least - load.certain, load.certain - most)
            yield from certain(entry, list(school.lessons.values())[:1], math.ceil(short))
        elif least > 0:
            raise Inexpressible("with a minimum for those who are chosen")
        else:
            yield from load.at_most(entry, most)


def cluster_busy_times(entry: Entry, school: School) -> Iterator[AnyRule]:
    """Deviation: busy time groups below the least or above the most number."""
    groups = [cells for _, cells in entry.time_groups]
    if all(len(cells) == 1 for cells in groups) and len(set(groups)) == len(groups):
        yield from _single_times(entry, school)
        return
    least, most = entry.bounds
    for resource in entry.resources:
        must_be_days(school, resource, groups)
        if least > 0 and not school.load(resource)[0]:
            raise Inexpressible("with a minimum for those who may have nothing")
    for k, price in entry.price.steps(len(groups) - most):
        for who, weight in school.each(entry.resources, price):
            yield MaxDays(who=who, limit=most + k, weight=weight, source=entry.source)
    for k, price in entry.price.steps(least):
        for who, weight in school.each(entry.resources, price):
            yield MinDays(who=who, limit=least - k, weight=weight, source=entry.source)


def _single_times(entry: Entry, school: School) -> Iterator[AnyRule]:
    """Groups of one time each: busy ones are the times that the lessons of the resource cover."""
    least, most = entry.bounds
    cells = tuple(sorted(entry.times))
    for resource in entry.resources:
        lessons = school.fixed_lessons(resource)
        if least > 0 and not lessons:
            raise Inexpressible("with a minimum for those who may have nothing")
        for k, weight in entry.price.steps(len(cells) - most):
            yield MaxSlotsUsed(lessons=lessons, cells=cells, limit=most + k, weight=weight, source=entry.source)
        for k, weight in entry.price.steps(least):
            yield MinSlotsUsed(lessons=lessons, cells=cells, limit=least - k, weight=weight, source=entry.source)


def idle_in_week(entry: Entry, school: School) -> Iterator[AnyRule]:
    """A limit on the idle times of all days together."""
    least, most = entry.bounds
    if least > 0:
        raise Inexpressible("with a minimum")
    for resource in entry.resources:
        must_be_days(school, resource, [cells for _, cells in entry.time_groups])
    worst = sum(max(0, len(day) - 2) for day in school.instance.days.values()) - most
    for k, price in entry.price.steps(worst):
        for who, weight in school.each(entry.resources, price):
            yield MaxGapsPerWeek(who=who, limit=most + k, weight=weight, source=entry.source)


def must_be_days(school: School, resource: str, groups: Iterable[frozenset[int]]) -> None:
    if not are_days(school, resource, list(groups)):
        raise Inexpressible("on other time groups than all days")


def are_days(school: School, resource: str, groups: list[frozenset[int]]) -> bool:
    """Whether the groups are whole days, each once, all but those on which the resource can never be busy."""
    days = {frozenset(day) for day in school.instance.days.values()}
    needed = {day for day in days if not day <= school.closed[resource]}
    return len(set(groups)) == len(groups) and needed <= set(groups) <= days


RESOURCE_CONSTRAINTS: dict[str, Converter] = {
    "AvoidClashesConstraint": only_required,
    "AvoidUnavailableTimesConstraint": avoid_unavailable_times,
    "ClusterBusyTimesConstraint": cluster_busy_times,
    "LimitWorkloadConstraint": limit_workload,
}
