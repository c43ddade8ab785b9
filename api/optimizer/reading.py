"""Reading a file that was sent, as the command line reads it, and the report about it."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from api.errors import InputError
from api.opening import Opened, open_file
from api.optimizer.received import Received
from api.summary import counts_of, of_finding, of_score, of_unsupported
from api.telling import judge, proofs_of
from models.problem import Problem
from models.timetable import Timetable


@dataclass(frozen=True)
class Reading:
    """problem: None if there is any error; report: errors and warnings with their cells, counts, proofs, score."""

    problem: Problem | None
    timetable: Timetable | None
    report: dict[str, Any]


def read_file(file: Received, ignore_unsupported: bool = False) -> Reading:
    """Takes its time: not inside a transaction."""
    with TemporaryDirectory(prefix="timewright-") as folder:
        path = Path(folder) / file.name
        path.write_bytes(file.data)
        try:
            opened = open_file(path, ignore_unsupported)
        except InputError as error:
            return Reading(None, None, refused(error, folder))
    return reading_of(opened)


def reading_of(opened: Opened) -> Reading:
    errors = [of_finding(f) for f in opened.findings if f.is_error]
    warnings = [of_finding(f) for f in opened.findings if not f.is_error]
    report: dict[str, Any] = {
        "errors": errors,
        "warnings": warnings,
        "counts": None,
        "unsupported": of_unsupported(opened.unsupported),
        "notes": list(opened.notes),
        "proofs": [],
        "hints": [],
        "score": None,
    }
    if opened.problem is None:
        return Reading(None, opened.timetable, report)
    report["counts"] = counts_of(opened.problem)
    report["proofs"], report["hints"] = proofs_of(opened.problem)
    try:
        score = _score(opened.problem, opened.timetable)
    except InputError as error:
        return Reading(None, None, report | {"errors": messages(error)})
    return Reading(opened.problem, opened.timetable, report | {"score": score})


def _score(problem: Problem, timetable: Timetable | None) -> dict[str, Any] | None:
    return None if timetable is None else of_score(problem, timetable, judge(problem, timetable))


def refused(error: InputError, folder: str) -> dict[str, Any]:
    """The report of a file that cannot be read at all. folder: not to be told."""
    return {"errors": [{**x, "message": str(x["message"]).replace(f"{folder}/", "")} for x in messages(error)]}


def messages(error: InputError) -> list[dict[str, Any]]:
    return [{"severity": "error", "message": sentence} for sentence in error.problems]
