"""From a problem to the flat memory of the local search.

Rows: one for each resource and week; one more for each group of tags a rule counts by, and for each rule that counts
lessons per cell. Rules the search has no evaluator for are reported in `Compiled.unknown`: its timetables may break
them, so they are only offered after `models.score` has judged them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from models.base import ResourceKind
from models.problem import Lesson, Problem
from models.timetable import Placement, Timetable
from solver.domains import Domains, Resource
from solver.pools import Request, RoomSet, choices
from solver.rooms import EFFORT, assign_rooms
from solver.search import layout as L  # noqa: N812
from solver.search.kernel import begin, construct, repick, shift
from solver.search.merge import merge_rows
from solver.search.narrow import narrow
from solver.search.pack import pack, random_state
from solver.search.parts import Member, Pick, Row, Set, names_of
from solver.search.terms import add_rules

RowKey = tuple[object, ...] | RoomSet
Counted = tuple[Resource, tuple[str, ...]]
"""(resource, tags of which its lessons carry one)"""

PickKey = tuple[str, ResourceKind, int]
"""(lesson, "room" or "teacher", position of the request; below 0 what it uses once more)"""


class SiteRows(NamedTuple):
    """judge: first row of the terms on somebody's sites; sites: first row of each site."""

    judge: int
    sites: list[int]


