"""The school as a canonical problem, and its entries as a timetable of it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from re import fullmatch

from formats.excel.defaults import CLASS_EARLY, CLASS_GAPS, TEACHER_GAPS
from models.problem import Lesson, Pin, Problem, RoomRequest, SchoolClass, Subject, Teacher
from models.rules import AnyRule
from models.rules.base import Who
from models.rules.day_starts_early import DayStartsEarly
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.timetable import Placement, Timetable, Unplaced
from scheduling.errors import Conflict
from scheduling.school.clock import DAYS
from scheduling.school.grid import SlotGrid, slot_grid
from scheduling.school.holdings import Holdings
from scheduling.school.keys import Keys
from scheduling.school.matching import Matching, Named, chosen, match
from scheduling.school.plan import Adapted, Plan
from scheduling.school.rooms import Rooms
from scheduling.store.tables import SchoolTeacher, TimetableEntry

Keep = Callable[[TimetableEntry], bool]
"""Whether an entry stays where it is."""


class NothingToTeach(Conflict):
    default = "There is nothing to be taught yet: import a workbook with lessons, or create timetable entries"


@dataclass(frozen=True)
class Compiled:
    """timetable: the entries as they are; beyond: entries that are no lessons of the plan; outside: those in slots that
    are no lesson periods, which no timetable touches; ending: those of teachers who left, or in weeks that are no more;
    lesson_of: entry -> its lesson."""

    problem: Problem
    timetable: Timetable
    keys: Keys
    beyond: int
    outside: tuple[TimetableEntry, ...]
    ending: tuple[TimetableEntry, ...]
    lesson_of: dict[str, str]


def everything(_: TimetableEntry) -> bool:
    return True


@dataclass(frozen=True)
class How:
    """keep: entries that are pinned to their time, room and teacher; relaxed: see `Adapted`; present: only what is in
    the entries, without the lessons of the plan that have no place yet; every_slot: entries in breaks count as well."""

    keep: Keep = everything
    relaxed: bool = False
    present: bool = False
    every_slot: bool = False


def compile_school(held: Holdings, plan: Plan | None, how: How = How()) -> Compiled:
    """NoSlots, NothingToTeach, PlanOutdated."""
    return _Compiling(held, plan, how).compiled()


def names_for(rows: Iterable[tuple[str, str]], known: dict[str, str], taken: Collection[str] = ()) -> dict[str, str]:
    """Row -> name in the problem: that of the plan (known: name -> row), else the wanted one, made unique."""
    names = {row: name for name, row in known.items()}
    used = {*known, *taken}
    for row, wanted in rows:
        if row not in names:
            names[row] = next(x for x in _variants(wanted or "?") if x not in used)
            used.add(names[row])
    return names


def _variants(wanted: str) -> Iterator[str]:
    yield wanted
    yield from (f"{wanted} ({number})" for number in count(2))


class _Compiling:
    def __init__(self, held: Holdings, plan: Plan | None, how: How) -> None:
        self.held, self.plan, self.how = held, plan, how
        days = set(held.days) if plan is None else {*plan.days, *(entry.day for entry in held.entries)}
        weeks = ("every",) if plan is None else plan.weeks
        taught = {entry.time_slot_id for entry in held.entries} if how.every_slot else ()
        self.grid: SlotGrid = slot_grid(held.slots, [day for day in DAYS if day in days], weeks, taught)
        self.adapted: Adapted | None = None if plan is None else Adapted(plan, self.grid, held, how.relaxed)
        known = plan.keys if plan is not None else Keys(classes={}, teachers={}, subjects={}, cells=())
        self.classes = names_for(((x.id, x.code or x.name) for x in held.classes), known.classes)
        self.teachers = names_for(((x.id, x.code or x.name) for x in held.teachers), known.teachers)
        self.subjects = names_for(((x.id, x.code or x.name) for x in held.subjects), known.subjects)
        self.rooms = Rooms(plan.problem.rooms if plan is not None else ())

    def compiled(self) -> Compiled:
        inside, outside, ending = self._named()
        lessons = list(self.adapted.lessons()) if self.adapted is not None else []
        matching = match(lessons, inside, self.grid)
        pairs = [self._of_plan(x, matching) for x in lessons if x.id in matching.found or not self.how.present]
        beyond = [self._beyond(entry, number) for number, entry in enumerate(matching.rest, start=1)]
        extra = [(lesson, place) for lesson, place, _ in beyond]
        if not pairs and not extra:
            raise NothingToTeach
        every = [*pairs, *extra]
        problem = self._problem([lesson for lesson, _ in every])
        timetable = Timetable(
            placements=tuple(place for _, place in every if place is not None),
            unplaced=tuple(Unplaced(lesson=lesson.id) for lesson, place in every if place is None),
        )
        made = {lesson.id: entry.row.id for lesson, _, entry in beyond}
        lesson_of = {x.row.id: id_ for id_, group in matching.found.items() for x in group}
        lesson_of |= {row: id_ for id_, row in made.items()}
        return Compiled(problem, timetable, self._keys(made), len(beyond), tuple(outside), tuple(ending), lesson_of)

    def _named(self) -> tuple[list[Named], list[TimetableEntry], list[TimetableEntry]]:
        """Those in lesson periods, those outside, and those that cannot go on."""
        weeks = {name: number for number, name in enumerate(self.grid.grid.weeks)}
        active = {teacher.id for teacher in self.held.teachers}
        inside: list[Named] = []
        outside: list[TimetableEntry] = []
        ending: list[TimetableEntry] = []
        for row in self.held.entries:
            cell = self.grid.number.get((row.day, row.time_slot_id))
            if cell is None:
                outside.append(row)
            elif row.teacher_id not in active or not set(row.weeks) <= set(weeks):
                ending.append(row)
            else:
                names = self.classes[row.class_id], self.teachers[row.teacher_id], self.subjects[row.subject_id]
                inside.append(Named(row, *names, cell, tuple(sorted(weeks[name] for name in row.weeks))))
        return inside, outside, ending

    def _of_plan(self, lesson: Lesson, matching: Matching) -> tuple[Lesson, Placement | None]:
        entries = matching.found.get(lesson.id)
        if entries is None:
            return lesson, None
        teachers = chosen(lesson, {entry.teacher for entry in entries}) or ()
        named = self.rooms.named(entries[0].row.room)
        kept = all(self.how.keep(entry.row) for entry in entries)
        if kept:
            lesson = self.rooms.asking_for(lesson, named)
        rooms = self.rooms.given(lesson, named)
        start = entries[0].cell
        if kept:
            decided = rooms if rooms and all(rooms) else None
            lesson = lesson.model_copy(update={"pin": Pin(start=start, rooms=decided, teachers=teachers or None)})
        return lesson, Placement(lesson=lesson.id, start=start, rooms=rooms, teachers=teachers)

    def _beyond(self, entry: Named, number: int) -> tuple[Lesson, Placement, Named]:
        """An entry as a lesson of its own."""
        taken = self.plan.problem.lesson if self.plan is not None else {}
        id_ = next(x for x in _variants(f"{entry.class_} {entry.subject} +{number}") if x not in taken)
        named = self.rooms.named(entry.row.room)
        rooms = tuple(RoomRequest(any_of=(room,)) for room in named)
        lesson = Lesson(
            id=id_,
            subject=entry.subject,
            course=f"{entry.class_} {entry.subject}",
            classes=(entry.class_,),
            teachers=(entry.teacher,),
            rooms=rooms,
            weeks=entry.weeks,
            pin=Pin(start=entry.cell, rooms=named or None) if self.how.keep(entry.row) else Pin(),
        )
        return lesson, Placement(lesson=id_, start=entry.cell, rooms=named), entry

    def _problem(self, lessons: Sequence[Lesson]) -> Problem:
        planned = self.plan.problem if self.plan is not None else None
        return Problem(
            name=self.held.school.name,
            grid=self.grid.grid,
            subjects=tuple(
                Subject(id=self.subjects[x.id], name=x.name, colour=_colour(x.color)) for x in self.held.subjects
            ),
            teachers=tuple(self._teacher(x) for x in self.held.teachers),
            classes=tuple(self._classes(planned)),
            rooms=self.rooms.all,
            lessons=tuple(lessons),
            rules=tuple(DEFAULTS if self.adapted is None else self.adapted.rules({x.id for x in lessons})),
        )

    def _teacher(self, row: SchoolTeacher) -> Teacher:
        taught = tuple(sorted(self.subjects[s] for s, t in self.held.assigned if t == row.id))
        return Teacher(id=self.teachers[row.id], name=row.name, email=row.email, subjects=taught)

    def _classes(self, planned: Problem | None) -> Iterator[SchoolClass]:
        """Those of the plan with their parts and sizes, under the names of today."""
        for row in self.held.classes:
            name = self.classes[row.id]
            known = planned.class_.get(name) if planned is not None else None
            yield (known or SchoolClass(id=name, level=row.level)).model_copy(update={"name": row.name})

    def _keys(self, made: dict[str, str]) -> Keys:
        return Keys(
            classes={self.classes[x.id]: x.id for x in self.held.classes},
            teachers={self.teachers[x.id]: x.id for x in self.held.teachers},
            subjects={self.subjects[x.id]: x.id for x in self.held.subjects},
            cells=self.grid.cells,
            entries=made,
            plan=(self.held.current.plan_id if self.held.current else None) or "",
            state=self.held.state,
        )


def _colour(text: str | None) -> str:
    return text if text and fullmatch(r"#[0-9A-Fa-f]{6}", text) else ""


DEFAULTS: tuple[AnyRule, ...] = (
    MaxGapsPerWeek(who=Who(kind="class"), limit=0, weight=CLASS_GAPS, source="default"),
    DayStartsEarly(who=Who(kind="class"), weight=CLASS_EARLY, source="default"),
    MaxGapsPerWeek(who=Who(kind="teacher"), limit=0, weight=TEACHER_GAPS, source="default"),
)
"""What every school expects, where no plan says otherwise."""
