"""Menus of fixes: generated schools with a contradiction planted in them, one of each kind.

A case is named size/kind-seed. It is complete when the menu has at least three fixes and every one of them is proven:
its timetable keeps the hard rules of the school that the fix was applied to.
"""

from statistics import median

from benchmarks.columns import Column, Runs, number, outcome, seconds, slower
from benchmarks.records import Record
from benchmarks.suite import Asked, Suite
from datasets.infeasible import NAMES, infeasible
from models.problem import Problem
from models.score import score
from solver import Limits
from solver.fixes import fixes
from solver.menu import Menu

CLASSES, SEED = 24, 1

ENOUGH = 3
"""Fixes from which a menu is a choice."""


def cases() -> list[str]:
    return [f"{CLASSES}/{kind}-{SEED}" for kind in NAMES]


def run(case: str, asked: Asked) -> Record:
    size, _, name = case.partition("/")
    kind, _, seed = name.rpartition("-")
    problem = infeasible(kind, int(size), int(seed)).problem
    menu = fixes(problem, Limits(seconds=asked.seconds, workers=asked.workers, seed=asked.seed))
    return {"lessons": len(problem.lessons), **judged(problem, menu)}


def judged(problem: Problem, menu: Menu) -> Record:
    """fixes: on the menu; proven: of these; cheapest: price of the first, 0 without any; changes: most that one fix
    needs; explained: seconds for the contradictions alone."""
    proven = sum(score(fix.apply(problem), fix.timetable).complete for fix in menu.fixes)
    enough = len(menu.fixes) >= ENOUGH
    return {
        "status": "a menu" if enough else "few fixes" if menu.fixes else str(menu.status),
        "complete": enough and proven == len(menu.fixes),
        "seconds_total": round(menu.seconds, 2),
        "explained": round(menu.explanation.seconds, 2),
        "fixes": len(menu.fixes),
        "proven": proven,
        "cheapest": menu.fixes[0].price if menu.fixes else 0,
        "changes": max((len(f.changes) for f in menu.fixes), default=0),
        "contradictions": len(menu.explanation.cores),
    }


def _proven(runs: Runs) -> str:
    done = [r for r in runs if "proven" in r]
    return f"{done[-1]['proven']} of {done[-1]['fixes']}" if done else ""


def summary(records: Runs) -> list[str]:
    """How many menus are a choice, whether all fixes are proven, and the time they took."""
    done = [r for r in records if not r.get("error")]
    if not done:
        return []
    times = [r["seconds_total"] for r in done]
    found, proven = (sum(r[field] for r in done) for field in ("fixes", "proven"))
    return [
        f"{sum(r['fixes'] >= ENOUGH for r in done)} of {len(records)} menus with {ENOUGH} fixes or more, "
        f"{proven} of {found} fixes proven; median {median(times):.1f} s, longest {max(times):.1f} s"
    ]


SUITE = Suite(
    name="fixes",
    about="menus of fixes for generated schools with a planted contradiction, of ten kinds",
    seconds=120.0,
    cases=cases,
    run=run,
    columns=(
        outcome("three or more"),
        seconds("time", "seconds_total"),
        Column("fixes proven", _proven),
        number("cheapest", "cheapest"),
        number("contradictions", "contradictions"),
    ),
    summary=summary,
    worse=slower("seconds_total", "mended after"),
)
