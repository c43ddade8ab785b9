"""One run in a process of its own: python -m benchmarks.one SUITE CASE ... prints one JSON object as its last line."""

import argparse
import json
import time
from collections.abc import Sequence

from benchmarks.machine import keep_to_cores, peak_memory_mb
from benchmarks.peers import installed, reopened, run_peer
from benchmarks.records import Record
from benchmarks.suites import Opened, suite
from models.score import score
from solver import Limits, Result, solve

OURS = "timewright"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.one", description=__doc__)
    parser.add_argument("suite")
    parser.add_argument("case")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--peer", default="")
    parser.add_argument("--first", action="store_true")
    given = parser.parse_args(arguments)
    cores = keep_to_cores(given.workers)
    begin = time.perf_counter()
    case = next(c for c in suite(given.suite).cases() if c.name == given.case)
    opened = case.open()
    if given.peer and opened.path is None:
        parser.error(f"suite {given.suite} has no files that {given.peer} could read")
    elif given.peer and opened.path is not None:
        record = run_peer(given.peer, opened.path, given.seconds)
    elif opened.unsupported:
        record = {"status": "unsupported", "complete": False, "message": ", ".join(opened.unsupported)}
    else:
        read = time.perf_counter() - begin
        limits = Limits(seconds=max(0.1, given.seconds - read), workers=cores, seed=given.seed, first=given.first)
        record = run_ours(opened, limits, given.seconds, read)
    print(json.dumps(record))
    return 0


def run_ours(opened: Opened, limits: Limits, seconds: float, read: float) -> Record:
    """Reading counts against the limit in seconds, as it does for a peer. read: seconds it took."""
    problem = opened.problem
    result = solve(problem, limits)
    record = record_of(result, read)
    if result.timetable is not None:
        checked = score(problem, result.timetable)
        in_time = result.seconds_first is not None and result.seconds_first + read <= seconds
        record.update(hard=checked.hard, unplaced=checked.unplaced, soft=checked.soft)
        record["complete"] = checked.complete and in_time
    record.update(lessons=len(problem.lessons), peak_mb=peak_memory_mb())
    if record["complete"] and opened.path is not None and result.timetable is not None and installed("fet-cl"):
        from formats.fet import write_fet

        record["reopened"] = reopened(write_fet(opened.path.read_bytes(), problem, result.timetable))
    return record


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


if __name__ == "__main__":
    raise SystemExit(main())
