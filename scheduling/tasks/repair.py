"""Repair: the nearest timetable after changes of the school."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, NonNegativeInt

from models.changes import Changed
from models.problem import Problem
from scheduling.changes import Change, applied, change_said, first_cell
from scheduling.naming import NotKnown, lesson_named
from scheduling.tasks.base import Made, Material, Name, Product, Ref, Refused, Task, Times
from scheduling.told import of_repair

if TYPE_CHECKING:
    from solver.explain import Explanation
    from solver.limits import Limits
    from solver.repair_result import Repair as Found

EXPLAINING = 30.0
"""Seconds at most to find out why no repair exists."""
MOST_CHANGES = 500


class Repair(Task):
    """changes: in words ("teacher T07 absent Mon P1-P4") or as objects; none: what is broken is mended. locked: lessons
    that stay as they are; earliest: nothing before this time changes; most: lessons that may move to another time."""

    kind: ClassVar[str] = "repair"

    timetable: Ref
    changes: Annotated[tuple[Change | Annotated[str, Field(max_length=500)], ...], Field(max_length=MOST_CHANGES)] = ()
    locked: Annotated[tuple[Name, ...], Field(max_length=10_000)] = ()
    earliest: Times | None = None
    most: NonNegativeInt | None = None

    def check(self, material: Material) -> None:
        self._changed(material)

    def run(self, material: Material, threads: int, cancel: Callable[[], bool]) -> Product:
        from solver.repair import repair

        (problem, before), locked, first = self._changed(material)
        limits = self.limits(threads)
        removed = [x for x in material.problem.lessons if x.id not in problem.lesson]
        try:
            found = repair(problem, before, limits, locked, first, self.most, cancel, removed)
        except ValueError as error:
            raise Refused(str(error)) from error
        result = of_repair(problem, found, explained(found, limits, cancel))
        if found.timetable is None:
            return Product(result)
        changed = None if problem == material.problem else problem
        return Product(result, (Made(found.timetable, result, changed, "after changes"),))

    def _changed(self, material: Material) -> tuple[Changed, list[str], int | None]:
        """The problem and its timetable after the changes, the locked lessons, and the first cell that may change."""
        try:
            first = None if self.earliest is None else first_cell(material.problem.grid, self.earliest)
            said = [(f"changes.{n}", _change(c)) for n, c in enumerate(self.changes)]
            changed = applied(material.problem, material.needed_timetable, said, first or 0)
            return changed, _locked(changed.problem, self.locked), first
        except NotKnown as error:
            raise Refused(f"locked: {error.sentence}") from error
        except ValueError as error:
            raise Refused(str(error)) from error


def _change(change: Change | str) -> Change:
    return change_said(change) if isinstance(change, str) else change


def _locked(problem: Problem, names: tuple[str, ...]) -> list[str]:
    return [lesson_named(problem, name) for name in names]


def explained(found: "Found", limits: "Limits", cancel: Callable[[], bool] = lambda: False) -> "Explanation | None":
    """Why there is no repair, where that is proven; None otherwise."""
    if str(found.status) != "infeasible":
        return None
    from solver.explain import explain

    seconds = EXPLAINING if limits.seconds is None else min(EXPLAINING, limits.seconds)
    return explain(found.problem, replace(limits, seconds=seconds), cancel=cancel)
