"""What a suite of benchmarks is: cases, a way to run one, and the columns its results are shown in."""

import hashlib
from collections.abc import Callable, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from benchmarks.columns import SOLVING, SOLVING_PEER, Column, Runs, worse_timetable
from benchmarks.records import Record

HALVES = ("tuning", "reporting")
SCHOOL_PARTS = 3
"""Parts of a path that name a school in lists of files: collection/country/school."""


class Asked(NamedTuple):
    """What a run is asked for. seconds: wall-clock limit, reading included; workers: cores (never 0); first: stop at
    the first complete timetable; judge: let an installed peer judge the timetable too."""

    seconds: float
    seed: int
    workers: int
    first: bool = False
    judge: bool = False


def no_summary(records: Runs) -> list[str]:
    return []


class Plot(NamedTuple):
    """name: end of the file name; draw: an SVG document, empty where there is nothing to show."""

    name: str
    draw: Callable[[Runs], str]


class Suite(NamedTuple):
    """cases: names, in the order in which they run; run: one of them, in a process of its own, as a record with at
    least `status` (a word) and `complete` (whether it succeeded); seconds: the limit unless another is asked for;
    columns: of our runs, peer_columns: of each peer's; file: what a peer reads of a case (None: peers cannot run);
    summary: lines below the table; plots: pictures of the results; worse: what became worse from the runs of a case
    to later ones, empty if nothing did."""

    name: str
    about: str
    seconds: float
    cases: Callable[[], Sequence[str]]
    run: Callable[[str, Asked], Record]
    columns: tuple[Column, ...] = SOLVING
    peer_columns: tuple[Column, ...] = SOLVING_PEER
    file: Callable[[str], Path | None] | None = None
    summary: Callable[[Runs], list[str]] = no_summary
    plots: tuple[Plot, ...] = ()
    worse: Callable[[Runs, Runs], str] = worse_timetable


def chosen(suite: Suite, pattern: str = "", half: str = "") -> list[str]:
    """Cases whose name fits the pattern (* and ? as in file names) and that are in the half; empty: all."""
    fitting = [name for name in suite.cases() if not pattern or fnmatch(name, pattern)]
    return [name for name in fitting if not half or half_of(name) == half]


def half_of(case: str) -> str:
    """Tuning or reporting, by a hash of the name; files of one school, told by their folders, stay together."""
    school = "/".join(case.split("/")[:SCHOOL_PARTS])
    return HALVES[hashlib.sha256(school.encode()).digest()[0] % 2]
