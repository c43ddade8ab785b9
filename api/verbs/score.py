"""timewright score: judges a timetable by every rule."""

from pathlib import Path
from typing import TYPE_CHECKING

from api.console import Output
from api.errors import DONE, InputError
from api.name import program
from api.opening import open_file, open_timetable
from api.summary import of_score
from api.telling import archive_cost, judge, tell_left_out, tell_score

if TYPE_CHECKING:
    from formats.ctt import Formulation


def score(
    problem: Path, timetable: Path | None, ignore_unsupported: bool, out: Output, formulation: "Formulation" = "UD2"
) -> int:
    opened = open_file(problem, ignore_unsupported, formulation)
    school = opened.needed_problem()
    placed = opened.timetable if timetable is None else open_timetable(timetable, school)
    if placed is None:
        raise InputError(f"{problem.name} holds no timetable", hint=f"{program()} score {problem.name} TIMETABLE")
    judged = judge(school, placed)
    tell_left_out(opened, out)
    tell_score(school, placed, judged, out)
    archive = archive_cost(opened, placed)
    if archive is not None:
        out.say(f"By the definitions of the archive: {archive}")
    out.result(of_score(school, placed, judged) | ({} if archive is None else {"archive_cost": archive}))
    return DONE
