"""What it costs to put lessons on a board, one after the other."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from models.board import Board
from models.problem import Lesson, Problem
from models.reach import SAME_ALL_DAY, Part, Reach
from models.rules import Violation
from models.stage import Resource, Stage
from models.timetable import Placement, Timetable


@dataclass(frozen=True)
class Weight:
    """How the score changes. hard, soft: as in `Score`; came, gone: breaches that are there only after, only before."""

    hard: int = 0
    soft: int = 0
    came: tuple[Violation, ...] = ()
    gone: tuple[Violation, ...] = ()

    @property
    def key(self) -> tuple[int, int]:
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


class Scales:
    """Weighs lessons against a board that does not have them; remembers what it has weighed."""

    def __init__(self, reach: Reach, below: Board) -> None:
        self.reach, self.below = reach, below
        self.nothing = Board(below.problem, Timetable())
        self._known: dict[Key, Weight] = {}
        self._without: dict[Key, list[Violation]] = {}
        self._prices: dict[Key, tuple[int, int]] = {}
        self._busy: dict[Resource, set[int]] = {}

    def weigh(self, lesson: Lesson, placement: Placement, board: Board, shared: Collection[object] = ()) -> Weight:
        """board: the one below, with lessons put on it that touch the `shared` parts; the others judge by the one
        below."""
        hard = soft = 0
        came, gone = list[Violation](), list[Violation]()
        stages = Stages(self.below.problem, lesson, placement)
        for part in self.reach.parts(lesson, placement):
            found = self._part(part, stages, board if _depends(part, shared) else self.below)
            if found is not NOTHING:
                hard, soft = hard + found.hard, soft + found.soft
                came += found.came
                gone += found.gone
        return Weight(hard, soft, tuple(came), tuple(gone))

    def price(
        self,
        lesson: Lesson,
        placement: Placement,
        board: Board,
        shared: Collection[object] = (),
        most: tuple[int, int] | None = None,
    ) -> tuple[int, int]:
        """(hard, soft) of what can depend on the rooms, to choose between places of one start. most: nothing above
        this needs to be exact."""
        hard = soft = 0
        stages = Stages(self.below.problem, lesson, placement)
        for part in self.reach.room_parts(lesson, placement):
            more = self._price(part, stages, board if _depends(part, shared) else self.below)
            hard, soft = hard + more[0], soft + more[1]
            if most is not None and (hard, soft) > most:
                break
        return hard, soft

    def _price(self, part: Part, stages: "Stages", under: Board) -> tuple[int, int]:
        if part.clash and part.name[1] is not None:
            at = under.at_slots(*part.name[1])
            return sum(bool(at.get(slot)) for slot in stages.slots), 0
        if under is not self.below:
            return self._judged(part, stages, under).key
        key = (part.name, stages.lesson.id, *_priced(part, under, stages))
        if key not in self._prices:
            self._prices[key] = self._judged(part, stages, under).key
        return self._prices[key]

    def _part(self, part: Part, stages: "Stages", under: Board) -> Weight:
        if part.clash and self._nobody_there(part, stages, under):
            return NOTHING
        if under is not self.below:
            return self._judged(part, stages, under)
        key = (part.name, stages.lesson.id, *_seen(part, under, stages.placement))
        if key not in self._known:
            self._known[key] = self._judged(part, stages, under)
        return self._known[key]

    def _judged(self, part: Part, stages: "Stages", under: Board) -> Weight:
        if part.clash and part.name[1] is not None:
            boards = (under, stages.having(under))
            return difference(part, *(list(x.clashes_of(part.rule, *part.name[1], stages.slots)) for x in boards))
        if part.alone:
            return difference(part, [], list(part.judge(stages.having(self.nothing))))
        return difference(part, self._before(part, stages, under), list(part.judge(stages.having(under))))

    def _before(self, part: Part, stages: "Stages", under: Board) -> list[Violation]:
        if under is not self.below:
            return list(part.judge(stages.lacking(under)))
        key = (part.name, stages.lesson.id)
        if key not in self._without:
            self._without[key] = list(part.judge(stages.lacking(under)))
        return self._without[key]

    def _nobody_there(self, part: Part, stages: "Stages", under: Board) -> bool:
        """Whether no other lesson of the resource is at the same time, so that nothing can clash."""
        resource = part.name[1]
        if resource is None or under is not self.below:
            return False
        if resource not in self._busy:
            self._busy[resource] = under.busy(*resource)
        return stages.slots.isdisjoint(self._busy[resource])


class Stages:
    """Boards with a lesson at one place, and without it, made when they are asked for."""

    def __init__(self, problem: Problem, lesson: Lesson, placement: Placement) -> None:
        self.lesson, self.placement = lesson, placement
        self.slots = frozenset(problem.slots_of(lesson, placement.start))
        self._made: dict[tuple[int, bool], Stage] = {}

    def having(self, board: Board) -> Stage:
        return self._stage(board, self.placement)

    def lacking(self, board: Board) -> Stage:
        return self._stage(board, None)

    def _stage(self, board: Board, placement: Placement | None) -> Stage:
        key = (id(board), placement is None)
        if key not in self._made:
            self._made[key] = Stage(board, self.lesson, placement)
        return self._made[key]


def _depends(part: Part, shared: Collection[object]) -> bool:
    """Whether the part depends on the lessons put on the board before."""
    return not part.alone and part.name in shared


def _seen(part: Part, board: Board, placement: Placement) -> Key:
    """What the part looks at."""
    match part.sight:
        case "time":
            return (placement.start,)
        case "sites":
            return placement.start, tuple(board.problem.room[r].site for r in placement.rooms if r is not None)
    return placement.start, placement.rooms, placement.teachers


def _priced(part: Part, board: Board, stages: "Stages") -> Key:
    """What the amount of the part depends on, as far as it differs between places of one start."""
    placement = stages.placement
    if part.rule.name in SAME_ALL_DAY:
        return placement.rooms, placement.teachers
    if part.rule.name == "room_request" and stages.lesson.pin.start is None:
        return placement.rooms, placement.teachers
    return _seen(part, board, placement)


def difference(part: Part, before: list[Violation], after: list[Violation]) -> Weight:
    """The violations name the rule itself again, not what it was narrowed to."""
    if not before and not after:
        return NOTHING
    came, gone = _cancelled(_named(part, after), _named(part, before))
    amount = sum(v.amount for v in came) - sum(v.amount for v in gone)
    if part.rule.weight is None:
        return Weight(amount, 0, came, gone)
    return Weight(0, amount * part.rule.weight, came, gone)


def _named(part: Part, violations: list[Violation]) -> tuple[Violation, ...]:
    return tuple(v if v.rule is part.rule else replace(v, rule=part.rule) for v in violations)


NOTHING = Weight()
