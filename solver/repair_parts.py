"""Parts of a repair: some lessons free to move, the others around them kept where they were or given up.

A lesson given up has moved, to no matter where: it costs a move and is in nobody's way. That is easier than any true
repair, so the fewest changes with lessons given up are a lower bound; and where the best way gives none up and breaks
no rule, it is the best repair. Only lessons that turn out to be in the way need to become free, so the parts stay
small (see `solver.repair_steps`).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from models.problem import Lesson, Pin, Problem
from models.reach import TOGETHER
from models.rules import LessonRule, ResourceRule, Rule
from models.rules.preferred_rooms import PreferredRooms
from models.timetable import Timetable
from solver.domains import Resource
from solver.facts import Fact, with_context
from solver.old_places import makeshift_room
from solver.repair_candidates import Candidates
from solver.repair_part import NOT_OF_TIMES, SHRINKING, Part, Scope, sees_rooms
from solver.repair_school import School

STAY = "(old room)"
"""Source of rules that only tell rooms apart."""


@dataclass(frozen=True)
class Parts:
    """Makes parts of a school."""

    school: School

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self.school)

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
        lessons = tuple(x if x.id in window else self._stays(x) for x in self.school.problem.lessons if x.id in near)
        return Part(self._with_stays(lessons, rules, near), window, kept, loose)

    def _concerning(self, scope: Scope) -> list[Fact]:
        """The hard facts that speak of the window, or are asked for."""
        window = scope.window
        return [f for f in self.school.hard if f in scope.facts or not f.lessons or not f.lessons.isdisjoint(window)]

    def _said(self, facts: Iterable[Fact], near: frozenset[str]) -> Iterator[tuple[Fact, Rule]]:
        """Of the facts that can be said of these lessons alone, each with what it says of them."""
        for fact in facts:
            if fact.rule is not None and (fact.rule.name in SHRINKING or fact.lessons <= near):
                yield fact, self._narrowed(fact.rule, near)

    def _rows(self, lessons: Iterable[str]) -> set[Resource]:
        return {row for x in lessons for row in self.school.rows_of(self.school.problem.lesson[x])}

    def _near(self, scope: Scope, rows: Iterable[Resource], facts: Iterable[Fact]) -> frozenset[str]:
        beside = (self.school.users.of.get(row, frozenset()) for row in rows)
        named = (f.lessons for f in facts if isinstance(f.rule, LessonRule) or f in scope.facts)
        return self.school.starting_with(scope.window.union(scope.around, *beside, *named))

    # ---- where all lessons keep their times ----------------------------------------------------------------------

    def still_part(self, scope: Scope) -> Part:
        """All lessons that have a time they may keep do so. Only what can differ then is looked at: who teaches the
        window, and the rooms of some lessons; all other rooms are left out, and so are free for any number."""
        free = {x: self._candidates.free(self.school.problem.lesson[x]) for x in scope.window}
        rows, anywhere = self._changing(free.values())
        facts = [f for f in self._concerning(scope) if f in scope.facts or self._open(f, rows, anywhere, scope.roomed)]
        near = self._near(scope, rows, facts)
        roomed = scope.roomed & near
        lessons = (free.get(x.id) or self._stays(x) for x in self.school.problem.lessons if x.id in near)
        seen = tuple(x if x.id in roomed else _without_rooms(x) for x in lessons)
        rules = [
            self._narrowed(rule, roomed) if sees_rooms(rule) else rule
            for fact, rule in self._said(facts, near)
            if not sees_rooms(rule) or self._of_rooms(fact, near, roomed)
        ]
        return Part(self._with_stays(seen, rules, roomed), scope.window, True, {}, self._alone(rows, scope.window))

    def _alone(self, rows: set[Resource], window: frozenset[str]) -> frozenset[Resource]:
        """Where lessons could clash if only these teachers and student sets have other times than before."""
        rooms: set[Resource] = {("room", r.id) for r in self.school.problem.rooms}
        return frozenset(rows | rooms | self._rows(window))

    def _changing(self, free: Iterable[Lesson]) -> tuple[set[Resource], set[str]]:
        """Teachers and student sets whose times can change, as some lessons are free; those of the lessons that have
        no time yet."""
        rows, anywhere = set[Resource](), set[str]()
        for x in free:
            if x.pin.start is None:
                anywhere.add(x.id)
                rows.update(self.school.rows_of(x))
            rows.update(("teacher", t) for options in x.any_teacher for t in options)
        return rows, anywhere

    def _open(self, fact: Fact, rows: set[Resource], anywhere: set[str], roomed: frozenset[str]) -> bool:
        """Whether a fact can depend on what may differ, though the times do not."""
        rule = fact.rule
        if rule is not None and sees_rooms(rule) and roomed and (not fact.lessons or fact.lessons & roomed):
            return True
        if isinstance(rule, ResourceRule) and rule.name not in TOGETHER:
            return any((rule.who.kind, row) in rows for row in self.school.problem.rows(rule.who))
        return rule is not None and (rule.name in NOT_OF_TIMES or not fact.lessons.isdisjoint(anywhere))

    def _of_rooms(self, fact: Fact, near: frozenset[str], roomed: frozenset[str]) -> bool:
        """Whether a fact on rooms can be said where some lessons are shown without theirs."""
        if fact.rule is None or not roomed:
            return False
        if fact.rule.name in SHRINKING:
            return not fact.lessons or not fact.lessons.isdisjoint(roomed)
        return fact.lessons & near <= roomed if isinstance(fact.rule, ResourceRule) else fact.lessons <= roomed

    # ---- where all other lessons stay ----------------------------------------------------------------------------

    def others_kept(self, window: frozenset[str], still: bool, soft: bool, best: Timetable | None = None) -> Part:
        """Lessons outside the window stay exactly as they are; those that cannot be in its way are left out.

        still: the window keeps its times too, where it may; soft: with the wishes; best: only the teachers that the
        window has there are candidates.
        """
        given = None if best is None else frozenset(t for x in window for t in best.placement[x].teachers)
        free = {x: self._settled(self.school.problem.lesson[x], given, still) for x in window}
        rows, anywhere = self._changing(free.values())
        concerned = [
            f for f in (*self.school.hard, *(self.school.soft if soft else ())) if not f.lessons or f.lessons & window
        ]
        facts = [f for f in concerned if self._open(f, rows, anywhere, window)]
        roommates = self.school.in_rooms_of(frozenset(anywhere)) | self.school.at_the_time_of(window)
        beside = (self.school.users.of.get(row, frozenset()) for row in rows)
        near = window.union(*beside, *(f.lessons for f in facts), roommates)
        lessons = tuple(free.get(x.id) or self._kept(x) for x in self.school.problem.lessons if x.id in near)
        rules = [self._narrowed(f.rule, near) for f in facts if f.rule is not None]
        return Part(self._with_stays(lessons, rules, window), window, True, {}, self._alone(rows, window))

    def _settled(self, lesson: Lesson, given: Collection[str] | None, still: bool) -> Lesson:
        """given: the only candidates; None: all."""
        free = self._candidates.free(lesson) if still else lesson
        if given is None:
            return free
        choices = tuple(tuple(t for t in options if t in given) for options in free.any_teacher)
        return free.model_copy(update={"any_teacher": choices})

    def _kept(self, lesson: Lesson) -> Lesson:
        place = self.school.old.places[lesson.id]
        pin = Pin(start=place.start, rooms=place.rooms, teachers=place.teachers)
        return lesson.model_copy(update={"pin": pin})

    def _stays(self, lesson: Lesson) -> Lesson:
        start = self.school.old.places[lesson.id].start
        return lesson.model_copy(update={"pin": lesson.pin.model_copy(update={"start": start})})

    def _narrowed(self, rule: Rule, near: frozenset[str]) -> Rule:
        """Said of lessons of the part alone. Always a new object."""
        lessons = getattr(rule, "lessons", ())
        return rule.model_copy(update={"lessons": tuple(x for x in lessons if x in near)} if lessons else {})

    def _with_stays(self, lessons: tuple[Lesson, ...], rules: Iterable[Rule], told: frozenset[str]) -> Problem:
        return with_context(self.school.problem, lessons, (*rules, *self._stay_rules(told)))

    def _stay_rules(self, lessons: frozenset[str]) -> Iterator[PreferredRooms]:
        """Rules without effect but one: the model tells the old room of each of these lessons from all others, and
        rooms as good as that from makeshift ones."""
        for id_ in sorted(lessons & self.school.old.places.keys()):
            rooms = self.school.old.places[id_].rooms
            if len(rooms) == 1 and rooms[0] is not None:
                yield PreferredRooms(lessons=(id_,), rooms=(rooms[0],), weight=1, source=STAY)
                proper = self._as_good_as(rooms[0])
                choices = self.school.problem.room_choices(self.school.problem.lesson[id_].rooms[0])
                if not proper.issuperset(choices):
                    yield PreferredRooms(lessons=(id_,), rooms=tuple(sorted(proper)), weight=1, source=STAY)

    def _as_good_as(self, room: str) -> frozenset[str]:
        """Rooms with everything that the room has."""
        if room not in self._proper:
            others = (r.id for r in self.school.problem.rooms)
            self._proper[room] = frozenset(r for r in others if not makeshift_room(self.school.problem, room, r))
        return self._proper[room]

    @cached_property
    def _proper(self) -> dict[str, frozenset[str]]:
        return {}


def _without_rooms(lesson: Lesson) -> Lesson:
    return lesson.model_copy(update={"rooms": (), "pin": lesson.pin.model_copy(update={"rooms": None})})
