"""A school and the timetable held in its file, for the verbs that need both."""

from difflib import get_close_matches
from pathlib import Path

from api.errors import InputError, WrongUse
from api.opening import open_file, open_timetable
from api.telling import judge
from models.problem import Problem
from models.timetable import Timetable

MOST_NAMES = 8


def opened(file: Path, timetable: Path | None, ignore_unsupported: bool) -> tuple[Problem, Timetable]:
    """timetable: the file it is in, if it is another one."""
    found = open_file(file, ignore_unsupported)
    problem = found.needed_problem()
    placed = found.timetable if timetable is None else open_timetable(timetable, problem)
    if placed is None:
        raise InputError(f"{file.name} holds no timetable")
    judge(problem, placed)
    return problem, placed


def lesson_named(problem: Problem, name: str) -> str:
    """The lesson of this id, however its letters are written, or of this title if there is one alone."""
    folded = name.casefold()
    same = [x.id for x in problem.lessons if x.id == name] or [
        x.id for x in problem.lessons if folded == x.id.casefold()
    ]
    same = same or [x.id for x in problem.lessons if folded == x.title.casefold()]
    if len(same) == 1:
        return same[0]
    if same:
        raise WrongUse(f"there are {len(same)} lessons {name}", hint=f"which: {', '.join(same[:MOST_NAMES])}")
    ids = {x.id.casefold(): x.id for x in problem.lessons}
    close = [ids[x] for x in get_close_matches(folded, ids, 5, 0.4)] or list(problem.lesson)[:MOST_NAMES]
    raise WrongUse(f"there is no lesson {name}", hint=f"did you mean {', '.join(close)}?")


def cell_named(problem: Problem, time: str) -> int:
    """The cell of a time such as "Mon P3"; for a clock grid "2030-01-07 09:30"."""
    folded = " ".join(time.casefold().split())
    for cell in range(problem.grid.size):
        if problem.grid.label(cell).casefold() == folded:
            return cell
    some = ", ".join(problem.grid.label(c) for c in range(min(3, problem.grid.size)))
    raise WrongUse(f"there is no time {time}", hint=f"times are written {some}, ...")


def room_named(problem: Problem, name: str) -> str:
    folded = {r.casefold(): r for r in problem.room}
    if name.casefold() not in folded:
        close = [folded[x] for x in get_close_matches(name.casefold(), folded, 5, 0.4)]
        raise WrongUse(f"there is no room {name}", hint=f"did you mean {', '.join(close)}?" if close else "")
    return folded[name.casefold()]
