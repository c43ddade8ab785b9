"""What it costs to put lessons on a board."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from models.board import Board, mask
from models.problem import Lesson, Problem
from models.reach import SAME_ALL_DAY, Chosen, Name, Part, Reach
from models.rules import Violation
from models.stage import Move, Stage
from models.timetable import Placement, Timetable

Price = tuple[int, int]
"""Hard and soft amounts; the less the better."""


@dataclass(frozen=True)
class Weight:
    """How the score changes. hard, soft: as in `Score`; came, gone: breaches that are there only after, only before."""

    hard: int = 0
    soft: int = 0
    came: tuple[Violation, ...] = ()
    gone: tuple[Violation, ...] = ()

    @property
    def key(self) -> Price:
        return self.hard, self.soft

    def __add__(self, other: "Weight") -> "Weight":
        came, gone = (*self.came, *other.came), (*self.gone, *other.gone)
        return Weight(self.hard + other.hard, self.soft + other.soft, *_cancelled(came, gone))

    def __neg__(self) -> "Weight":
        return Weight(-self.hard, -self.soft, self.gone, self.came)


def _cancelled(
    came: tuple[Violation, ...], gone: tuple[Violation, ...]
) -> tuple[tuple[Violation, ...], tuple[Violation, ...]]:
    """Both without what they have in common."""
    if not came or not gone:
        return came, gone
    both = Counter(map(_told, came)) & Counter(map(_told, gone))
    return tuple(_without(came, both)), tuple(_without(gone, both))


def _told(violation: Violation) -> tuple[int, str, int]:
    return id(violation.rule), violation.sentence, violation.amount


def _without(violations: Iterable[Violation], left_out: Counter[tuple[int, str, int]]) -> list[Violation]:
    still, kept = Counter(left_out), []
    for violation in violations:
        if still[_told(violation)]:
            still[_told(violation)] -= 1
        else:
            kept.append(violation)
    return kept


Key = tuple[object, ...]


class Put:
    """A lesson at its place. slots: those it covers; mask: the same, one bit each; alone: a board with nothing else."""

    def __init__(self, nothing: Board, lesson: Lesson, placement: Placement, slots: frozenset[int], bits: int) -> None:
        self.nothing, self.lesson, self.placement = nothing, lesson, placement
        self.slots, self.mask = slots, bits

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
        name = part.rule.name
        if name in SAME_ALL_DAY or (name == "room_request" and self.lesson.pin.start is None):
            return self.lesson.id, self.placement.rooms, self.placement.teachers
        return self.seen(part)


class Told:
    """What rules said that stays true whatever becomes of the other lessons: about a lesson by itself, and about the
    times at which a resource is busy."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.nothing = problem, Board(problem, Timetable())
        self.alone: dict[Key, Weight] = {}
        self.prices: dict[Key, Price] = {}
        self.busy: dict[tuple[Name, int], list[Violation]] = {}
        self._slots: dict[tuple[str, int], tuple[frozenset[int], int]] = {}

    def put(self, placement: Placement) -> Put:
        lesson, key = self.problem.lesson[placement.lesson], (placement.lesson, placement.start)
        if key not in self._slots:
            slots = frozenset(self.problem.slots_of(lesson, placement.start))
            self._slots[key] = slots, mask(slots)
        return Put(self.nothing, lesson, placement, *self._slots[key])


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
        self.before: dict[Name, list[Violation]] = {}
        self.prices: dict[Key, Price] = {}


