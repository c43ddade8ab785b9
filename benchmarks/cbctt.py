"""The suite of curriculum-based course timetabling: ITC-2007, track 3, and further problems of the same kind."""

from functools import partial
from pathlib import Path

from benchmarks.columns import Column, Runs, number, outcome, percent, seconds
from benchmarks.known import Known, by_case, cost, soft
from benchmarks.plots import gap_plot, target_plot
from benchmarks.solving import Case, Opened, solving_suite
from datasets.catalog import instances
from formats.ctt import read_ctt

FAMILIES = ("itc2007-cbctt", "cbctt-more")
KNOWN = Known(*FAMILIES)
WITHIN = 0.1
"""Excess over the best known within which a case counts as nearly solved."""


def cases() -> list[Case]:
    found = [i for name in FAMILIES for i in instances(name)]
    return [Case(i.name, partial(_open, i.path), i.path) for i in found]


def _open(path: Path) -> Opened:
    return Opened(read_ctt(path))


def winner(case: str) -> float | None:
    """Average of the winner of 2007."""
    best = KNOWN.best(case)
    return None if best is None else best.winner


def _winner(runs: Runs) -> str:
    average = winner(runs[0]["case"])
    return "" if average is None else f"{average:g}"


def summary(records: Runs) -> list[str]:
    rated = [(runs, average) for case, runs in by_case(records).items() if (average := winner(case)) is not None]
    below = [c is not None and c[0] == 0 and c[1] <= average for runs, average in rated for c in [cost(runs)]]
    said = [f"not above the average of the winner of 2007 on {sum(below)} of {len(rated)} cases"] if rated else []
    return [*KNOWN.summary(records), *said]


SUITE = solving_suite(
    "cbctt",
    "curriculum-based course timetabling: ITC-2007 and others, weights UD2",
    300.0,
    cases,
    columns=(
        outcome("feasible"),
        seconds("first", "seconds_first"),
        soft("cost"),
        *KNOWN.columns(),
        percent("gap", "gap"),
        Column("winner 2007", _winner),
        number("MB", "peak_mb", 0),
    ),
    summary=summary,
    plots=(target_plot(KNOWN, WITHIN), gap_plot(KNOWN)),
    files=True,
)
