"""What it costs to put lessons on a board."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from itertools import groupby
from operator import or_

from models.board import Board, mask
from models.busy_times import BusyTimes, bits
from models.problem import Lesson, Problem
from models.reach import SAME_ALL_DAY, Chosen, Name, Part, Reach
from models.rules import Violation
from models.stage import Move, OnDays, Stage
from models.timetable import Placement, Timetable
from models.weight import NOTHING, Price, Said, Weight, difference, named

Key = tuple[object, ...]
Days = tuple[int, ...]


class Put:
    """A lesson at its place. mask: the slots it covers, one bit each; alone: a board with nothing else."""

    def __init__(self, nothing: Board, lesson: Lesson, placement: Placement, slots: int) -> None:
        self.nothing, self.lesson, self.placement, self.mask = nothing, lesson, placement, slots

    @cached_property
    def alone(self) -> Board:
        return Stage(self.nothing, [Move(self.lesson, self.placement)])

    def seen(self, part: Part) -> Key:
        """The lesson, and what the part looks at."""
        placement, id_ = self.placement, self.lesson.id
        if part.sight == "time":
            return id_, placement.start
        if part.sight == "sites":
            room = self.nothing.problem.room
            return id_, placement.start, tuple(room[r].site for r in placement.rooms if r is not None)
        return id_, placement.start, placement.rooms, placement.teachers

    def priced(self, part: Part) -> Key:
        """What the amount of the part depends on, as far as it differs between places of one start."""
        if self.same_all_day(part):
            return self.lesson.id, self.placement.rooms, self.placement.teachers
        return self.seen(part)

    def same_all_day(self, part: Part) -> bool:
        """Whether the amount of the part depends on the rooms alone."""
        name = part.rule.name
        return name in SAME_ALL_DAY or (name == "room_request" and self.lesson.pin.start is None)


class Told:
    """What rules said that stays true whatever becomes of the other lessons: about a lesson by itself, and about the
    times at which a resource is busy."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.nothing = problem, Board(problem, Timetable())
        self.alone: dict[Key, Weight] = {}
        self.prices: dict[Key, Price] = {}
        self.looks: dict[Key, Key] = {}
        self.busy = BusyTimes(problem)
        self._slots: dict[tuple[str, int], int] = {}
        self._days: dict[int, Days] = {}
        self._names: dict[Key, frozenset[Name]] = {}
        self._touched: dict[Key, list[tuple[tuple[int, ...], list[Part]]]] = {}

    def touched(self, reach: Reach, puts: Sequence[Put]) -> list[tuple[tuple[int, ...], list[Part]]]:
        """Every part that lessons can change together, after the numbers of those that can."""
        key = tuple((put.lesson.id, put.placement.rooms, put.placement.teachers) for put in puts)
        if key not in self._touched:
            found: dict[Name, tuple[Part, list[int]]] = {}
            for number, put in enumerate(puts):
                for part in reach.parts(put.lesson, put.placement):
                    found.setdefault(part.name, (part, []))[1].append(number)
            groups = groupby(found.values(), key=lambda one: tuple(one[1]))
            self._touched[key] = [(numbers, [part for part, _ in group]) for numbers, group in groups]
        return self._touched[key]

    def names(self, reach: Reach, put: Put) -> frozenset[Name]:
        """Of all parts that a lesson can change."""
        key = (put.lesson.id, put.placement.rooms, put.placement.teachers)
        if key not in self._names:
            self._names[key] = frozenset(part.name for part in reach.parts(put.lesson, put.placement))
        return self._names[key]

    def by_itself(self, part: Part, put: Put) -> Weight:
        """Of a part that judges the lesson alone. What costs nothing breaks nothing."""
        if self.prices.get((part.name, put.priced(part))) == NOTHING.key:
            return NOTHING
        key = (part.name, put.seen(part))
        if key not in self.alone:
            self.alone[key] = difference(part.rule, (), named(part.rule, part.judge(put.alone)))
        return self.alone[key]

    def days(self, puts: Sequence[Put]) -> Days:
        """Over all weeks, those on which one of the lessons is."""
        slots = reduce(or_, (put.mask for put in puts))
        if slots not in self._days:
            positions = self.problem.grid.positions
            self._days[slots] = tuple(dict.fromkeys(positions[slot][0] for slot in bits(slots)))
        return self._days[slots]

    def put(self, placement: Placement) -> Put:
        lesson, key = self.problem.lesson[placement.lesson], (placement.lesson, placement.start)
        if key not in self._slots:
            self._slots[key] = mask(self.problem.slots_of(lesson, placement.start))
        return Put(self.nothing, lesson, placement, self._slots[key])


