"""Models of parts of a repair: some lessons free to move, the others around them kept where they were or given up.

A lesson given up has moved, to no matter where: it costs a move and is in nobody's way. That is easier than any true
repair, so the fewest changes with lessons given up are a lower bound; and where the best way gives none up and breaks
no rule, it is the best repair. Only lessons that turn out to be in the way need to become free, so the models stay
small (see `solver.repair`).
"""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ortools.sat.python import cp_model

from models.board import Board
from models.problem import Lesson, Pin, Problem
from models.reach import ALONE, SIGHT, TOGETHER
from models.rules import LessonRule, ResourceRule, Rule
from models.rules.preferred_rooms import PreferredRooms
from models.rules.same_start import SameStart
from models.stage import Stage
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
        "home_room",
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

NOT_OF_TIMES = TOGETHER | {"same_teacher"}
"""Rules that depend on who teaches, besides those on teachers."""

STAY = "(old room)"


class Scope(NamedTuple):
    """What a part looks at. window: lessons that are free; around, facts: lessons and facts to be looked at besides
    those that share a teacher, students or a rule with the window. roomed: where all lessons keep their times, those
    whose rooms are looked at."""

    window: frozenset[str]
    around: frozenset[str] = frozenset()
    facts: frozenset[Fact] = frozenset()
    roomed: frozenset[str] = frozenset()

    def joined(self, other: "Scope") -> "Scope":
        window, around, facts, roomed = other
        return Scope(self.window | window, self.around | around, self.facts | facts, self.roomed | roomed)


