"""Files of every format, opened by their ending."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from api.errors import InputError
from api.name import program
from api.summary import of_finding, of_unsupported
from formats import COURSE_TIMETABLING, FET, JSON, WORKBOOK, XHSTT, Format, format_of, school_endings
from models.problem import Problem
from models.timetable import Timetable

if TYPE_CHECKING:
    from formats.ctt import Formulation
    from formats.errors import Unsupported
    from formats.excel.findings import Finding
    from formats.xhstt import XhsttImport


class Asked(NamedTuple):
    """How to read: ignore_unsupported: leave out what no rule expresses and say so; formulation: whose wishes count in
    a file of course timetabling."""

    ignore_unsupported: bool = False
    formulation: "Formulation" = "UD2"


@dataclass(frozen=True)
class Opened:
    """What a file holds. findings: errors and warnings of a workbook; unsupported: what a foreign format asks for that
    was left out, with its count; notes: what else a person should know; data: the bytes as they were; archive: what an
    .xml was read as."""

    path: Path
    problem: Problem | None = None
    timetable: Timetable | None = None
    findings: "tuple[Finding, ...]" = ()
    unsupported: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    data: bytes = field(default=b"", repr=False)
    archive: "XhsttImport | None" = field(default=None, repr=False)

    def needed_problem(self) -> Problem:
        """The problem; InputError if there is none."""
        if self.problem is not None:
            return self.problem
        errors = [f for f in self.findings if f.is_error]
        if errors:
            hint = f"To read all about it: {program()} check {self.path}"
            raise InputError(*(f.sentence for f in errors), hint=hint, errors=[of_finding(f) for f in errors])
        raise InputError(f"{self.path.name} holds a timetable but not the school it is for")


def ending_of(path: Path) -> str:
    """The ending that says the format, in small letters: that before .gz, if the file is packed."""
    suffixes = [x.lower() for x in path.suffixes]
    return suffixes[-2] if suffixes[-1:] == [".gz"] and len(suffixes) > 1 else path.suffix.lower()


def open_file(path: Path, ignore_unsupported: bool = False, formulation: "Formulation" = "UD2") -> Opened:
    """InputError when it cannot be read at all; findings of a workbook are in the result. The rest: see `Asked`."""
    ending = ending_of(path)
    if not path.exists():
        raise InputError(f"{path} does not exist")
    found = WORKBOOK if path.is_dir() else format_of(ending)
    if found is None:
        known = f"{', '.join(school_endings())} and a folder of .csv files"
        raise InputError(f"{path.name}: the ending {ending or '(none)'} is not known; known are {known}")
    return OPENERS[found](path, Asked(ignore_unsupported, formulation))


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error


def open_timetable(path: Path, problem: Problem) -> Timetable:
    """The timetable of a file for a school that is known: from a finished workbook, a sheet Timetable, a .fet file in
    which all is fixed, an archive with one solution, a solution of course timetabling, or JSON."""
    if not path.exists():
        raise InputError(f"{path} does not exist")
    if path.suffix.lower() in COURSE_TIMETABLING.solutions:
        return _open_solution(path, problem)
    if not path.is_dir() and path.suffix.lower() not in WORKBOOK.read:
        timetable = open_file(path).timetable
        if timetable is None:
            raise InputError(f"{path.name} holds no timetable")
        return timetable
    from formats.excel.read_placed import read_placed

    placed, findings = read_placed(path, problem)
    if placed is None:
        raise InputError(*(f"{path.name}: {f.sentence}" for f in findings if f.is_error))
    return placed


def _open_workbook(path: Path, asked: Asked) -> Opened:
    from formats.excel.read import read

    found = read(path)
    data = b"" if path.is_dir() else read_bytes(path)
    return Opened(path, found.problem, found.timetable, found.findings, data=data)


def _open_fet(path: Path, asked: Asked) -> Opened:
    from formats.errors import FormatError, Unsupported
    from formats.fet import read_fet
    from formats.fet.fixed import fixed_timetable

    data = read_bytes(path)
    try:
        found = read_fet(data, ignore_unsupported=asked.ignore_unsupported)
    except Unsupported as lack:
        raise _lacking(path, lack) from lack
    except FormatError as error:
        raise InputError(f"{path.name}: {error}") from error
    timetable = fixed_timetable(found.problem)
    return Opened(path, found.problem, timetable, (), found.unsupported, found.notes, data)


def _lacking(path: Path, lack: "Unsupported") -> InputError:
    """What to say when a file asks for something that no rule expresses."""
    return InputError(
        *(f"{path.name} asks for {kind} ({count}), which no rule expresses" for kind, count in lack.types),
        hint="--ignore-unsupported leaves these out and says so",
        unsupported=of_unsupported(lack.types),
    )


def _open_archive(path: Path, asked: Asked) -> Opened:
    """An instance of an XHSTT archive, with its solution if it has exactly one."""
    from formats.errors import FormatError, Unsupported
    from formats.xhstt import read_solved, read_xhstt, solutions_in

    data = read_bytes(path)
    try:
        solutions = solutions_in(data)
        if len(solutions) == 1:
            found, timetable = read_solved(data, ignore_unsupported=asked.ignore_unsupported)
            return Opened(path, found.problem, timetable, (), found.unsupported, found.notes, data, found)
        found = read_xhstt(data, ignore_unsupported=asked.ignore_unsupported)
    except Unsupported as lack:
        raise _lacking(path, lack) from lack
    except FormatError as error:
        raise InputError(f"{path.name}: {error}") from error
    several = (f"{len(solutions)} solutions left aside: {', '.join(solutions)}",) if solutions else ()
    return Opened(path, found.problem, None, (), found.unsupported, (*found.notes, *several), data, found)


def _open_solution(path: Path, problem: Problem) -> Timetable:
    from formats.ctt import read_solution
    from formats.errors import FormatError

    try:
        return read_solution(read_bytes(path), problem)
    except FormatError as error:
        raise InputError(f"{path.name}: {error}") from error


def _open_ctt(path: Path, asked: Asked) -> Opened:
    from formats.ctt import read_ctt
    from formats.errors import FormatError

    data = read_bytes(path)
    try:
        return Opened(path, read_ctt(data, asked.formulation), data=data)
    except FormatError as error:
        raise InputError(f"{path.name}: {error}") from error


def _open_json(path: Path, asked: Asked) -> Opened:
    """A problem, a timetable, or both as {"problem": ..., "timetable": ...}."""
    data = read_bytes(path)
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path.name} is not valid JSON: {error}") from error
    if not isinstance(content, dict):
        raise InputError(f"{path.name} holds a JSON {type(content).__name__}, expected an object")
    try:
        if "placements" in content:
            return Opened(path, None, Timetable.model_validate(content), data=data)
        if "problem" not in content:
            return Opened(path, Problem.model_validate(content), data=data)
        timetable = content.get("timetable")
        placed = None if timetable is None else Timetable.model_validate(timetable)
        return Opened(path, Problem.model_validate(content["problem"]), placed, data=data)
    except ValidationError as error:
        raise InputError(*(f"{path.name}: {_sentence(e)}" for e in error.errors())) from error


def _sentence(error: Any) -> str:
    place = ".".join(str(x) for x in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{place}: {message}" if place else message


OPENERS: dict[Format, Callable[[Path, Asked], Opened]] = {
    WORKBOOK: _open_workbook,
    FET: _open_fet,
    COURSE_TIMETABLING: _open_ctt,
    XHSTT: _open_archive,
    JSON: _open_json,
}
"""How a file of each format is opened."""
