"""timewright explain: which few facts of a file cannot hold together."""

from pathlib import Path
from typing import TYPE_CHECKING

from api.console import Output
from api.errors import DONE, INFEASIBLE, NOTHING_FOUND
from api.interrupt import until_interrupted
from api.name import program
from api.opening import open_file
from api.telling import tell_school
from scheduling.told import of_explanation

if TYPE_CHECKING:
    from solver.explain import Core, Explanation
    from solver.facts import Fact
    from solver.limits import Limits

MOST_FACTS = 40
"""Facts of one contradiction told; `--json` has all."""
SAYINGS = {
    "feasible": "There is no contradiction: a complete timetable was found.",
    "unknown": "No contradiction was found in the time given, and no timetable either. More seconds may settle it.",
}


def explain(file: Path, cores: int, limits: "Limits", ignore_unsupported: bool, out: Output) -> int:
    from solver.explain import explain as search

    opened = open_file(file, ignore_unsupported)
    problem = opened.needed_problem()
    tell_school(opened, out)
    with until_interrupted() as interrupted:
        found = search(problem, limits, cores, interrupted)
    tell_explanation(found, out)
    if found.cores:
        out.say(f"For changes that would make it possible: {program()} fixes {file}")
    code = code_of(found)
    out.result({**of_explanation(found), "exit_code": code})
    return code


def code_of(found: "Explanation") -> int:
    if found.cores:
        return INFEASIBLE
    return DONE if found.timetable is not None else NOTHING_FOUND


def tell_explanation(found: "Explanation", out: Output) -> None:
    if not found.cores:
        out.say(SAYINGS[str(found.status)], "bold")
    for number, core in enumerate(found.cores, 1):
        which = f"Contradiction {number} of {len(found.cores)}: " if len(found.cores) > 1 else ""
        out.lines(which + lead_of(core), (told(f) for f in core.facts), most=MOST_FACTS)
    out.say(f"{found.seconds:.1f} s in all")


def lead_of(core: "Core") -> str:
    if not core.minimal:
        return "Somewhere among these facts is a contradiction; there was no time to leave out what has no part in it"
    proof = "proven twice" if core.confirmed else "proven once; the second proof did not end in time"
    if len(core.facts) == 1:
        return f"This cannot hold ({proof})"
    return f"These facts cannot all hold; without any one of them the others could ({proof})"


def told(fact: "Fact") -> str:
    """A fact with its sheet and cell."""
    return f"{fact.sentence} ({fact.source})" if fact.source else fact.sentence
