"""Decision variables behind domain words. Only this module creates start, room and teacher variables.

For every lesson and possible start cell there is one literal; lessons that must start together share them. A lesson
that chooses a teacher has one literal per start and candidate; one that chooses a room has one per start and set of
rooms that some rule tells apart (see `solver.pools`): a set of one room is that room, the rooms of larger sets are
counted here and handed out after the solve.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from ortools.sat.python import cp_model

from models.base import ResourceKind
from models.problem import Lesson, Problem
from models.rules import ResourceRule
from solver.domains import Domains, Resource
from solver.interchangeable import interchangeable
from solver.lines import Line, Use
from solver.pools import Request, RoomSet, choices
from solver.statements import Enable, Expr, Lit, Statements, negation

Option = TypeVar("Option", str, RoomSet)


class Variables(Statements):
    """problem: what is to be solved. best_effort: lessons may stay unplaced.
    explicit: lessons whose rooms must be chosen by the model even if they could be counted.
    domains: when already derived. merge: the first of some interchangeable lessons starts as often as there are of
    them, the others have no literals. on_step: called many times during the work; what it raises ends it.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        best_effort: bool = False,
        enable: Enable | None = None,
        explicit: frozenset[str] = frozenset(),
        domains: Domains | None = None,
        merge: bool = False,
        on_step: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(enable)
        self.problem = problem
        self.grid = problem.grid
        self.domains = domains or Domains(problem)
        self.best_effort = best_effort
        self.room_sets = choices(problem, self.domains, explicit)
        """Request -> the sets of rooms among which it chooses -> the pool in which each is counted."""
        groups = interchangeable(self.domains, explicit) if merge else ()
        self._members = {lesson: group if lesson == group[0] else () for group in groups for lesson in group}
        self._starts: dict[str, dict[int, cp_model.IntVar]] = {}
        self._placed: dict[str, Lit] = {}
        self._teachers: dict[Request, dict[tuple[int, str], Lit]] = {}
        self._rooms: dict[Request, dict[tuple[int, RoomSet], Lit]] = {}
        self._in_rooms: dict[str, dict[RoomSet, list[Lit]]] = {}
        self._uses: dict[Resource, list[Use]] = defaultdict(list)
        self._lines: dict[tuple[Resource, int, tuple[str, ...]], Line] = {}
        self._alike: dict[object, Line] = {}
        self._cache: dict[tuple[object, ...], Lit] = {}
        self._sites: dict[str, dict[tuple[int, str], Lit]] = {}
        self._create(on_step)

    # ---- creation ------------------------------------------------------------------------------------------------

    def _create(self, on_step: Callable[[], None]) -> None:
        for leader, members in self.domains.blocks.items():
            on_step()
            placed: Lit = True
            if leader in self._members:
                literals = self._new_several_starts(leader)
            else:
                literals = self._new_starts(self.domains.starts[leader])
                placed = self._new_placed(list(literals.values()))
            for lesson in members:
                self._starts[lesson], self._placed[lesson] = literals, placed
        for x in self.problem.lessons:
            on_step()
            if not self.members(x.id):
                self._rooms.update(((x.id, i), {}) for i in range(len(x.rooms)))
                continue
            self._create_choices(x)
            for resource in dict.fromkeys(self.domains.fixed(x)):
                self._use(resource, x, self._starts[x.id])

    def _new_starts(self, cells: Sequence[int]) -> dict[int, cp_model.IntVar]:
        if len(cells) == 1 and not self.best_effort:
            return {cells[0]: self.new_sure()}
        return {c: self.new_bool() for c in cells}

    def _new_several_starts(self, lesson: str) -> dict[int, cp_model.IntVar]:
        """Of a lesson that stands for several, none of which may overlap."""
        members, duration = self._members[lesson], self.problem.lesson[lesson].duration
        if not members:
            return {}
        literals = {c: self.new_bool() for c in self.domains.starts[lesson]}
        self.model.add(cp_model.LinearExpr.sum(list(literals.values())) == len(members))
        for cell in literals if duration > 1 else ():
            self.model.add_at_most_one([literals[c] for c in range(cell, cell + duration) if c in literals])
        return literals

    def _new_placed(self, literals: list[cp_model.IntVar]) -> Lit:
        if not self.best_effort:
            self.model.add_exactly_one(literals)
            return True
        if len(literals) == 1:
            return literals[0]
        placed = self.new_bool()
        self.model.add(cp_model.LinearExpr.sum(literals) == placed)
        return placed

    def _create_choices(self, lesson: Lesson) -> None:
        for i, teachers in enumerate(self.domains.teachers[lesson.id]):
            allowed = {t: self.domains.open_starts([("teacher", t)], lesson) for t in teachers}
            found = self._create_picks(lesson, allowed, optional=False)
            self._teachers[lesson.id, i] = {(c, t): x for t, starts in found.items() for c, x in starts.items()}
            for teacher, starts in found.items():
                self._use(("teacher", teacher), lesson, starts)
        for i in range(len(lesson.rooms)):
            sets = self.room_sets[lesson.id, i]
            spans = {s: self.domains.open_starts([("room", r) for r in s], lesson) for s in sets}
            picks = self._create_picks(lesson, spans, optional=lesson.may_go_without(i))
            self._rooms[lesson.id, i] = {(c, s): x for s, starts in picks.items() for c, x in starts.items()}
            for rooms, starts in picks.items():
                for room in rooms if len(rooms) == 1 else ():
                    self._use(("room", room), lesson, starts)

    def _create_picks(
        self, lesson: Lesson, allowed: Mapping[Option, Collection[int] | None], optional: bool
    ) -> dict[Option, Mapping[int, Lit]]:
        """allowed: each option with the start cells at which it is open, None for all."""
        starts = self._starts[lesson.id]
        if len(allowed) == 1 and not optional and None in allowed.values():
            return dict.fromkeys(allowed, starts)
        picks: dict[Option, dict[int, Lit]] = {o: {} for o in allowed}
        for cell, start in starts.items():
            open_ = [o for o, cells in allowed.items() if cells is None or cell in cells]
            if len(open_) == 1 and not optional:
                picks[open_[0]][cell] = start
                continue
            here: list[Lit] = [self.new_bool() for _ in open_]
            for option, literal in zip(open_, here, strict=True):
                picks[option][cell] = literal
            say = self.model.add_at_most_one if optional else self.model.add_exactly_one
            say([*here, ~start])
        return dict(picks)

    def _use(self, resource: Resource, lesson: Lesson, starts: Mapping[int, Lit]) -> None:
        """starts: cells with the literal under which the lesson starts there with the resource."""
        self._uses[resource].append(Use(lesson, self.domains.leader[lesson.id], starts))

    # ---- lessons -------------------------------------------------------------------------------------------------

    @property
    def merged(self) -> bool:
        """Whether any lesson stands for others."""
        return bool(self._members)

    def members(self, lesson: str) -> tuple[str, ...]:
        """The lessons it stands for: itself alone, unless interchangeable lessons are merged."""
        return self._members.get(lesson, (lesson,))

    def spokesman(self, lesson: str) -> str:
        """The lesson that stands for it."""
        return self._spokesmen.get(lesson, lesson)

    @cached_property
    def _spokesmen(self) -> dict[str, str]:
        return {member: first for first, group in self._members.items() for member in group}

    def present(self, lesson: str) -> Expr:
        """How many placed lessons its literals are about: 1 or 0, or all that it stands for."""
        return len(self._members[lesson]) if lesson in self._members else self._placed[lesson]

    def starts(self, lesson: str) -> dict[int, cp_model.IntVar]:
        """Possible start cell -> "the lesson starts there". Lessons of one block share the same literals; those that
        another one stands for have none."""
        return self._starts[lesson]

    def placed(self, lesson: str) -> Lit:
        """Whether the lesson has a place; the constant True unless best_effort."""
        return self._placed[lesson]

    def covering(self, lesson: str, cell: int) -> list[cp_model.IntVar]:
        """The start literals under which the lesson occupies the cell (at most one is true)."""
        duration = self.problem.lesson[lesson].duration
        starts = self._starts[lesson]
        return [starts[c] for c in range(cell - duration + 1, cell + 1) if c in starts]

    def starting_in(self, lesson: str, cells: Iterable[int]) -> list[cp_model.IntVar]:
        """The start literals of the lesson in some cells (at most one is true)."""
        starts = self._starts[lesson]
        return [starts[c] for c in cells if c in starts]

    def on_day(self, lesson: str, day: int) -> list[cp_model.IntVar]:
        """The start literals of the lesson on a day of the week (at most one is true)."""
        return self.starting_in(lesson, self.grid.day_cells[day])

    def teacher_picks(self, lesson: str, position: int) -> dict[tuple[int, str], Lit]:
        """(start cell, teacher) -> "starts there with this teacher", for one teacher to choose."""
        return self._teachers[lesson, position]

    def room_picks(self, lesson: str, position: int) -> dict[tuple[int, RoomSet], Lit]:
        """(start cell, set of rooms) -> "starts there in one of these rooms", for one room request."""
        return self._rooms[lesson, position]

    @property
    def counted(self) -> frozenset[Request]:
        """The room requests for which a room may have to be handed out after the solve."""
        return frozenset(r for r, sets in self.room_sets.items() if any(len(rooms) > 1 for rooms in sets))

    def uses(self, lesson: str, kind: ResourceKind, resource: str) -> list[Lit]:
        """The literals under which the lesson has this room or this chosen teacher, over all its starts."""
        if kind == "room":
            return self.in_rooms(lesson, (resource,))
        return [
            literal
            for i in range(len(self.domains.teachers[lesson]))
            for (_, option), literal in self._teachers[lesson, i].items()
            if option == resource
        ]

    def has_room(self, lesson: str, room: str) -> Lit:
        """Whether the lesson is in the room."""
        key = ("has room", lesson, room)
        if key not in self._cache:
            self._cache[key] = self.one_of(self.in_rooms(lesson, (room,)))
        return self._cache[key]

    def has_any_room(self, lesson: str) -> Lit:
        """Whether the lesson is in a room at all."""
        key = ("has any room", lesson)
        if key not in self._cache:
            requests = range(len(self.domains.rooms[lesson]))
            mandatory = any(not self.problem.lesson[lesson].may_go_without(i) for i in requests)
            picks = [x for i in requests for x in self._rooms[lesson, i].values()]
            self._cache[key] = self._placed[lesson] if mandatory else self.any_of(picks)
        return self._cache[key]

    def at_site(self, lesson: str) -> dict[tuple[int, str], Lit]:
        """(start cell, site) -> "starts there, its first room at this site"."""
        if lesson not in self._sites:
            self._sites[lesson] = dict(self._first_sites(lesson))
        return self._sites[lesson]

    def _first_sites(self, lesson: str) -> Iterator[tuple[tuple[int, str], Lit]]:
        """Later requests decide only where the earlier ones are left without a room."""
        found: dict[tuple[int, str], list[Lit]] = defaultdict(list)
        roomed: dict[int, list[Lit]] = defaultdict(list)
        for i in range(len(self.domains.rooms[lesson])):
            here = self._rooms[lesson, i]
            for (cell, rooms), pick in here.items():
                first = self.all_of([pick, *(negation(x) for x in roomed[cell])])
                found[cell, self.problem.room[min(rooms)].site].append(first)
            if not self.problem.lesson[lesson].may_go_without(i):
                break
            for (cell, _), pick in here.items():
                roomed[cell].append(pick)
        for key, literals in found.items():
            yield key, self.one_of(literals)

    def in_rooms(self, lesson: str, rooms: Collection[str]) -> list[Lit]:
        """The literals under which the lesson has one of these rooms, over all its requests and starts; for one
        request at most one is true. The rule that asks must have said so in `solver.pools.views_of`."""
        found: list[Lit] = []
        for options, literals in self._by_rooms(lesson).items():
            if options.issubset(rooms):
                found += literals
            elif not options.isdisjoint(rooms):
                raise LookupError(f"rooms {sorted(options)} are not told apart for lesson {lesson!r}")
        return found

    def _by_rooms(self, lesson: str) -> dict[RoomSet, list[Lit]]:
        """Set of rooms -> the literals under which the lesson has one of them."""
        if lesson not in self._in_rooms:
            here = self._in_rooms[lesson] = defaultdict(list)
            for i in range(len(self.domains.rooms[lesson])):
                for (_, options), literal in self._rooms[lesson, i].items():
                    here[options].append(literal)
        return self._in_rooms[lesson]

    def pairs(self, lessons: Iterable[str], same_week: bool = False) -> Iterator[tuple[str, str]]:
        """Every two of the lessons, in the order given; with `same_week` only those that share a week.
        The twin of `Board.pairs`."""
        weeks = {x: set(self.problem.weeks_of(self.problem.lesson[x])) for x in lessons}
        for a, b in combinations(lessons, 2):
            if not same_week or not weeks[a].isdisjoint(weeks[b]):
                yield a, b

    def in_week(self, lessons: Iterable[str], week: int) -> tuple[str, ...]:
        """Those of the lessons that happen in the week."""
        return tuple(x for x in lessons if week in self.problem.weeks_of(self.problem.lesson[x]))

    def by_week(self, lessons: Iterable[str]) -> Counter[tuple[str, ...]]:
        """Those of the lessons that happen in a week, with the number of weeks in which it is just these."""
        return Counter(self.in_week(lessons, week) for week in range(len(self.grid.weeks)))

    # ---- resources -----------------------------------------------------------------------------------------------

    @property
    def resources(self) -> Iterable[Resource]:
        """Every resource that some lesson could use."""
        return self._uses

    def uses_in(self, resource: Resource, week: int) -> list[Use]:
        """What can keep the resource busy in the week."""
        return [use for use in self._uses.get(resource, ()) if week in self.problem.weeks_of(use.lesson)]

    def line(self, resource: Resource, week: int, tags: tuple[str, ...] = ()) -> Line:
        """The resource in the week; with tags, only the lessons that carry one of them."""
        key = (resource, week, tags)
        if key not in self._lines:
            uses = [u for u in self.uses_in(resource, week) if not tags or u.lesson.all_tags.intersection(tags)]
            closed = self.problem.closed.get(resource, frozenset())
            alike = (frozenset(use.likeness for use in uses), closed)
            if alike not in self._alike:
                self._alike[alike] = Line(self, self.grid, uses, closed)
            self._lines[key] = self._alike[alike]
        return self._lines[key]

    def lines(self, rule: ResourceRule) -> Iterator[tuple[Line, int]]:
        """The resources of the rule in each week, as the rule counts their lessons; each line with the number of
        resources and weeks it stands for."""
        weeks, kind = range(len(self.grid.weeks)), rule.who.kind
        rows = self.problem.rows(rule.who)
        yield from Counter(self.line((kind, row), week, rule.tags) for row in rows for week in weeks).items()

    def lessons_of(self, kind: ResourceKind, row: str, tags: tuple[str, ...] = ()) -> list[str]:
        """The lessons that could use the resource; with tags, only those that carry one of them."""
        lessons = self.domains.users.get((kind, row), ())
        return [x for x in lessons if not tags or self.problem.lesson[x].all_tags.intersection(tags)]

    def attends(self, kind: ResourceKind, row: str, lesson: str) -> Mapping[int, Lit]:
        """Start cell -> "the lesson starts there and uses the resource"; its `starts` where it always does."""
        if (kind, row) in self.domains.fixed(self.problem.lesson[lesson]):
            return self._starts[lesson]
        found: dict[int, list[Lit]] = defaultdict(list)
        requests = self.domains.rooms[lesson] if kind == "room" else self.domains.teachers[lesson]
        for i in range(len(requests)):
            picks = self._rooms[lesson, i] if kind == "room" else self._teachers[lesson, i]
            for (cell, option), literal in picks.items():
                if option in (row, frozenset((row,))):
                    found[cell].append(literal)
        return {cell: self.one_of(literals) for cell, literals in found.items()}

    def belongs(self, lesson: str, kind: ResourceKind, rows: Collection[str]) -> Lit:
        """Whether the lesson is placed and uses one of the resources."""
        if any(k == kind and row in rows for k, row in self.domains.fixed(self.problem.lesson[lesson])):
            return self._placed[lesson]
        return self.any_of(x for row in rows for x in self.uses(lesson, kind, row))

    def used(self, lesson: str, kind: ResourceKind, row: str) -> Expr:
        """1 when the lesson is placed and uses the resource, else 0."""
        attends = self.attends(kind, row, lesson)
        return self._placed[lesson] if attends is self._starts[lesson] else sum(attends.values())

    @property
    def week_days(self) -> range:
        """Days of the week."""
        return range(len(self.grid.day_cells))

    def day_slots(self, day: int) -> range:
        """Slots of a day over all weeks (day = week x days per week + day of the week)."""
        week, day = divmod(day, len(self.grid.day_cells))
        cells = self.grid.day_cells[day]
        return range(week * self.grid.size + cells.start, week * self.grid.size + cells.stop)

    @property
    def days(self) -> range:
        """Days over all weeks."""
        return range(len(self.grid.day_cells) * len(self.grid.weeks))

    def days_of_week(self, week: int) -> range:
        count = len(self.grid.day_cells)
        return range(week * count, (week + 1) * count)

    def day_of(self, slot: int) -> int:
        """Day over all weeks of a slot."""
        week, cell = divmod(slot, self.grid.size)
        return week * len(self.grid.day_cells) + self.grid.cells[cell].day
