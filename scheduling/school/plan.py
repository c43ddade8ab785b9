"""What is to be taught: the problem last imported, said in terms of the present slots, classes and teachers."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from models.problem import Lesson, Problem
from models.rules import AnyRule
from models.rules.base import LessonRule, ResourceRule
from models.rules.room_capacity import RoomCapacity
from scheduling.errors import Conflict
from scheduling.library import problem_in, problem_row
from scheduling.school.grid import SlotGrid
from scheduling.school.holdings import Holdings
from scheduling.school.keys import Keys, keys_of
from scheduling.store import StoreSession


class PlanOutdated(Conflict):
    """What the workbook asks for has gone since; the message names it."""


@dataclass(frozen=True)
class Plan:
    """problem: as it was imported; keys: the rows its names stood for then."""

    problem: Problem
    keys: Keys

    @property
    def weeks(self) -> tuple[str, ...]:
        return self.problem.grid.weeks

    @property
    def days(self) -> set[str]:
        return {day for day, _ in self.keys.cells}


def plan_of(session: StoreSession, held: Holdings) -> Plan | None:
    """None: nothing was imported for the current academic session."""
    if held.current is None or held.current.plan_id is None:
        return None
    problem_id = held.current.plan_id
    return Plan(problem_in(problem_row(session, problem_id)), keys_of(session, problem_id))


@dataclass(frozen=True)
class Adapted:
    """A plan in a grid of today. relaxed: where a teacher is to be chosen, also one who is not assigned to the subject
    may be."""

    plan: Plan
    grid: SlotGrid
    held: Holdings
    relaxed: bool

    @cached_property
    def away(self) -> frozenset[str]:
        """Names of the plan's teachers who are active no more."""
        active = {teacher.id for teacher in self.held.teachers}
        return frozenset(name for name, row in self.plan.keys.teachers.items() if row not in active)

    @cached_property
    def cell(self) -> dict[int, int]:
        """Cell of the plan -> cell of today, where it still is."""
        number = self.grid.number
        found = {old: number.get(cell) for old, cell in enumerate(self.plan.keys.cells)}
        return {old: new for old, new in found.items() if new is not None}

    def lessons(self) -> Iterator[Lesson]:
        """PlanOutdated."""
        for lesson in self.plan.problem.lessons:
            yield self._lesson(lesson)

    def _lesson(self, lesson: Lesson) -> Lesson:
        gone = [name for name in lesson.teachers if name in self.away]
        if gone:
            raise PlanOutdated(f"{lesson.title} is to be taught by {gone[0]}, who is not active; import the plan again")
        start = lesson.pin.start
        if start is not None and start not in self.cell:
            label = self.plan.problem.grid.label(start)
            raise PlanOutdated(f"{lesson.title} is fixed to {label}, which is no lesson period any more")
        pin = lesson.pin if start is None else lesson.pin.model_copy(update={"start": self.cell[start]})
        choices = tuple(self._candidates(lesson, choice) for choice in lesson.any_teacher)
        return lesson.model_copy(update={"pin": pin, "any_teacher": choices})

    def _candidates(self, lesson: Lesson, choice: tuple[str, ...]) -> tuple[str, ...]:
        left = tuple(name for name in choice if name not in self.away and self._may_teach(name, lesson.subject))
        if not left:
            raise PlanOutdated(f"None of {', '.join(choice)} is active and assigned to teach {lesson.title}")
        return left

    def _may_teach(self, teacher: str, subject: str) -> bool:
        keys = self.plan.keys
        taught = self.held.taught.get(keys.teachers[teacher])
        return self.relaxed or taught is None or keys.subjects[subject] in taught

    def rules(self, lessons: Collection[str]) -> Iterator[AnyRule]:
        """Those that still speak of somebody, of some time and of some of the lessons."""
        for rule in self.plan.problem.rules:
            changed = self._at_present(rule)
            about = None if changed is None else _about(changed, lessons)
            if about is not None:
                yield about

    def _at_present(self, rule: AnyRule) -> AnyRule | None:
        update: dict[str, object] = {}
        cells: tuple[int, ...] = getattr(rule, "cells", ())
        if cells:
            update["cells"] = tuple(sorted(self.cell[c] for c in cells if c in self.cell))
        if isinstance(rule, ResourceRule) and rule.who.kind == "teacher" and rule.who.ids:
            ids = tuple(name for name in rule.who.ids if name not in self.away)
            update["who"] = rule.who.model_copy(update={"ids": ids})
            if not ids:
                return None
        return None if update.get("cells") == () else rule.model_copy(update=update)


def _about(rule: AnyRule, lessons: Collection[str]) -> AnyRule | None:
    """None: it named none of the lessons."""
    if not isinstance(rule, LessonRule | RoomCapacity) or not rule.lessons:
        return rule
    left = tuple(x for x in rule.lessons if x in lessons)
    return rule.model_copy(update={"lessons": left}) if left else None
