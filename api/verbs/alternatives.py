"""timewright alternatives: several timetables that really differ, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.console import Output
from api.errors import DONE, INFEASIBLE, NOTHING_FOUND, WrongUse
from api.interrupt import until_interrupted
from api.opening import Opened, open_file
from api.saving import check_target, save_timetable
from api.telling import tell_school
from formats.excel.rule_names import spoken
from models.compare import apart
from models.goals import Goal
from models.problem import Problem
from scheduling.tasks.alternatives import goals_named
from scheduling.told import of_alternatives

if TYPE_CHECKING:
    from solver.alternatives import Alternatives
    from solver.limits import Limits


@dataclass(frozen=True)
class Wanted:
    """goals: names; none: the first three that the problem has."""

    count: int
    apart: int
    goals: tuple[str, ...]


def alternatives(
    file: Path, wanted: Wanted, folder: Path, limits: "Limits", ignore_unsupported: bool, out: Output
) -> int:
    opened = open_file(file, ignore_unsupported)
    problem = opened.needed_problem()
    goals = _goals(problem, wanted.goals)
    targets = [folder / f"alternative-{number + 1}.xlsx" for number in range(wanted.count)]
    check_target(targets[0], (".xlsx",), source=file)
    tell_school(opened, out)
    found = _searched(opened, goals, wanted, limits)
    files = [target for target, _ in zip(targets, found.found, strict=False)]
    for target, alternative in zip(files, found.found, strict=True):
        save_timetable(target, opened, alternative.timetable, None)
    _tell(found, files, wanted, out)
    code = DONE if len(found.found) > 1 or found.exhausted else NOTHING_FOUND
    code = INFEASIBLE if found.exhausted and not found.found else code
    told = of_alternatives(problem, found)
    for each, file in zip(told["alternatives"], files, strict=True):
        each["output"] = str(file)
    out.result({**told, "exit_code": code})
    return code


def _goals(problem: Problem, names: Sequence[str]) -> list[Goal]:
    try:
        return goals_named(problem, names)
    except ValueError as error:
        raise WrongUse(str(error)) from error


def _searched(opened: Opened, goals: list[Goal], wanted: Wanted, limits: "Limits") -> "Alternatives":
    from models.score import score
    from solver.alternatives import alternatives as search

    problem, start = opened.needed_problem(), opened.timetable
    usable = start if start is not None and score(problem, start).complete else None
    try:
        with until_interrupted() as interrupted:
            return search(problem, goals, wanted.count, wanted.apart, limits, usable, cancel=interrupted)
    except ValueError as error:
        raise WrongUse(str(error)) from error


# ---- told ------------------------------------------------------------------------------------------------------------


def _tell(found: "Alternatives", files: list[Path], wanted: Wanted, out: Output) -> None:
    numbers = [str(n + 1) for n in range(len(found.found))]
    out.table(("", *(f"{n}{'*' if a.best else ''}" for n, a in zip(numbers, found.found, strict=True))), _rows(found))
    if any(a.best for a in found.found):
        out.say("*: no other is as good in every goal and in the whole penalty, and better in one.")
    if found.exhausted:
        out.say(f"Proven: no further timetable has {wanted.apart} lessons at other times than each of these.")
    elif len(found.found) < wanted.count:
        out.say(f"Only {len(found.found)} were found in time.", "yellow")
    for path in files:
        out.say(f"Wrote {path}")


def _rows(found: "Alternatives") -> list[list[object]]:
    rows: list[list[object]] = [["made for", *(", ".join(a.emphasis) or "all wishes" for a in found.found)]]
    rows += [[f"goal: {g.name}", *(a.goals[i] for a in found.found)] for i, g in enumerate(found.goals)]
    rows.append(["whole penalty", *(a.score.soft for a in found.found)])
    penalties = [{r.name: r.penalty for r in a.score.rules if not r.hard} for a in found.found]
    names = sorted({name for p in penalties for name, penalty in p.items() if penalty})
    rows += [[f"  {spoken(name)}", *(p.get(name, 0) for p in penalties)] for name in names]
    first = found.found[0].timetable if found.found else None
    if first is not None:
        rows.append(["lessons at other times than 1", *(apart(first, a.timetable) for a in found.found)])
    return rows