class Compiled:
    """problem and domains as given; explicit: lessons for which every room is told apart; unknown: names of rules
    without an evaluator here, with their count."""

    def __init__(
        self, problem: Problem, domains: Domains, seed: int = 1, explicit: frozenset[str] = frozenset()
    ) -> None:
        self.problem, self.domains = problem, domains
        self.room_sets = choices(problem, domains, explicit)
        self.pools = tuple(dict.fromkeys(p for sets in self.room_sets.values() for p in sets.values() if len(p) > 1))
        self.grid = problem.grid
        self.weeks = len(problem.grid.weeks)
        self.leaders = list(domains.blocks)
        self.block_of = {x: n for n, leader in enumerate(self.leaders) for x in domains.blocks[leader]}
        self.rows: list[Row] = []
        self.row_of: dict[RowKey, int] = {}
        self._sites: dict[Counted, SiteRows] = {}
        self.group: dict[int, range] = {}
        """First row of something -> all its rows, for different weeks."""
        self.uses: list[dict[int, tuple[int, int]]] = [{} for _ in self.leaders]
        """Block -> row -> (first cell counted from its start, number of cells)."""
        self.picks: list[Pick] = []
        self.pick_of: dict[PickKey, int] = {}
        self.sets: list[Set] = []
        self.start_cost: dict[tuple[int, int], int] = defaultdict(int)
        self.unknown: dict[str, int] = defaultdict(int)
        self.twice: list[tuple[int, Lesson]] = []
        self.doubled: list[str] = []
        """Lessons that share a resource with one they must start with: they can never be placed."""
        self._add_uses()
        self._add_picks()
        add_rules(self)
        merge_rows(self)
        self.m = pack(self, seed)
        narrow(self.m, {block: domains.starts[leader] for block, leader in enumerate(self.leaders)})

    # ---- rows ----------------------------------------------------------------------------------------------------

    def resource_row(self, resource: Resource) -> int:
        """First of the rows of a resource."""
        if resource not in self.row_of:
            lessons = (self.problem.lesson[x] for x in self.domains.users.get(resource, ()))
            self.row_of[resource] = self._new_rows(lessons, Row(clash=-1))
        return self.row_of[resource]

    def _new_rows(self, lessons: Iterable[Lesson], like: Row) -> int:
        """One row for all weeks if every lesson is in all of them, else one for each week; returns the first."""
        first, whole = len(self.rows), (1 << self.weeks) - 1
        alike = all(self.week_bits(x) == whole for x in lessons)
        for weeks in [whole] if alike else [1 << w for w in range(self.weeks)]:
            self.rows.append(replace(like, terms=list(like.terms), blocks=set(), weeks=weeks))
        self.group[first] = range(first, len(self.rows))
        return first

    def rows_for(self, first: int, lesson: Lesson) -> list[int]:
        """Those of a group of rows in which the lesson is."""
        return [row for row in self.group[first] if self.rows[row].weeks & self.week_bits(lesson)]

    def room_rows(self, rooms: RoomSet, pool: RoomSet) -> list[int]:
        """First rows of what a lesson keeps busy that has one of the rooms, counted in a pool: the room itself if it
        is one, and every pool that contains that pool."""
        own = [self.resource_row(("room", room)) for room in rooms if len(rooms) == 1]
        return own + [self.pool_row(p) for p in self.pools if pool <= p]

    def pool_row(self, pool: RoomSet) -> int:
        """First of the rows that count the lessons in a pool of rooms; closed rooms lower its capacity."""
        if pool not in self.row_of:
            closed = [self.problem.closed.get(("room", room), frozenset()) for room in pool]
            cells = [sum(cell not in shut for shut in closed) for cell in range(self.grid.size)]
            lessons = {x for room in pool for x in self.domains.users.get(("room", room), ())}
            like = Row(-1, len(pool), cells if any(closed) else None)
            self.row_of[pool] = self._new_rows((self.problem.lesson[x] for x in lessons), like)
        return self.row_of[pool]

    def counting_row(self, lessons: list[Lesson], like: Row, others: Sequence[Lesson] = ()) -> int:
        """Rows of their own that count some lessons; returns the first. others: those that may be counted too."""
        first = self._new_rows([*lessons, *others], like)
        for lesson in lessons:
            self._use(first, lesson)
        for lesson in others:
            for row in self.rows_for(first, lesson):
                self.rows[row].blocks.add(self.block_of[lesson.id])
        return first

    def site_rows(self, person: Counted, lessons: list[Lesson], sites: list[str]) -> SiteRows:
        """Rows that say where somebody is, made once; lessons have at most one room."""
        if person not in self._sites:
            judge = self._new_rows(lessons, Row())
            rows = [self._new_rows(lessons, Row()) for _ in sites]
            for first in rows:
                for row, parent in zip(self.group[first], self.group[judge], strict=True):
                    self.rows[row].parent = parent
            self._sites[person] = SiteRows(judge, rows)
            for lesson in lessons:
                self._mark_site(person[0], lesson, dict(zip(sites, rows, strict=True)))
                for each in self.rows_for(judge, lesson):
                    self.rows[each].blocks.add(self.block_of[lesson.id])
        return self._sites[person]

    def _mark_site(self, person: Resource, lesson: Lesson, rows: dict[str, int]) -> None:
        """Put a lesson, each candidate of its room, or the choice of the person in the row of its site."""
        if not lesson.rooms:
            return
        if person not in self.domains.fixed(lesson):
            self._mark_choice(person, lesson, rows)
        elif not self._chooses(lesson, 0):
            self._use(rows[self._site(next(iter(self.room_sets[lesson.id, 0])))], lesson)
        else:
            pick = self.picks[self.pick_of[lesson.id, "room", 0]]
            for option, own in zip(pick.options, pick.rows, strict=True):
                if isinstance(option, frozenset):
                    own.append(rows[self._site(option)])

    def _mark_choice(self, person: Resource, lesson: Lesson, rows: dict[str, int]) -> None:
        site = rows[self.sites_of(lesson)[0]]
        for number in self.choices_of(person, lesson):
            own = self.picks[number].rows[self.picks[number].options.index(person[1])]
            own.extend([site] if site not in own else [])

    def choices_of(self, person: Resource, lesson: Lesson) -> list[int]:
        """The picks of a lesson that may choose somebody."""
        picks = [self.pick_of[lesson.id, "teacher", i] for i in range(len(lesson.any_teacher))]
        return [x for x in picks if person[1] in self.picks[x].options]

    def sites_of(self, lesson: Lesson) -> list[str]:
        """Where a lesson with a room may be."""
        return sorted({self._site(rooms) for rooms in self.room_sets[lesson.id, 0]})

    @cached_property
    def choosing(self) -> dict[int, list[Lesson]]:
        """Pick -> the lessons that choose with it."""
        found: dict[int, list[Lesson]] = defaultdict(list)
        for (lesson, _, position), number in self.pick_of.items():
            if position >= 0:
                found[number].append(self.problem.lesson[lesson])
        return found

    def _site(self, rooms: RoomSet) -> str:
        return self.problem.room[min(rooms)].site

    def ends_row(self, lessons: list[Lesson], beside: int) -> int:
        """Rows that mark the last cell of some lessons, one for each row of the class they are beside."""
        first = len(self.rows)
        self.rows.extend(Row(weeks=self.rows[row].weeks) for row in self.group[beside])
        self.group[first] = range(first, len(self.rows))
        for lesson in lessons:
            self._use(first, lesson, lesson.duration - 1)
        return first

    def _use(self, first: int, lesson: Lesson, offset: int = 0) -> None:
        block = self.block_of[lesson.id]
        for row in self.rows_for(first, lesson):
            known = self.uses[block].get(row, (0, 0))
            self.uses[block][row] = max(known, (offset, lesson.duration - offset))
            self.rows[row].blocks.add(block)

    def week_bits(self, lesson: Lesson) -> int:
        return sum(1 << w for w in self.problem.weeks_of(lesson))

    def day_masks(self, cells: Iterable[int]) -> list[int]:
        """Some cells as a bit mask for each day."""
        masks = [0] * len(self.grid.day_cells)
        for cell in set(cells):
            day = self.grid.cells[cell].day
            masks[day] |= 1 << (cell - self.grid.day_cells[day].start)
        return masks

    def open_masks(self, resource: Resource) -> list[int]:
        closed = self.problem.closed.get(resource, frozenset())
        return self.day_masks(c for c in range(self.grid.size) if c not in closed)

    @cached_property
    def candidacies(self) -> dict[Resource, list[int]]:
        """Rooms and teachers that may be chosen -> the picks they are a candidate of."""
        found: dict[Resource, list[int]] = defaultdict(list)
        for (_, kind, position), number in self.pick_of.items():
            for option in self.picks[number].options if position >= 0 else ():
                for name in names_of(option):
                    found[kind, name].append(number)
        return {resource: list(dict.fromkeys(picks)) for resource, picks in found.items()}

    @cached_property
    def users(self) -> dict[Resource, list[Lesson]]:
        """Resource -> the lessons that use it wherever they are placed."""
        found: dict[Resource, list[Lesson]] = defaultdict(list)
        for lesson in self.problem.lessons:
            for resource in dict.fromkeys([*self.domains.fixed(lesson), *self._only_rooms(lesson)]):
                found[resource].append(lesson)
        return found

    def _only_rooms(self, lesson: Lesson) -> list[Resource]:
        return [("room", next(iter(rooms))) for rooms, _ in self._fixed_sets(lesson) if len(rooms) == 1]

    def _fixed_sets(self, lesson: Lesson) -> list[tuple[RoomSet, RoomSet]]:
        """(set of rooms, its pool) for each request that leaves no choice among sets."""
        return [
            next(iter(self.room_sets[lesson.id, i].items()))
            for i in range(len(lesson.rooms))
            if not self._chooses(lesson, i)
        ]

    def _chooses(self, lesson: Lesson, position: int) -> bool:
        return len(self.room_sets[lesson.id, position]) != 1 or lesson.may_go_without(position)

    def member(self, lesson_id: str, pick: int = -1) -> Member:
        lesson = self.problem.lesson[lesson_id]
        return Member(self.block_of[lesson_id], lesson.duration, self.week_bits(lesson), pick)

    # ---- lessons -------------------------------------------------------------------------------------------------

    def _add_uses(self) -> None:
        for lesson in self.problem.lessons:
            rows = [self.resource_row(resource) for resource in dict.fromkeys(self.domains.fixed(lesson))]
            for rooms, pool in self._fixed_sets(lesson):
                rows += self.room_rows(rooms, pool)
            for row in rows:
                if any(x in self.uses[self.block_of[lesson.id]] for x in self.rows_for(row, lesson)):
                    self._share(row, lesson)
                else:
                    self._use(row, lesson)

    def _share(self, row: int, lesson: Lesson) -> None:
        """A second lesson of one block, or a second request of one lesson, on one resource."""
        if self.rows[row].capacity == 1:
            self.doubled.append(lesson.id)
        else:
            self.twice.append((row, lesson))

    def _add_picks(self) -> None:
        shared = self._shared_teachers()
        for lesson in self.problem.lessons:
            for i, teachers in enumerate(self.domains.teachers[lesson.id]):
                own: PickKey = (lesson.id, "teacher", i)
                rows = [[self.resource_row(("teacher", t))] for t in teachers]
                self._join_pick(shared.get((lesson.id, i), own), own, list(teachers), rows, lesson)
            for i in range(len(lesson.rooms)):
                if self._chooses(lesson, i):
                    self._add_room_pick(lesson, i)
        for n, (row, lesson) in enumerate(self.twice, start=1):
            self._join_pick((lesson.id, "room", -n), (lesson.id, "room", -n), ["again"], [[row]], lesson)

    def _add_room_pick(self, lesson: Lesson, position: int) -> None:
        sets = self.room_sets[lesson.id, position]
        none = not sets or lesson.may_go_without(position)
        options: list[RoomSet | str | None] = [*sets, *([None] if none else [])]
        rows = [self.room_rows(rooms, pool) for rooms, pool in sets.items()] + ([[]] if none else [])
        key: PickKey = (lesson.id, "room", position)
        self._join_pick(key, key, options, rows, lesson)

    def _shared_teachers(self) -> dict[tuple[str, int], PickKey]:
        """Lessons that must keep one chosen teacher share one pick."""
        shared: dict[tuple[str, int], PickKey] = {}
        for rule in self.problem.rules:
            if rule.kind == "same_teacher" and rule.weight is None and not rule.position:
                members = [x for x in rule.lessons if len(self.problem.lesson[x].any_teacher) == 1]
                if len({self.domains.teachers[x] for x in members}) == 1:
                    shared.update({(x, 0): (members[0], "teacher", 0) for x in members})
        return shared

    def _join_pick(
        self, key: PickKey, own: PickKey, options: list[RoomSet | str | None], rows: list[list[int]], lesson: Lesson
    ) -> None:
        if key not in self.pick_of:
            self.pick_of[key] = len(self.picks)
            ids = [own[0] if own else -1 for own in rows]
            self.picks.append(Pick(options, [list(own) for own in rows], ids, [0] * len(options)))
        number = self.pick_of[own] = self.pick_of[key]
        self.picks[number].members.append(self.member(lesson.id))
        for row in {row for candidate in rows for row in candidate}:
            for each in self.rows_for(row, lesson):
                self.rows[each].blocks.add(self.block_of[lesson.id])

    def pick_of_room(self, lesson: Lesson) -> int | None:
        """The pick of a lesson's only room; one without a choice is made where there is none. None: no room, or a
        set of rooms that are not told apart, or several."""
        key: PickKey = (lesson.id, "room", 0)
        if len(lesson.rooms) == 1 and key not in self.pick_of:
            rooms = next(iter(self.room_sets[lesson.id, 0]))
            if len(rooms) == 1:
                self._join_pick(key, key, [rooms], [[]], lesson)
                self.picks[-1].ids = [self.resource_row(("room", next(iter(rooms))))]
        return self.pick_of.get(key) if len(lesson.rooms) == 1 else None

    # ---- timetables ----------------------------------------------------------------------------------------------

    def copy(self, seed: int) -> "Compiled":
        """The same with a memory of its own, in the same state, and another chance."""
        twin = copy(self)
        twin.m = copy(self.m)
        twin.m[L.RANDOM] = random_state(seed)
        return twin

    def load(self, timetable: Timetable | None) -> None:
        """Put the memory into the state of a timetable; what it lacks or what is not possible is constructed."""
        m = self.m
        for block in range(len(self.leaders)):
            begin(m)
            if m[m[L.START] + block] >= 0:
                shift(m, block, -1, False)
        for placement in timetable.placements if timetable else ():
            self._load_picks(placement)
            begin(m)
            block = self.block_of[placement.lesson]
            allowed = m[m[L.ALLOWED] + block * self.grid.size + placement.start]
            if allowed and m[m[L.START] + block] < 0:
                shift(m, block, placement.start, False)
        construct(m)

    def _load_picks(self, placement: Placement) -> None:
        chosen: list[tuple[PickKey, str | None]] = []
        chosen += [((placement.lesson, "teacher", i), t) for i, t in enumerate(placement.teachers)]
        chosen += [((placement.lesson, "room", i), r) for i, r in enumerate(placement.rooms)]
        for key, wanted in chosen:
            number = self.pick_of.get(key)
            options = [] if number is None else self.picks[number].options
            for place, option in enumerate(options):
                if number is not None and (wanted in names_of(option) if wanted else option is None):
                    repick(self.m, number, place)

    def timetable(
        self, best: bool = True, effort: float = EFFORT, over: Callable[[], bool] = lambda: False
    ) -> tuple[Timetable, frozenset[str]]:
        """The best state found (or the present one); blocks that are out are unplaced. Second: lessons that compete
        for counted rooms in vain; they stay without one. effort, over: see `assign_rooms`."""
        m = self.m
        first, first_pick = m[L.BEST_START if best else L.START], m[L.P_BEST if best else L.P_NOW]
        block_starts = [int(m[first + b]) for b in range(len(self.leaders))]
        picks = [int(m[first_pick + p]) for p in range(len(self.picks))]
        starts = {x.id: block_starts[self.block_of[x.id]] for x in self.problem.lessons}
        starts = {x: start for x, start in starts.items() if start >= 0}
        rooms, conflicting = self._rooms(starts, picks, effort, over)
        placements = (
            Placement(
                lesson=x.id,
                start=starts[x.id],
                rooms=tuple(rooms.get((x.id, i)) for i in range(len(x.rooms))),
                teachers=tuple(str(self._picked(picks, (x.id, "teacher", i))) for i in range(len(x.any_teacher))),
            )
            for x in self.problem.lessons
            if x.id in starts
        )
        return Timetable(placements=tuple(placements)), conflicting

    def _rooms(
        self, starts: dict[str, int], picks: list[int], effort: float, over: Callable[[], bool]
    ) -> tuple[dict[Request, str], frozenset[str]]:
        """The rooms of all placed lessons, the counted ones handed out."""
        given: dict[Request, str] = {}
        counted: dict[Request, RoomSet] = {}
        for (lesson, position), sets in self.room_sets.items():
            if lesson in starts:
                option = self._picked(picks, (lesson, "room", position), next(iter(sets), None))
                if isinstance(option, frozenset) and len(option) == 1:
                    given[lesson, position] = next(iter(option))
                elif isinstance(option, frozenset):
                    counted[lesson, position] = option
        handed = assign_rooms(self.problem, self.domains, starts, given, counted, effort, over)
        return {**given, **handed.rooms}, handed.conflicting

    def _picked(self, picks: list[int], key: PickKey, only: RoomSet | None = None) -> RoomSet | str | None:
        number = self.pick_of.get(key)
        return only if number is None else self.picks[number].options[picks[number]]
