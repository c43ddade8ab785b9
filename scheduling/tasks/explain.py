"""Explain: which few facts of a problem cannot hold together."""

from collections.abc import Callable
from typing import Annotated, ClassVar

from pydantic import Field

from scheduling.tasks.base import LONGEST, Made, Material, Product, Ref, Task
from scheduling.told import of_explanation

SENTENCES = {
    "infeasible": "Some facts cannot hold together.",
    "feasible": "There is no contradiction: a complete timetable was found.",
    "unknown": "No contradiction was found in the time given, and no timetable either. More seconds may settle it.",
}


class Explain(Task):
    """cores: contradictions to look for, at most."""

    kind: ClassVar[str] = "explain"

    problem: Ref
    cores: Annotated[int, Field(ge=1, le=9)] = 1
    seconds: Annotated[float, Field(ge=1, le=LONGEST)] = 120.0

    def run(self, material: Material, threads: int, cancel: Callable[[], bool]) -> Product:
        from solver.explain import explain

        found = explain(material.problem, self.limits(threads), self.cores, cancel)
        result = {**of_explanation(found), "sentence": SENTENCES[str(found.status)]}
        if found.timetable is None:
            return Product(result)
        return Product(result, (Made(found.timetable, result),))
