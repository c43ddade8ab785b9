"""timewright demo: the whole way, from the workbook of the sample school to printable weeks."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from api.console import Output
from api.name import program
from api.opening import open_file
from api.saving import check_target, save_problem
from api.telling import tell_school
from api.verbs.checkout import module
from api.verbs.show import draw, tell_week, week
from api.verbs.solve import make

if TYPE_CHECKING:
    from solver.result import Progress

MOST_SECONDS = 180.0
"""For the first complete timetable, should it take longer than asked for."""


def demo(folder: Path, seconds: float, out: Output) -> int:
    from solver.limits import Limits

    school, target, picture = folder / "school.xlsx", folder / "timetable.xlsx", folder / "timetable.svg"
    check_target(school, (".xlsx",))
    save_problem(school, module("datasets.sample").sample().problem)
    out.say(f"Wrote the workbook of the sample school: {school}")
    opened = open_file(school)
    tell_school(opened, out)
    out.say(f"Making its timetable, in about {seconds:g} s ...")
    begin = time.monotonic()

    def enough(last: "Progress | None") -> bool:
        complete = last is not None and last.objective is not None and not last.unplaced and not last.hard
        return complete and time.monotonic() - begin > seconds

    answer, made = make(opened, target, Limits(seconds=max(seconds, MOST_SECONDS)), out, enough)
    if made is not None:
        layout = week(opened.needed_problem(), made, None)
        draw(layout, picture)
        out.say(f"Wrote {picture}\n")
        tell_week(layout, out)
        _tell_next(school, target, out)
    out.result({"school": str(school), "picture": str(picture), **answer})
    return int(answer["exit_code"])


def _tell_next(school: Path, target: Path, out: Output) -> None:
    out.say("\nNext:", "bold")
    for command, what in (
        (f"show {target} --teacher ...", "the week of a teacher; also --class and --room"),
        (f"score {target}", "every wish that is not met"),
        (f"check {school}", "after changing something in the workbook"),
        ("template -o my-school.xlsx", "an empty workbook for your own school"),
    ):
        out.say(f"  {program()} {command:<48} {what}")
