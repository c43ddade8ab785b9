"""timewright check: what is wrong with a file, whether a timetable can exist, how good the one in it is."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.console import Output
from api.errors import DONE, INFEASIBLE, INPUT_ERRORS, WrongUse
from api.name import program
from api.opening import Opened, open_file
from api.saving import check_target, save
from api.summary import counts_of, of_finding, of_score, of_unsupported
from api.telling import judge, proofs_of, tell_school, tell_score
from formats import WORKBOOK

if TYPE_CHECKING:
    from formats.ctt import Formulation


def check(
    file: Path, annotate: Path | None, ignore_unsupported: bool, out: Output, formulation: "Formulation" = "UD2"
) -> int:
    if annotate is not None:
        check_target(annotate, (".xlsx",), source=file)
    opened = open_file(file, ignore_unsupported, formulation)
    if annotate is not None:
        _annotate(opened, annotate)
    report = _imported(opened, out) | _judged(opened, out)
    if annotate is not None:
        out.say(f"Wrote {annotate}")
    elif any(f["cell"] for f in report["errors"]):
        out.say(f"To see them in their cells: {program()} check {file} --annotate marked.xlsx")
    out.result({**report, "annotated": None if annotate is None else str(annotate)})
    if report["errors"]:
        return INPUT_ERRORS
    return INFEASIBLE if report["proofs"] else DONE


def _imported(opened: Opened, out: Output) -> dict[str, Any]:
    errors = [f for f in opened.findings if f.is_error]
    warnings = [f for f in opened.findings if not f.is_error]
    if opened.problem is not None:
        tell_school(opened, out)
    out.lines(f"Errors ({len(errors)})", (f.sentence for f in errors), "red")
    out.lines(f"Warnings ({len(warnings)})", (f.sentence for f in warnings), "yellow")
    return {
        "errors": [of_finding(f) for f in errors],
        "warnings": [of_finding(f) for f in warnings],
        "counts": None if opened.problem is None else counts_of(opened.problem),
        "unsupported": of_unsupported(opened.unsupported),
        "notes": list(opened.notes),
    }


def _judged(opened: Opened, out: Output) -> dict[str, Any]:
    """Counting proofs on the problem, and the score if there is a timetable."""
    report: dict[str, Any] = {"proofs": [], "hints": [], "score": None}
    if opened.problem is None:
        return report
    proofs, hints = proofs_of(opened.problem)
    out.lines("No complete timetable can exist", proofs, "red")
    out.lines("Worth a look", hints, "yellow")
    if not proofs:
        out.say("No errors, and no count speaks against a timetable.")
    if opened.timetable is not None:
        judged = judge(opened.problem, opened.timetable)
        out.say()
        tell_score(opened.problem, opened.timetable, judged, out)
        report["score"] = of_score(opened.problem, opened.timetable, judged)
    return report | {"proofs": proofs, "hints": hints}


def _annotate(opened: Opened, target: Path) -> None:
    from formats.excel.annotate import annotate
    from formats.excel.findings import Refused

    if opened.path.suffix.lower() not in WORKBOOK.read and not opened.path.is_dir():
        raise WrongUse(f"{opened.path.name}: only a workbook can be given back with its problems marked")
    try:
        save(target, annotate(opened.path, opened.findings))
    except Refused as refused:
        raise WrongUse(f"{opened.path.name} cannot be marked: {refused.finding.message}") from refused
