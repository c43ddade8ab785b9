"""Runs a suite: one process per run, results appended as they come, what is already there is skipped."""

import datetime as dt
import json
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import peers as others
from benchmarks.machine import ROOT, machine
from benchmarks.one import OURS
from benchmarks.records import Key, Record, append, done, read_records
from benchmarks.suites import chosen, suite

RESULTS = Path(__file__).with_name("results")
OVERTIME = 180.0
"""Seconds beyond the limit (reading, checking, re-opening) after which a run is stopped."""


def bench(
    suite_name: str,
    seconds: float,
    seeds: Sequence[int] = (0,),
    workers: int = 2,
    peers: Sequence[str] = (),
    instances_pattern: str = "",
    output: Path | None = None,
    first: bool = False,
    say: Callable[[str], object] = print,
) -> list[Record]:
    """All runs asked for, old and new, as they stand in the result file (benchmarks/results/SUITE.jsonl).

    seconds: wall-clock limit of each run, reading included; workers: cores of each run, ours and the peers'.
    peers: fet-cl, or name=command; one that is not installed raises ValueError. A peer runs right after us on each
    case, with the first seed only. first: stop ours at the first complete timetable, as fet-cl does.
    """
    for peer in peers:
        if not others.installed(peer):
            raise ValueError(f"{others.name_of(peer)} is not installed")
    path = output or RESULTS / f"{suite_name}.jsonl"
    wanted = list(_runs(suite_name, seconds, seeds, workers, peers, instances_pattern))
    known, here = done(read_records(path)), machine()
    for number, (key, peer) in enumerate(wanted, 1):
        if key not in known:
            record = run(key, peer, here, first)
            append(path, record)
            say(f"[{number}/{len(wanted)}] {key.case} {key.solver}: {_told(record)}")
    keys = {key for key, _ in wanted}
    return [r for r in read_records(path) if Key(*(r[f] for f in Key._fields)) in keys]


def _runs(
    suite_name: str, seconds: float, seeds: Sequence[int], workers: int, peers: Sequence[str], pattern: str
) -> Iterator[tuple[Key, str]]:
    """Key and peer ("" is us) of each run, case by case."""
    for case in chosen(suite(suite_name), pattern):
        for seed in seeds:
            yield Key(suite_name, case.name, OURS, seconds, seed, workers), ""
        for peer in peers:
            yield Key(suite_name, case.name, others.name_of(peer), seconds, seeds[0], workers), peer


def run(key: Key, peer: str, here: dict[str, Any], first: bool = False) -> Record:
    """One process; what goes wrong in it stands in the record's `error`."""
    command = ["-m", "benchmarks.one", key.suite, key.case, "--seconds", f"{key.seconds:g}"]
    command += ["--seed", str(key.seed), "--workers", str(key.workers), *(["--peer", peer] if peer else [])]
    command += ["--first"] if first and not peer else []
    record: Record = {**key._asdict(), "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}
    record["command"] = shlex.join(["python", *command])
    try:
        ended = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=key.seconds + OVERTIME,
            check=False,
        )
    except subprocess.TimeoutExpired:
        record["error"] = f"stopped {OVERTIME:g} s after its limit"
    else:
        record.update(_answer(ended))
    return {**record, "machine": here}


def _answer(ended: "subprocess.CompletedProcess[str]") -> Record:
    if ended.returncode:
        return {"error": ended.stderr.strip()[-2000:] or f"exit code {ended.returncode}"}
    answer: Record = json.loads(ended.stdout.splitlines()[-1])
    return answer


def _told(record: Record) -> str:
    if record.get("error"):
        return f"error: {record['error'].splitlines()[-1]}"
    first = record.get("seconds_first")
    return f"{record['status']}{'' if first is None else f', first complete after {first:.1f} s'}"
