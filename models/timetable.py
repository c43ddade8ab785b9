"""A timetable: where each lesson is, and what could not be placed."""

from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import NonNegativeInt, model_validator

from models.base import Id, Value


class Placement(Value):
    """start: cell of the week; rooms: one per room request of the lesson (None: goes without);
    teachers: one per entry of the lesson's `any_teacher`."""

    lesson: Id
    start: NonNegativeInt
    rooms: tuple[Id | None, ...] = ()
    teachers: tuple[Id, ...] = ()


class Unplaced(Value):
    """A lesson that has no place, and why."""

    lesson: Id
    reason: str = ""


class Change(NamedTuple):
    """One lesson that differs between two timetables; None: not placed there."""

    lesson: str
    before: Placement | None
    after: Placement | None


class Timetable(Value):
    schema_version: Literal[1] = 1
    placements: tuple[Placement, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()

    @cached_property
    def placement(self) -> dict[str, Placement]:
        return {p.lesson: p for p in self.placements}

    def diff(self, after: "Timetable") -> list[Change]:
        """What changes from this timetable to the other, in this one's order, new lessons last."""
        lessons = dict.fromkeys([*self.placement, *after.placement])
        pairs = ((x, self.placement.get(x), after.placement.get(x)) for x in lessons)
        return [Change(x, a, b) for x, a, b in pairs if a != b]

    @model_validator(mode="after")
    def every_lesson_occurs_once(self) -> "Timetable":
        seen: set[str] = set()
        for lesson in (*(p.lesson for p in self.placements), *(u.lesson for u in self.unplaced)):
            if lesson in seen:
                raise ValueError(f"lesson {lesson!r} occurs twice in the timetable")
            seen.add(lesson)
        return self
