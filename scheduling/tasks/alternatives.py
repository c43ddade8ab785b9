"""Alternatives: several timetables that really differ, along the trade-off of a few goals."""

from collections.abc import Callable, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from models.goals import Goal, goal, goals_of
from models.problem import Problem
from models.score import score
from scheduling.tasks.base import LONGEST, Made, Material, Name, Product, Ref, Refused, Task
from scheduling.told import of_alternatives

MOST_GOALS = 3


class Alternatives(Task):
    """count: how many timetables; apart: at least so many lessons at other times in any two; goals: what to trade off,
    none: the first three that the problem has; timetable: a complete one that counts as the first."""

    kind: ClassVar[str] = "alternatives"

    problem: Ref
    timetable: Ref | None = None
    count: Annotated[int, Field(ge=2, le=20)] = 3
    apart: Annotated[int, Field(ge=1, le=100_000)] = 10
    goals: Annotated[tuple[Name, ...], Field(max_length=MOST_GOALS)] = ()
    seconds: Annotated[float, Field(ge=1, le=LONGEST)] = 120.0

    def check(self, material: Material) -> None:
        problem = material.problem
        for each in goals_named(problem, self.goals):
            if not any(each.covers(rule) for rule in problem.rules):
                raise Refused(f"No wish of the problem belongs to the goal {each.name!r}.")
        if self.apart > len(problem.lessons):
            raise Refused(f"The problem has {len(problem.lessons)} lessons; so many at most can be at other times.")
        if material.timetable is not None and not score(problem, material.timetable).complete:
            raise Refused("The timetable to begin with is not complete or breaks a hard rule.")

    def run(self, material: Material, threads: int, cancel: Callable[[], bool]) -> Product:
        from solver.alternatives import alternatives

        problem, goals = material.problem, goals_named(material.problem, self.goals)
        found = alternatives(
            problem, goals, self.count, self.apart, self.limits(threads), material.timetable, cancel=cancel
        )
        told = of_alternatives(problem, found)
        result = {"status": "found" if found.found else "unknown", "sentence": self._sentence(found.exhausted), **told}
        pairs = zip(found.found, told["alternatives"], strict=True)
        return Product(result, tuple(Made(one.timetable, part) for one, part in pairs))

    def _sentence(self, exhausted: bool) -> str:
        if exhausted:
            return f"Proven: no further timetable has {self.apart} lessons at other times than each of these."
        return "These were found in the time given."


def goals_named(problem: Problem, names: Sequence[str]) -> list[Goal]:
    """Without names the first three that the problem has. Refused."""
    try:
        goals = [goal(name) for name in names] or goals_of(problem)[:MOST_GOALS]
    except ValueError as error:
        raise Refused(str(error)) from error
    if not goals:
        raise Refused("the school has no wishes, so there is nothing to trade off")
    return goals
