"""From a problem to the flat memory of the local search.

Rows: one for each resource and week; one more for each group of tags a rule counts by, and for each rule that counts
lessons per cell. Rules the search has no evaluator for are reported in `Compiled.unknown`: its timetables may break
them, so they are only offered after `models.score` has judged them.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from models.base import ResourceKind
from models.problem import Lesson, Problem, RoomRequest
from models.timetable import Placement, Timetable
from solver.domains import Domains, Resource
from solver.search import layout as L  # noqa: N812
from solver.search.kernel import construct, repick, shift
from solver.search.pack import pack
from solver.search.parts import Member, Pick, Row, Set
from solver.search.terms import add_rules

RowKey = tuple[object, ...]
PickKey = tuple[str, ResourceKind, int]
"""(lesson, "room" or "teacher", position of the request)"""


class Compiled:
    """problem and domains as given; unknown: names of rules without an evaluator here, with their count."""

    def __init__(self, problem: Problem, domains: Domains, seed: int = 1) -> None:
        self.problem, self.domains = problem, domains
        self.grid = problem.grid
        self.weeks = len(problem.grid.weeks)
        self.leaders = list(domains.blocks)
        self.block_of = {x: n for n, leader in enumerate(self.leaders) for x in domains.blocks[leader]}
        self.rows: list[Row] = []
        self.row_of: dict[RowKey, int] = {}
        self.uses: list[dict[int, tuple[int, int]]] = [{} for _ in self.leaders]
        """Block -> row -> (first cell counted from its start, number of cells)."""
        self.picks: list[Pick] = []
        self.pick_of: dict[PickKey, int] = {}
        self.block_picks: list[list[tuple[int, int]]] = [[] for _ in self.leaders]
        self.sets: list[Set] = []
        self.start_cost: dict[tuple[int, int], int] = defaultdict(int)
        self.unknown: dict[str, int] = defaultdict(int)
        self.doubled: list[str] = []
        """Lessons that share a resource with one they must start with: they can never be placed."""
        self._add_uses()
        self._add_picks()
        add_rules(self)
        self.m = pack(self, seed)

    # ---- rows ----------------------------------------------------------------------------------------------------

    def resource_row(self, resource: Resource) -> int:
        """First of the rows (one per week) of a resource."""
        if resource not in self.row_of:
            self.row_of[resource] = len(self.rows)
            self.rows.extend(Row(clash=-1) for _ in range(self.weeks))
        return self.row_of[resource]

    def tagged_row(self, resource: Resource, lessons: Iterable[Lesson], key: RowKey) -> int:
        """First of the rows that count only some lessons of a resource."""
        if key not in self.row_of:
            self.row_of[key] = len(self.rows)
            self.rows.extend(Row() for _ in range(self.weeks))
            for lesson in lessons:
                self._use(self.row_of[key], lesson)
        return self.row_of[key]

    def counting_row(self, lessons: Iterable[Lesson], row: Row) -> int:
        """A row of its own, in every week, that counts some lessons; returns the first."""
        first = len(self.rows)
        for _ in range(self.weeks):
            self.rows.append(Row(row.clash, row.capacity, row.cells, list(row.terms)))
        for lesson in lessons:
            self._use(first, lesson)
        return first

    def ends_row(self, lessons: Iterable[Lesson]) -> int:
        """A row that marks the last cell of some lessons; returns the first of its weeks."""
        first = self.counting_row((), Row())
        for lesson in lessons:
            self._use(first, lesson, lesson.duration - 1)
        return first

    def _use(self, row: int, lesson: Lesson, offset: int = 0) -> None:
        block = self.block_of[lesson.id]
        for week in self.problem.weeks_of(lesson):
            known = self.uses[block].get(row + week, (0, 0))
            self.uses[block][row + week] = max(known, (offset, lesson.duration - offset))
            self.rows[row + week].blocks.add(block)

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
    def choosable(self) -> set[Resource]:
        """Rooms and teachers that are a candidate of some pick."""
        return {(kind, o) for (_, kind, _), n in self.pick_of.items() for o in self.picks[n].options if o is not None}

    @cached_property
    def users(self) -> dict[Resource, list[Lesson]]:
        """Resource -> the lessons that use it wherever they are placed."""
        found: dict[Resource, list[Lesson]] = defaultdict(list)
        for lesson in self.problem.lessons:
            for resource in dict.fromkeys(self.always_uses(lesson)):
                found[resource].append(lesson)
        return found

    def always_uses(self, lesson: Lesson) -> list[Resource]:
        only: list[Resource] = [
            ("room", options[0])
            for options, request in zip(self.domains.rooms[lesson.id], lesson.rooms, strict=True)
            if len(options) == 1 and not self._may_lack(lesson, request)
        ]
        return [*self.domains.fixed(lesson), *only]

    def _may_lack(self, lesson: Lesson, request: RoomRequest) -> bool:
        """Whether the solver may leave the request without a room."""
        return request.optional and lesson.pin.rooms is None

    def member(self, lesson_id: str, pick: int = -1) -> Member:
        lesson = self.problem.lesson[lesson_id]
        return Member(self.block_of[lesson_id], lesson.duration, self.week_bits(lesson), pick)

    # ---- lessons -------------------------------------------------------------------------------------------------

    def _add_uses(self) -> None:
        for lesson in self.problem.lessons:
            for resource in self.always_uses(lesson):
                row = self.resource_row(resource)
                if any(row + w in self.uses[self.block_of[lesson.id]] for w in self.problem.weeks_of(lesson)):
                    self.doubled.append(lesson.id)
                self._use(row, lesson)

    def _add_picks(self) -> None:
        shared = self._shared_teachers()
        for lesson in self.problem.lessons:
            for i, teachers in enumerate(self.domains.teachers[lesson.id]):
                key = shared.get((lesson.id, i), (lesson.id, "teacher", i))
                self._join_pick(key, (lesson.id, "teacher", i), "teacher", list(teachers), lesson)
            for i, (options, request) in enumerate(zip(self.domains.rooms[lesson.id], lesson.rooms, strict=True)):
                if len(options) != 1 or self._may_lack(lesson, request):
                    none = not options or self._may_lack(lesson, request)
                    rooms: list[str | None] = [*options, *([None] if none else [])]
                    self._join_pick((lesson.id, "room", i), (lesson.id, "room", i), "room", rooms, lesson)
        members = [(number, x) for number, pick in enumerate(self.picks) for x in pick.members]
        for place, (number, x) in enumerate(members):
            self.block_picks[x.block].append((number, place))

    def _shared_teachers(self) -> dict[tuple[str, int], PickKey]:
        """Lessons that must keep one chosen teacher share one pick."""
        shared: dict[tuple[str, int], PickKey] = {}
        for rule in self.problem.rules:
            if rule.kind == "same_teacher" and rule.weight is None:
                members = [x for x in rule.lessons if len(self.problem.lesson[x].any_teacher) == 1]
                if len({self.domains.teachers[x] for x in members}) == 1:
                    shared.update({(x, 0): (members[0], "teacher", 0) for x in members})
        return shared

    def _join_pick(
        self, key: PickKey, own: PickKey, kind: ResourceKind, options: list[str | None], lesson: Lesson
    ) -> None:
        if key not in self.pick_of:
            rows = [-1 if o is None else self.resource_row((kind, o)) for o in options]
            self.pick_of[key] = len(self.picks)
            self.picks.append(Pick(options, rows, [0] * len(options)))
        number = self.pick_of[own] = self.pick_of[key]
        pick = self.picks[number]
        pick.members.append(self.member(lesson.id))
        for row in pick.rows:
            for week in self.problem.weeks_of(lesson):
                if row >= 0:
                    self.rows[row + week].blocks.add(self.block_of[lesson.id])

    # ---- timetables ----------------------------------------------------------------------------------------------

    def load(self, timetable: Timetable | None) -> None:
        """Put the memory into the state of a timetable; what it lacks or what is not possible is constructed."""
        m = self.m
        for block in range(len(self.leaders)):
            m[L.JOURNAL_LENGTH] = 0
            if m[m[L.START] + block] >= 0:
                shift(m, block, -1, False)
        for placement in timetable.placements if timetable else ():
            self._load_picks(placement)
            block, m[L.JOURNAL_LENGTH] = self.block_of[placement.lesson], 0
            allowed = m[m[L.ALLOWED] + block * self.grid.size + placement.start]
            if allowed and m[m[L.START] + block] < 0:
                shift(m, block, placement.start, False)
        construct(m)

    def _load_picks(self, placement: Placement) -> None:
        chosen: list[tuple[PickKey, str | None]] = []
        chosen += [((placement.lesson, "teacher", i), t) for i, t in enumerate(placement.teachers)]
        chosen += [((placement.lesson, "room", i), r) for i, r in enumerate(placement.rooms)]
        for key, option in chosen:
            number = self.pick_of.get(key)
            if number is not None and option in self.picks[number].options:
                repick(self.m, number, self.picks[number].options.index(option))

    def timetable(self, best: bool = True) -> Timetable:
        """The best state found (or the present one) as a timetable; blocks that are out are unplaced."""
        m = self.m
        first, first_pick = m[L.BEST_START if best else L.START], m[L.P_BEST if best else L.P_NOW]
        starts = [int(m[first + b]) for b in range(len(self.leaders))]
        picks = [int(m[first_pick + p]) for p in range(len(self.picks))]
        placements = []
        for lesson in self.problem.lessons:
            start = starts[self.block_of[lesson.id]]
            if start >= 0:
                placements.append(self._placement(lesson, start, picks))
        return Timetable(placements=tuple(placements))

    def _placement(self, lesson: Lesson, start: int, picks: list[int]) -> Placement:
        def chosen(kind: ResourceKind, i: int) -> str | None:
            number = self.pick_of.get((lesson.id, kind, i))
            if number is None:
                return self.domains.rooms[lesson.id][i][0]
            return self.picks[number].options[picks[number]]

        teachers = tuple(str(chosen("teacher", i)) for i in range(len(lesson.any_teacher)))
        rooms = tuple(chosen("room", i) for i in range(len(lesson.rooms)))
        return Placement(lesson=lesson.id, start=start, rooms=rooms, teachers=teachers)
