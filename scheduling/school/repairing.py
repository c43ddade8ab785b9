"""Somebody or some room is missing: the school's timetable with the fewest changes, made by a job."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models import changes
from models.changes import Changed
from scheduling import jobs, library
from scheduling.errors import Conflict, Invalid
from scheduling.school.clock import day
from scheduling.school.holdings import holdings
from scheduling.school.keys import Keys
from scheduling.school.masters import folded
from scheduling.school.plan import plan_of
from scheduling.school.problem import Compiled, How, compile_school
from scheduling.school.states import EntryUnknown, NotOfSchool, SlotNotUsable
from scheduling.store import StoreSession
from scheduling.store.base import Json
from scheduling.store.tables import Job
from scheduling.tasks import Material, Refused, Repair

NAME = "timetable to be repaired"


@dataclass(frozen=True)
class Missing:
    """Names one of teacher, class and room. days, slot_ids: when; empty: all. colleagues: others may take over the
    lessons of a teacher, other rooms those of a room; without, they must move."""

    teacher_id: str | None = None
    class_id: str | None = None
    room: str | None = None
    days: tuple[str, ...] = ()
    slot_ids: tuple[str, ...] = ()
    colleagues: bool = True


@dataclass(frozen=True)
class Damage:
    """The school as it is, with what is missing. locked: lessons that stay."""

    compiled: Compiled
    judged: Json
    locked: tuple[str, ...]


def damage(session: StoreSession, missing: Sequence[Missing], locked: Sequence[str] = ()) -> Damage:
    """locked: entries that stay as they are. Takes its time: in a transaction that only reads. NoSlots, NothingToTeach,
    PlanOutdated, NotOfSchool, SlotNotUsable, EntryUnknown, Conflict."""
    held = holdings(session)
    compiled = compile_school(held, plan_of(session, held), How(keep=lambda _: False, present=True))
    if not set(locked) <= set(compiled.lesson_of):
        raise EntryUnknown
    state = Changed(compiled.problem, compiled.timetable)
    for each in missing:
        state = _without(state, each, compiled.keys)
    stay = tuple(dict.fromkeys(compiled.lesson_of[x] for x in locked))
    told = replace(compiled, problem=state.problem, timetable=state.timetable)
    return Damage(told, library.judge(*state), stay)


def _without(state: Changed, missing: Missing, keys: Keys) -> Changed:
    cells = tuple(_cells(missing, keys))
    problem, timetable = state
    try:
        if missing.teacher_id is not None:
            teacher = _name(keys.teachers, missing.teacher_id, "teacher")
            if missing.colleagues:
                return changes.absent(problem, timetable, teacher, cells)
            return state._replace(problem=changes.unavailable(problem, "teacher", teacher, cells))
        if missing.class_id is not None:
            class_ = _name(keys.classes, missing.class_id, "class")
            return state._replace(problem=changes.unavailable(problem, "class", class_, cells))
        room = _room(state, missing.room or "")
        if missing.colleagues:
            return changes.closed(problem, timetable, room, cells)
        return state._replace(problem=changes.unavailable(problem, "room", room, cells))
    except ValueError as error:
        raise Conflict(f"{str(error)[:1].upper()}{str(error)[1:]}") from error


def _cells(missing: Missing, keys: Keys) -> Iterator[int]:
    days, slots = {day(name) for name in missing.days}, set(missing.slot_ids)
    if not slots <= {slot for _, slot in keys.cells}:
        raise SlotNotUsable
    for number, (name, slot) in enumerate(keys.cells):
        if (not days or name in days) and (not slots or slot in slots):
            yield number


def _name(names: dict[str, str], row: str, what: str) -> str:
    for name, id_ in names.items():
        if id_ == row:
            return name
    raise NotOfSchool(what)


def _room(state: Changed, wanted: str) -> str:
    for room in state.problem.rooms:
        if folded(wanted) in (folded(room.id), folded(room.name)) and folded(wanted):
            return room.id
    raise Invalid(f"Room {wanted} is not used in the timetable")


@dataclass(frozen=True)
class Wanted:
    """seconds: of search; most: lessons that may move to another time, None: as many as needed."""

    seconds: float = 30.0
    most: int | None = None


def repair(session: StoreSession, found: Damage, wanted: Wanted) -> Job:
    """TooManyJobs; Conflict when locked lessons stand against it."""
    compiled = found.compiled
    name = f"{compiled.problem.name} ({NAME})"
    problem = library.keep_problem(session, compiled.problem, name, compiled.keys.report())
    before = library.keep_timetable(session, problem.id, compiled.timetable, found.judged, "manual")
    task = Repair(timetable=before.id, locked=found.locked, most=wanted.most, seconds=wanted.seconds)
    try:
        task.check(Material(compiled.problem, compiled.timetable))
    except Refused as refused:
        raise Conflict(str(refused)) from refused
    return jobs.submit_task(session, task)
