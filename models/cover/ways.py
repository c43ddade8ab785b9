"""What can be done about a lesson without its teacher, each way by itself."""

from collections.abc import Iterator
from itertools import islice, product
from typing import NamedTuple

from models.cover.plan import How
from models.cover.price import part_price, way_price
from models.cover.scene import Resource, Scene, Task
from models.problem import Lesson
from models.timetable import Placement

MOST_ROOMS = 3
"""Other rooms tried for a lesson that moves, when its own is taken."""


class Way(NamedTuple):
    """A way that settles a whole lesson without somebody standing in.

    takes: resources that become busy, and when; leans_on: other lessons that must stay as they are, or that move too.
    """

    how: How
    price: int
    takes: frozenset[tuple[Resource, int]] = frozenset()
    leans_on: frozenset[str] = frozenset()
    start: int | None = None
    rooms: tuple[str | None, ...] = ()
    other: str | None = None


class Candidate(NamedTuple):
    """Somebody who could stand in for one part of a lesson. freed: the lesson she would leave to her co-teacher."""

    part: tuple[int, ...]
    teacher: str
    price: int
    freed: str | None = None


def candidates(scene: Scene, task: Task) -> Iterator[Candidate]:
    """Everybody who is at hand, for each part."""
    for part in task.parts:
        for teacher in scene.problem.teachers:
            if teacher.id in (*task.absent, *task.present) or not scene.may_cover(teacher.id, part):
                continue
            busy = {b.lesson.id for b in scene.at(("teacher", teacher.id), part)}
            freed = next(iter(busy), None)
            if not busy or (len(busy) == 1 and freed is not None and _can_be_left(scene, freed, teacher.id)):
                yield Candidate(part, teacher.id, part_price(scene, task, part, teacher.id, freed), freed)


def _can_be_left(scene: Scene, lesson: str, teacher: str) -> bool:
    """Whether the lesson keeps a teacher who is there without this one."""
    place = scene.board.placed[lesson]
    others = (t for t in scene.teachers(place) if t != teacher)
    away = (not scene.absent.get(t, frozenset()).isdisjoint(scene.board.cells_of(lesson)) for t in others)
    found = list(away)
    return bool(found) and not any(found)


def ways(scene: Scene, task: Task) -> Iterator[Way]:
    """All ways without cover; the last one is that nothing is found."""
    if task.present:
        yield Way(How.ALONE, way_price(scene, task, How.ALONE))
    if scene.request.moves and task.lesson.pin.start is None:
        yield from _moves(scene, task)
        yield from _swaps(scene, task)
    if scene.request.moves:
        yield from _merges(scene, task)
    if not set(scene.request.not_alone) & set(task.lesson.classes):
        yield Way(How.STUDY, way_price(scene, task, How.STUDY))
    yield Way(How.OPEN, way_price(scene, task, How.OPEN))


# ---- moving --------------------------------------------------------------------------------------------------------


def _people(scene: Scene, place: Placement) -> frozenset[Resource]:
    lesson = scene.problem.lesson[place.lesson]
    return frozenset(key for key in scene.board.resources(lesson, place) if key[0] != "room")


def _moves(scene: Scene, task: Task) -> Iterator[Way]:
    """To a time at which everybody is free, in the same rooms if they are."""
    lesson, people = task.lesson, _people(scene, task.placement)
    own = frozenset((lesson.id,))
    for start in scene.problem.starts(lesson):
        cells = range(start, start + lesson.duration)
        if start < scene.request.earliest or start == task.placement.start:
            continue
        if all(scene.free(key, cells, own) for key in people):
            for rooms in _rooms(scene, lesson, task.placement.rooms, cells):
                keys: list[Resource] = [*people, *(("room", r) for r in rooms if r is not None)]
                takes = frozenset((key, c) for key in keys for c in cells)
                yield Way(How.MOVE, way_price(scene, task, How.MOVE), takes, own, start, rooms)


