"""The model of a part of a repair, and what its lessons change, in kinds that come one before the other."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from ortools.sat.python import cp_model

from models.problem import Lesson
from models.rules import Rule
from models.timetable import Placement
from solver.model import build
from solver.old_places import Person, makeshift_room, people_of
from solver.repair_part import Part
from solver.repair_parts import STAY
from solver.repair_school import School
from solver.statements import Expr, Lit, negation
from solver.variables import Variables


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
