"""From the values of a solved model to a timetable, and from a timetable to hints for the model."""

from collections.abc import Callable, Collection, Iterator

from ortools.sat.python import cp_model

from models.timetable import Placement, Timetable, Unplaced
from solver.pools import Request, RoomSet
from solver.rooms import assign_rooms
from solver.statements import Lit
from solver.variables import Variables

Value = Callable[[Lit], bool]


def timetable_of(
    v: Variables, value: Value, over: Callable[[], bool] = lambda: False
) -> tuple[Timetable, frozenset[str]]:
    """The timetable a solution stands for, and the lessons whose rooms could not be handed out afterwards.

    The second is empty unless counting rooms was not enough. Then the lessons without a room are unplaced, and it
    names them with those they compete with: solving again with these `explicit` settles it. over: see `assign_rooms`.
    """
    lessons = v.problem.lessons
    starts = dict(_starts_chosen(v, value))
    sets = {r: rooms for x in starts for r, rooms in _rooms_chosen(v, value, x, starts[x])}
    given = {r: room for r, rooms in sets.items() if len(rooms) == 1 for room in rooms}
    counted = {r: rooms for r, rooms in sets.items() if len(rooms) > 1}
    assignment = assign_rooms(v.problem, v.domains, starts, given, counted, over=over)
    rooms = {**given, **assignment.rooms}
    placements = [
        Placement(
            lesson=x.id,
            start=starts[x.id],
            rooms=tuple(rooms.get((x.id, i)) for i in range(len(x.rooms))),
            teachers=tuple(_teachers_chosen(v, value, x.id, starts[x.id])),
        )
        for x in lessons
        if x.id in starts and x.id not in assignment.unserved
    ]
    placed = {p.lesson for p in placements}
    unplaced = [Unplaced(lesson=x.id) for x in lessons if x.id not in placed]
    return Timetable(placements=tuple(placements), unplaced=tuple(unplaced)), assignment.conflicting


def _starts_chosen(v: Variables, value: Value) -> Iterator[tuple[str, int]]:
    for x in v.problem.lessons:
        cells = (cell for cell, literal in v.starts(x.id).items() if value(literal))
        yield from zip(v.members(x.id), cells, strict=False)


def _rooms_chosen(v: Variables, value: Value, lesson: str, start: int) -> Iterator[tuple[Request, RoomSet]]:
    for i in range(len(v.domains.rooms[lesson])):
        for (cell, rooms), literal in v.room_picks(v.spokesman(lesson), i).items():
            if cell == start and value(literal):
                yield (lesson, i), rooms


def _teachers_chosen(v: Variables, value: Value, lesson: str, start: int) -> Iterator[str]:
    for i in range(len(v.domains.teachers[lesson])):
        for (cell, teacher), literal in v.teacher_picks(lesson, i).items():
            if cell == start and value(literal):
                yield teacher


def hints_of(v: Variables, timetable: Timetable) -> list[tuple[cp_model.IntVar, bool]]:
    """Values of the start and pick literals in a timetable, each literal once.

    Lessons it does not place are hinted as unplaced with `best_effort`, and not at all otherwise; so are places and
    choices the model does not know.
    """
    found: dict[int, tuple[cp_model.IntVar, bool]] = {}
    for x in v.problem.lessons:
        members = v.members(x.id)
        places = [timetable.placement[member] for member in members if member in timetable.placement]
        if any(place.start not in v.starts(x.id) for place in places):
            continue
        if len(places) < len(members) and not v.best_effort:
            continue
        for literal, truth in _hints_of_lesson(v, x.id, places):
            if isinstance(literal, cp_model.IntVar):
                found.setdefault(literal.index, (literal, truth))
    return list(found.values())


def _hints_of_lesson(v: Variables, lesson: str, places: Collection[Placement]) -> Iterator[tuple[Lit, bool]]:
    """places: of the lesson, or of all that it stands for."""
    starts = {place.start for place in places}
    yield v.placed(lesson), bool(places)
    for cell, literal in v.starts(lesson).items():
        yield literal, cell in starts
    if not places:
        return
    for i in range(min(len(place.rooms) for place in places)):
        chosen = {(place.start, place.rooms[i]) for place in places}
        for (cell, rooms), pick in v.room_picks(lesson, i).items():
            yield pick, any((cell, room) in chosen for room in rooms)
    for i in range(min(len(place.teachers) for place in places)):
        given = {(place.start, place.teachers[i]) for place in places}
        for option, pick in v.teacher_picks(lesson, i).items():
            yield pick, option in given
