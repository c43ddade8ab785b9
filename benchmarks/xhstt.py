"""The suite of high-school timetabling: the XHSTT archives."""

from functools import partial
from pathlib import Path

from benchmarks.columns import number, outcome, seconds
from benchmarks.known import Known, infeasibility, soft
from benchmarks.plots import gap_plot, target_plot
from benchmarks.records import Record
from benchmarks.solving import Case, Opened, solving_suite
from datasets.catalog import instances
from formats.xhstt import XhsttImport, costs_of, read_xhstt
from models.timetable import Timetable

KNOWN = Known("xhstt")
WITHIN = 0.1
"""Excess over the best known within which a case counts as nearly solved."""


def cases() -> list[Case]:
    return [Case(i.name, partial(_open, i.path), i.path) for i in instances("xhstt")]


def _open(path: Path) -> Opened:
    data = path.read_bytes()
    found = read_xhstt(data, ignore_unsupported=True)
    lacking = tuple(f"{name} x {count}" for name, count in found.unsupported)
    return Opened(found.problem, lacking, partial(_costs, data, found))


def _costs(data: bytes, found: XhsttImport, timetable: Timetable) -> Record:
    """What the definitions of the archive say of a timetable, complete or not. Where the splits of events were chosen
    beforehand, the bound of these lessons is none of the instance."""
    costs = costs_of(data, found, timetable)
    of_lessons = {"bound": None, "gap": None} if found.notes else {}
    return {"infeasibility": costs.hard, "objective": costs.soft, "remarks": list(found.notes), **of_lessons}


SUITE = solving_suite(
    "xhstt",
    "high-school timetabling of many countries: XHSTT archives",
    600.0,
    cases,
    columns=(
        outcome("feasible"),
        seconds("first", "seconds_first"),
        infeasibility("infeasibility"),
        soft("objective"),
        *KNOWN.columns(),
        number("MB", "peak_mb", 0),
    ),
    summary=KNOWN.summary,
    plots=(target_plot(KNOWN, WITHIN), gap_plot(KNOWN)),
    files=True,
)
