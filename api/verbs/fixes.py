"""timewright fixes: a priced menu of changes that would make a timetable possible."""

from pathlib import Path
from typing import TYPE_CHECKING

from api.console import Output
from api.errors import DONE, NOTHING_FOUND, WrongUse
from api.interrupt import until_interrupted
from api.name import program
from api.opening import Opened, open_file
from api.saving import check_target, save_problem
from api.telling import tell_school
from api.verbs.explain import SAYINGS, tell_explanation
from scheduling.told import of_menu

if TYPE_CHECKING:
    from solver.fixes import Menu
    from solver.limits import Limits

ENDINGS = (".xlsx", ".json")
NONE = "No change that makes it possible was found in the time given. This does not mean that there is none."


def fixes(
    file: Path,
    count: int,
    apply: int | None,
    output: Path | None,
    limits: "Limits",
    ignore_unsupported: bool,
    out: Output,
) -> int:
    from solver.fixes import fixes as search

    if (apply is None) != (output is None):
        raise WrongUse("--apply says which of the fixes, -o where the changed school goes; give both or none")
    if output is not None:
        check_target(output, ENDINGS, source=file)
    opened = open_file(file, ignore_unsupported)
    problem = opened.needed_problem()
    tell_school(opened, out)
    with until_interrupted() as interrupted:
        menu = search(problem, limits, count, interrupted)
    _tell(menu, file, out)
    written = None if apply is None or output is None else _written(opened, menu, apply, output, out)
    code = DONE if menu.fixes or str(menu.status) == "feasible" else NOTHING_FOUND
    out.result({**of_menu(menu), "output": written, "exit_code": code})
    return code


def _tell(menu: "Menu", file: Path, out: Output) -> None:
    if not menu.explanation.cores:
        out.say(SAYINGS[str(menu.status)], "bold")
        return
    tell_explanation(menu.explanation, out)
    if not menu.fixes:
        out.say(NONE, "bold")
        return
    out.say("Each of these makes it possible, which a timetable proves", "bold")
    out.table(("Price", ""), ((fix.price, f"{n}. {fix.sentence}") for n, fix in enumerate(menu.fixes, 1)))
    out.say(f"To apply one: {program()} fixes {file} --apply N -o changed.xlsx")


def _written(opened: Opened, menu: "Menu", number: int, output: Path, out: Output) -> str:
    """The changed school with the timetable that proves it."""
    if not 1 <= number <= len(menu.fixes):
        raise WrongUse(f"there is no fix {number}; {len(menu.fixes)} were found")
    fix = menu.fixes[number - 1]
    save_problem(output, fix.apply(opened.needed_problem()), fix.timetable)
    out.say(f"Wrote {output}: {fix.sentence}")
    return str(output)
