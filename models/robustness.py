"""What a timetable can bear: who and what is free in each period, should a teacher or a room be lost."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from models.base import ResourceKind
from models.board import Board
from models.problem import Lesson, Problem
from models.timetable import Timetable


@dataclass(frozen=True)
class Reserve:
    """One lesson in one slot. colleagues: free teachers who could take it; rooms: free rooms that would do for it,
    None where it asks for none."""

    lesson: str
    colleagues: tuple[str, ...]
    rooms: tuple[str, ...] | None


@dataclass(frozen=True)
class SlotReserve:
    """teachers: free ones; there: those of them who have other lessons on the day. rooms: free ones.
    lessons: all that take place, each with its own reserve."""

    slot: int
    label: str
    teachers: tuple[str, ...]
    there: tuple[str, ...]
    rooms: tuple[str, ...]
    lessons: tuple[Reserve, ...]

    @property
    def uncovered(self) -> list[str]:
        """Lessons that nobody qualified is free to take."""
        return [x.lesson for x in self.lessons if not x.colleagues]

    @property
    def unroomed(self) -> list[str]:
        """Lessons that have no other free room to go to."""
        return [x.lesson for x in self.lessons if x.rooms is not None and not x.rooms]

    @property
    def weakness(self) -> tuple[int, int, int, int]:
        """More is weaker."""
        return len(self.uncovered), len(self.unroomed), -len(self.teachers), -self.slot


def robustness(problem: Problem, timetable: Timetable) -> list[SlotReserve]:
    """Every slot in which something takes place, by time. ValueError when the timetable is not for the problem."""
    board, subjects = Board(problem, timetable), qualified(problem)
    taught: dict[int, list[Lesson]] = defaultdict(list)
    for placement in timetable.placements:
        lesson = problem.lesson[placement.lesson]
        for slot in problem.slots_of(lesson, placement.start):
            taught[slot].append(lesson)
    return [_slot(board, subjects, slot, taught[slot]) for slot in sorted(taught)]


def weakest(slots: list[SlotReserve]) -> list[SlotReserve]:
    """The weak ones, weakest first: with a lesson that nobody could take, or that has no other room."""
    return sorted((x for x in slots if x.uncovered or x.unroomed), key=lambda x: x.weakness, reverse=True)


def qualified(problem: Problem) -> dict[str, frozenset[str]]:
    """Teacher -> subjects: those stated, else those of the lessons they have or could have."""
    found: dict[str, set[str]] = defaultdict(set)
    for lesson in problem.lessons:
        for teacher in (*lesson.teachers, *(t for choice in lesson.any_teacher for t in choice)):
            found[teacher].add(lesson.subject)
    return {t.id: frozenset(t.subjects or found[t.id]) for t in problem.teachers}


def _slot(board: Board, subjects: dict[str, frozenset[str]], slot: int, lessons: list[Lesson]) -> SlotReserve:
    teachers = tuple(_free(board, "teacher", (t.id for t in board.problem.teachers), slot))
    rooms = tuple(_free(board, "room", (r.id for r in board.problem.rooms), slot))
    day = board.position(slot)[0]
    return SlotReserve(
        slot=slot,
        label=board.grid.slot_label(slot),
        teachers=teachers,
        there=tuple(t for t in teachers if day in board.busy_positions("teacher", t)),
        rooms=rooms,
        lessons=tuple(_reserve(board.problem, x, subjects, teachers, rooms) for x in lessons),
    )


def _free(board: Board, kind: ResourceKind, ids: Iterator[str], slot: int) -> Iterator[str]:
    """Those that are neither closed nor busy."""
    for id_ in ids:
        closed = board.problem.closed.get((kind, id_), frozenset())
        if slot % board.grid.size not in closed and slot not in board.at_slots(kind, id_):
            yield id_


def _reserve(
    problem: Problem,
    lesson: Lesson,
    subjects: dict[str, frozenset[str]],
    teachers: tuple[str, ...],
    rooms: tuple[str, ...],
) -> Reserve:
    wanted = {r for request in lesson.rooms if not request.optional for r in problem.room_choices(request)}
    asks = any(not request.optional for request in lesson.rooms)
    return Reserve(
        lesson=lesson.id,
        colleagues=tuple(t for t in teachers if lesson.subject in subjects[t]),
        rooms=tuple(r for r in rooms if r in wanted) if asks else None,
    )
