"""Records and a suite to test with."""

from pathlib import Path

from benchmarks.columns import number, outcome, slower
from benchmarks.records import Record
from benchmarks.suite import Asked, Suite

HERE = {"cpu": "abacus", "cores": 1, "memory_gb": 2.0, "python": "3.11", "ortools": "9.15", "commit": "abc"}


def record(case: str, solver: str = "timewright", **more: object) -> Record:
    key = {"suite": "schools", "case": case, "solver": solver, "seconds": 60.0, "seed": 0, "workers": 2}
    return {**key, "when": "2026-11-20T10:00:00+00:00", "machine": HERE, **more}


def solved(case: str, soft: int, first: float = 1.0, **more: object) -> Record:
    """A complete run whose score came down to `soft` at twice the time of the first timetable."""
    curve = [[first, 0, 0, 2 * soft, 0], [2 * first, 0, 0, soft, 0]]
    scores = {"hard": 0, "unplaced": 0, "soft": soft, "bound": 0, "gap": 1.0 if soft else 0.0}
    found = {"status": "feasible", "complete": True, "seconds_first": first, "curve": curve, **scores}
    return record(case, **{**found, **more})  # type: ignore[arg-type]  # the suite and solver of a test are text


def counting(case: str, asked: Asked) -> Record:
    return {"status": "counted", "complete": asked.seconds > 1, "beads": len(case) * asked.seed}


COUNTING = Suite(
    "counting",
    "beads on wires",
    5.0,
    lambda: ["one", "two", "three"],
    counting,
    (outcome("done"), number("beads", "beads")),
    file=lambda case: Path(case),
    worse=slower("seconds_total", "counted after"),
)
"""A suite whose cases are not problems."""
