"""The suite of FET sample files, with FET itself as peer and as judge."""

from fnmatch import fnmatch
from functools import partial
from math import exp, log
from pathlib import Path

from benchmarks.columns import SOLVING, Runs, median, number, outcome, seconds, shown, succeeded
from benchmarks.known import by_case
from benchmarks.peers import installed, judged
from benchmarks.plots import peer_plot, target_plot
from benchmarks.records import Record
from benchmarks.solving import Case, Opened, solving_suite
from datasets.catalog import instances
from formats.fet import read_fet, write_fet
from models.problem import Problem
from models.timetable import Timetable

OFFICIAL = "FET-?-official/*"
PEER = "fet-cl"
QUICKEST = 0.05
"""Seconds below which times count as equal: starting a program takes as long."""


def cases() -> list[Case]:
    """The listed sample files of official mode, by path."""
    return [Case(i.name, partial(_open, i.path), i.path) for i in instances("fet") if fnmatch(i.name, OFFICIAL)]


def _open(path: Path) -> Opened:
    found = read_fet(path.read_bytes(), ignore_unsupported=True)
    lacking = tuple(f"{name} x {count}" for name, count in found.unsupported)
    return Opened(found.problem, lacking, judge=partial(_judged, path, found.problem))


def _judged(path: Path, problem: Problem, timetable: Timetable) -> Record:
    """What FET says of the solved file."""
    return judged(write_fet(path.read_bytes(), problem, timetable)) if installed(PEER) else {}


def summary(records: Runs) -> list[str]:
    """Ours beside FET: cases only one completes; times and soft conflicts where both do."""
    ours, theirs = by_case(records), by_case(records, PEER)
    pairs = {case: (ours[case], theirs[case]) for case in ours if case in theirs}
    if not pairs:
        return []
    solved = {case: (_mostly(mine), _mostly(fet)) for case, (mine, fet) in pairs.items()}
    both = [pair for case, pair in pairs.items() if all(solved[case])]
    only = {who: [c for c, pair in solved.items() if pair == who] for who in ((True, False), (False, True))}
    neither = sum(not any(pair) for pair in solved.values())
    return [
        f"complete: both on {len(both)} of {len(pairs)} files, only timewright on {len(only[True, False])}, "
        f"only {PEER} on {len(only[False, True])}, neither on {neither}",
        *(f"only {PEER} completes {case}" for case in only[False, True]),
        *_times(both),
        *_soft(both),
    ]


def _mostly(runs: Runs) -> bool:
    """Whether the median run is complete."""
    return sum(succeeded(r) for r in runs) * 2 > len(runs)


def _times(both: list[tuple[list[Record], list[Record]]]) -> list[str]:
    ratios = [
        max(QUICKEST, a) / max(QUICKEST, b) for pair in both for a, b in [_pair(pair, "seconds_first")] if a and b
    ]
    if not ratios:
        return []
    mean = exp(sum(map(log, ratios)) / len(ratios))
    return [f"time to a complete timetable: geometric mean {shown(mean, 2)} times {PEER}'s ({len(ratios)} files)"]


def _soft(both: list[tuple[list[Record], list[Record]]]) -> list[str]:
    totals = [(a, b) for pair in both for a, b in [_pair(pair, "fet_soft")] if a is not None and b is not None]
    if not totals:
        return []
    good = sum(a <= b for a, b in totals)
    return [f"total of FET's soft conflicts not above {PEER}'s on {good} of {len(totals)} files that both complete"]


def _pair(pair: tuple[list[Record], list[Record]], field: str) -> tuple[float | None, float | None]:
    return median(pair[0], field), median(pair[1], field)


SUITE = solving_suite(
    "fet",
    "FET sample files of official mode",
    25.0,
    cases,
    columns=(*SOLVING, number("FET's soft", "fet_soft", 1)),
    peer_columns=(outcome("complete"), seconds("first", "seconds_first"), number("FET's soft", "fet_soft", 1)),
    summary=summary,
    plots=(target_plot(), peer_plot(PEER)),
    files=True,
)
