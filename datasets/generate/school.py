"""A generated school, put together: problem and hidden timetable."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from datasets.generate.curriculum import SUBJECTS
from datasets.generate.names import name_teachers
from datasets.generate.plan import Commitment, Course, Plan, plan_school
from datasets.generate.rooms import Rooms
from datasets.generate.rules import TeacherRules, class_rules, course_rules, room_rules, time_wishes, together
from datasets.generate.staff import Staff
from datasets.generate.weave import Weave
from models.problem import Lesson, Problem, Teacher
from models.rules import AnyRule
from models.time import Day, Period, PeriodGrid, PeriodKind
from models.timetable import Placement, Timetable

GRID = PeriodGrid(
    days=tuple(Day(id=d) for d in ("Mon", "Tue", "Wed", "Thu", "Fri")),
    weeks=("A", "B"),
    periods=(
        Period(id="P1", start=510, end=555),
        Period(id="P2", start=555, end=600),
        Period(id="Break", start=600, end=620, kind=PeriodKind.BREAK),
        Period(id="P3", start=620, end=665),
        Period(id="P4", start=665, end=710),
        Period(id="Lunch", start=710, end=760, kind=PeriodKind.LUNCH),
        Period(id="P5", start=760, end=805),
        Period(id="P6", start=805, end=850),
        Period(id="P7", start=850, end=895),
        Period(id="P8", start=895, end=940),
    ),
)
CHOICE = 0.2
"""Share of the one-lesson courses whose teacher is left open."""


class Generated(NamedTuple):
    """timetable: one that keeps every hard rule of the problem and places every lesson."""

    problem: Problem
    timetable: Timetable


def generate(classes: int, seed: int, name: str = "") -> Generated:
    """A school of some classes (6 to 200 look real, from 3 on it works); equal arguments make equal schools."""
    random = Random(f"{classes}/{seed}")
    plan = plan_school(classes, random)
    staff = Staff(plan, random)
    weave = Weave(plan, staff, random)
    return _School(name or f"Generated school {classes}/{seed}", plan, weave, random).generated()


class _School:
    def __init__(self, name: str, plan: Plan, weave: Weave, random: Random) -> None:
        self.name, self.plan, self.weave, self.random = name, plan, weave, random
        self.members = weave.staff.members
        self.teachers = name_teachers([tuple(m.subjects) for m in self.members], random)
        self.rooms = Rooms(plan, weave)
        self.lessons: list[Lesson] = []
        self.placements: list[Placement] = []
        self.simultaneous: list[list[Lesson]] = []
        for commitment in plan.commitments:
            self._add(commitment)

    def _add(self, commitment: Commitment) -> None:
        """The lessons of a commitment, course by course."""
        first = len(self.lessons)
        for post in range(len(commitment.posts)):
            chosen, choice = self._staffing(commitment, post)
            for course in commitment.posts[post].courses:
                for number in range(len(commitment.blocks)):
                    self._add_lesson(commitment, post, course, number, chosen, choice)
        lessons, count = self.lessons[first:], len(commitment.blocks)
        self.simultaneous += [lessons[k::count] for k in range(count)]

    def _add_lesson(
        self, commitment: Commitment, post: int, course: Course, number: int, chosen: list[str], choice: list[str]
    ) -> None:
        item = self.weave.items[commitment][number]
        lesson = Lesson(
            id=f"{course.id} {number + 1}",
            subject=course.subject,
            course=course.id,
            duration=item.duration,
            classes=course.classes,
            teachers=() if choice else tuple(chosen),
            any_teacher=(tuple(choice),) if choice else (),
            rooms=(self.rooms.request(commitment, commitment.posts[post]),),
            weeks=course.weeks,
        )
        room = self.rooms.given[commitment, post, number]
        teachers = tuple(chosen) if choice else ()
        self.lessons.append(lesson)
        self.placements.append(Placement(lesson=lesson.id, start=item.start, rooms=(room,), teachers=teachers))

    def _staffing(self, commitment: Commitment, post: int) -> tuple[list[str], list[str]]:
        """Codes of the teachers, and of the candidates if the solver is to choose."""
        given = [self.teachers[m.number].id for m in self.weave.staff.given[commitment, post]]
        if len(commitment.blocks) > 1 or len(given) > 1 or self.random.random() > CHOICE:
            return given, []
        others = [t.id for t in self._colleagues(commitment, post) if t.id not in given]
        return given, sorted([*given, *self.random.sample(others, min(2, len(others)))]) if others else []

    def _colleagues(self, commitment: Commitment, post: int) -> Iterator[Teacher]:
        """Those at the same site who teach the subject and are not needed at that time for another post."""
        subject, site = commitment.posts[post].subject, self.weave.staff.site[commitment.classes[0]]
        needed = self.weave.staff.teachers(commitment)
        for member, teacher in zip(self.members, self.teachers, strict=True):
            if member.duties and member.teaches(subject) and member.site == site and member not in needed:
                yield teacher

    def _rules(self) -> Iterator[AnyRule]:
        start = {p.lesson: p.start for p in self.placements}
        used: dict[str, set[int]] = {r.id: set() for r in self.rooms.rooms}
        for lesson, placement in zip(self.lessons, self.placements, strict=True):
            used[placement.rooms[0] or ""] |= set(range(placement.start, placement.start + lesson.duration))
        yield from class_rules(self.plan)
        yield from together(self.simultaneous)
        yield from course_rules(self.lessons, start)
        yield from time_wishes(self.lessons)
        sites = any(level.site for level in self.plan.levels)
        yield from TeacherRules(self.weave, [t.id for t in self.teachers], sites, self.random).rules()
        yield from room_rules(self.rooms.rooms, used, self.random)

    def generated(self) -> Generated:
        problem = Problem(
            name=self.name,
            grid=GRID,
            subjects=SUBJECTS,
            teachers=tuple(t for t, m in zip(self.teachers, self.members, strict=True) if m.duties),
            classes=(*self.plan.classes, *self.plan.parts),
            rooms=tuple(self.rooms.rooms),
            lessons=tuple(self.lessons),
            rules=tuple(self._rules()),
        )
        return Generated(problem, Timetable(placements=tuple(self.placements)))
