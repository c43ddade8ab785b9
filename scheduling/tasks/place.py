"""The exact cost of a place: what it takes to have a lesson somewhere when all others may make way."""

from collections.abc import Callable
from typing import Annotated, ClassVar

from pydantic import Field

from models.problem import Problem
from models.score import score
from models.what_if import Place, WhatIf, WhyNot
from scheduling.naming import NotKnown, cell_named, lesson_named, room_named
from scheduling.tasks.base import Made, Material, Name, Product, Ref, Refused, Task, Times
from scheduling.told import of_exact


class ExactPlace(Task):
    """lesson: id or title; at: a time such as "Mon P3"; room: this one, else the best."""

    kind: ClassVar[str] = "place"

    timetable: Ref
    lesson: Name
    at: Times
    room: Name | None = None
    seconds: Annotated[float, Field(ge=1, le=600)] = 30.0

    def check(self, material: Material) -> None:
        self._place(material)

    def run(self, material: Material, threads: int, cancel: Callable[[], bool]) -> Product:
        from solver.why_not import exact_cost

        problem, timetable = material.problem, material.needed_timetable
        place, any_room = self._place(material), self.room is None
        found = exact_cost(problem, timetable, place.placements[0], self.limits(threads), any_room, cancel)
        result, made = of_exact(problem, found), found.repair.timetable
        if made is None or score(problem, made).hard:
            return Product(result)
        return Product(result, (Made(made, result),))

    def _place(self, material: Material) -> Place:
        what_if = WhatIf(material.problem, material.needed_timetable)
        return place_at(material.problem, answered(what_if, self.lesson, self.room), self.at)


def answered(what_if: WhatIf, lesson: str, room: str | None) -> WhyNot:
    """Every place of a lesson, named as people do. Refused."""
    try:
        id_ = lesson_named(what_if.problem, lesson)
        wanted = None if room is None else room_named(what_if.problem, room)
        return what_if.why_not(id_, wanted)
    except NotKnown as error:
        raise Refused(error.sentence) from error
    except ValueError as error:
        raise Refused(str(error)) from error


def place_at(problem: Problem, answer: WhyNot, time: str) -> Place:
    """Refused."""
    try:
        cell = cell_named(problem, time)
    except NotKnown as error:
        raise Refused(error.sentence) from error
    place = answer.at(cell)
    if place is None:
        raise Refused(f"lesson {answer.lesson} does not fit at {problem.grid.label(cell)}: the day is too short there")
    return place
