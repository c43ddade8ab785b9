"""Why not here? What speaks against every place of a lesson, what it would cost, and which places are best.

No search: rules are asked by their definitions about what the lesson can change (`models.reach`), against the timetable
as it is. Nothing else moves, except that lessons that must start together move together. The exact cost, with all
others free to make way, takes a solve (`solver.why_not`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.board import Board
from models.domains import Domains
from models.problem import Lesson, Problem
from models.reach import Reach
from models.rules import Violation
from models.stage import Move, Stage
from models.timetable import Placement, Timetable
from models.weigh import Scales, Told, with_room
from models.weight import Weight

RoomIds = tuple[str | None, ...]


@dataclass(frozen=True)
class Place:
    """What happens when a lesson goes to a place.

    placements: of the lesson and of those that must start with it. hard, unplaced, soft: how the score changes.
    new, gone: violations there are only afterwards, only before.
    """

    placements: tuple[Placement, ...]
    hard: int
    unplaced: int
    soft: int
    new: tuple[Violation, ...]
    gone: tuple[Violation, ...]

    @property
    def start(self) -> int:
        return self.placements[0].start

    @cached_property
    def blocks(self) -> list[Violation]:
        """Hard rules that would newly be broken; what is the same for several student sets is told once."""
        found: dict[tuple[str, object], Violation] = {}
        for v in self.new:
            if v.rule.weight is None:
                same = v.lessons or v.sentence.replace(v.who[0] if v.who else "", "", 1)
                found.setdefault((v.rule.name, same), v)
        return list(found.values())

    @property
    def free(self) -> bool:
        """Whether nothing but wishes speaks against it."""
        return not self.blocks

    @property
    def in_the_way(self) -> list[str]:
        """Lessons that would have to move, as far as the broken rules name them."""
        moved = {p.lesson for p in self.placements}
        return [x for x in dict.fromkeys(x for v in self.blocks for x in v.lessons) if x not in moved]

    @property
    def rank(self) -> tuple[bool, int, int, int, int]:
        """Less is better: by hard rules, then lessons in the way, then wishes, then earlier."""
        return not self.free, len(self.in_the_way), self.hard, self.soft, self.start


@dataclass(frozen=True)
class Swap:
    """Two lessons, each with those that must start with it, exchange their times."""

    other: str
    place: Place


@dataclass(frozen=True)
class WhyNot:
    """now: where the lesson is; None: nowhere. places: every cell where it fits, by time."""

    lesson: str
    now: Placement | None
    places: tuple[Place, ...]
    swaps: tuple[Swap, ...]

    @cached_property
    def best(self) -> list[Place]:
        """All places but the one it has, best first: those against which no hard rule speaks, then the others."""
        here = None if self.now is None else self.now.start
        return sorted((p for p in self.places if p.start != here), key=lambda p: p.rank)

    def at(self, cell: int) -> Place | None:
        return next((p for p in self.places if p.start == cell), None)


class WhatIf:
    """Prepared once for a timetable. ValueError when it does not belong to the problem, or names an unknown lesson."""

    def __init__(self, problem: Problem, timetable: Timetable) -> None:
        self.problem, self.board = problem, Board(problem, timetable)
        self.reach = Reach(problem)
        self.domains = Domains(problem)

    def why_not(self, lesson: str, room: str | None = None, swaps: bool = True) -> WhyNot:
        """Every place of a lesson. room: this one for its first request; else the best for each time."""
        asked = self._known(lesson, room)
        group, told = self._group(asked), Told(self.problem)
        scales = Scales(self.reach, without(self.board, group), told)
        before = -scales.weigh(self._here(group))
        cells = [c for c in range(self.problem.grid.size) if all(self.problem.grid.fits(c, x.duration) for x in group)]
        places = tuple(self._put(scales, [(x, c) for x in group], before, room) for c in cells)
        found = tuple(self._swaps(group, places, told)) if swaps and room is None else ()
        return WhyNot(lesson, self.board.placed.get(lesson), places, found)

    def _known(self, lesson: str, room: str | None) -> Lesson:
        if lesson not in self.problem.lesson:
            raise ValueError(f"there is no lesson {lesson!r}")
        if room is not None and room not in self.problem.room:
            raise ValueError(f"there is no room {room!r}")
        if room is not None and not self.problem.lesson[lesson].rooms:
            raise ValueError(f"lesson {lesson!r} asks for no room")
        return self.problem.lesson[lesson]

    def together(self, lesson: str) -> list[str]:
        """The lesson, and those that must start with it."""
        members = self.domains.blocks[self.domains.leader[lesson]]
        return [lesson, *(x for x in members if x != lesson)]

    def _group(self, lesson: Lesson) -> list[Lesson]:
        return [self.problem.lesson[x] for x in self.together(lesson.id)]

    # ---- one place -----------------------------------------------------------------------------------------------

    def _here(self, group: Iterable[Lesson]) -> list[Placement]:
        """Where the lessons are, as far as they are placed."""
        return [self.board.placed[x.id] for x in group if x.id in self.board.placed]

    def _put(
        self, scales: Scales, targets: Iterable[tuple[Lesson, int]], before: Weight, room: str | None = None
    ) -> Place:
        """Each lesson at its cell. before: what goes when they leave where they are; room: for the first of them."""
        placements, beside = list[Placement](), scales
        for lesson, cell in targets:
            if placements:
                beside = scales.beside(placements)
            placements.append(self._best(beside, lesson, cell, None if placements else room))
        return self._told(tuple(placements), before + scales.weigh(placements))

    def _told(self, placements: tuple[Placement, ...], change: Weight) -> Place:
        missing = [p.lesson for p in placements if p.lesson not in self.board.placed]
        unplaced = -sum(self.problem.lesson[x].duration for x in missing)
        return Place(placements, change.hard, unplaced, change.soft, change.came, change.gone)

    def _best(self, scales: Scales, lesson: Lesson, cell: int, room: str | None) -> Placement:
        """The place in the cell with the best teachers and rooms, chosen one after the other."""
        placement = self._first(lesson, cell)
        for position, teachers in enumerate(self._teachers(lesson, placement)):
            options = [with_teacher(placement, position, t) for t in teachers]
            placement = min(options, key=lambda p: scales.price(p, "teacher"))
        for position, rooms in enumerate(self._rooms(lesson, placement)):
            wanted = (room,) if room is not None and position == 0 else rooms
            placement = self._cheapest(scales, placement, position, wanted)
        return placement

    def _cheapest(self, scales: Scales, first: Placement, position: int, rooms: Sequence[str | None]) -> Placement:
        """In the first of the rooms that cost least."""
        if len(rooms) == 1:
            return with_room(first, position, rooms[0])
        if not self.reach.rooms_only_cost:
            return min((with_room(first, position, r) for r in rooms), key=lambda p: scales.price(p, "room"))
        return self._cheapest_for(scales, first, position, rooms)

    def _cheapest_for(self, scales: Scales, first: Placement, position: int, rooms: Sequence[str | None]) -> Placement:
        """The same where no rule pays for being in a room: none is better than one that costs nothing, and every one
        costs at least those who are in it."""
        best, least, tried = first, None, set[object]()
        for room, taken in zip(rooms, scales.clashes(first, rooms), strict=False):
            if least is not None and (least <= (taken, 0) or (taken, scales.look(first, position, room)) in tried):
                continue
            tried.add((taken, scales.look(first, position, room)))
            placement = with_room(first, position, room)
            price = scales.price(placement, "room", least)
            if least is None or price < least:
                best, least = placement, price
            if least <= (0, 0):
                break
        return best

    def _first(self, lesson: Lesson, cell: int) -> Placement:
        """With the teachers and rooms it has, or the first it could have."""
        here = self.board.placed.get(lesson.id)
        if here is not None:
            return Placement(lesson=lesson.id, start=cell, rooms=here.rooms, teachers=here.teachers)
        rooms = tuple((*options, None)[0] for options in self.domains.rooms[lesson.id])
        teachers = tuple(options[0] for options in self.domains.teachers[lesson.id])
        return Placement(lesson=lesson.id, start=cell, rooms=rooms, teachers=teachers)

    def _teachers(self, lesson: Lesson, first: Placement) -> Iterator[list[str]]:
        """For each teacher to choose, whom it may be, the present one first."""
        for now, options in zip(first.teachers, self.domains.teachers[lesson.id], strict=True):
            yield sorted(options, key=lambda t: t != now)

    def _rooms(self, lesson: Lesson, first: Placement) -> Iterator[list[str | None]]:
        """For each room to choose, what it may be, the present one first and none last."""
        for position, (now, options) in enumerate(zip(first.rooms, self.domains.rooms[lesson.id], strict=True)):
            none = [None] if lesson.may_go_without(position) or not options else []
            yield [*sorted(options, key=lambda r: r != now), *none]

    # ---- swaps ---------------------------------------------------------------------------------------------------

    def _swaps(self, group: Sequence[Lesson], places: Iterable[Place], told: Told) -> Iterator[Swap]:
        """Exchanges with lessons that alone are in the way, those that break no hard rule, best first."""
        if any(x.id not in self.board.placed for x in group):
            return
        others = dict.fromkeys(x for place in places for x in self._leaders(place))
        found = [Swap(other, place) for other in others if (place := self._swapped(group, other, told)) is not None]
        yield from sorted((swap for swap in found if swap.place.free), key=lambda swap: swap.place.rank)

    def _leaders(self, place: Place) -> list[str]:
        """The lesson in the way, if it is one, or several that start together."""
        leaders = list(dict.fromkeys(self.domains.leader[x] for x in place.in_the_way))
        return leaders if len(leaders) == 1 else []

    def _swapped(self, group: Sequence[Lesson], other: str, told: Told) -> Place | None:
        """None where it is plain that the other lesson cannot be there."""
        rest = self._group(self.problem.lesson[other])
        if any(x.id not in self.board.placed for x in rest):
            return None
        here, there = (self.board.placed[x[0].id].start for x in (group, rest))
        below = without(self.board, (*group, *rest))
        moves = (*((x, there) for x in group), *((x, here) for x in rest))
        if here == there or not all(self._open(below, x, cell) for x, cell in moves):
            return None
        scales = Scales(self.reach, below, told)
        before = -scales.weigh(self._here((*group, *rest)))
        return self._put(scales, moves, before)

    def _open(self, below: Board, lesson: Lesson, cell: int) -> bool:
        """Whether the lesson fits in the cell and its teachers and students have time."""
        if not self.problem.grid.fits(cell, lesson.duration) or lesson.pin.start not in (None, cell):
            return False
        slots = set(self.problem.slots_of(lesson, cell))
        cells = {slot % self.problem.grid.size for slot in slots}
        nobody = frozenset[int]()
        return all(
            cells.isdisjoint(self.problem.closed.get(resource, nobody)) and slots.isdisjoint(below.busy(*resource))
            for resource in self.domains.fixed(lesson)
        )


def without(board: Board, lessons: Iterable[Lesson]) -> Board:
    return Stage(board, [Move(lesson, None) for lesson in lessons])


def with_teacher(placement: Placement, position: int, teacher: str) -> Placement:
    teachers = (*placement.teachers[:position], teacher, *placement.teachers[position + 1 :])
    return Placement.model_construct(
        lesson=placement.lesson, start=placement.start, rooms=placement.rooms, teachers=teachers
    )
