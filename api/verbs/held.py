"""A school and the timetable held in its file, for the verbs that need both; and what is named on the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from api.errors import InputError, WrongUse
from api.opening import open_file, open_timetable
from api.telling import judge
from models.problem import Problem
from models.timetable import Timetable
from scheduling import naming

T = TypeVar("T")


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
    return _known(naming.lesson_named, problem, name)


def cell_named(problem: Problem, time: str) -> int:
    return _known(naming.cell_named, problem, time)


def room_named(problem: Problem, name: str) -> str:
    return _known(naming.room_named, problem, name)


def _known(look: Callable[[Problem, str], T], problem: Problem, name: str) -> T:
    """WrongUse when there is nothing of this name."""
    try:
        return look(problem, name)
    except naming.NotKnown as error:
        raise WrongUse(str(error), hint=error.hint) from error
