"""Which rules a lesson can change at a place, each narrowed to what the lesson has to do with it.

So the cost of a move is the sum over a few parts of rules instead of all rules of a school. That the parts are enough
is no assumption: a test holds them to the full score for every rule of the catalogue.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from models.base import ResourceKind
from models.board import Board, Span, resources
from models.problem import Lesson, Problem
from models.rules import STRUCTURAL, LessonRule, ResourceRule, Rule, Violation
from models.stage import Resource, Rows
from models.timetable import Placement

Sight = Literal["time", "sites", "all"]
"""What of a place a part looks at: the start, the start and the sites of the rooms, or everything."""

ALONE: dict[str, Sight] = {
    "home_room": "all",
    "preferred_rooms": "all",
    "preferred_times": "time",
    "room_capacity": "all",
    "room_request": "all",
    "room_wanted": "all",
}
"""Rules that judge each lesson by itself."""

SIGHT: dict[str, Sight] = {
    "max_room_changes": "all",
    "max_site_changes": "sites",
    "room_stability": "all",
    "same_room_if_consecutive": "all",
    "same_teacher": "all",
    "side_by_side": "all",
    "travel_time": "sites",
}
"""Rules that look at more than times, besides those of `ALONE`."""

EACH_BOOKING = frozenset(("unavailable",))
"""Rules on resources that judge each lesson of a resource by itself."""

ANY_TAGS = frozenset(("min_gap_after",))
"""Rules on resources that look at lessons without their tags as well."""

SAME_ALL_DAY = frozenset(("home_room", "preferred_rooms", "room_capacity", "room_stability", "room_wanted"))
"""Rules of which the amount, though not the words, depends on the rooms alone."""

OF_BUSY_TIMES: dict[str, Span] = {
    "compactness": "day",
    "day_ends": "week",
    "day_starts_early": "week",
    "interval_max_days": "week",
    "lunch_break": "day",
    "max_busy_in_times": "week",
    "max_days": "week",
    "max_gaps_per_day": "day",
    "max_gaps_per_week": "week",
    "max_in_a_row": "day",
    "max_long_days": "week",
    "max_periods_per_day": "day",
    "max_periods_per_week": "week",
    "max_span_per_day": "day",
    "min_days": "week",
    "min_periods_per_day": "day",
    "min_rest": "week",
}
"""Rules on resources that look at when a resource is busy with lessons of their tags, and closed, and at nothing else:
at each day, or each week, by itself."""

OF_DAYS = frozenset(("buffer", "max_room_changes", "max_site_changes", "travel_time"))
"""Rules on resources that judge the lessons of each day by themselves, those on changes unless they count by week."""

TOGETHER = frozenset(("min_reserve",))
"""Rules on resources that do not judge each of them by itself."""

CLASHES: dict[str, ResourceKind] = {"teacher_clash": "teacher", "class_clash": "class", "room_clash": "room"}


Name = tuple[int, Resource | None, str | None]
Chosen = Literal["room", "teacher"]


class Part(NamedTuple):
    """name: tells it from all other parts of a problem: its rule, and the resource and the lesson it is narrowed to.
    alone: judged with no other lesson on the board; clash: judges who is in a resource at the same time; of_days:
    judges the lessons of each day by themselves; span: None unless it is of `OF_BUSY_TIMES`, for lessons with `tags`;
    alike: parts that have the same say the same of the same times, but for the name of the resource."""

    name: Name
    rule: Rule
    judge: Callable[[Board], Iterator[Violation]]
    sight: Sight
    resource: Resource | None = None
    alone: bool = False
    clash: bool = False
    of_days: bool = False
    span: Span | None = None
    tags: tuple[str, ...] = ()
    alike: tuple[object, ...] = ()

    def sees(self, chosen: Chosen) -> bool:
        """Whether it can depend on the rooms, or the teachers, of a lesson that keeps its start."""
        if self.resource is not None and self.resource[0] == chosen:
            return True
        return self.sight == "all" or (self.sight == "sites" and chosen == "room")


class Reach:
    """Derived once per problem. unjudged: names of rules that are left out."""

    def __init__(self, problem: Problem, unjudged: Collection[str] = ()) -> None:
        self.problem = problem
        self.by_lesson: dict[str, list[Rule]] = defaultdict(list)
        self.by_row: dict[Resource, list[ResourceRule]] = defaultdict(list)
        self.ends_day: list[LessonRule] = []
        self.always: list[Rule] = []
        self.clash: dict[ResourceKind, Rule] = {}
        self._parts: dict[tuple[str, Resource], list[Part]] = {}
        self._all: dict[tuple[object, ...], list[Part]] = {}
        self._seeing: dict[tuple[object, ...], list[Part]] = {}
        for rule in (*STRUCTURAL, *problem.rules):
            if rule.name not in unjudged:
                self._enter(rule)

    def _enter(self, rule: Rule) -> None:
        if rule.name in CLASHES:
            self.clash[CLASHES[rule.name]] = rule
        elif isinstance(rule, ResourceRule):
            for row in self.problem.rows(rule.who):
                self.by_row[rule.who.kind, row].append(rule)
        elif isinstance(rule, LessonRule) and rule.name == "ends_day":
            self.ends_day.append(rule)
        elif isinstance(rule, LessonRule):
            for lesson in dict.fromkeys(rule.lessons):
                self.by_lesson[lesson].append(rule)
        else:
            self.always.append(rule)

    def parts(self, lesson: Lesson, placement: Placement) -> list[Part]:
        """What can change when the lesson comes to this place or leaves it, each part once."""
        key = (lesson.id, placement.rooms, placement.teachers)
        if key not in self._all:
            found = {part.name: part for part in self._of_lesson(lesson)}
            for resource in resources(self.problem, lesson, placement):
                found.update({part.name: part for part in self._of_row(lesson, resource)})
            self._all[key] = list(found.values())
        return self._all[key]

    def parts_seeing(self, chosen: Chosen, lesson: Lesson, placement: Placement) -> list[Part]:
        """Those of the parts that can depend on the rooms, or on the teachers, clashes first."""
        key = (chosen, lesson.id, placement.rooms, placement.teachers)
        if key not in self._seeing:
            parts = (part for part in self.parts(lesson, placement) if part.sees(chosen))
            self._seeing[key] = sorted(parts, key=lambda part: not part.clash)
        return self._seeing[key]

    @cached_property
    def rooms_only_cost(self) -> bool:
        """Whether a lesson that comes to a room never mends a breach there: no rule asks how a room spends its
        time."""
        of_rooms = (rule for (kind, _), rules in self.by_row.items() if kind == "room" for rule in rules)
        return all(rule.name in ALONE or rule.name in EACH_BOOKING for rule in of_rooms)

    def _of_lesson(self, lesson: Lesson) -> list[Part]:
        key: tuple[str, Resource] = (lesson.id, ("class", ""))
        if key not in self._parts:
            self._parts[key] = list(self._made(lesson))
        return self._parts[key]

    def _made(self, lesson: Lesson) -> Iterator[Part]:
        for rule in self.by_lesson.get(lesson.id, ()):
            if rule.name in ALONE:
                yield alone(rule.model_copy(update={"lessons": (lesson.id,)}), rule, lesson)
            else:
                yield Part((id(rule), None, None), rule, rule.violations, SIGHT.get(rule.name, "time"))
        for rule in self.always:
            named = getattr(rule, "lessons", ())
            if not named or lesson.id in named:
                narrowed = rule.model_copy(update={"lessons": (lesson.id,)}) if rule.name == "room_capacity" else rule
                in_all = Part((id(rule), None, None), rule, rule.violations, "all")
                yield alone(narrowed, rule, lesson) if rule.name in ALONE else in_all
        yield from self._of_days(lesson)

    def _of_days(self, lesson: Lesson) -> Iterator[Part]:
        """Rules on the end of the day, which concern all lessons of the same students."""
        of = self.problem.students.of
        students = frozenset(of(lesson.classes))
        for rule in self.ends_day:
            for near in rule.lessons:
                if not students.isdisjoint(of(self.problem.lesson[near].classes)):
                    narrowed = rule.model_copy(update={"lessons": (near,)})
                    yield Part((id(rule), None, near), rule, narrowed.violations, "time")

    def _of_row(self, lesson: Lesson, resource: Resource) -> list[Part]:
        key = (lesson.id, resource)
        if key not in self._parts:
            self._parts[key] = list(self._made_of_row(lesson, resource))
        return self._parts[key]

    def _made_of_row(self, lesson: Lesson, resource: Resource) -> Iterator[Part]:
        clash = self.clash[resource[0]]
        yield Part((id(clash), resource, None), clash, clash.violations, "time", resource, clash=True)
        for rule in self.by_row.get(resource, ()):
            if rule.tags and rule.name not in ANY_TAGS and not lesson.all_tags.intersection(rule.tags):
                continue
            if rule.name in ALONE:
                yield alone(rule, rule, lesson)
            elif rule.name in TOGETHER:
                yield Part((id(rule), None, None), rule, rule.violations, "all")
            else:
                yield of_row(rule, resource, lesson, self.problem.closed.get(resource, frozenset()))


def alone(narrowed: Rule, rule: Rule, lesson: Lesson) -> Part:
    return Part((id(rule), None, lesson.id), rule, narrowed.violations, ALONE[rule.name], alone=True)


def of_row(rule: ResourceRule, resource: Resource, lesson: Lesson, closed: frozenset[int]) -> Part:
    """What the rule says about one resource, to which the lesson comes. closed: cells in which it is."""
    each = rule.name in EACH_BOOKING
    narrowed = rule.model_copy(update={"who": Rows(kind=resource[0], ids=(resource[1],))})
    return Part(
        (id(rule), resource, lesson.id if each else None),
        rule,
        narrowed.violations,
        SIGHT.get(rule.name, "time"),
        resource,
        alone=each,
        of_days=rule.name in OF_DAYS and getattr(rule, "per", "day") == "day",
        span=OF_BUSY_TIMES.get(rule.name),
        tags=rule.tags,
        alike=(id(rule), closed),
    )
