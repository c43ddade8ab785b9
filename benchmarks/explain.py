"""Explaining contradictions: generated schools with one planted in them, at two sizes.

A case is named size/kind-seed. It is complete when the core is minimal and confirmed; whether it is the planted
contradiction or another one, the record tells.
"""

from statistics import median

from benchmarks.columns import Column, Runs, outcome, seconds, slower
from benchmarks.records import Record
from benchmarks.suite import Asked, Suite
from datasets.infeasible import NAMES, SEEDS, Infeasible, infeasible
from solver import Limits
from solver.explain import Explanation, explain

SIZES = (24, 100)


def cases() -> list[str]:
    return [f"{size}/{kind}-{seed}" for size in SIZES for seed in SEEDS for kind in NAMES]


def run(case: str, asked: Asked) -> Record:
    size, _, name = case.partition("/")
    kind, _, seed = name.rpartition("-")
    school = infeasible(kind, int(size), int(seed))
    limits = Limits(seconds=asked.seconds, workers=asked.workers, seed=asked.seed)
    return {"lessons": len(school.problem.lessons), **judged(school, explain(school.problem, limits))}


def judged(school: Infeasible, explanation: Explanation) -> Record:
    """facts: of the core; planted: how many were planted; found: how many of these are in the core."""
    core = explanation.cores[0] if explanation.cores else None
    sources = {f.source for f in core.facts} if core else set[str]()
    minimal, confirmed = (core.minimal, core.confirmed) if core else (False, False)
    return {
        "status": "minimal" if minimal and confirmed else "a core" if core else str(explanation.status),
        "complete": minimal and confirmed,
        "seconds_total": round(explanation.seconds, 2),
        "facts": len(core.facts) if core else 0,
        "minimal": minimal,
        "confirmed": confirmed,
        "planted": len(school.planted),
        "found": len(sources.intersection(school.planted)),
    }


def _planted(runs: Runs) -> str:
    done = [r for r in runs if "found" in r]
    return f"{done[-1]['found']} of {done[-1]['planted']}" if done else ""


def _facts(runs: Runs) -> str:
    return "" if not runs or "facts" not in runs[-1] else str(runs[-1]["facts"])


def summary(records: Runs) -> list[str]:
    """For each size the share of minimal and confirmed cores, and the time they took."""
    return [said for size in SIZES for said in _of_size(size, [r for r in records if _size(r) == size])]


def _size(record: Record) -> int:
    return int(record["case"].partition("/")[0])


def _of_size(size: int, records: Runs) -> list[str]:
    done = [r for r in records if not r.get("error")]
    if not done:
        return []
    times = [r["seconds_total"] for r in done]
    whole = sum(r["found"] == r["planted"] for r in done)
    return [
        f"{size} classes: {sum(r['minimal'] for r in done)} of {len(records)} cores minimal, "
        f"{sum(r['confirmed'] for r in done)} confirmed, {whole} with every planted fact; "
        f"median {median(times):.1f} s, longest {max(times):.1f} s"
    ]


SUITE = Suite(
    name="explain",
    about="generated schools with a planted contradiction, of ten kinds",
    seconds=60.0,
    cases=cases,
    run=run,
    columns=(
        outcome("core"),
        seconds("time", "seconds_total"),
        Column("facts", _facts),
        Column("planted facts in it", _planted),
    ),
    summary=summary,
    worse=slower("seconds_total", "explained after"),
)
