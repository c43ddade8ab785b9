"""timewright solve: makes the timetable of a file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.certifying import save_certificate
from api.console import Output
from api.errors import DONE, INFEASIBLE, NOTHING_FOUND
from api.interrupt import until_interrupted
from api.name import program
from api.opening import Opened, open_file
from api.saving import check_target, save_timetable, timetable_endings
from api.summary import of_result, of_unsupported
from api.telling import archive_cost, hard, judge, placed, proofs_of, tell_rules, tell_school
from models.timetable import Timetable

if TYPE_CHECKING:
    from formats.ctt import Formulation
    from solver.limits import Limits
    from solver.result import Progress, Result

Enough = Callable[["Progress | None"], bool]
"""Whether the last news of a search are reason to end it."""
MOST_UNPLACED = 10
"""Lessons without a place told in the terminal; the finished workbook has all."""
SAYINGS = {
    "optimal": "Done: no timetable can be better.",
    "feasible": "Done: every lesson has its place and every hard rule is kept.",
    "partial": "Not every lesson could be placed in the time given. This does not mean that it is impossible.",
    "infeasible": "Proven: no timetable can place every lesson and keep every hard rule.",
    "unknown": "No timetable was found in the time given. This does not mean that there is none.",
}


def solve(
    file: Path,
    output: Path | None,
    limits: "Limits",
    ignore_unsupported: bool,
    out: Output,
    formulation: "Formulation" = "UD2",
    certificate: Path | None = None,
) -> int:
    target = output or Path(f"{Path(file.absolute().name.removesuffix('.gz')).stem}-timetable.xlsx")
    check_target(target, timetable_endings(file), source=file)
    if certificate is not None:
        check_target(certificate, (".json",), source=file)
    opened = open_file(file, ignore_unsupported, formulation)
    tell_school(opened, out)
    if opened.findings:
        out.say(f"{len(opened.findings)} warnings; to read them: {program()} check {file}", "yellow")
    answer, made = make(opened, target, limits, out, certificate=certificate)
    archive = None if made is None else archive_cost(opened, made)
    if archive is not None:
        out.say(f"By the definitions of the archive: {archive}")
    out.result(answer | ({} if archive is None else {"archive_cost": archive}))
    return int(answer["exit_code"])


def make(
    opened: Opened,
    target: Path,
    limits: "Limits",
    out: Output,
    enough: Enough = lambda last: False,
    certificate: Path | None = None,
) -> tuple[dict[str, Any], Timetable | None]:
    """Searches, saves and tells. The object for JSON, and the timetable that was saved."""
    problem = opened.needed_problem()
    proofs, _ = proofs_of(problem)
    out.lines("No complete timetable can exist; making the best of it", proofs, "red")
    result = _search(opened, limits, out, enough)
    made = usable(result)
    if made is not None:
        save_timetable(target, opened, made, result.bound)
    if certificate is not None:
        save_certificate(certificate, problem, made, result)
    _tell(opened, result, proofs, out)
    if made is not None:
        out.say(f"Wrote {target}")
    if certificate is not None:
        out.say(f"Wrote {certificate}")
    answer = {
        **of_result(problem, result),
        "proofs": proofs,
        "unsupported": of_unsupported(opened.unsupported),
        "output": None if made is None else str(target),
        "exit_code": exit_code(result, proofs),
    }
    return answer, made


def usable(result: "Result") -> Timetable | None:
    """The timetable, if it places anything and breaks no hard rule."""
    found, judged = result.timetable, result.score
    return found if found is not None and found.placements and judged is not None and not judged.hard else None


def _search(opened: Opened, limits: "Limits", out: Output, enough: Enough) -> "Result":
    from solver import solve as search

    problem = opened.needed_problem()
    if opened.timetable is not None:
        judge(problem, opened.timetable)
    with until_interrupted() as interrupted, out.progress(len(problem.lessons)) as follower:

        def cancel() -> bool:
            return interrupted() or enough(follower.last)

        return search(problem, limits, start=opened.timetable, on_progress=follower, cancel=cancel)


def exit_code(result: "Result", proofs: list[str]) -> int:
    """0 for a complete timetable, 4 for a proof that there is none, 5 else."""
    if str(result.status) in ("optimal", "feasible"):
        return DONE
    return INFEASIBLE if proofs or str(result.status) == "infeasible" else NOTHING_FOUND


def _tell(opened: Opened, result: "Result", proofs: list[str], out: Output) -> None:
    problem, judged, timetable = opened.needed_problem(), result.score, usable(result)
    out.say(SAYINGS[str(result.status)], "bold")
    if judged is not None and timetable is not None:
        bound = "" if not result.bound else f" (no timetable has less than {result.bound})"
        out.say(f"{placed(problem, timetable)}, {hard(judged)}, penalty {judged.soft}{bound}")
        first = "" if result.seconds_first is None else f"complete after {result.seconds_first:.1f} s, "
        out.say(f"{first}{result.seconds_total:.1f} s in all")
        tell_rules(judged.rules, out)
        out.lines("Not placed", (f"{u.lesson}: {u.reason}" for u in timetable.unplaced), "yellow", MOST_UNPLACED)
    out.lines("Notes", result.notes)
    if str(result.status) == "infeasible" or proofs:
        out.say(f"Why, and what would help: {program()} explain {opened.path}, {program()} fixes {opened.path}")
