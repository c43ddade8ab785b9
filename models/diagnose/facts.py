"""What the counts are made from: who needs what for how long, and where each of it can lie."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from models.base import ResourceKind
from models.domains import Domains, Resource
from models.problem import Lesson, Problem
from models.rules.base import Rule
from models.rules.preferred_rooms import PreferredRooms
from models.rules.room_capacity import RoomCapacity
from models.rules.same_start import SameStart

MOST_POOLS = 400
"""At most so many sets of interchangeable rooms or teachers are judged per kind."""


class Demand(NamedTuple):
    """A lesson that needs one of some resources; cells: mask of the cells it could cover."""

    lesson: Lesson
    options: frozenset[str]
    cells: int


class Facts:
    """on_step: called before each group of demands is judged. alone: resources that have one lesson at a time; None:
    all of them."""

    def __init__(
        self,
        problem: Problem,
        on_step: Callable[[], None] = lambda: None,
        alone: Collection[Resource] | None = None,
    ) -> None:
        self.problem, self.on_step, self._alone = problem, on_step, alone
        self.grid = problem.grid
        self.domains = Domains(problem)

    @cached_property
    def placeable(self) -> list[Lesson]:
        """Lessons with at least one possible start; the others are a finding of their own."""
        return [x for x in self.problem.lessons if self.domains.starts[x.id]]

    @cached_property
    def cells(self) -> dict[str, int]:
        """Lesson -> mask of the cells it could cover."""
        known: dict[tuple[tuple[int, ...], int], int] = {}
        found: dict[str, int] = {}
        for x in self.problem.lessons:
            key = self.domains.starts[x.id], x.duration
            if key not in known:
                known[key] = _covered(*key)
            found[x.id] = known[key]
        return found

    @cached_property
    def demands(self) -> dict[ResourceKind, dict[frozenset[str], list[Demand]]]:
        """Kind -> options -> the demands for one of them."""
        found: dict[ResourceKind, dict[frozenset[str], list[Demand]]] = {"teacher": {}, "class": {}, "room": {}}
        for x in self.placeable:
            for kind, options in self._needs(x):
                if not all(self.is_alone((kind, row)) for row in options):
                    continue
                found[kind].setdefault(options, []).append(Demand(x, options, self.cells[x.id]))
        return found

    def is_alone(self, resource: Resource) -> bool:
        """Whether it has one lesson at a time."""
        return self._alone is None or resource in self._alone

    def _needs(self, lesson: Lesson) -> Iterator[tuple[ResourceKind, frozenset[str]]]:
        for kind, row in dict.fromkeys(self.domains.fixed(lesson)):
            yield kind, frozenset((row,))
        for teachers in self.domains.teachers[lesson.id]:
            yield "teacher", frozenset(teachers)
        for position in range(len(lesson.rooms)):
            rooms = self.rooms(lesson, position)
            if rooms and (self._at_home(lesson) or not lesson.may_go_without(position)):
                yield "room", rooms

    def rooms(self, lesson: Lesson, position: int) -> frozenset[str]:
        """Rooms that can fulfil a request; where the lesson has no other, its home rooms alone."""
        rooms = frozenset(self.domains.rooms[lesson.id][position])
        if self._at_home(lesson):
            rooms = rooms.intersection(*({rule.room} for rule in self.domains.home_rooms[lesson.id]))
        return rooms

    def _at_home(self, lesson: Lesson) -> bool:
        """Whether the only room it asks for, needed or not, must be a home room."""
        return len(lesson.rooms) == 1 and bool(self.domains.home_rooms[lesson.id])

    def pools(self, kind: ResourceKind) -> list[frozenset[str]]:
        """Sets of resources to judge, small ones first: every set of options, and unions of those that overlap."""
        sets = sorted(self.demands[kind], key=lambda s: (len(s), sorted(s)))
        several = [s for s in sets if len(s) > 1]
        known = dict.fromkeys(sets)
        queue = list(several)
        for a in queue:
            for b in several:
                if len(queue) < MOST_POOLS and a | b not in known and not a.isdisjoint(b):
                    known[a | b] = None
                    queue.append(a | b)
        return sorted(known, key=lambda s: (len(s), sorted(s)))

    def within(self, kind: ResourceKind, pool: frozenset[str]) -> list[Demand]:
        """The demands that only the pool can meet."""
        found = self.demands[kind]
        if len(pool) == 1:
            return found.get(pool, [])
        inside = [s for s in found if s <= pool]
        return [d for s in inside for d in found[s]]

    def by_week(self, demands: Iterable[Demand]) -> list[tuple[int, list[Demand]]]:
        """(week, its demands), weeks with the same demands as an earlier one left out."""
        found: dict[tuple[int, ...], tuple[int, list[Demand]]] = {}
        all_ = list(demands)
        self.on_step()
        for week in range(len(self.grid.weeks)):
            here = [i for i, d in enumerate(all_) if week in self.problem.weeks_of(d.lesson)]
            found.setdefault(tuple(here), (week, [all_[i] for i in here]))
        return list(found.values())

    @cached_property
    def whole(self) -> int:
        """Mask of all cells."""
        return (1 << self.grid.size) - 1

    def open(self, kind: ResourceKind, row: str) -> int:
        """Mask of the cells in which the resource can be used at all."""
        return self.whole & ~sum(1 << c for c in self.problem.closed.get((kind, row), ()))

    # ---- names and sources -----------------------------------------------------------------------------------------

    def name(self, kind: ResourceKind, row: str) -> str:
        return self.problem.students.label(row) if kind == "class" else row

    def in_week(self, week: int) -> str:
        """ " in week A", or nothing when all weeks are alike."""
        return f" in week {self.grid.weeks[week]}" if len(self.grid.weeks) > 1 else ""

    def sources_of(self, kind: ResourceKind, rows: Iterable[str]) -> Iterator[str]:
        """Rows of some resources and of what keeps them free."""
        for row in sorted(rows):
            if kind == "class":
                yield from (self.problem.class_[c].source for c in self.problem.students.classes_of[row])
            else:
                yield (self.problem.teacher if kind == "teacher" else self.problem.room)[row].source
            yield from (rule.source for rule in self.domains.closed.get((kind, row), ()))

    def sources(self, lessons: Iterable[Lesson], restricted: bool = False) -> Iterator[str]:
        """Rows of some lessons; restricted: also of every rule that limits when and where they can be."""
        all_ = list(lessons)
        yield from (x.source for x in all_)
        if restricted:
            for x in all_:
                for member in self.domains.blocks[self.domains.leader[x.id]]:
                    yield from (rule.source for rule in (*self.limiting[member], *self.domains.home_rooms[member]))
                    for resource in self.candidates(self.problem.lesson[member]):
                        yield from (rule.source for rule in self.domains.closed.get(resource, ()))

    def candidates(self, lesson: Lesson) -> Iterator[Resource]:
        """Everything the lesson uses or might."""
        yield from self.domains.fixed(lesson)
        yield from (("teacher", t) for options in self.domains.teachers[lesson.id] for t in options)
        yield from (("room", r) for options in self.domains.rooms[lesson.id] for r in options)

    @cached_property
    def limiting(self) -> dict[str, list[Rule]]:
        """Lesson -> hard rules that say when it starts or which room it has."""
        found: dict[str, list[Rule]] = defaultdict(list)
        for lesson, rules in self.domains.required_times.items():
            found[lesson].extend(rules)
        for rule in self.problem.rules:
            if isinstance(rule, (PreferredRooms, SameStart)) and rule.weight is None:
                for lesson in rule.lessons:
                    found[lesson].append(rule)
            elif isinstance(rule, RoomCapacity) and rule.weight is None:
                for lesson in rule.lessons or self.problem.lesson:
                    if self.problem.lesson[lesson].rooms:
                        found[lesson].append(rule)
        return found


def _covered(starts: tuple[int, ...], duration: int) -> int:
    mask = 0
    for start in starts:
        mask |= ((1 << duration) - 1) << start
    return mask


def unique(sources: Iterable[str]) -> tuple[str, ...]:
    """The sources that are stated, each once, in order."""
    return tuple(dict.fromkeys(s for s in sources if s))
