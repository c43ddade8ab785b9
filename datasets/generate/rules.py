"""Rules of a generated school: hard ones are read off the hidden timetable, so that it keeps them all."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from random import Random

from datasets.generate.plan import DAYS, LUNCH, PERIODS, Plan
from datasets.generate.staff import Member
from datasets.generate.weave import CELLS, Weave
from models.problem import Lesson, Room
from models.rules import AnyRule
from models.rules.base import Who
from models.rules.day_starts_early import DayStartsEarly
from models.rules.lunch_break import LunchBreak
from models.rules.max_days import MaxDays
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.max_in_a_row import MaxInARow
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.max_site_changes import MaxSiteChanges
from models.rules.min_days_between import MinDaysBetween
from models.rules.not_twice_a_day import NotTwiceADay
from models.rules.preferred_times import PreferredTimes
from models.rules.room_capacity import RoomCapacity
from models.rules.same_start import SameStart
from models.rules.unavailable import Unavailable

PART_TIME_LOAD, FULL_TIME_LOAD = (0.75, 0.9), (0.55, 0.7)
"""Range of the share of its available periods that a teacher teaches, where whole stretches can be closed."""
AFTER_FIRST = tuple(c for c in range(CELLS) if c % PERIODS)
MORNINGS = tuple(c for c in range(CELLS) if c % PERIODS < LUNCH)
NEXT_TO_LUNCH = tuple(c for c in range(CELLS) if c % PERIODS in (LUNCH - 1, LUNCH))


def class_rules(plan: Plan) -> Iterator[AnyRule]:
    yield MaxGapsPerWeek(who=Who(kind="class"), limit=0)
    for level in plan.levels:
        who = Who(kind="class", ids=tuple(plan.classes[n].id for n in level.classes))
        yield DayStartsEarly(who=who, late_days=level.stage.late_days)
        yield MaxPeriodsPerDay(who=who, limit=max(stop - first for first, stop in level.frames))


def together(lessons: Sequence[Sequence[Lesson]]) -> Iterator[AnyRule]:
    """For each set of lessons that happen at the same time."""
    for group in lessons:
        if len(group) > 1:
            yield SameStart(lessons=tuple(x.id for x in group))


def course_rules(lessons: Sequence[Lesson], start: dict[str, int]) -> Iterator[AnyRule]:
    """A course is not twice on a day: hard where the hidden timetable keeps it. Two lessons leave a day between."""
    for _, group in groupby(lessons, key=lambda x: x.course):
        ids = tuple(x.id for x in group)
        days = {start[x] // PERIODS for x in ids}
        if len(ids) > 1:
            yield NotTwiceADay(lessons=ids, weight=None if len(days) == len(ids) else 20)
        if len(ids) == 2:
            yield MinDaysBetween(lessons=ids, days=2, weight=2)


def time_wishes(lessons: Iterable[Lesson]) -> Iterator[AnyRule]:
    by_subject: dict[str, list[str]] = {}
    for x in lessons:
        by_subject.setdefault(x.subject, []).append(x.id)
    yield PreferredTimes(lessons=tuple(by_subject["PE"]), cells=AFTER_FIRST, weight=3)
    yield PreferredTimes(lessons=tuple(by_subject["MAT"]), cells=MORNINGS, weight=1)


def room_rules(rooms: Iterable[Room], used: dict[str, set[int]], random: Random) -> Iterator[AnyRule]:
    """Enough seats for everyone; a club has a hall on some evening when the school does not need it."""
    yield RoomCapacity()
    for room in rooms:
        if "gym" in room.features[0]:
            free = [d for d in range(DAYS) if PERIODS * (d + 1) - 1 not in used[room.id]]
            if free:
                evening = PERIODS * (random.choice(free) + 1) - 1
                yield Unavailable(who=Who(kind="room", ids=(room.id,)), cells=(evening,))


class TeacherRules:
    """Rules on the teachers. ids: their codes by number; busy, always: member number -> cells in which it teaches in
    some week, in every week."""

    def __init__(self, weave: Weave, ids: Sequence[str], sites: bool, random: Random) -> None:
        self.ids, self.sites, self.random = ids, sites, random
        self.members = [m for m in weave.staff.members if m.duties]
        self.busy = {m.number: {c for k, _ in m.duties for c in weave.cells(k)} for m in self.members}
        self.always = {
            m.number: {c for k, p in m.duties if k.posts[p].every_week for c in weave.cells(k)} for m in self.members
        }

    def rules(self) -> Iterator[AnyRule]:
        for member in self.members:
            yield from self._absences(member)
            yield from self._limits(member)
        everyone = Who(kind="teacher")
        yield MaxGapsPerWeek(who=everyone, limit=2, weight=2)
        yield MaxInARow(who=everyone, limit=3, weight=2)
        if self.sites:
            yield MaxSiteChanges(who=everyone, limit=1, weight=5)

    def _who(self, member: Member) -> Who:
        return Who(kind="teacher", ids=(self.ids[member.number],))

    def _absences(self, member: Member) -> Iterator[AnyRule]:
        """Never: what leaves the wanted share of free periods, largest stretches first. Rather not: a period or two."""
        busy = self.busy[member.number]
        wanted = self.random.uniform(*(PART_TIME_LOAD if member.part_time else FULL_TIME_LOAD))
        available = round(len(busy) / wanted)
        closed: set[int] = set()
        for stretch in self._stretches(busy):
            if len(stretch) <= CELLS - available - len(closed):
                closed |= stretch
        if closed:
            yield Unavailable(who=self._who(member), cells=tuple(sorted(closed)))
        if self.random.random() < 0.4:
            open_ = [c for c in range(CELLS) if c not in closed]
            wishes = self.random.sample(open_, min(2, len(open_)))
            weight = self.random.choice((3, 5))
            yield Unavailable(who=self._who(member), cells=tuple(sorted(wishes)), weight=weight)

    def _stretches(self, busy: set[int]) -> Iterator[set[int]]:
        """Free days, free half days, ends and beginnings of days; each kind in random order."""
        days = self.random.sample(range(DAYS), DAYS)
        spans = [(0, PERIODS), (LUNCH, PERIODS), (0, LUNCH), (6, PERIODS), (0, 2), (7, PERIODS), (0, 1)]
        taken = set(busy)
        for first, stop in spans:
            for day in days:
                stretch = {PERIODS * day + p for p in range(first, stop)}
                if not stretch & taken:
                    taken |= stretch
                    yield stretch

    def _limits(self, member: Member) -> Iterator[AnyRule]:
        who, busy = self._who(member), self.busy[member.number]
        per_day = [sum(c // PERIODS == d for c in busy) for d in range(DAYS)]
        yield MaxPeriodsPerDay(who=who, limit=max(6, *per_day))
        if member.part_time:
            yield MaxDays(who=who, limit=sum(n > 0 for n in per_day))
        if self.random.random() < 0.15:
            yield MaxGapsPerWeek(who=who, limit=self._gaps(member))
        if self.random.random() < 0.3 and self._lunch_free(busy):
            yield LunchBreak(who=who, cells=NEXT_TO_LUNCH)

    def _gaps(self, member: Member) -> int:
        """Periods between the first and the last lesson of each day that may be free; closed ones, which are no gaps,
        included."""
        days = [[c for c in self.busy[member.number] if c // PERIODS == d] for d in range(DAYS)]
        return sum(max(day) - min(day) + 1 for day in days if day) - len(self.always[member.number])

    def _lunch_free(self, busy: set[int]) -> bool:
        """Whether the period before or after lunch is free on each day."""
        return not any({PERIODS * d + LUNCH - 1, PERIODS * d + LUNCH} <= busy for d in range(DAYS))