class Scales:
    """Weighs lessons against a board that does not have them; remembers what it has weighed.

    told: shared with other scales of the problem; None: nothing yet.
    """

    def __init__(self, reach: Reach, below: Board, told: Told | None = None) -> None:
        self.reach, self.below = reach, below
        self.told = told or Told(reach.problem)
        self.without = Stage(below, ())
        self._memory = Memory()
        self._changed = frozenset[Name]()
        self._unchanged = self._memory

    def weigh(self, placements: Iterable[Placement]) -> Weight:
        """Of lessons at their places, each rule asked once about all of them."""
        hard = soft = 0
        came, gone = list[Violation](), list[Violation]()
        load = Load(self.below, [self.told.put(placement) for placement in placements])
        for part, puts in self._touched(load):
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

    def clashes(self, placement: Placement, rooms: Iterable[str | None]) -> list[int]:
        """For each of the rooms, in how many slots of the lesson it is taken."""
        slots, busy = self.told.put(placement).mask, self.below.busy_mask
        return [0 if room is None else (slots & busy("room", room)).bit_count() for room in rooms]

    def beside(self, placements: Iterable[Placement]) -> "Scales":
        """For more lessons, when these are at their places."""
        load = Load(self.below, [self.told.put(placement) for placement in placements])
        scales = Scales(self.reach, load.board, self.told)
        scales._changed = frozenset(part.name for part, _ in self._touched(load))
        scales._unchanged = self._memory
        return scales

    def _touched(self, load: Load) -> Iterable[tuple[Part, list[Put]]]:
        """Every part that the lessons can change, and which of them can."""
        found: dict[Name, tuple[Part, list[Put]]] = {}
        for put in load.puts:
            for part in self.reach.parts(put.lesson, put.placement):
                found.setdefault(part.name, (part, []))[1].append(put)
        return found.values()

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
        if part.of_busy_times:
            return self._busy(part, load, puts)
        known = self.told.alone if part.alone else self._of(part).known
        key = (part.name, *(put.seen(part) for put in puts))
        if key not in known:
            before = [] if part.alone else self._without(part)
            known[key] = difference(part, before, list(part.judge(puts[0].alone if part.alone else load.board)))
        return known[key]

    def _clash(self, part: Part, load: Load, puts: Sequence[Put]) -> Weight:
        """Nothing clashes where no two lessons meet."""
        assert part.resource is not None, "a clash is of a resource"
        met, busy = set[int](), self.below.busy_mask(*part.resource)
        for put in puts:
            if busy & put.mask:
                met |= put.slots
            busy |= put.mask
        if not met:
            return NOTHING
        boards = (self.below, load.board)
        return difference(part, *(list(board.clashes_of(part.rule, *part.resource, met)) for board in boards))

    def _busy(self, part: Part, load: Load, puts: Sequence[Put]) -> Weight:
        """Nothing changes where the resource is busy anyway."""
        assert part.resource is not None, "busy is a resource"
        before = after = self.below.busy_mask(*part.resource, part.tags)
        for put in puts:
            after |= put.mask
        if after == before:
            return NOTHING
        known, key = self._of(part).known, (part.name, after)
        if key not in known:
            said = (self._said(part, before, self.without), self._said(part, after, load.board))
            known[key] = difference(part, *said)
        return known[key]

    def _said(self, part: Part, busy: int, board: Board) -> list[Violation]:
        """Of a resource that is busy at these times, as it is on this board."""
        key = (part.name, busy)
        if key not in self.told.busy:
            self.told.busy[key] = list(part.judge(board))
        return self.told.busy[key]

    def _without(self, part: Part) -> list[Violation]:
        before = self._of(part).before
        if part.name not in before:
            before[part.name] = list(part.judge(self.without))
        return before[part.name]

    def _of(self, part: Part) -> Memory:
        """Lessons put beside change some parts; of the others all is known that was known without them."""
        return self._memory if part.name in self._changed else self._unchanged


def difference(part: Part, before: list[Violation], after: list[Violation]) -> Weight:
    """The violations name the rule itself again, not what it was narrowed to."""
    if before == after:
        return NOTHING
    came, gone = _cancelled(_named(part, after), _named(part, before))
    amount = sum(v.amount for v in came) - sum(v.amount for v in gone)
    if part.rule.weight is None:
        return Weight(amount, 0, came, gone)
    return Weight(0, amount * part.rule.weight, came, gone)


def _named(part: Part, violations: list[Violation]) -> tuple[Violation, ...]:
    return tuple(v if v.rule is part.rule else replace(v, rule=part.rule) for v in violations)


NOTHING = Weight()
