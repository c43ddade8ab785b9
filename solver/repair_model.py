"""Models of parts of a repair: some lessons free to move, the others around them kept where they were or given up.

A lesson given up has moved, to no matter where: it costs a move and is in nobody's way. That is easier than any true
repair, so the fewest changes with lessons given up are a lower bound; and where the best way gives none up and breaks
no rule, it is the best repair. Only lessons that turn out to be in the way need to become free, so the models stay
small (see `solver.repair`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ortools.sat.python import cp_model

from models.board import Board
from models.problem import Lesson, Pin, Problem
from models.reach import TOGETHER
from models.rules import LessonRule, ResourceRule, Rule
from models.rules.preferred_rooms import PreferredRooms
from models.rules.same_start import SameStart
from models.timetable import Placement, Timetable
from solver.domains import Resource
from solver.facts import Fact, Users, facts_of_rule, users_of, with_context
from solver.model import build
from solver.old_places import OldPlaces, Person, makeshift_room, people_of
from solver.statements import Expr, Lit, negation
from solver.variables import Variables

SHRINKING = frozenset(
    (
        "buffer",
        "different_day",
        "lunch_break",
        "max_days",
        "max_in_a_row",
        "max_periods_per_day",
        "max_periods_per_week",
        "max_span_per_day",
        "min_reserve",
        "min_days_between",
        "not_overlapping",
        "not_twice_a_day",
        "preferred_rooms",
        "preferred_times",
        "room_capacity",
        "room_wanted",
        "same_day",
        "same_period",
        "same_start",
        "unavailable",
    )
)
"""Rules that hold for any of their lessons if they hold for all."""

STAY = "(old room)"


class Scope(NamedTuple):
    """What a part looks at. window: lessons that are free; around, facts: lessons and facts to be looked at besides
    those that share a teacher, students or a rule with the window."""

    window: frozenset[str]
    around: frozenset[str] = frozenset()
    facts: frozenset[Fact] = frozenset()

    def joined(self, other: "Scope") -> "Scope":
        return Scope(self.window | other.window, self.around | other.around, self.facts | other.facts)


@dataclass(frozen=True)
class Part:
    """problem: lessons that are free, and those around them. still: whether even the free ones keep their time.
    loose: id of a rule that says nothing once one of these lessons is given up."""

    problem: Problem
    window: frozenset[str]
    still: bool
    loose: dict[int, frozenset[str]]


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

    # ---- parts of the problem ------------------------------------------------------------------------------------

    def part(self, scope: Scope, still: bool = False) -> Part:
        """still: all lessons keep their time, and soft rules are judged too."""
        window = scope.window
        free = {x: self._free(self.problem.lesson[x], still) for x in window}
        facts = [f for f in self.hard if f in scope.facts or not f.lessons or not f.lessons.isdisjoint(window)]
        sure = (
            x.model_copy(update={"any_teacher": ()}) if still and x.pin.start is not None else x for x in free.values()
        )
        near = self._near(scope, sure, facts)
        rules, loose = list[Rule](), dict[int, frozenset[str]]()
        for fact in facts:
            shrinking = fact.rule is not None and fact.rule.name in SHRINKING
            if fact.rule is not None and (shrinking or fact.lessons <= near):
                rules.append(self._narrowed(fact.rule, near))
                if not shrinking and not still and not fact.lessons <= window:
                    loose[id(rules[-1])] = fact.lessons - window
        if still:
            rules += (self._narrowed(f.rule, near) for f in self.soft if f.rule is not None and f.lessons & window)
        lessons = tuple(free.get(x.id) or self._stays(x) for x in self.problem.lessons if x.id in near)
        return Part(self._with_stays(lessons, rules, near), window, still, loose)

    def _near(self, scope: Scope, free: Iterable[Lesson], facts: Iterable[Fact]) -> frozenset[str]:
        rows = {row for x in free for row in self.rows_of(x)}
        beside = (self.users.of.get(row, frozenset()) for row in rows)
        named = (f.lessons for f in facts if isinstance(f.rule, LessonRule) or f in scope.facts)
        return self.starting_with(scope.window.union(scope.around, *beside, *named))

    def _with_stays(self, lessons: tuple[Lesson, ...], rules: Iterable[Rule], told: frozenset[str]) -> Problem:
        return with_context(self.problem, lessons, (*rules, *self.stay_rules(told)))

    def _free(self, lesson: Lesson, still: bool) -> Lesson:
        """still: it keeps its time if it may, and only teachers who can take it then are candidates."""
        place = self.old.places.get(lesson.id)
        if not still or place is None or lesson.pin.start not in (None, place.start):
            return lesson
        pin = lesson.pin.model_copy(update={"start": place.start})
        choices = tuple(
            tuple(t for t in options if t == chosen or self._can_take(t, lesson, place.start))
            for options, chosen in zip(lesson.any_teacher, place.teachers, strict=True)
        )
        return lesson.model_copy(update={"pin": pin, "any_teacher": choices})

    def _can_take(self, teacher: str, lesson: Lesson, start: int) -> bool:
        """Whether the teacher is free then, and no limit is passed by this besides the lessons certainly hers."""
        own = [x for x in self._taught.get(teacher, ()) if x != lesson.id]
        slots = set(self.problem.slots_of(lesson, start))
        problem = self.problem
        if any(slots.intersection(problem.slots_of(problem.lesson[x], self.old.places[x].start)) for x in own):
            return False
        taken = lesson.model_copy(update={"teachers": (teacher,), "any_teacher": (), "rooms": ()})
        alone = with_context(problem, (*(problem.lesson[x] for x in own), taken), ())
        places = (*(self.old.places[x] for x in own), Placement(lesson=lesson.id, start=start))
        board = Board(alone, Timetable(placements=places))
        return not any(True for rule in self._limits.get(teacher, ()) for _ in rule.violations(board))

    @cached_property
    def _limits(self) -> dict[str, list[Rule]]:
        """Teacher -> hard rules on her alone that hold for any of her lessons if they hold for all."""
        found: dict[str, list[Rule]] = defaultdict(list)
        for fact in self.hard:
            rule = fact.rule
            if isinstance(rule, ResourceRule) and rule.who.kind == "teacher" and rule.name in SHRINKING - TOGETHER:
                found[rule.who.ids[0]].append(rule)
        return found

    @cached_property
    def _taught(self) -> dict[str, list[str]]:
        """Teacher -> lessons that have a place and are certainly hers."""
        found: dict[str, list[str]] = defaultdict(list)
        for id_ in self.old.places:
            for teacher in self.problem.lesson[id_].teachers:
                found[teacher].append(id_)
        return found

    def _stays(self, lesson: Lesson) -> Lesson:
        start = self.old.places[lesson.id].start
        return lesson.model_copy(update={"pin": lesson.pin.model_copy(update={"start": start})})

    def _narrowed(self, rule: Rule, near: frozenset[str]) -> Rule:
        """Said of lessons of the part alone. Always a new object."""
        lessons = getattr(rule, "lessons", ())
        return rule.model_copy(update={"lessons": tuple(x for x in lessons if x in near)} if lessons else {})

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

    def others_kept(self, window: frozenset[str]) -> Part:
        """For the soft score: lessons outside the window stay exactly as they are; those that cannot be in its way
        are left out."""
        facts = [f for f in (*self.hard, *self.soft) if not f.lessons or f.lessons & window]
        near = self.beside(window).union(*(f.lessons for f in facts), self.in_rooms_of(window))
        lessons = tuple(x if x.id in window else self._kept(x) for x in self.problem.lessons if x.id in near)
        rules = [self._narrowed(f.rule, near) for f in facts if f.rule is not None]
        return Part(self._with_stays(lessons, rules, window), window, False, {})

    def _kept(self, lesson: Lesson) -> Lesson:
        place = self.old.places[lesson.id]
        pin = Pin(start=place.start, rooms=place.rooms, teachers=place.teachers)
        return lesson.model_copy(update={"pin": pin})

    def stay_rules(self, lessons: frozenset[str]) -> Iterator[PreferredRooms]:
        """Rules without effect but one: the model tells the old room of each of these lessons from all others, and
        rooms as good as that from makeshift ones."""
        for id_ in sorted(lessons & self.old.places.keys()):
            rooms = self.old.places[id_].rooms
            if len(rooms) == 1 and rooms[0] is not None:
                yield PreferredRooms(lessons=(id_,), rooms=(rooms[0],), weight=1, source=STAY)
                proper = self._as_good_as(rooms[0])
                choices = self.problem.room_choices(self.problem.lesson[id_].rooms[0])
                if not proper.issuperset(choices):
                    yield PreferredRooms(lessons=(id_,), rooms=tuple(sorted(proper)), weight=1, source=STAY)

    def _as_good_as(self, room: str) -> frozenset[str]:
        """Rooms with everything that the room has."""
        if room not in self._proper:
            others = (r.id for r in self.problem.rooms)
            self._proper[room] = frozenset(r for r in others if not makeshift_room(self.problem, room, r))
        return self._proper[room]

    @cached_property
    def _proper(self) -> dict[str, frozenset[str]]:
        return {}


class Levels:
    """The model of a part, with what its lessons change, in the order of `Amount`.

    on_step: called many times during the work; what it raises ends it.
    """

    def __init__(self, school: School, part: Part, explicit: frozenset[str], on_step: Callable[[], None]) -> None:
        self.school, self.part = school, part
        self._loose: list[tuple[cp_model.IntVar, frozenset[str]]] = []
        several = frozenset(x.id for x in part.problem.lessons if len(x.rooms) > 1)
        self.v: Variables = build(
            part.problem, best_effort=True, explicit=explicit | several, enable=self._enable, on_step=on_step
        )
        self.given_up: dict[str, Lit] = {}
        self._place()
        self.affected: dict[Person, list[Lit]] = defaultdict(list)
        self.totals = [self._total(exprs, offset) for exprs, offset in self._amounts()]

    def _enable(self, model: cp_model.CpModel, rule: Rule) -> Lit | None:
        outside = self.part.loose.get(id(rule))
        if outside is None:
            return None
        holds = model.new_bool_var("")
        self._loose.append((holds, outside))
        return holds

    def _place(self) -> None:
        """Free lessons have a place; the others too, or are given up."""
        known = {x.id for x in self.part.problem.lessons}
        must: dict[int, Lit] = {}
        for id_ in sorted(known):
            placed = self.v.placed(id_)
            if self.part.still or id_ in self.part.window:
                must[id(placed) if isinstance(placed, bool) else placed.index] = placed
            else:
                self.given_up[id_] = negation(placed)
        for placed in must.values():
            self.v.model.add_bool_or([placed])
        for holds, outside in self._loose:
            self.v.model.add_bool_or([holds, *(self.given_up[x] for x in sorted(outside))])

    def _amounts(self) -> Iterator[tuple[list[Expr], int]]:
        school = self.school
        stayed = [(x, school.old.places[x.id]) for x in self.part.problem.lessons if x.id in school.old.places]
        lost = sum(x.id in school.old.lost for x in self.part.problem.lessons)
        for x, place in stayed:
            self._note_people(x, place)
        yield [1 - self._start(x.id, place) for x, place in stayed], lost
        yield [pick for x, place in stayed for pick in self._makeshift(x, place)], 0
        yield [y for x, p in stayed for i, t in enumerate(p.teachers) for y in self._other_teachers(x.id, i, t)], 0
        yield [y for x, p in stayed for i, r in enumerate(p.rooms) for y in self._other_rooms(x.id, i, r)], 0
        yield [self._person(literals) for literals in self.affected.values()], 0

    @property
    def scale(self) -> int:
        """One change is worse than all lessons given up."""
        return len(self.given_up) + 1

    @property
    def lost(self) -> Expr:
        """How many lessons are given up."""
        return sum(self.given_up.values())

    def keep_all(self) -> None:
        """No lesson may be given up."""
        for given_up in self.given_up.values():
            self.v.model.add_bool_or([negation(given_up)])

    def at_least(self, moves: int) -> None:
        """So many moves are known to be needed."""
        self.v.model.add(self.totals[0] >= moves)

    def price(self) -> Expr:
        """What the soft rules of the part cost."""
        return sum(amount * weight for amount, weight, rule in self.v.penalties if rule.source != STAY)

    def _start(self, id_: str, place: Placement) -> Expr:
        return self.v.starts(id_).get(place.start, 0)

    def _other_teachers(self, id_: str, position: int, teacher: str) -> Iterator[Expr]:
        yield from (x for (_, t), x in self.v.teacher_picks(id_, position).items() if t != teacher)

    def _other_rooms(self, id_: str, position: int, room: str | None) -> Iterator[Expr]:
        """For a lesson in no room before: any room; else every other room and, if it may, none."""
        picks = self.v.room_picks(id_, position)
        if room is None:
            yield from picks.values()
        else:
            same = [x for (_, rooms), x in picks.items() if rooms == frozenset((room,))]
            yield self.v.placed(id_) - sum(same)

    def _makeshift(self, lesson: Lesson, place: Placement) -> Iterator[Expr]:
        old, problem = self.school.old, self.school.problem
        for i, teacher in enumerate(place.teachers):
            for (_, other), pick in self.v.teacher_picks(lesson.id, i).items():
                if other != teacher and old.makeshift_teacher(lesson, other):
                    yield pick
        for i, room in enumerate(place.rooms):
            picks = self.v.room_picks(lesson.id, i)
            yield from (x for (_, rooms), x in picks.items() if all(makeshift_room(problem, room, r) for r in rooms))
            if room is not None and lesson.may_go_without(i):
                yield self.v.placed(lesson.id) - sum(picks.values())

    def _note_people(self, lesson: Lesson, place: Placement) -> None:
        """A literal that is true at least when the lesson changes in any way."""
        same: list[Expr] = [self._start(lesson.id, place)]
        for i, teacher in enumerate(place.teachers):
            same += [1 - x for x in self._other_teachers(lesson.id, i, teacher)]
        for i, room in enumerate(place.rooms):
            same += [1 - x for x in self._other_rooms(lesson.id, i, room)]
        changes = self.v.model.new_bool_var("")
        for unchanged in same:
            self.v.model.add(unchanged + changes >= 1)
        for person in people_of(lesson, place.teachers) - self.school.old.given:
            self.affected[person].append(changes)
        for i, teacher in enumerate(place.teachers):
            for (_, other), pick in self.v.teacher_picks(lesson.id, i).items():
                given = ("teacher", other) in self.school.old.given
                if other != teacher and not given and not isinstance(pick, bool):
                    self.affected["teacher", other].append(pick)

    def _person(self, literals: Sequence[Lit]) -> Expr:
        person = self.v.model.new_bool_var("")
        self.v.model.add_bool_and([negation(x) for x in literals]).only_enforce_if(~person)
        return person

    def _total(self, exprs: Sequence[Expr], offset: int) -> cp_model.IntVar:
        total = self.v.model.new_int_var(offset, offset + len(exprs), "")
        self.v.model.add(total >= sum(exprs) + offset)
        return total
