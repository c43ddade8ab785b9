"""Models of parts of a repair: some lessons free to move, all others kept where they were or left out.

What is found with the others kept is a repair. What is proven with the others left out, and with the rules that they
may take part in, holds for every repair: a lower bound. Where both agree, the rest of the school need not be looked
at.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python import cp_model

from models.problem import Lesson, Pin, Problem
from models.rules import LessonRule, Rule
from models.rules.preferred_rooms import PreferredRooms
from models.rules.preferred_times import PreferredTimes
from models.rules.room_capacity import RoomCapacity
from models.rules.room_wanted import RoomWanted
from models.rules.same_start import SameStart
from models.rules.unavailable import Unavailable
from models.timetable import Placement
from solver.facts import Fact, Users, facts_of_rule, users_of, with_context
from solver.model import build
from solver.old_places import OldPlaces, Person, people_of
from solver.statements import Expr, negation
from solver.variables import Variables

DIVISIBLE = (PreferredTimes, PreferredRooms, RoomCapacity, RoomWanted, SameStart)
"""Rules that hold for any of their lessons if they hold for all."""


@dataclass(frozen=True)
class School:
    """problem: as it is to be after the repair, with locked lessons pinned; old: where its lessons were."""

    problem: Problem
    old: OldPlaces

    @cached_property
    def users(self) -> Users:
        return users_of(self.problem)

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
        return [f for rule in rules for f in facts_of_rule(self.problem, self.users, rule)]

    def beside(self, window: frozenset[str]) -> frozenset[str]:
        """The lessons of the window and all that share a teacher or students with them."""
        return window.union(*(lessons for lessons in self.users.of.values() if not lessons.isdisjoint(window)))

    def starting_with(self, lessons: Collection[str]) -> frozenset[str]:
        """The lessons and those that must start with one of them."""
        wanted = set(lessons)
        groups = [set(r.lessons) for r in self.problem.rules if isinstance(r, SameStart) and r.weight is None]
        while grown := [g for g in groups if not g.isdisjoint(wanted) and not g <= wanted]:
            wanted.update(*grown)
        return frozenset(wanted)

    # ---- parts of the problem ------------------------------------------------------------------------------------

    def others_kept(self, window: frozenset[str], soft: bool = False) -> Problem:
        """Lessons outside the window stay where they were; those that cannot be in its way are left out."""
        facts = [f for f in (*self.hard, *(self.soft if soft else ())) if not f.lessons or f.lessons & window]
        near = self.beside(window).union(*(f.lessons for f in facts), self._in_its_rooms(window))
        lessons = (x if x.id in window else self._kept(x) for x in self.problem.lessons if x.id in near)
        return with_context(self.problem, tuple(lessons), self._rules(facts, window))

    def _in_its_rooms(self, window: frozenset[str]) -> frozenset[str]:
        """Lessons in a room that one of the window could have."""
        lessons = (self.problem.lesson[x] for x in window)
        wanted = {r for x in lessons for request in x.rooms for r in self.problem.room_choices(request)}
        wanted.update(r for x in window for r in self.problem.lesson[x].pin.rooms or () if r is not None)
        return frozenset(x for x, place in self.old.places.items() if not wanted.isdisjoint(place.rooms))

    def _kept(self, lesson: Lesson) -> Lesson:
        place = self.old.places[lesson.id]
        pin = Pin(start=place.start, rooms=place.rooms, teachers=place.teachers)
        return lesson.model_copy(update={"pin": pin})

    def others_absent(self, window: frozenset[str]) -> Problem:
        """Only the lessons of the window, and only rules that no other lesson takes part in."""
        facts = [f for f in (_within(f, window) for f in self.hard) if f is not None]
        lessons = tuple(x for x in self.problem.lessons if x.id in window)
        return with_context(self.problem, lessons, self._rules(facts, window))

    def _rules(self, facts: list[Fact], window: frozenset[str]) -> tuple[Rule, ...]:
        return (*(f.rule for f in facts if f.rule is not None), *self.stay_rules(window))

    def stay_rules(self, window: frozenset[str]) -> Iterator[PreferredRooms]:
        """Rules without effect but one: the model tells the old room of each free lesson from all others."""
        for id_ in sorted(window & self.old.places.keys()):
            rooms = self.old.places[id_].rooms
            if len(rooms) == 1 and rooms[0] is not None:
                yield PreferredRooms(lessons=(id_,), rooms=(rooms[0],), weight=1, source=STAY)


STAY = "(old room)"


def _within(fact: Fact, window: frozenset[str]) -> Fact | None:
    """What remains of a rule for the lessons of the window alone; None: nothing that is sure to hold."""
    rule = fact.rule
    if fact.lessons <= window or isinstance(rule, Unavailable):
        return fact
    if not isinstance(rule, DIVISIBLE) or fact.lessons.isdisjoint(window):
        return None
    lessons = tuple(x for x in rule.lessons if x in window) if isinstance(rule, LessonRule) or rule.lessons else ()
    return Fact("rule", fact.sentence, fact.source, fact.lessons & window, rule.model_copy(update={"lessons": lessons}))


class Levels:
    """The model of a part, with what its free lessons change, in the order of `Amount`.

    on_step: called many times during the work; what it raises ends it.
    """

    def __init__(
        self,
        school: School,
        part: Problem,
        window: frozenset[str],
        explicit: frozenset[str],
        on_step: Callable[[], None],
    ) -> None:
        self.school = school
        self.free = [x for x in part.lessons if x.id in window]
        several = frozenset(x.id for x in self.free if len(x.rooms) > 1)
        self.v: Variables = build(part, explicit=explicit | several, on_step=on_step)
        self.affected: dict[Person, list[cp_model.IntVar]] = defaultdict(list)
        stayed = [(x, school.old.places[x.id]) for x in self.free if x.id in school.old.places]
        moves = [1 - self._start(x.id, place) for x, place in stayed]
        teachers = [1 - self._same_teacher(x.id, i, t) for x, p in stayed for i, t in enumerate(p.teachers)]
        rooms = [1 - self._same_room(x.id, i, r) for x, p in stayed for i, r in enumerate(p.rooms)]
        for x, place in stayed:
            self._note_people(x, place)
        lost = sum(x.id in school.old.lost for x in self.free)
        people = self._people()
        self.totals = [
            self._total(exprs, offset) for exprs, offset in ((moves, lost), (teachers, 0), (rooms, 0), (people, 0))
        ]

    def allow(self, moves: int) -> None:
        """From now on at most so many moves. A smaller domain is seen by presolve, which then fixes most lessons."""
        self.v.model.proto.variables[self.totals[0].index].domain[1] = moves

    def price(self) -> Expr:
        """What the soft rules of the part cost."""
        return sum(amount * weight for amount, weight, rule in self.v.penalties if rule.source != STAY)

    def _start(self, id_: str, place: Placement) -> Expr:
        return self.v.starts(id_).get(place.start, 0)

    def _same_teacher(self, id_: str, position: int, teacher: str) -> Expr:
        return sum(x for (_, t), x in self.v.teacher_picks(id_, position).items() if t == teacher)

    def _same_room(self, id_: str, position: int, room: str | None) -> Expr:
        picks = self.v.room_picks(id_, position)
        if room is None:
            return 1 - sum(picks.values())
        return sum(x for (_, rooms), x in picks.items() if rooms == frozenset((room,)))

    def _note_people(self, lesson: Lesson, place: Placement) -> None:
        """A literal that is true at least when the lesson changes in any way."""
        changes = self.v.model.new_bool_var("")
        same = [self._start(lesson.id, place)]
        same += [self._same_teacher(lesson.id, i, t) for i, t in enumerate(place.teachers)]
        same += [self._same_room(lesson.id, i, r) for i, r in enumerate(place.rooms)]
        for unchanged in same:
            self.v.model.add(unchanged + changes >= 1)
        for person in people_of(lesson, place.teachers) - self.school.old.given:
            self.affected[person].append(changes)
        for i, teacher in enumerate(place.teachers):
            for (_, other), pick in self.v.teacher_picks(lesson.id, i).items():
                given = ("teacher", other) in self.school.old.given
                if other != teacher and not given and isinstance(pick, cp_model.IntVar):
                    self.affected["teacher", other].append(pick)

    def _total(self, exprs: Sequence[Expr], offset: int) -> cp_model.IntVar:
        total = self.v.model.new_int_var(offset, offset + len(exprs), "")
        self.v.model.add(total == sum(exprs) + offset)
        return total

    def _people(self) -> list[Expr]:
        found: list[Expr] = []
        for literals in self.affected.values():
            person = self.v.model.new_bool_var("")
            self.v.model.add_bool_and([negation(x) for x in literals]).only_enforce_if(~person)
            found.append(person)
        return found
