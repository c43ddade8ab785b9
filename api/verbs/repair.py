"""timewright repair: the timetable that keeps all hard rules with the fewest changes."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from api.changes import applied, change_said, changes_in
from api.console import Output
from api.errors import DONE, INFEASIBLE, NOTHING_FOUND, InputError, WrongUse
from api.interrupt import until_interrupted
from api.opening import Opened, open_file, open_timetable, read_bytes
from api.saving import check_target, save_timetable, timetable_endings
from api.telling import tell_school
from api.verbs.held import lesson_named
from models.compare import where
from models.problem import Problem
from models.timetable import Change as Difference
from scheduling.changes import Change, first_cell
from scheduling.tasks.repair import explained
from scheduling.told import of_repair

if TYPE_CHECKING:
    from solver.explain import Explanation
    from solver.limits import Limits
    from solver.repair_result import Repair


@dataclass(frozen=True)
class Asked:
    """What the options of the command say, as they were typed. earliest: nothing before it changes; most: lessons that
    may move."""

    changes: tuple[str, ...] = ()
    file: Path | None = None
    locked: tuple[str, ...] = ()
    earliest: str | None = None
    most: int | None = None


def repair(
    file: Path,
    timetable: Path | None,
    asked: Asked,
    output: Path | None,
    limits: "Limits",
    ignore_unsupported: bool,
    out: Output,
) -> int:
    if output is not None:
        check_target(output, timetable_endings(file), source=file)
    changes = [*_said(asked.changes), *_written(asked.file)]
    opened = open_file(file, ignore_unsupported)
    problem = opened.needed_problem()
    before = opened.timetable if timetable is None else open_timetable(timetable, problem)
    if before is None:
        raise InputError(f"{file.name} holds no timetable", hint="name its file after the school")
    tell_school(opened, out)
    changed, found = _repaired(replace(opened, timetable=before), changes, asked, limits)
    reason = explained(found, limits)
    if output is not None and found.timetable is not None:
        save_timetable(output, replace(opened, problem=changed), found.timetable, None)
    _tell(changed, found, reason, out)
    if output is not None and found.timetable is not None:
        out.say(f"Wrote {output}")
    answer = {**of_repair(changed, found, reason), "exit_code": _exit_code(found)}
    out.result({**answer, "output": str(output) if output is not None and found.timetable is not None else None})
    return _exit_code(found)


def _said(texts: tuple[str, ...]) -> list[tuple[str, Change]]:
    return [(f"--change {text!r}", change_said(text)) for text in texts]


def _written(file: Path | None) -> list[tuple[str, Change]]:
    if file is None:
        return []
    try:
        content = json.loads(read_bytes(file))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{file.name} is not valid JSON: {error}") from error
    return [(f"{file.name}: changes.{n}", c) for n, c in enumerate(changes_in(content, file.name), 1)]


def _repaired(
    opened: Opened, changes: list[tuple[str, Change]], asked: Asked, limits: "Limits"
) -> "tuple[Problem, Repair]":
    """The changed problem, and its repair."""
    from solver.repair import repair as search

    problem, before = opened.needed_problem(), opened.timetable
    if before is None:
        raise InputError(f"{opened.path.name} holds no timetable")
    try:
        first = None if asked.earliest is None else first_cell(problem.grid, asked.earliest)
    except ValueError as error:
        raise WrongUse(f"--from: {error}") from error
    changed, timetable = applied(problem, before, changes, first or 0)
    locked = [lesson_named(changed, name) for name in asked.locked]
    removed = [x for x in problem.lessons if x.id not in changed.lesson]
    try:
        with until_interrupted() as stopped:
            found = search(changed, timetable, limits, locked, first, asked.most, stopped, removed)
    except ValueError as error:
        raise InputError(str(error)) from error
    return changed, found


def _tell(problem: Problem, found: "Repair", reason: "Explanation | None", out: Output) -> None:
    out.say(found.sentence, "bold")
    for core in reason.cores if reason is not None else ():
        title = "These cannot all hold" if core.minimal else "Somewhere among these is the contradiction"
        out.lines(title, (f.sentence + (f" ({f.source})" if f.source else "") for f in core.facts), "red")
    if reason is not None and not reason.cores:
        out.say("Why was not found out in time.")
    out.lines("Changes", (_sentence(problem, change) for change in found.changes))
    for kind, title in (("teacher", "Teachers affected"), ("class", "Classes affected")):
        names = sorted(id_ for k, id_ in found.affected if k == kind)
        if names:
            out.say(f"{title}: {', '.join(names)}")


def _sentence(problem: Problem, change: Difference) -> str:
    lesson = problem.lesson.get(change.lesson)
    title = change.lesson if lesson is None else f"{lesson.title} ({change.lesson})"
    after = "gone" if lesson is None else where(problem, change.after)
    return f"{title}: {where(problem, change.before)} -> {after}"


def _exit_code(found: "Repair") -> int:
    if found.allowed:
        return DONE
    return INFEASIBLE if str(found.status) == "infeasible" else NOTHING_FOUND
