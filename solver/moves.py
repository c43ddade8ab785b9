"""Where a teacher, class or room is from lesson to lesson: the words of the rules on successive lessons.

A *mark* is what is compared between two lessons: a room they are in, or the site. Lessons without a room leave no
mark and are passed over.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Literal

from models.rules import ResourceRule
from solver.statements import Lit, negation
from solver.variables import Variables

Marks = dict[tuple[int, str], Lit]
"""(start cell, mark) -> "the lesson starts there and has the mark"."""


def room_marks(v: Variables, lesson: str) -> Marks:
    """The rooms of a lesson, which must be told apart."""
    found: dict[tuple[int, str], list[Lit]] = defaultdict(list)
    for i in range(len(v.domains.rooms[lesson])):
        for (cell, rooms), literal in v.room_picks(lesson, i).items():
            (room,) = rooms
            found[cell, room].append(literal)
    return {key: v.one_of(literals) for key, literals in found.items()}


def site_marks(v: Variables, lesson: str) -> Marks:
    """The site of a lesson: that of its first room."""
    return v.at_site(lesson)


class Stays:
    """The lessons of one resource that have a room, by their first and their last slot."""

    def __init__(self, v: Variables) -> None:
        self._v = v
        self._begins: dict[tuple[int, str], list[Lit]] = defaultdict(list)
        self._ends: dict[tuple[int, str], list[Lit]] = defaultdict(list)
        self._known: dict[tuple[str, int, str], Lit] = {}
        self.marks: dict[str, None] = {}

    def add(self, start: int, end: int, mark: str, literal: Lit) -> None:
        """The resource has a lesson with the mark from slot `start` up to before slot `end`."""
        self.marks[mark] = None
        self._begins[start, mark].append(literal)
        self._ends[end - 1, mark].append(literal)

    def begins(self, slot: int, mark: str) -> Lit:
        """Whether a lesson with the mark starts in the slot."""
        return self._one("begins", slot, mark, self._begins)

    def ends(self, slot: int, mark: str) -> Lit:
        """Whether the slot is the last one of a lesson with the mark."""
        return self._one("ends", slot, mark, self._ends)

    def starts(self, slot: int) -> Lit:
        """Whether any lesson with a room starts in the slot."""
        key = ("starts", slot, "")
        if key not in self._known:
            self._known[key] = self._v.any_of([self.begins(slot, mark) for mark in self.marks])
        return self._known[key]

    def _one(self, word: str, slot: int, mark: str, found: dict[tuple[int, str], list[Lit]]) -> Lit:
        key = (word, slot, mark)
        if key not in self._known:
            self._known[key] = self._v.one_of(found.get((slot, mark), []))
        return self._known[key]


def stays_of(v: Variables, rule: ResourceRule, row: str, marks: Callable[[Variables, str], Marks]) -> Stays:
    """The stays of one resource of the rule, over its tagged lessons."""
    kind, stays = rule.who.kind, Stays(v)
    for id_ in v.lessons_of(kind, row, rule.tags):
        lesson, present = v.problem.lesson[id_], v.attends(kind, row, id_)
        for (cell, mark), literal in marks(v, id_).items():
            both = literal if present is v.starts(id_) else v.all_of([literal, present.get(cell, False)])
            for week in v.problem.weeks_of(lesson) if both is not False else ():
                start = week * v.grid.size + cell
                stays.add(start, start + lesson.duration, mark, both)
    return stays


def limit_changes(
    v: Variables,
    rule: ResourceRule,
    limit: int,
    per: Literal["day", "week"],
    marks: Callable[[Variables, str], Marks],
) -> None:
    """At most `limit` changes of marks between successive lessons, in each day or week of each resource."""
    for row in v.problem.rows(rule.who):
        stays = stays_of(v, rule, row, marks)
        if len(stays.marks) < 2:
            continue
        by_day = {day: list(changes(v, stays, day)) for day in v.days}
        spans = [[d] for d in v.days] if per == "day" else [v.days_of_week(w) for w in range(len(v.grid.weeks))]
        for span in spans:
            found = [literal for day in span for literal in by_day[day]]
            v.at_most(rule, sum(found), limit, most=len(found) - limit)


def changes(v: Variables, stays: Stays, day: int) -> Iterator[Lit]:
    """For each slot of a day, a literal that is true at least when a lesson starts there whose marks differ from
    those of the last one before."""
    current: dict[str, Lit] = {}
    for slot in v.day_slots(day):
        begins = {mark: stays.begins(slot, mark) for mark in stays.marks}
        starts = stays.starts(slot)
        if starts is False:
            continue
        if current:
            yield _change(v, current, begins, starts)
        stay = negation(starts)
        current = {m: v.any_of([begins[m], v.all_of([current.get(m, False), stay])]) for m in stays.marks}


def _change(v: Variables, before: dict[str, Lit], now: dict[str, Lit], starts: Lit) -> Lit:
    change = v.model.new_bool_var("")
    anything = v.any_of(before.values())
    for mark, new in now.items():
        old = before[mark]
        v.model.add_bool_or([negation(old), negation(starts), new, change])
        v.model.add_bool_or([negation(new), negation(anything), old, change])
    return change
