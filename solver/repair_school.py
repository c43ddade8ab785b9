"""The school of a repair: who shares what with whom, and where lessons were."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from models.problem import Lesson, Problem
from models.reach import TOGETHER
from models.rules import ResourceRule, Rule
from models.rules.same_start import SameStart
from solver.domains import Resource
from solver.facts import Fact, Users, facts_of_rule, users_of
from solver.old_places import OldPlaces
from solver.repair_part import Scope


@dataclass(frozen=True)
class School:
    """problem: as it is to be after the repair, with locked lessons pinned; old: where its lessons were."""

    problem: Problem
    old: OldPlaces

    @cached_property
    def users(self) -> Users:
        return users_of(self.problem)

    @cached_property
    def must_move(self) -> int:
        """How many lessons cannot be where they were, whatever the others do."""
        pins = ((self.problem.lesson[x].pin.start, place.start) for x, place in self.old.places.items())
        return len(self.old.lost) + sum(wanted not in (None, was) for wanted, was in pins)

    @cached_property
    def everyone(self) -> frozenset[str]:
        return frozenset(self.problem.lesson)

    @cached_property
    def hard(self) -> list[Fact]:
        return self._facts(hard=True)

    @cached_property
    def soft(self) -> list[Fact]:
        return self._facts(hard=False)

    def _facts(self, hard: bool) -> list[Fact]:
        rules = (r for r in self.problem.rules if (r.weight is None) == hard)
        return [f for rule in rules for f in self._facts_of(rule)]

    def _facts_of(self, rule: Rule) -> Iterable[Fact]:
        """A rule on a group as a whole is one fact, not one for each of the group."""
        if not isinstance(rule, ResourceRule) or rule.name not in TOGETHER:
            return facts_of_rule(self.problem, self.users, rule)
        rows = [(rule.who.kind, row) for row in self.problem.rows(rule.who)]
        return [Fact("rule", rule.name, rule.source, self.users.using(rows), rule)]

    def beside(self, lessons: Collection[str]) -> frozenset[str]:
        """The lessons and all that share a teacher or students with them."""
        rows = {row for x in lessons for row in self.rows_of(self.problem.lesson[x])}
        return frozenset(lessons).union(*(self.users.of.get(row, frozenset()) for row in rows))

    def rows_of(self, lesson: Lesson) -> Iterator[Resource]:
        """Teachers and student sets the lesson uses or could use."""
        for teacher in (*lesson.teachers, *(t for options in lesson.any_teacher for t in options)):
            yield "teacher", teacher
        for students in self.problem.students.of(lesson.classes):
            yield "class", students

    def starting_with(self, lessons: Collection[str]) -> frozenset[str]:
        """The lessons and those that must start with one of them."""
        wanted = set(lessons)
        while grown := [g for g in self._together if not g.isdisjoint(wanted) and not g <= wanted]:
            wanted.update(*grown)
        return frozenset(wanted)

    def with_classes(self, scope: Scope, lessons: Collection[str]) -> Scope:
        """With all lessons of the classes of some lessons, and all that the facts of the scope speak of, free."""
        students = {s for x in lessons for s in self.problem.students.of(self.problem.lesson[x].classes)}
        wanted = scope.window.union(*(self.users.of["class", s] for s in students), *(f.lessons for f in scope.facts))
        return scope._replace(window=self.starting_with(wanted))

    @cached_property
    def _together(self) -> list[frozenset[str]]:
        return [frozenset(r.lessons) for r in self.problem.rules if isinstance(r, SameStart) and r.weight is None]

    # ---- rooms ---------------------------------------------------------------------------------------------------

    def at_the_time_of(self, lessons: Collection[str]) -> frozenset[str]:
        """Lessons that are, at the time of one of these, in a room that it could have."""
        found: set[str] = set()
        for x in lessons & self.old.places.keys():
            lesson = self.problem.lesson[x]
            rooms = {r for request in lesson.rooms for r in self.problem.room_choices(request)}
            for slot in self.problem.slots_of(lesson, self.old.places[x].start):
                found.update(*(self._guests[slot].get(r, ()) for r in rooms))
        return frozenset(found)

    def in_rooms_of(self, lessons: Collection[str]) -> frozenset[str]:
        """Lessons in a room that one of these could have."""
        requests = {request for x in lessons for request in self.problem.lesson[x].rooms}
        rooms = {r for request in requests for r in self.problem.room_choices(request)}
        return frozenset(x for x, place in self.old.places.items() if not rooms.isdisjoint(place.rooms))

    @cached_property
    def _guests(self) -> dict[int, dict[str, list[str]]]:
        """Slot -> room -> lessons that were there."""
        found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for id_, place in self.old.places.items():
            for slot in self.problem.slots_of(self.problem.lesson[id_], place.start):
                for room in place.rooms:
                    if room is not None:
                        found[slot][room].append(id_)
        return found
