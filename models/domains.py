"""What is possible at all, before any variable is made: start cells and rooms of every lesson.

Only hard rules on a single lesson are looked at. The CP-SAT model, the local search and the counting proofs start here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from models.base import ResourceKind
from models.problem import Lesson, Problem, RoomRequest
from models.rules.base import ResourceRule
from models.rules.home_room import HomeRoom
from models.rules.preferred_rooms import PreferredRooms
from models.rules.preferred_times import PreferredTimes
from models.rules.room_capacity import RoomCapacity
from models.rules.same_start import SameStart
from models.rules.unavailable import Unavailable

Resource = tuple[ResourceKind, str]


class Domains:
    """Derived once per problem.

    starts: lesson -> cells where it may start; leader: lesson -> the lesson whose start decides for it (hard
    `same_start` groups share one start, so they are one block); rooms: lesson -> for each request its rooms.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    @cached_property
    def closed(self) -> dict[Resource, list[Unavailable]]:
        """Resource -> hard rules that keep it free."""
        found: dict[Resource, list[Unavailable]] = defaultdict(list)
        for rule in self.problem.rules:
            if isinstance(rule, Unavailable) and rule.weight is None:
                for row in self.problem.rows(rule.who):
                    found[rule.who.kind, row].append(rule)
        return found

    def closed_cells(self, resource: Resource, lesson: Lesson) -> frozenset[int]:
        """Cells in which the resource may not be used for this lesson."""
        rules = self.closed.get(resource)
        if rules is None:
            return frozenset()
        tagged = [r.cells for r in rules if r.tags and lesson.all_tags.intersection(r.tags)]
        return self.always_closed(resource).union(*tagged)

    def always_closed(self, resource: Resource) -> frozenset[int]:
        """Cells in which the resource may not be used for any lesson."""
        return self._always_closed.get(resource, frozenset())

    @cached_property
    def _always_closed(self) -> dict[Resource, frozenset[int]]:
        return {x: frozenset(c for r in rules if not r.tags for c in r.cells) for x, rules in self.closed.items()}

    def open_starts(self, resources: Iterable[Resource], lesson: Lesson) -> frozenset[int] | None:
        """Start cells at which one of the resources is open throughout the lesson; None: at all."""
        found = frozenset[int]()
        for resource in resources:
            shut = self.closed_cells(resource, lesson)
            if not shut:
                return None
            found |= self._starts_outside(shut, lesson.duration)
        return found

    def _starts_outside(self, shut: frozenset[int], duration: int) -> frozenset[int]:
        """Cells from which a lesson would touch none of some cells, whether it fits there or not."""
        key = (shut, duration)
        if key not in self._outside:
            cells = range(self.problem.grid.size)
            self._outside[key] = frozenset(c for c in cells if shut.isdisjoint(range(c, c + duration)))
        return self._outside[key]

    @cached_property
    def _outside(self) -> dict[tuple[frozenset[int], int], frozenset[int]]:
        """What `_starts_outside` found, filled as asked for."""
        return {}

    def fixed(self, lesson: Lesson) -> Iterator[Resource]:
        """Resources the lesson uses wherever it is placed."""
        for teacher in lesson.teachers:
            yield "teacher", teacher
        for students in self.problem.students.of(lesson.classes):
            yield "class", students

    @cached_property
    def teachers(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Lesson -> for each teacher to choose, the candidates; its pin leaves one."""
        return {
            x.id: tuple((t,) for t in x.pin.teachers) if x.pin.teachers is not None else x.any_teacher
            for x in self.problem.lessons
        }

    @cached_property
    def rooms(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Lesson -> for each room request, the rooms it may have; its pin leaves one (none: goes without)."""
        return {
            x.id: tuple(self._rooms_of(x, i, request) for i, request in enumerate(x.rooms))
            for x in self.problem.lessons
        }

    def _rooms_of(self, lesson: Lesson, position: int, request: RoomRequest) -> tuple[str, ...]:
        if lesson.pin.rooms is not None:
            pinned = lesson.pin.rooms[position]
            return () if pinned is None else (pinned,)
        choices = self.problem.room_choices(request)
        for wanted in self.required_rooms.get(lesson.id, ()) if len(lesson.rooms) == 1 else ():
            choices = tuple(r for r in choices if r in wanted)
        if len(lesson.rooms) == 1 and lesson.id in self.seats_required:
            heads = self.problem.head_count(lesson)
            choices = tuple(r for r in choices if self.problem.useful_seats(r, heads) == heads)
        if len(lesson.rooms) == 1 and not request.optional:
            for rule in self.home_rooms[lesson.id]:
                choices = tuple(r for r in choices if r == rule.room) or choices
        return choices

    @cached_property
    def home_rooms(self) -> defaultdict[str, list[HomeRoom]]:
        """Lesson -> hard rules that it must be in a home room, whichever teachers it gets."""
        found: defaultdict[str, list[HomeRoom]] = defaultdict(list)
        for rule in self.problem.rules:
            if isinstance(rule, HomeRoom) and rule.weight is None:
                rows = {(rule.who.kind, row) for row in self.problem.rows(rule.who)}
                for x in self.problem.lessons:
                    tagged = not rule.tags or bool(x.all_tags.intersection(rule.tags))
                    if tagged and not rows.isdisjoint(self.fixed(x)) and rule.wanted_by(self.problem, x):
                        found[x.id].append(rule)
        return found

    @cached_property
    def seats_required(self) -> frozenset[str]:
        """Lessons of which nobody may stand."""
        hard = (r for r in self.problem.rules if isinstance(r, RoomCapacity) and r.weight is None)
        return frozenset(x for rule in hard for x in rule.lessons or self.problem.lesson)

    @cached_property
    def required_rooms(self) -> dict[str, list[frozenset[str]]]:
        """Lesson -> sets of rooms of which it must have one each."""
        found: dict[str, list[frozenset[str]]] = defaultdict(list)
        for rule in self.problem.rules:
            if isinstance(rule, PreferredRooms) and rule.weight is None:
                for lesson in rule.lessons:
                    found[lesson].append(frozenset(rule.rooms))
        return found

    @cached_property
    def users(self) -> dict[Resource, tuple[str, ...]]:
        """Resource -> the lessons that use it or could."""
        found: dict[Resource, dict[str, None]] = defaultdict(dict)
        for x in self.problem.lessons:
            for resource in self.fixed(x):
                found[resource][x.id] = None
            for teachers in self.teachers[x.id]:
                for t in teachers:
                    found["teacher", t][x.id] = None
            for rooms in self.rooms[x.id]:
                for r in rooms:
                    found["room", r][x.id] = None
        return {resource: tuple(lessons) for resource, lessons in found.items()}

    def lessons_of(self, rule: ResourceRule) -> list[str]:
        """The lessons the rule could count for one of its resources, each once."""
        rows = self.problem.rows(rule.who)
        lessons = dict.fromkeys(x for row in rows for x in self.users.get((rule.who.kind, row), ()))
        tagged = self.problem.lesson
        return [x for x in lessons if not rule.tags or tagged[x].all_tags.intersection(rule.tags)]

    @cached_property
    def leader(self) -> dict[str, str]:
        """Lesson -> first lesson of the group that must start together with it."""
        leader = {x.id: x.id for x in self.problem.lessons}

        def find(x: str) -> str:
            while leader[x] != x:
                leader[x] = leader[leader[x]]
                x = leader[x]
            return x

        for rule in self.problem.rules:
            if isinstance(rule, SameStart) and rule.weight is None:
                for other in rule.lessons[1:]:
                    leader[find(other)] = find(rule.lessons[0])
        return {x: find(x) for x in leader}

    @cached_property
    def blocks(self) -> dict[str, list[str]]:
        """Leader -> the lessons that start with it, itself included."""
        found: dict[str, list[str]] = {}
        for lesson, leader in self.leader.items():
            found.setdefault(leader, []).append(lesson)
        return found

    @cached_property
    def starts(self) -> dict[str, tuple[int, ...]]:
        """Lesson -> cells where it may start, the same for all lessons of a block, ascending."""
        own = {x.id: self.own_starts(x) for x in self.problem.lessons}
        shared = {
            leader: tuple(sorted(set.intersection(*(own[x] for x in members))))
            for leader, members in self.blocks.items()
        }
        return {x: shared[leader] for x, leader in self.leader.items()}

    def own_starts(self, lesson: Lesson) -> set[int]:
        """Cells where the lesson may start, whatever must start with it."""
        starts = set(self.problem.starts(lesson))
        for rule in self.required_times.get(lesson.id, ()):
            starts = {c for c in starts if rule.misses(lesson, c) == 0}
        shut = frozenset[int]().union(*(self.closed_cells(resource, lesson) for resource in self.fixed(lesson)))
        starts &= self._starts_outside(shut, lesson.duration)
        for resources in self._choices(lesson):
            allowed = self.open_starts(resources, lesson)
            if allowed is not None:
                starts &= allowed
        return starts

    def _choices(self, lesson: Lesson) -> Iterator[list[Resource]]:
        """Sets of resources of each of which the lesson needs one."""
        yield from ([("teacher", t) for t in options] for options in self.teachers[lesson.id])
        for i, options in enumerate(self.rooms[lesson.id]):
            if not lesson.may_go_without(i):
                yield [("room", r) for r in options]

    @cached_property
    def required_times(self) -> dict[str, list[PreferredTimes]]:
        """Lesson -> hard rules on its times."""
        found: dict[str, list[PreferredTimes]] = defaultdict(list)
        for rule in self.problem.rules:
            if isinstance(rule, PreferredTimes) and rule.weight is None:
                for lesson in rule.lessons:
                    found[lesson].append(rule)
        return found
