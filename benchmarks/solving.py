"""Suites whose cases are problems to solve."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.columns import SOLVING, SOLVING_PEER, Column, Runs
from benchmarks.records import Record
from benchmarks.suite import Asked, Plot, Suite, no_summary
from models.problem import Problem
from models.score import score
from models.timetable import Timetable
from solver import Limits, Result, solve


def _nothing(timetable: Timetable) -> Record:
    return {}


class Opened(NamedTuple):
    """A case ready to be solved. unsupported: what it asks for and we lack; about: more on the best timetable, into
    the record (one with `infeasibility` is not complete); judge: what a peer says of a complete one."""

    problem: Problem
    unsupported: tuple[str, ...] = ()
    about: Callable[[Timetable], Record] = _nothing
    judge: Callable[[Timetable], Record] = _nothing


class Case(NamedTuple):
    """path: its file, where it has one."""

    name: str
    open: Callable[[], Opened]
    path: Path | None = None


def solving_suite(
    name: str,
    about: str,
    seconds: float,
    cases: Callable[[], Sequence[Case]],
    columns: tuple[Column, ...] = SOLVING,
    peer_columns: tuple[Column, ...] = SOLVING_PEER,
    summary: Callable[[Runs], list[str]] = no_summary,
    plots: tuple[Plot, ...] = (),
    files: bool = False,
) -> Suite:
    """A suite whose cases are read and solved within the limit. files: whether every case has a file for peers."""

    def case(wanted: str) -> Case:
        found = [c for c in cases() if c.name == wanted]
        if not found:
            raise ValueError(f"no case {wanted!r} in suite {name}")
        return found[0]

    return Suite(
        name,
        about,
        seconds,
        lambda: [c.name for c in cases()],
        lambda wanted, asked: run(case(wanted), asked),
        columns,
        peer_columns,
        (lambda wanted: case(wanted).path) if files else None,
        summary,
        plots,
    )


def run(case: Case, asked: Asked) -> Record:
    """Reading counts against the limit, as it does for a peer."""
    begin = time.perf_counter()
    opened = case.open()
    if opened.unsupported:
        return {"status": "unsupported", "complete": False, "message": ", ".join(opened.unsupported)}
    read = time.perf_counter() - begin
    limits = Limits(max(0.1, asked.seconds - read), workers=asked.workers, seed=asked.seed, first=asked.first)
    result = solve(opened.problem, limits)
    record = record_of(result, read)
    record["lessons"] = len(opened.problem.lessons)
    if result.timetable is not None:
        _checked(record, opened, result.timetable, asked)
    return record


def _checked(record: Record, opened: Opened, timetable: Timetable, asked: Asked) -> None:
    """What the definitions of the rules say of the timetable, and what a peer does."""
    checked = score(opened.problem, timetable)
    first = record["seconds_first"]
    record.update(hard=checked.hard, unplaced=checked.unplaced, soft=checked.soft, **opened.about(timetable))
    in_time = first is not None and first <= asked.seconds
    record["complete"] = checked.complete and in_time and not record.get("infeasibility")
    if record["complete"] and asked.judge:
        record.update(opened.judge(timetable))


def record_of(result: Result, read: float) -> Record:
    """Times in seconds from the start of reading; curve: [seconds, hard, unplaced, soft, bound] of each step."""

    def later(seconds: float | None) -> float | None:
        return None if seconds is None else round(seconds + read, 3)

    return {
        "status": str(result.status),
        "complete": False,
        "threads": result.workers,
        "bound": result.bound,
        "gap": result.gap,
        "seconds_read": round(read, 3),
        "seconds_first": later(result.seconds_first),
        "seconds_best": later(result.seconds_best),
        "seconds_total": later(result.seconds_total),
        "source": result.source,
        "curve": [[later(p.seconds), p.hard, p.unplaced, p.objective, p.bound] for p in result.curve],
        "notes": list(result.notes),
    }
