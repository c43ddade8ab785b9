"""timewright verify: whether a certificate, a school and a timetable belong together. Needs no solver."""

from pathlib import Path

from pydantic import ValidationError

from api.console import Output
from api.errors import DONE, INPUT_ERRORS, InputError
from api.opening import open_file, open_timetable, read_bytes
from models.certificate import Certificate, differences
from models.problem import Problem
from models.timetable import Timetable


def verify(file: Path, school: Path | None, timetable: Path | None, ignore_unsupported: bool, out: Output) -> int:
    certificate = read_certificate(file)
    problem, placed = _opened(school, timetable, ignore_unsupported)
    found = differences(certificate, problem, placed)
    _tell(certificate, problem, placed, out)
    out.lines("It does not hold", (d.sentence for d in found), "red")
    if not found:
        out.say("Everything that was checked agrees with the certificate.", "bold")
    out.result(
        {
            "verified": not found,
            "checked": [name for name, given in (("problem", problem), ("timetable", placed)) if given is not None],
            "differences": [d._asdict() for d in found],
            "certificate": certificate.model_dump(mode="json", exclude={"timetable", "parts"}),
            "exit_code": INPUT_ERRORS if found else DONE,
        }
    )
    return INPUT_ERRORS if found else DONE


def read_certificate(file: Path) -> Certificate:
    if not file.exists():
        raise InputError(f"{file} does not exist")
    try:
        return Certificate.model_validate_json(read_bytes(file))
    except ValidationError as error:
        sentences = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}".removeprefix(": ") for e in error.errors())
        raise InputError(f"{file.name} is no certificate", *sentences) from error


def _opened(
    school: Path | None, timetable: Path | None, ignore_unsupported: bool
) -> tuple[Problem | None, Timetable | None]:
    if school is None:
        return None, None
    opened = open_file(school, ignore_unsupported)
    problem = opened.needed_problem()
    return problem, opened.timetable if timetable is None else open_timetable(timetable, problem)


def _tell(certificate: Certificate, problem: Problem | None, placed: Timetable | None, out: Output) -> None:
    claim, total = certificate.claim, certificate.score
    made_by = ", ".join(f"{name} {number}" for name, number in certificate.versions.items())
    out.say(f"Problem {certificate.problem[:16]}, {claim.status}, seed {claim.seed}, {made_by}")
    if total is not None:
        bound = "" if claim.bound is None else f", no timetable has less than {claim.bound}"
        out.say(f"Hard rules broken by {total.hard}, {total.unplaced} periods unplaced, penalty {total.soft}{bound}")
    if problem is None:
        out.say("Checked: that it does not contradict itself. Give the school to have it judged again.", "yellow")
        return
    out.say(
        "Checked: the problem, the score of the certified timetable"
        + ("." if placed is None else ", and whether the given timetable is the certified one.")
    )
    out.say("Taken as claimed, since only a search could prove them: status and bound.")
