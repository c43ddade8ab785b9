"""timewright score: judges a timetable by every rule."""

from pathlib import Path

from api.console import Output
from api.errors import DONE, InputError
from api.name import program
from api.opening import open_file, open_timetable
from api.summary import of_score
from api.telling import judge, tell_left_out, tell_score


def score(problem: Path, timetable: Path | None, ignore_unsupported: bool, out: Output) -> int:
    opened = open_file(problem, ignore_unsupported)
    school = opened.needed_problem()
    placed = opened.timetable if timetable is None else open_timetable(timetable, school)
    if placed is None:
        raise InputError(f"{problem.name} holds no timetable", hint=f"{program()} score {problem.name} TIMETABLE")
    judged = judge(school, placed)
    tell_left_out(opened, out)
    tell_score(school, placed, judged, out)
    out.result(of_score(school, placed, judged))
    return DONE