def _rooms(scene: Scene, lesson: Lesson, now: tuple[str | None, ...], cells: range) -> Iterator[tuple[str | None, ...]]:
    """The rooms of now if they are free, else a few others."""
    own = frozenset((lesson.id,))
    choices: list[list[str | None]] = []
    for request, room in zip(lesson.rooms, now, strict=True):
        if room is None or scene.free(("room", room), cells, own):
            choices.append([room])
        else:
            others = scene.problem.room_choices(request) if lesson.pin.rooms is None else ()
            free = (r for r in others if scene.free(("room", r), cells, own))
            choices.append([*islice(free, MOST_ROOMS)])
    for rooms in product(*choices):
        taken = [r for r in rooms if r is not None]
        if len(set(taken)) == len(taken):
            yield rooms


# ---- swapping ------------------------------------------------------------------------------------------------------


def _swaps(scene: Scene, task: Task) -> Iterator[Way]:
    """With another lesson of the same class and length, both in their own rooms."""
    for key in _people(scene, task.placement):
        if key[0] == "class":
            for booking in scene.at(key, range(scene.grid.size)):
                if _can_be_swapped(scene, task, booking.lesson):
                    yield _swap(scene, task, booking.placement)
            return


def _can_be_swapped(scene: Scene, task: Task, other: Lesson) -> bool:
    place = scene.board.placed[other.id]
    if other.id == task.lesson.id or other.pin.start is not None or place.start < scene.request.earliest:
        return False
    if set(other.classes) != set(task.lesson.classes) or other.duration != task.lesson.duration:
        return False
    if other.id in scene.task:
        return False
    both = frozenset((task.lesson.id, other.id))
    return _fits(scene, task.placement, place, both) and _fits(scene, place, task.placement, both)


def _fits(scene: Scene, place: Placement, there: Placement, both: frozenset[str]) -> bool:
    """Whether one of two lessons can go where the other is, when both leave their places."""
    cells = scene.board.cells_of(there.lesson)
    lesson = scene.problem.lesson[place.lesson]
    return all(scene.free(key, cells, both) for key in scene.board.resources(lesson, place))


def _swap(scene: Scene, task: Task, there: Placement) -> Way:
    here = task.placement
    pairs = ((here, there.start), (there, here.start))
    takes = frozenset(
        (key, start + i)
        for place, start in pairs
        for key in scene.board.resources(scene.problem.lesson[place.lesson], place)
        for i in range(task.lesson.duration)
    )
    both = frozenset((here.lesson, there.lesson))
    price = way_price(scene, task, How.SWAP)
    return Way(How.SWAP, price, takes, both, there.start, here.rooms, there.lesson)


# ---- merging -------------------------------------------------------------------------------------------------------


def _merges(scene: Scene, task: Task) -> Iterator[Way]:
    """With a parallel lesson of the same subject whose teacher is there and whose room holds both."""
    for place in scene.timetable.placements:
        if place.start == task.placement.start and can_be_merged(scene, task, place.lesson):
            price = way_price(scene, task, How.MERGE)
            yield Way(How.MERGE, price, leans_on=frozenset((task.lesson.id, place.lesson)), other=place.lesson)


def can_be_merged(scene: Scene, task: Task, id_: str) -> bool:
    """Whether the lesson can be taught together with this other one."""
    place, other = scene.board.placed.get(id_), scene.problem.lesson.get(id_)
    if place is None or other is None or other.id == task.lesson.id or other.id in scene.task:
        return False
    if (other.subject, other.duration, place.start) != (
        task.lesson.subject,
        task.lesson.duration,
        task.placement.start,
    ):
        return False
    rooms = scene.board.rooms_of(place)
    if not other.subject or not rooms or not scene.happens(other.id) or not scene.teachers(place):
        return False
    heads = scene.problem.head_count(task.lesson) + scene.problem.head_count(other)
    return sum(scene.problem.useful_seats(r, heads) for r in rooms) >= heads
