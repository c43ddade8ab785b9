"""The facts a problem is made of, one by one: each can be left out, and what is left is a smaller problem.

Never facts, but always given: the lessons themselves with their candidates for teachers, the grid, and that a room
holds one lesson at a time. What is not in the part has no meaning there: a lesson may be at any time, in any room or
in none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from models.base import ResourceKind
from models.board import Board
from models.domains import Resource
from models.problem import Lesson, Pin, Problem, RoomRequest
from models.reach import TOGETHER
from models.rules import LessonRule, ResourceRule, Rule, Who
from models.rules.home_room import HomeRoom
from models.rules.room_capacity import RoomCapacity
from models.rules.unavailable import Unavailable
from solver.fact_words import pin_words, request_words, rule_words

ANY_ROOM = RoomRequest(optional=True)


@dataclass(frozen=True, eq=False)
class Fact:
    """One demand of the problem.

    kind: "rule", "clash", "pin" or "rooms"; sentence: for a director; source: sheet and cell, where known;
    lessons: ids of those it restricts; rule: what it says, for a rule; rows: resources that have one lesson at a time
    as far as this fact goes (a rule on how a resource spends its time takes that for granted).
    """

    kind: str
    sentence: str
    source: str
    lessons: frozenset[str]
    rule: Rule | None = None
    rows: frozenset[Resource] = field(default_factory=frozenset)

    def holds(self, board: Board) -> bool:
        """Whether a timetable keeps to the fact, by the definition of the rules; lessons left out break nothing."""
        if any(_doubly_used(board, row) for row in self.rows):
            return False
        if self.rule is not None:
            return not any(True for _ in self.rule.violations(board))
        return self.kind == "clash" or all(_keeps(board, x, self.kind) for x in self.lessons if x in board.placed)


def _doubly_used(board: Board, resource: Resource) -> bool:
    bookings = board.bookings.get(resource, [])
    if any(a.end > b.start for a, b in pairwise(bookings)):
        return True
    kind, row = resource
    given = ((*dict.fromkeys(b.lesson.teachers), *b.placement.teachers) for b in bookings if kind == "teacher")
    return any(teachers.count(row) > 1 for teachers in given)


def _keeps(board: Board, id_: str, kind: str) -> bool:
    """Whether a lesson is where its pin says, or, for the kind "rooms", has the rooms it asks for."""
    lesson, placed = board.problem.lesson[id_], board.placed[id_]
    if kind == "pin" and (
        lesson.pin.start not in (None, placed.start) or lesson.pin.teachers not in (None, placed.teachers)
    ):
        return False
    if kind == "pin" and lesson.pin.rooms is not None:
        mandatory = all(lesson.may_go_without(i) for i, room in enumerate(placed.rooms) if room is None)
        return placed.rooms == lesson.pin.rooms and mandatory
    if kind == "pin":
        return True
    return all(
        request.optional if room is None else room in board.problem.room_choices(request)
        for request, room in zip(lesson.rooms, placed.rooms, strict=True)
    )


# ---- finding them ----------------------------------------------------------------------------------------------------


class Users(NamedTuple):
    """Resource -> the lessons that could use it, whatever the facts say; lessons that ask for a room."""

    of: dict[Resource, frozenset[str]]
    roomed: frozenset[str]

    def using(self, rows: Iterable[Resource]) -> frozenset[str]:
        rows = tuple(rows)
        rooms = self.roomed if any(kind == "room" for kind, _ in rows) else frozenset[str]()
        return rooms.union(*(self.of.get(row, frozenset()) for row in rows))


def users_of(problem: Problem) -> Users:
    found: dict[Resource, set[str]] = defaultdict(set)
    for x in problem.lessons:
        for teacher in (*x.teachers, *(t for options in x.any_teacher for t in options)):
            found["teacher", teacher].add(x.id)
        for students in problem.students.of(x.classes):
            found["class", students].add(x.id)
    return Users({r: frozenset(s) for r, s in found.items()}, frozenset(x.id for x in problem.lessons if x.rooms))


def facts_of(problem: Problem) -> list[Fact]:
    """Every fact, in the order of the problem. A rule on several resources is one fact for each of them."""
    users = users_of(problem)
    found = [*_clashes(problem, users), *_pins(problem), *_requests(problem)]
    found += [f for rule in problem.rules if rule.weight is None for f in facts_of_rule(problem, users, rule)]
    return found


def _clashes(problem: Problem, users: Users) -> Iterator[Fact]:
    for teacher in problem.teachers:
        yield from _clash(problem, users, f"{teacher.id} teaches", teacher.source, [("teacher", teacher.id)])
    for c in problem.classes:
        if c.part_of is None:
            rows: list[Resource] = [("class", s) for s in problem.students.of((c.id,))]
            yield from _clash(problem, users, f"Every student of {c.id} has", c.source, rows)


def _clash(problem: Problem, users: Users, who: str, source: str, rows: list[Resource]) -> Iterator[Fact]:
    lessons = users.using(rows)
    if len(lessons) > 1 or any(problem.lesson[x].any_teacher for x in lessons):
        periods = sum(problem.lesson[x].duration for x in lessons)
        sentence = f"{who} one lesson at a time ({len(lessons)} lessons, {periods} periods in all)"
        yield Fact("clash", sentence, source, lessons, rows=frozenset(rows))


def _pins(problem: Problem) -> Iterator[Fact]:
    for x in problem.lessons:
        if x.pin != Pin():
            yield Fact("pin", pin_words(problem, x), x.source, frozenset((x.id,)))


def _requests(problem: Problem) -> Iterator[Fact]:
    """The lessons of a course that ask for the same rooms are one fact."""
    alike: dict[tuple[str, tuple[RoomRequest, ...]], list[Lesson]] = defaultdict(list)
    for x in problem.lessons:
        if x.rooms and x.pin.rooms is None:
            alike[x.course or x.id, x.rooms].append(x)
    for lessons in alike.values():
        yield Fact("rooms", request_words(problem, lessons), lessons[0].source, frozenset(x.id for x in lessons))


def facts_of_rule(problem: Problem, users: Users, rule: Rule) -> Iterator[Fact]:
    """A rule of the problem as one fact, or one for each of its resources."""
    if isinstance(rule, ResourceRule) and rule.name in TOGETHER:
        together: list[Resource] = [(rule.who.kind, row) for row in problem.rows(rule.who)]
        concerned = _tagged(problem, users.using(together), rule.tags)
        yield Fact("rule", rule_words(problem, rule), rule.source, concerned, rule)
    elif isinstance(rule, ResourceRule):
        for id_ in rule.who.ids or _everyone(problem, rule.who.kind):
            one = rule.model_copy(update={"who": Who(kind=rule.who.kind, ids=(id_,))})
            rows: list[Resource] = [(rule.who.kind, row) for row in problem.rows(one.who)]
            closing, room = isinstance(rule, Unavailable), rule.who.kind == "room"
            alone = frozenset[Resource]() if closing or room else frozenset(rows)
            # A closed room restricts no lesson by itself, only those that other facts send to a room.
            concerned = frozenset[str]() if closing and room else _tagged(problem, users.using(rows), rule.tags)
            yield Fact("rule", rule_words(problem, one), rule.source, concerned, one, alone)
    else:
        # Seats, like a closed room, matter only to lessons that other facts send to a room.
        lessons = rule.lessons if isinstance(rule, LessonRule | RoomCapacity) else ()
        yield Fact("rule", rule_words(problem, rule), rule.source, frozenset(lessons), rule)


def _tagged(problem: Problem, lessons: frozenset[str], tags: tuple[str, ...]) -> frozenset[str]:
    """Those of the lessons that carry one of the tags; all when there are none."""
    return frozenset(x for x in lessons if problem.lesson[x].all_tags.intersection(tags)) if tags else lessons


def _everyone(problem: Problem, kind: ResourceKind) -> tuple[str, ...]:
    match kind:
        case "teacher":
            return tuple(problem.teacher)
        case "room":
            return tuple(problem.room)
        case "class":
            return tuple(c.id for c in problem.classes if c.part_of is None)


# ---- problems of some facts ------------------------------------------------------------------------------------------

RESTRICTABLE = frozenset(
    (
        "unavailable",
        "home_room",
        "interval_max_days",
        "lunch_break",
        "max_days",
        "max_in_a_row",
        "max_periods_per_day",
        "max_periods_per_week",
        "max_span_per_day",
    )
)
"""Rules on resources that leaving out a lesson never breaks."""


class Part(NamedTuple):
    """problem: the lessons that some facts speak of, under these facts alone; alone: resources that have one lesson
    at a time."""

    problem: Problem
    alone: frozenset[Resource]


def restrictable(fact: Fact) -> bool:
    """Whether the fact still holds when some of its lessons are left out of a timetable that keeps to it."""
    return fact.rule is None or fact.rule.name in RESTRICTABLE


def facts_within(facts: Iterable[Fact], lessons: frozenset[str]) -> list[Fact]:
    """The facts that say something of these lessons even where all others are left out."""
    return [f for f in facts if f.lessons <= lessons or (restrictable(f) and not f.lessons.isdisjoint(lessons))]


def part_of(whole: Problem, facts: Collection[Fact], within: frozenset[str] | None = None) -> Part:
    """Lessons no fact speaks of are left out: they could be anywhere. within: so are all others, for which the facts
    must come from `facts_within`; what is impossible then is impossible with them too."""
    wanted = frozenset[str]().union(*(f.lessons for f in facts))
    if within is not None:
        wanted &= within
    kept = {(f.kind, x) for f in facts if f.kind in ("pin", "rooms") for x in f.lessons}
    homes = [f for f in facts if isinstance(f.rule, HomeRoom)]
    problem = with_context(
        whole,
        lessons=tuple(_freed(x, kept, _wanting(whole, x, homes)) for x in whole.lessons if x.id in wanted),
        rules=tuple(_tied(f.rule) if isinstance(f.rule, HomeRoom) else f.rule for f in facts if f.rule is not None),
    )
    rooms: frozenset[Resource] = frozenset(("room", r) for r in whole.room)
    return Part(problem, rooms.union(*(f.rows for f in facts)))


def _freed(lesson: Lesson, kept: set[tuple[str, str]], marks: tuple[str, ...]) -> Lesson:
    if ("pin", lesson.id) in kept:
        pin, asked = lesson.pin, lesson.pin.rooms is not None or ("rooms", lesson.id) in kept
    else:
        pin, asked = Pin(), ("rooms", lesson.id) in kept
    rooms = lesson.rooms if asked else (ANY_ROOM,) * len(lesson.rooms)
    return lesson.model_copy(update={"pin": pin, "rooms": rooms, "tags": (*lesson.tags, *marks)})


def _wanting(whole: Problem, lesson: Lesson, homes: list[Fact]) -> tuple[str, ...]:
    """Marks of the home rooms that the lesson may have in the whole problem. In a part that leaves out which rooms it
    asks for it could have any, and so would be wanted there."""
    rules = [f.rule for f in homes if lesson.id in f.lessons and isinstance(f.rule, HomeRoom)]
    wanted = [r for r in rules if r.wanted_by(whole, lesson) and (not r.tags or lesson.all_tags.intersection(r.tags))]
    return tuple(dict.fromkeys(_mark(r) for r in wanted))


def _mark(rule: HomeRoom) -> str:
    return f"home of {rule.tags}: {rule.room}"


def _tied(rule: HomeRoom) -> HomeRoom:
    """The rule on the marked lessons alone."""
    return rule.model_copy(update={"tags": (_mark(rule),)})


def with_context(whole: Problem, lessons: tuple[Lesson, ...], rules: tuple[Rule, ...]) -> Problem:
    """A problem with other lessons and rules, in which gaps and student sets mean what they mean in the whole one.

    Without that, dropping a closed time would turn it into a gap, and a smaller problem could be harder.
    """
    fields = {name: getattr(whole, name) for name in type(whole).model_fields}
    part = Problem.model_construct(**{**fields, "lessons": lessons, "rules": rules})
    part.__dict__.update(closed=whole.closed, students=whole.students)  # where cached properties keep their value
    return part