class Load:
    """Lessons that are put on a board together. board: the one with all of them."""

    def __init__(self, below: Board, puts: Sequence[Put]) -> None:
        self.below, self.puts = below, puts

    @cached_property
    def board(self) -> Board:
        return Stage(self.below, [Move(put.lesson, put.placement) for put in self.puts])


class Memory:
    """What was found on one board. before: of parts, without the lessons to weigh."""

    def __init__(self) -> None:
        self.known: dict[Key, Weight] = {}
        self.before: dict[tuple[Name, Days | None], Said] = {}
        self.prices: dict[Key, Price] = {}


class BusyRooms(dict[str, int]):
    """When rooms are busy on a board, found when asked for."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def __missing__(self, room: str) -> int:
        self[room] = self._board.busy_mask("room", room)
        return self[room]


class Scales:
    """Weighs lessons against a board that does not have them; remembers what it has weighed.

    told: shared with other scales of the problem; None: nothing yet.
    """

    def __init__(self, reach: Reach, below: Board, told: Told | None = None) -> None:
        self.reach, self.below = reach, below
        self.told = told or Told(reach.problem)
        self.without = Stage(below, ())
        self._memory = Memory()
        self._rooms = BusyRooms(below)
        self._beside = dict[str | None, int]()
        self._changed: list[frozenset[Name]] = []
        self._unchanged = self._memory

    def weigh(self, placements: Iterable[Placement]) -> Weight:
        """Of lessons at their places, each rule asked once about all of them."""
        hard = soft = 0
        came, gone = list[Violation](), list[Violation]()
        load = Load(self.below, [self.told.put(placement) for placement in placements])
        for numbers, parts in self.told.touched(self.reach, load.puts):
            puts = [load.puts[n] for n in numbers]
            for part in parts:
                found = self._part(part, load, puts)
                if found is not NOTHING:
                    hard, soft = hard + found.hard, soft + found.soft
                    came += found.came
                    gone += found.gone
        return Weight(hard, soft, tuple(came), tuple(gone))

    def price(self, placement: Placement, chosen: Chosen, most: Price | None = None) -> Price:
        """(hard, soft) of what can depend on the rooms, or the teachers, to choose between places of one start. most:
        nothing above this needs to be exact."""
        hard = soft = 0
        put = self.told.put(placement)
        load = Load(self.below, [put])
        for part in self.reach.parts_seeing(chosen, put.lesson, placement):
            more = self._price(part, load, put)
            hard, soft = hard + more[0], soft + more[1]
            if most is not None and (hard, soft) > most:
                break
        return hard, soft

    def clashes(self, placement: Placement, rooms: Iterable[str | None]) -> Iterator[int]:
        """For each of the rooms, in how many slots of the lesson it is taken."""
        slots, rooms_below, beside = self.told.put(placement).mask, self._rooms, self._beside
        return (
            0 if room is None else (slots & (rooms_below[room] | beside.get(room, 0))).bit_count() for room in rooms
        )

    def look(self, placement: Placement, position: int, room: str | None) -> Key:
        """What tells a room from others, besides who is in it: two that look the same cost the same at any time."""
        looks, key = self.told.looks, (placement.lesson, position, room, placement.rooms, placement.teachers)
        if key not in looks:
            looks[key] = self._look(with_room(placement, position, room))
        return looks[key]

    def _look(self, placement: Placement) -> Key:
        put = self.told.put(placement)
        load = Load(self.below, [put])
        parts = self.reach.parts_seeing("room", put.lesson, placement)
        return tuple(
            (part.name, self._price(part, load, put) if part.alone and put.same_all_day(part) else put.seen(part))
            for part in parts
            if not part.clash
        )

    def beside(self, placements: Iterable[Placement]) -> "Scales":
        """For more lessons, when these are at their places."""
        load = Load(self.below, [self.told.put(placement) for placement in placements])
        scales = Scales(self.reach, load.board, self.told)
        scales._changed = [self.told.names(self.reach, put) for put in load.puts]
        scales._unchanged = self._memory
        scales._rooms, scales._beside = self._rooms, dict(self._beside)
        for put in load.puts:
            scales._beside.update({r: scales._beside.get(r, 0) | put.mask for r in put.placement.rooms})
        return scales

    def _price(self, part: Part, load: Load, put: Put) -> Price:
        if part.clash and part.resource is not None:
            return (put.mask & self.below.busy_mask(*part.resource)).bit_count(), 0
        prices = self.told.prices if part.alone else self._of(part).prices
        key = (part.name, put.priced(part))
        if key not in prices:
            prices[key] = self._part(part, load, [put]).key
        return prices[key]

    def _part(self, part: Part, load: Load, puts: Sequence[Put]) -> Weight:
        if part.clash:
            return self._clash(part, load, puts)
        if part.span is not None:
            return self._busy(part, puts)
        if part.alone:
            return self.told.by_itself(part, puts[0])
        memory, key = self._of(part), (part.name, *[put.seen(part) for put in puts])
        if key not in memory.known:
            days = self.told.days(puts) if part.of_days else None
            before = self._without(part, days)
            memory.known[key] = difference(part.rule, before, judged(part, load.board, days))
        return memory.known[key]

    def _clash(self, part: Part, load: Load, puts: Sequence[Put]) -> Weight:
        """Nothing clashes where no two lessons meet."""
        assert part.resource is not None, "a clash is of a resource"
        met, busy = 0, self.below.busy_mask(*part.resource)
        for put in puts:
            met |= busy & put.mask
            busy |= put.mask
        if not met:
            return NOTHING
        already = met & self.below.crowded(*part.resource)
        before = tuple(self.below.clashes_of(part.rule, *part.resource, bits(already))) if already else ()
        return difference(part.rule, before, tuple(load.board.clashes_of(part.rule, *part.resource, bits(met))))

    def _busy(self, part: Part, puts: Sequence[Put]) -> Weight:
        """Nothing changes where the resource is busy anyway."""
        assert part.resource is not None, "busy is a resource"
        before = after = self.below.busy_mask(*part.resource, part.tags)
        for put in puts:
            after |= put.mask
        return NOTHING if after == before else self.told.busy.change(part, before, after)

    def _without(self, part: Part, days: Days | None) -> Said:
        before, key = self._of(part).before, (part.name, days)
        if key not in before:
            before[key] = judged(part, self.without, days)
        return before[key]

    def _of(self, part: Part) -> Memory:
        """Lessons put beside change some parts; of the others all is known that was known without them."""
        return self._memory if any(part.name in names for names in self._changed) else self._unchanged


def judged(part: Part, board: Board, days: Days | None) -> Said:
    """days: on these alone; None: on all."""
    return named(part.rule, part.judge(board if days is None else OnDays(board, days)))


def with_room(placement: Placement, position: int, room: str | None) -> Placement:
    rooms = (*placement.rooms[:position], room, *placement.rooms[position + 1 :])
    return Placement.model_construct(
        lesson=placement.lesson, start=placement.start, rooms=rooms, teachers=placement.teachers
    )
