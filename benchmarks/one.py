"""One run in a process of its own: python -m benchmarks.one SUITE CASE ... prints one JSON object as its last line."""

import argparse
import json
from collections.abc import Sequence

from benchmarks.machine import keep_to_cores, load, peak_memory_mb
from benchmarks.peers import run_peer
from benchmarks.records import Record
from benchmarks.suite import Asked, Suite
from benchmarks.suites import suite


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.one", description=__doc__)
    parser.add_argument("suite")
    parser.add_argument("case")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--peer", default="")
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--judge", action="store_true")
    given = parser.parse_args(arguments)
    busy, cores = load(), keep_to_cores(given.workers)
    asked = Asked(given.seconds, given.seed, cores, given.first, given.judge)
    print(json.dumps({"load": busy, **answer(suite(given.suite), given.case, given.peer, asked)}))
    return 0


def answer(known: Suite, case: str, peer: str, asked: Asked) -> Record:
    """The record of a run of ours, or of the peer's."""
    if not peer:
        return {**known.run(case, asked), "peak_mb": peak_memory_mb()}
    file = known.file(case) if known.file else None
    if file is None:
        raise ValueError(f"case {case} of suite {known.name} has no file that {peer} could read")
    return run_peer(peer, file, asked.seconds)


if __name__ == "__main__":
    raise SystemExit(main())
