"""Fixes: a priced menu of changes that would make a timetable possible, each proven by one."""

from collections.abc import Callable
from typing import Annotated, ClassVar

from pydantic import Field

from scheduling.tasks.base import LONGEST, Made, Material, Plain, Product, Ref, Task
from scheduling.tasks.explain import SENTENCES
from scheduling.told import of_menu

FOUND = "Each of these fixes makes it possible, which a timetable proves."
NONE = "No change that makes it possible was found in the time given. This does not mean that there is none."


class Fixes(Task):
    """count: fixes to look for, at most."""

    kind: ClassVar[str] = "fixes"

    problem: Ref
    count: Annotated[int, Field(ge=1, le=20)] = 5
    seconds: Annotated[float, Field(ge=1, le=LONGEST)] = 300.0

    def run(self, material: Material, threads: int, cancel: Callable[[], bool]) -> Product:
        from solver.fixes import Menu, fixes

        menu: Menu = fixes(material.problem, self.limits(threads), self.count, cancel)
        result = {**of_menu(menu), "sentence": _sentence(str(menu.status), bool(menu.fixes))}
        if menu.explanation.timetable is not None:
            return Product(result, (Made(menu.explanation.timetable, result),))
        pairs = zip(menu.fixes, result["fixes"], strict=True)
        made = (Made(fix.timetable, told, fix.apply(material.problem), _how(told)) for fix, told in pairs)
        return Product(result, tuple(made))


def _how(told: Plain) -> str:
    return f"with fix {told['number']}"


def _sentence(status: str, found: bool) -> str:
    if status != "infeasible":
        return SENTENCES[status]
    return FOUND if found else NONE