@dataclass(frozen=True)
class Part:
    """problem: lessons that are free, and those around them. kept: whether no lesson may be given up.
    loose: id of a rule that says nothing once one of these lessons is given up. alone: resources on which lessons
    could clash, None: all."""

    problem: Problem
    window: frozenset[str]
    kept: bool
    loose: dict[int, frozenset[str]]
    alone: frozenset[Resource] | None = None

    def seen(self, timetable: Timetable) -> Timetable:
        """What the part shows of a timetable."""
        known = (p for p in timetable.placements if p.lesson in self.problem.lesson)
        shown = (p if self.problem.lesson[p.lesson].rooms else p.model_copy(update={"rooms": ()}) for p in known)
        return Timetable(placements=tuple(shown))


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

    def part(self, scope: Scope, kept: bool = False) -> Part:
        """The window is free; the others stay or, unless kept, are given up."""
        window = scope.window
        facts = self._concerning(scope)
        near = self._near(scope, self._rows(window), facts)
        rules, loose = list[Rule](), dict[int, frozenset[str]]()
        for fact, rule in self._said(facts, near):
            rules.append(rule)
            if not kept and fact.rule is not None and fact.rule.name not in SHRINKING and not fact.lessons <= window:
                loose[id(rule)] = fact.lessons - window
        lessons = tuple(x if x.id in window else self._stays(x) for x in self.problem.lessons if x.id in near)
        return Part(self._with_stays(lessons, rules, near), window, kept, loose)

    def _concerning(self, scope: Scope) -> list[Fact]:
        """The hard facts that speak of the window, or are asked for."""
        window = scope.window
        return [f for f in self.hard if f in scope.facts or not f.lessons or not f.lessons.isdisjoint(window)]

    def _said(self, facts: Iterable[Fact], near: frozenset[str]) -> Iterator[tuple[Fact, Rule]]:
        """Of the facts that can be said of these lessons alone, each with what it says of them."""
        for fact in facts:
            if fact.rule is not None and (fact.rule.name in SHRINKING or fact.lessons <= near):
                yield fact, self._narrowed(fact.rule, near)

    def _rows(self, lessons: Iterable[str]) -> set[Resource]:
        return {row for x in lessons for row in self.rows_of(self.problem.lesson[x])}

    def _near(self, scope: Scope, rows: Iterable[Resource], facts: Iterable[Fact]) -> frozenset[str]:
        beside = (self.users.of.get(row, frozenset()) for row in rows)
        named = (f.lessons for f in facts if isinstance(f.rule, LessonRule) or f in scope.facts)
        return self.starting_with(scope.window.union(scope.around, *beside, *named))

    # ---- where all lessons keep their times ----------------------------------------------------------------------

    def still_part(self, scope: Scope) -> Part:
        """All lessons that have a time they may keep do so. Only what can differ then is looked at: who teaches the
        window, and the rooms of some lessons; all other rooms are left out, and so are free for any number."""
        free = {x: self._free(self.problem.lesson[x]) for x in scope.window}
        rows, anywhere = self._changing(free.values())
        facts = [f for f in self._concerning(scope) if f in scope.facts or self._open(f, rows, anywhere, scope.roomed)]
        near = self._near(scope, rows, facts)
        roomed = scope.roomed & near
        lessons = (free.get(x.id) or self._stays(x) for x in self.problem.lessons if x.id in near)
        seen = tuple(x if x.id in roomed else _without_rooms(x) for x in lessons)
        rules = [
            self._narrowed(rule, roomed) if sees_rooms(rule) else rule
            for fact, rule in self._said(facts, near)
            if not sees_rooms(rule) or self._of_rooms(fact, near, roomed)
        ]
        return Part(self._with_stays(seen, rules, roomed), scope.window, True, {}, self._alone(rows, scope.window))

    def _alone(self, rows: set[Resource], window: frozenset[str]) -> frozenset[Resource]:
        """Where lessons could clash if only these teachers and student sets have other times than before."""
        rooms: set[Resource] = {("room", r.id) for r in self.problem.rooms}
        return frozenset(rows | rooms | self._rows(window))

    def _changing(self, free: Iterable[Lesson]) -> tuple[set[Resource], set[str]]:
        """Teachers and student sets whose times can change, as some lessons are free; those of the lessons that have
        no time yet."""
        rows, anywhere = set[Resource](), set[str]()
        for x in free:
            if x.pin.start is None:
                anywhere.add(x.id)
                rows.update(self.rows_of(x))
            rows.update(("teacher", t) for options in x.any_teacher for t in options)
        return rows, anywhere

    def _open(self, fact: Fact, rows: set[Resource], anywhere: set[str], roomed: frozenset[str]) -> bool:
        """Whether a fact can depend on what may differ, though the times do not."""
        rule = fact.rule
        if rule is not None and sees_rooms(rule) and roomed and (not fact.lessons or fact.lessons & roomed):
            return True
        if isinstance(rule, ResourceRule) and rule.name not in TOGETHER:
            return any((rule.who.kind, row) in rows for row in self.problem.rows(rule.who))
        return rule is not None and (rule.name in NOT_OF_TIMES or not fact.lessons.isdisjoint(anywhere))

    def _of_rooms(self, fact: Fact, near: frozenset[str], roomed: frozenset[str]) -> bool:
        """Whether a fact on rooms can be said where some lessons are shown without theirs."""
        if fact.rule is None or not roomed:
            return False
        if fact.rule.name in SHRINKING:
            return not fact.lessons or not fact.lessons.isdisjoint(roomed)
        return fact.lessons & near <= roomed if isinstance(fact.rule, ResourceRule) else fact.lessons <= roomed

    def _with_stays(self, lessons: tuple[Lesson, ...], rules: Iterable[Rule], told: frozenset[str]) -> Problem:
        return with_context(self.problem, lessons, (*rules, *self.stay_rules(told)))

    def _free(self, lesson: Lesson) -> Lesson:
        """It keeps its time if it may, and only teachers who can take it then are candidates."""
        place = self.old.places.get(lesson.id)
        if place is None or lesson.pin.start not in (None, place.start):
            return lesson
        if lesson.id not in self._known_free:
            self._known_free[lesson.id] = self._at_old_time(lesson, place)
        return self._known_free[lesson.id]

    @cached_property
    def _known_free(self) -> dict[str, Lesson]:
        return {}

    def _at_old_time(self, lesson: Lesson, place: Placement) -> Lesson:
        pin = lesson.pin.model_copy(update={"start": place.start})
        choices = tuple(
            tuple(t for t in options if t == chosen or self._can_take(t, lesson, place.start))
            for options, chosen in zip(lesson.any_teacher, place.teachers, strict=True)
        )
        return lesson.model_copy(update={"pin": pin, "any_teacher": choices})

    def _can_take(self, teacher: str, lesson: Lesson, start: int) -> bool:
        """Whether the teacher is free then, and no limit is passed by this besides the lessons certainly hers."""
        place = Placement(lesson=lesson.id, start=start)
        taken = _for_teacher(lesson, teacher)
        stage = Stage(self._own(teacher), taken, place)
        slots = set(self.problem.slots_of(lesson, start))
        if any(
            b.lesson.id != lesson.id and not slots.isdisjoint(range(b.start, b.end))
            for b in stage.of("teacher", teacher)
        ):
            return False
        return not any(True for rule in self._limits.get(teacher, ()) for _ in rule.violations(stage))

    def _own(self, teacher: str) -> Board:
        """The lessons that have a place and are certainly hers, and nothing else."""
        if teacher not in self._boards:
            own = [self.problem.lesson[x] for x in self._taught.get(teacher, ())]
            places = tuple(Placement(lesson=x.id, start=self.old.places[x.id].start) for x in own)
            alone = with_context(self.problem, tuple(_for_teacher(x, teacher) for x in own), ())
            self._boards[teacher] = Board(alone, Timetable(placements=places))
        return self._boards[teacher]

    @cached_property
    def _boards(self) -> dict[str, Board]:
        return {}

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

    def others_kept(self, window: frozenset[str], still: bool, soft: bool, best: Timetable | None = None) -> Part:
        """Lessons outside the window stay exactly as they are; those that cannot be in its way are left out.

        still: the window keeps its times too, where it may; soft: with the wishes; best: only the teachers that the
        window has there are candidates.
        """
        given = None if best is None else frozenset(t for x in window for t in best.placement[x].teachers)
        free = {x: self._settled(self.problem.lesson[x], given, still) for x in window}
        rows, anywhere = self._changing(free.values())
        concerned = [f for f in (*self.hard, *(self.soft if soft else ())) if not f.lessons or f.lessons & window]
        facts = [f for f in concerned if self._open(f, rows, anywhere, window)]
        roommates = self.in_rooms_of(frozenset(anywhere)) | self.at_the_time_of(window)
        beside = (self.users.of.get(row, frozenset()) for row in rows)
        near = window.union(*beside, *(f.lessons for f in facts), roommates)
        lessons = tuple(free.get(x.id) or self._kept(x) for x in self.problem.lessons if x.id in near)
        rules = [self._narrowed(f.rule, near) for f in facts if f.rule is not None]
        return Part(self._with_stays(lessons, rules, window), window, True, {}, self._alone(rows, window))

    def _settled(self, lesson: Lesson, given: Collection[str] | None, still: bool) -> Lesson:
        """given: the only candidates; None: all."""
        free = self._free(lesson) if still else lesson
        if given is None:
            return free
        choices = tuple(tuple(t for t in options if t in given) for options in free.any_teacher)
        return free.model_copy(update={"any_teacher": choices})

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
            part.problem,
            best_effort=not part.kept,
            explicit=explicit | several,
            enable=self._enable,
            alone=part.alone,
            on_step=on_step,
        )
        self.given_up: dict[str, Lit] = {}
        self._place()
        self.affected: dict[Person, list[Lit]] = defaultdict(list)
        self._most: list[int] = []
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
        known = set() if self.part.kept else {x.id for x in self.part.problem.lessons}
        must: dict[int, Lit] = {}
        for id_ in sorted(known):
            placed = self.v.placed(id_)
            if id_ in self.part.window:
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
        yield [1 - self._start(x.id, place) for x, place in stayed if not self._stays(x.id, place)], lost
        yield [pick for x, place in stayed for pick in self._makeshift(x, place)], 0
        yield [y for x, p in stayed for i, t in enumerate(p.teachers) for y in self._other_teachers(x.id, i, t)], 0
        yield [y for x, p in stayed for i, r in _rooms_asked(x, p) for y in self._other_rooms(x.id, i, r)], 0
        yield [self._person(literals) for literals in self.affected.values()], 0

    @property
    def scale(self) -> int:
        """One change is worse than all lessons given up."""
        return len(self.given_up) + 1

    @property
    def lost(self) -> Expr:
        """How many lessons are given up."""
        return sum(self.given_up.values())

    def goal(self, levels: range) -> Expr:
        """Some levels together: one more of any is worse than any number of all that follow. Lessons given up come
        last of all, but right after the first level."""
        weighted = sum(self.totals[n] * weight for n, weight in zip(levels, self._weights(levels), strict=True))
        return weighted * self.scale + self.lost

    def bounds(self, bound: int, levels: range) -> list[int]:
        """What a lower bound of the goal says of each level, given the best values of those before it."""
        left, found = -(-(bound - self.scale + 1) // self.scale), list[int]()
        for weight in self._weights(levels):
            found.append(left // weight)
            left %= weight
        return found

    def _weights(self, levels: range) -> list[int]:
        return [math.prod(self._most[n] + 1 for n in range(level + 1, levels.stop)) for level in levels]

    def at_least(self, moves: int) -> None:
        """So many moves are known to be needed."""
        self.v.model.add(self.totals[0] >= moves)

    def price(self) -> Expr:
        """What the soft rules of the part cost."""
        return sum(amount * weight for amount, weight, rule in self.v.penalties if rule.source != STAY)

    def _start(self, id_: str, place: Placement) -> Expr:
        return self.v.starts(id_).get(place.start, 0)

    def _stays(self, id_: str, place: Placement) -> bool:
        """Whether it is known to start as before."""
        start = self.v.starts(id_).get(place.start)
        return start is not None and self.v.sure(start)

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
        for i, room in _rooms_asked(lesson, place):
            picks = self.v.room_picks(lesson.id, i)
            yield from (x for (_, rooms), x in picks.items() if all(makeshift_room(problem, room, r) for r in rooms))
            if room is not None and lesson.may_go_without(i):
                yield self.v.placed(lesson.id) - sum(picks.values())

    def _note_people(self, lesson: Lesson, place: Placement) -> None:
        """A literal that is true at least when the lesson changes in any way."""
        same: list[Expr] = [] if self._stays(lesson.id, place) else [self._start(lesson.id, place)]
        for i, teacher in enumerate(place.teachers):
            same += [1 - x for x in self._other_teachers(lesson.id, i, teacher)]
        for i, room in _rooms_asked(lesson, place):
            same += [1 - x for x in self._other_rooms(lesson.id, i, room)]
        if not same:
            return
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
        self._most.append(offset + len(exprs))
        total = self.v.model.new_int_var(offset, self._most[-1], "")
        self.v.model.add(total >= sum(exprs) + offset)
        return total


def _rooms_asked(lesson: Lesson, place: Placement) -> Iterator[tuple[int, str | None]]:
    """The old room of each request the lesson has in a part."""
    return zip(range(len(lesson.rooms)), place.rooms, strict=False)


def sees_rooms(rule: Rule) -> bool:
    """Whether the rule can depend on the rooms of lessons at given times."""
    of_room = isinstance(rule, ResourceRule) and rule.who.kind == "room"
    return of_room or SIGHT.get(rule.name, ALONE.get(rule.name, "time")) != "time"


def _for_teacher(lesson: Lesson, teacher: str) -> Lesson:
    """What the lesson means for the time of one teacher."""
    return lesson.model_copy(update={"teachers": (teacher,), "any_teacher": (), "classes": (), "rooms": ()})


def _without_rooms(lesson: Lesson) -> Lesson:
    return lesson.model_copy(update={"rooms": (), "pin": lesson.pin.model_copy(update={"rooms": None})})
