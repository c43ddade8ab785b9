"""Seeded schools without a timetable: a generated school with one contradiction of a known kind planted in it.

The hidden timetable of the school keeps everything but the contradiction, so that this is the only reason, or one of
very few that share something with it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, count, pairwise
from random import Random
from typing import NamedTuple, TypeVar

from datasets.generate import Generated, generate
from datasets.generate.plan import DAYS, LUNCH, PERIODS
from datasets.generate.rules import NEXT_TO_LUNCH
from datasets.generate.weave import fits
from models.problem import Lesson, Pin, Problem, Room
from models.rules import AnyRule
from models.rules.base import ResourceRule, Who
from models.rules.consecutive import Consecutive
from models.rules.home_room import HomeRoom
from models.rules.lunch_break import LunchBreak
from models.rules.max_days import MaxDays
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.min_working_days import MinWorkingDays
from models.rules.preferred_times import PreferredTimes
from models.rules.same_start import SameStart
from models.rules.travel_time import TravelTime
from models.rules.unavailable import Unavailable

Thing = TypeVar("Thing")
SEEDS = (1, 2, 3)
AT_HOME = ("ENG", "MAT", "HIS", "GEO", "REL", "DRA")
"""Subjects that a class has as a whole, in a classroom."""
WAY = 30
"""Minutes to the annex, more than any break lasts."""


class Infeasible(NamedTuple):
    """planted: the `source` of each fact that belongs to the contradiction, and of no other."""

    kind: str
    problem: Problem
    planted: tuple[str, ...]


class Plant:
    """A school to plant in. timetable: lesson -> (start, rooms) in the hidden timetable."""

    def __init__(self, made: Generated, random: Random) -> None:
        self.problem, self.random = made.problem, random
        self.start = {p.lesson: p.start for p in made.timetable.placements}
        self.rooms = {p.lesson: p.rooms for p in made.timetable.placements}
        self.planted: list[str] = []

    def source(self) -> str:
        """A new name for a planted fact."""
        self.planted.append(f"planted {len(self.planted) + 1}")
        return self.planted[-1]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        return self.random.sample(things, len(things))

    # ---- looking around ------------------------------------------------------------------------------------------

    def taught_by(self, teacher: str) -> list[Lesson]:
        """What a teacher certainly teaches in week A, in the order of the problem."""
        return [x for x in self.problem.lessons if teacher in x.teachers and 0 in self.problem.weeks_of(x)]

    def loads(self) -> list[tuple[str, list[Lesson]]]:
        """Teachers with at least ten periods in week A, at random, each with the lessons."""
        found = [(t.id, self.taught_by(t.id)) for t in self.problem.teachers]
        return self.shuffled([(t, lessons) for t, lessons in found if periods(lessons) >= 10])

    def single(self) -> list[Lesson]:
        """Lessons of one period for one whole class and teacher, in every week, at random."""
        found = [x for x in self.problem.lessons if len(x.classes) == len(x.teachers) == 1]
        whole = [x for x in found if x.duration == 1 and not x.weeks and self.problem.class_[x.classes[0]].size > 20]
        return self.shuffled(whole)

    # ---- changing it ---------------------------------------------------------------------------------------------

    def free(self, who: str) -> None:
        """Take away the hard limits on the time of a teacher or class that were read off the hidden timetable."""
        self.change(rules=tuple(r for r in self.problem.rules if not _limits(r, who)))

    def add(self, *rules: AnyRule) -> None:
        """Each rule gets a source of its own."""
        named = (r.model_copy(update={"source": self.source()}) for r in rules)
        self.change(rules=(*self.problem.rules, *named))

    def name_teacher(self, id_: str) -> None:
        source = self.source()
        self.change(
            teachers=tuple(
                t.model_copy(update={"source": source} if t.id == id_ else {}) for t in self.problem.teachers
            )
        )

    def name_course(self, lesson: Lesson) -> None:
        """The lessons of a course ask for rooms together."""
        source = self.source()
        named = (
            x.model_copy(update={"source": source} if x.course == lesson.course else {}) for x in self.problem.lessons
        )
        self.change(lessons=tuple(named))

    def pin(self, lesson: Lesson, start: int, room: str | None = None) -> None:
        pin = Pin(start=start, rooms=None if room is None else (room,))
        pinned = lesson.model_copy(update={"pin": pin, "source": self.source()})
        self.change(lessons=tuple(pinned if x.id == lesson.id else x for x in self.problem.lessons))

    def change(self, **fields: tuple[object, ...]) -> None:
        old = {name: getattr(self.problem, name) for name in type(self.problem).model_fields}
        self.problem = Problem(**{**old, **fields})


def _limits(rule: AnyRule, who: str) -> bool:
    return isinstance(rule, ResourceRule) and rule.weight is None and rule.who.ids == (who,)


def periods(lessons: Sequence[Lesson]) -> int:
    return sum(x.duration for x in lessons)


def day(number: int) -> tuple[int, ...]:
    return tuple(range(PERIODS * number, PERIODS * (number + 1)))


def teacher(id_: str) -> Who:
    return Who(kind="teacher", ids=(id_,))


# ---- the kinds -------------------------------------------------------------------------------------------------------


def overbooked_teacher(plant: Plant) -> None:
    """Fewer free periods than lessons; each day says which of its periods are not free."""
    id_, lessons = plant.loads()[0]
    plant.free(id_)
    busy = sorted({c for x in lessons for c in range(plant.start[x.id], plant.start[x.id] + x.duration)})
    free = set(plant.random.sample(busy, periods(lessons) - 1))
    plant.name_teacher(id_)
    closed = (tuple(c for c in day(d) if c not in free) for d in range(DAYS))
    plant.add(*(Unavailable(who=teacher(id_), cells=cells) for cells in closed if cells))


def clashing_pins(plant: Plant) -> None:
    """Two lessons of one teacher at the same time."""
    for id_, lessons in plant.loads():
        for a, b in combinations(lessons, 2):
            if a.duration == b.duration and not set(a.classes) & set(b.classes):
                plant.name_teacher(id_)
                plant.pin(a, plant.start[a.id])
                plant.pin(b, plant.start[a.id])
                return


def scarce_rooms(plant: Plant) -> None:
    """More lessons in one period than there are rooms of the kind."""
    for cell in plant.shuffled([c for c in range(DAYS * PERIODS) if 0 < c % PERIODS < LUNCH]):
        lessons = _competing(plant, cell)
        for x in lessons:
            plant.add(PreferredTimes(lessons=(x.id,), cells=(cell,)))
            plant.name_course(x)
        if lessons:
            return


def _competing(plant: Plant, cell: int) -> list[Lesson]:
    """One lesson more than there are rooms for it, each with its own teacher, who is free in the cell, and class."""
    kinds: dict[tuple[str, ...], list[Lesson]] = {}
    alone = [x for x in plant.problem.lessons if len(x.teachers) == 1 and not x.weeks and fits(cell, x.duration)]
    for x in plant.shuffled(alone):
        if cell not in plant.problem.closed.get(("teacher", x.teachers[0]), ()):
            kinds.setdefault(plant.problem.room_choices(x.rooms[0]), []).append(x)
    enough = (rooms for rooms in kinds if len(_apart(kinds[rooms])) > len(rooms))
    rooms = min(enough, key=lambda r: (len(r) < 2, len(r), r), default=())
    return _apart(kinds[rooms])[: len(rooms) + 1] if rooms else []


def _apart(lessons: Sequence[Lesson]) -> list[Lesson]:
    """Those that share neither class nor teacher nor course with an earlier one."""
    found: list[Lesson] = []
    for x in lessons:
        used = {name for y in found for name in (*y.classes, *y.teachers)}
        if used.isdisjoint((*x.classes, *x.teachers)):
            found.append(x)
    return found


def no_common_time(plant: Plant) -> None:
    """Lessons at the same time, whose teachers are free at different times, and a class that is free at others."""
    together = [r for r in plant.problem.rules if isinstance(r, SameStart) and r.weight is None]
    for rule in plant.shuffled(together):
        lessons = [plant.problem.lesson[x] for x in rule.lessons]
        ids = list(dict.fromkeys(t for x in lessons for t in x.teachers))
        if len(ids) > 1 and lessons[0].duration == 1:
            subjects = {f"subject:{x.subject}" for x in lessons}
            shares = [tuple(c for d in days for c in day(d)) for days in ((0, 1), (2, 3), (4,))]
            whole = plant.problem.class_[lessons[0].classes[0]]
            who = [teacher(ids[0]), teacher(ids[1]), Who(kind="class", ids=(whole.part_of or whole.id,))]
            named = rule.model_copy(update={"source": plant.source()})
            plant.change(rules=tuple(named if r is rule else r for r in plant.problem.rules))
            pairs = zip(who, shares, strict=True)
            plant.add(*(Unavailable(who=w, cells=cells, tags=tuple(sorted(subjects))) for w, cells in pairs))
            return


def too_few_days(plant: Plant) -> None:
    """A course spread over more days than its class has for the subject."""
    courses: dict[str, list[Lesson]] = {}
    for x in plant.single():
        courses.setdefault(x.course, []).append(x)
    lessons = sorted((c for c in courses.values() if len(c) > 2), key=len)[-1]
    days, tags = len(lessons), (f"subject:{lessons[0].subject}",)
    who = Who(kind="class", ids=lessons[0].classes)
    ids = tuple(sorted(x.id for x in lessons))
    shut = plant.shuffled(range(DAYS))[: DAYS - days + 1]
    plant.add(
        MinWorkingDays(lessons=ids, days=days),
        *(Unavailable(who=who, cells=day(d), tags=tags) for d in sorted(shut)),
    )


def too_long_chain(plant: Plant) -> None:
    """One lesson right after the other, more of them than there are periods without lunch between."""
    by_class: dict[str, list[Lesson]] = {}
    for x in plant.single():
        if all(x.course != y.course for y in by_class.get(x.classes[0], ())):
            by_class.setdefault(x.classes[0], []).append(x)
    chain = next((found for found in by_class.values() if len(found) > LUNCH), [])[: LUNCH + 1]
    plant.add(*(Consecutive(lessons=(a.id, b.id)) for a, b in pairwise(chain)))


def too_many_hours(plant: Plant) -> None:
    """More hours than the days of a teacher can hold."""
    id_, lessons = plant.loads()[0]
    plant.free(id_)
    limit = max((periods(lessons) - 1) // 3, 2)
    plant.add(MaxPeriodsPerDay(who=teacher(id_), limit=limit), MaxDays(who=teacher(id_), limit=3))
    if limit * 4 < periods(lessons):
        raise ValueError(f"{id_} has too many lessons")


def shared_home_room(plant: Plant) -> None:
    """A room that is the home of more classes than it has periods for."""
    tags = tuple(f"subject:{s}" for s in AT_HOME)
    for room in plant.shuffled([r.id for r in plant.problem.rooms]):
        wanting = Counter[str]()
        for x in plant.problem.lessons:
            if x.subject in AT_HOME and room in plant.problem.room_choices(x.rooms[0]):
                wanting[x.classes[0]] += x.duration
        if sum(wanting.values()) > DAYS * PERIODS:
            classes = plant.shuffled(sorted(wanting))
            needed = next(n for n in count(1) if sum(wanting[c] for c in classes[:n]) > DAYS * PERIODS)
            plant.add(*(HomeRoom(who=Who(kind="class", ids=(c,)), room=room, tags=tags) for c in classes[:needed]))
            return


def far_apart(plant: Plant) -> None:
    """Two lessons of one teacher, right after each other and far from each other."""
    for id_, a, b in _neighbours(plant):
        if a.rooms[0].features and b.rooms[0].features:
            features, room = b.rooms[0].features, "ANNEX"
            plant.change(rooms=(*plant.problem.rooms, Room(id=room, features=features, capacity=40, site="Annex")))
            plant.add(TravelTime(who=teacher(id_), minutes=WAY))
            plant.pin(a, plant.start[a.id], plant.rooms[a.id][0])
            plant.pin(b, plant.start[b.id], room)
            return


def no_lunch(plant: Plant) -> None:
    """Lunch is to be before or after noon, where pinned lessons are."""
    for id_, a, b in _neighbours(plant, noon=True):
        plant.add(LunchBreak(who=teacher(id_), cells=NEXT_TO_LUNCH))
        plant.pin(a, plant.start[a.id])
        plant.pin(b, plant.start[b.id])
        return


def _neighbours(plant: Plant, noon: bool = False) -> Iterator[tuple[str, Lesson, Lesson]]:
    """A teacher and two lessons of one period, the second right after the first; noon: with lunch between."""
    for id_, lessons in plant.loads():
        at = {plant.start[x.id]: x for x in lessons if x.duration == 1 and not x.weeks}
        for cell in sorted(at):
            if cell + 1 in at and ((cell + 1) % PERIODS == LUNCH) == noon and (cell + 1) % PERIODS:
                yield id_, at[cell], at[cell + 1]


KINDS: tuple[Callable[[Plant], None], ...] = (
    overbooked_teacher,
    clashing_pins,
    scarce_rooms,
    no_common_time,
    too_few_days,
    too_long_chain,
    too_many_hours,
    shared_home_room,
    far_apart,
    no_lunch,
)
NAMES = tuple(kind.__name__ for kind in KINDS)


def infeasible(kind: str, classes: int, seed: int) -> Infeasible:
    """A school with a contradiction of the kind; equal arguments make equal schools. KeyError for an unknown kind,
    ValueError when the school offers no place for the contradiction, which only happens below 12 classes."""
    plant = Plant(generate(classes, seed), Random(f"{kind}/{classes}/{seed}"))
    {k.__name__: k for k in KINDS}[kind](plant)
    if not plant.planted:
        raise ValueError(f"a school of {classes} classes with seed {seed} offers no place for {kind}")
    return Infeasible(kind, plant.problem, tuple(plant.planted))


def schools(classes: int) -> Iterator[Infeasible]:
    """Every kind with every seed: 30 schools."""
    return (infeasible(kind, classes, seed) for seed in SEEDS for kind in NAMES)
