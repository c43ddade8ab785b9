"""The suite of FET sample files."""

from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from benchmarks.peers import installed, reopened
from benchmarks.records import Record
from benchmarks.solving import Case, Opened, solving_suite
from datasets.catalog import instances
from formats.fet import read_fet, write_fet
from models.problem import Problem
from models.timetable import Timetable

OFFICIAL = "FET-?-official/*"


def cases() -> list[Case]:
    """The listed sample files of official mode, by path."""
    return [Case(i.name, partial(_open, i.path), i.path) for i in instances("fet") if fnmatch(i.name, OFFICIAL)]


def _open(path: Path) -> Opened:
    found = read_fet(path.read_bytes(), ignore_unsupported=True)
    lacking = tuple(f"{name} x {count}" for name, count in found.unsupported)
    return Opened(found.problem, lacking, judge=partial(_judged, path, found.problem))


def _judged(path: Path, problem: Problem, timetable: Timetable) -> Record:
    """What FET says of the solved file."""
    if not installed("fet-cl"):
        return {}
    return {"reopened": reopened(write_fet(path.read_bytes(), problem, timetable))}


SUITE = solving_suite("fet", "FET sample files of official mode", 25.0, cases)
