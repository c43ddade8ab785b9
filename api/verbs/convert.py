"""timewright convert: the same school in another format."""

from pathlib import Path
from typing import TYPE_CHECKING

from api.console import Output
from api.errors import DONE
from api.opening import open_file
from api.saving import check_target, save_problem
from api.summary import counts_of, of_unsupported
from api.telling import tell_school

if TYPE_CHECKING:
    from formats.ctt import Formulation


def convert(
    source: Path, target: Path, ignore_unsupported: bool, out: Output, formulation: "Formulation" = "UD2"
) -> int:
    check_target(target, (".xlsx", ".json"), source=source)
    opened = open_file(source, ignore_unsupported, formulation)
    problem = opened.needed_problem()
    save_problem(target, problem, opened.timetable)
    tell_school(opened, out)
    out.say(f"Wrote {target}")
    out.result(
        {
            "output": str(target),
            "counts": counts_of(problem),
            "timetable": opened.timetable is not None,
            "unsupported": of_unsupported(opened.unsupported),
            "notes": list(opened.notes),
        }
    )
    return DONE
