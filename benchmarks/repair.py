"""Repairing a timetable: generated schools of two sizes, each disrupted in six ways.

A case is named classes/kind-number. It is complete when what was found is proven: the fewest changes, or that no
repair exists. The time is that of the repair alone, with the school and its timetable in memory.
"""

from statistics import median

from api.changes import applied, changes_in
from benchmarks.columns import Column, Runs, number, outcome, seconds, slower
from benchmarks.records import Record
from benchmarks.suite import Asked, Suite
from datasets.disruptions import KINDS, NUMBERS, disruption
from datasets.generate import Generated, generate
from datasets.sample import CLASSES, sample
from models.score import score
from solver import Limits
from solver.repair import repair
from solver.repair_result import Repair

SIZES = (CLASSES, 100)
"""Classes of the sample, and of the generated school of seed 1."""


def cases() -> list[str]:
    return [f"{size}/{kind}-{n}" for size in SIZES for kind in KINDS for n in NUMBERS]


def run(case: str, asked: Asked) -> Record:
    size, _, name = case.partition("/")
    kind, _, number_ = name.rpartition("-")
    made = _school(int(size))
    happened = disruption(made, kind, int(number_))
    listed = changes_in(list(happened.changes), case) if happened.changes else []
    problem, timetable = applied(made.problem, happened.timetable, [(case, c) for c in listed])
    found = repair(problem, timetable, Limits(seconds=asked.seconds, workers=asked.workers, seed=asked.seed))
    if found.timetable is not None and not score(problem, found.timetable).complete:
        raise ValueError(f"the repair of {case} breaks a hard rule")
    return {"lessons": len(problem.lessons), **judged(found)}


def _school(classes: int) -> Generated:
    return sample() if classes == CLASSES else generate(classes, 1)


def judged(found: Repair) -> Record:
    """complete: proven; moves_proven: at least that no fewer lessons can move."""
    amount = found.amount._asdict() if found.amount is not None else {}
    impossible = str(found.status) == "infeasible"
    return {
        "status": "no repair exists" if impossible else str(found.status),
        "complete": found.proven or impossible,
        "moves_proven": impossible or (found.amount is not None and found.amount.moves == found.at_least),
        "seconds_total": round(found.seconds, 3),
        "at_least": found.at_least,
        **amount,
    }


def summary(records: Runs) -> list[str]:
    """For each size and kind, and for the five kinds of the target together: the share of proofs, and the time."""
    told: list[str] = []
    for size in SIZES:
        of_size = [r for r in records if r["case"].startswith(f"{size}/")]
        five = [r for r in of_size if _kind(r) != "teacher-hours"]
        told += [_said(f"{size} classes, {kind}", [r for r in of_size if _kind(r) == kind]) for kind in KINDS]
        told.append(_said(f"{size} classes, all but teacher-hours", five))
    return [line for line in told if line]


def _kind(record: Record) -> str:
    return str(record["case"]).partition("/")[2].rpartition("-")[0]


def _said(name: str, records: Runs) -> str:
    done = [r for r in records if not r.get("error")]
    if not done:
        return ""
    times = [r["seconds_total"] for r in done]
    proven, repaired = sum(r["complete"] for r in done), sum("moves" in r for r in done)
    return (
        f"{name}: {proven} of {len(records)} proven, {repaired} repaired, median {median(times):.1f} s, "
        f"longest {max(times):.1f} s"
    )


def _changes(runs: Runs) -> str:
    last = runs[-1] if runs else {}
    if "moves" not in last:
        return ""
    names = ("moves", "makeshift", "teachers", "rooms", "people")
    return ", ".join(f"{last[name]} {name}" for name in names if last[name])


SUITE = Suite(
    name="repair",
    about="generated schools whose timetable an absence, a closed room, a new class or a clash breaks",
    seconds=20.0,
    cases=cases,
    run=run,
    columns=(
        outcome("proven"),
        seconds("time", "seconds_total"),
        Column("changes", _changes),
        number("moves at least", "at_least"),
    ),
    summary=summary,
    worse=slower("seconds_total", "repaired after"),
)
