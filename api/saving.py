"""Problems and timetables, saved by the ending of the file; what cannot be written is told before any work is done."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from api.errors import InputError, WrongUse
from api.opening import Opened, ending_of
from formats import COURSE_TIMETABLING, FET, FORMATS, WORKBOOK, XHSTT, format_of
from models.problem import Problem
from models.timetable import Timetable

if TYPE_CHECKING:
    from formats.xhstt import XhsttImport


def check_target(path: Path, endings: tuple[str, ...], source: Path | None = None, replace: bool = True) -> None:
    """WrongUse if the file cannot be written. endings: those allowed; source: a file that must not be overwritten;
    replace: whether an existing file may be overwritten."""
    if path.is_dir():
        raise WrongUse(f"{path} is a folder")
    if path.suffix.lower() not in endings:
        ending = path.suffix or "(none)"
        raise WrongUse(f"{path.name}: cannot write the ending {ending}; possible here: {', '.join(endings)}")
    if source is not None and path.exists() and path.samefile(source):
        raise WrongUse(f"{path} is the input itself; name another file to write")
    if path.exists() and not replace:
        raise WrongUse(f"{path} exists already", hint="name another file with -o, or overwrite it with --force")
    _check_folder(path.absolute().parent)


def _check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUse(f"the folder {folder} cannot be made: {error.strerror}") from error
    if not os.access(folder, os.W_OK):
        raise WrongUse(f"the folder {folder} is not writable")


def timetable_endings(source: Path) -> tuple[str, ...]:
    """What the timetable of a file can be written as."""
    origin = WORKBOOK if source.is_dir() else format_of(ending_of(source))
    return tuple(ending for each in FORMATS if not each.own or each is origin for ending in each.solved)


def save_timetable(path: Path, source: Opened, timetable: Timetable, bound: int | None) -> None:
    """.xlsx: the finished workbook; .json: problem and timetable; .fet: the source with the places as locked fixes;
    .xml: the source with a solution group more; .sol, .out: a line for each lesson."""
    problem, ending = source.needed_problem(), path.suffix.lower()
    if ending in WORKBOOK.solved:
        from formats.excel.write import write_timetable

        data = write_timetable(problem, timetable, bound)
    elif ending in FET.solved:
        from formats.fet import write_fet

        data = write_fet(source.data, problem, timetable)
    elif ending in XHSTT.solved and source.archive is not None:
        data = _archive(source.data, source.archive, timetable)
    elif ending in COURSE_TIMETABLING.solved:
        from formats.ctt import write_solution

        data = write_solution(problem, timetable)
    else:
        data = bundle(problem, timetable)
    save(path, data)


def _archive(original: bytes, found: "XhsttImport", timetable: Timetable) -> bytes:
    """With a solution group of a name that is not taken."""
    from formats.xhstt import groups_in, write_xhstt

    taken = groups_in(original)
    names = ("Timewright", *(f"Timewright {n}" for n in range(2, len(taken) + 2)))
    return write_xhstt(original, found, timetable, next(name for name in names if name not in taken))


def save_problem(path: Path, problem: Problem, timetable: Timetable | None = None) -> None:
    """.xlsx: the school workbook, with a sheet Timetable if there is one; .json: both."""
    if path.suffix.lower() == ".json":
        save(path, bundle(problem, timetable))
        return
    from formats.errors import FormatError
    from formats.excel.write_input import write_input

    try:
        data = write_input(problem, timetable)
    except FormatError as error:
        raise InputError(f"the school workbook cannot say all of it: {error}", hint="write .json instead") from error
    save(path, data)


def bundle(problem: Problem, timetable: Timetable | None) -> bytes:
    """Problem and timetable in one JSON object."""
    content = {
        "problem": problem.model_dump(mode="json"),
        "timetable": None if timetable is None else timetable.model_dump(mode="json"),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def save(path: Path, data: bytes) -> None:
    """Puts the file in place in one step, so that there is never half a file."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WrongUse(f"{path} cannot be written: {error.strerror}") from error
