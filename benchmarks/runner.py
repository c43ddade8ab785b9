"""Runs a suite: one process per run, results appended as they come, what is already there is skipped."""

import datetime as dt
import json
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import peers as others
from benchmarks.machine import ROOT, machine
from benchmarks.records import OURS, Key, Record, append, done, key_of, read_records
from benchmarks.suite import Suite, chosen
from benchmarks.suites import suite

RESULTS = Path(__file__).with_name("results")
OVERTIME = 180.0
"""Seconds beyond the limit (reading, checking, re-opening) after which a run is stopped."""


class Plan(NamedTuple):
    """What to run. seconds: wall-clock limit of each run, reading included (None: that of the suite); workers: cores
    of each run, ours and the peers'; peers: fet-cl, or name=command; pattern and half: which cases; output: result
    file (None: benchmarks/results/SUITE.jsonl); first: stop ours at the first complete timetable; judge: let FET
    judge our timetables too, as it does whenever it is a peer."""

    suite: str
    seconds: float | None = None
    seeds: Sequence[int] = (0,)
    workers: int = 2
    peers: Sequence[str] = ()
    pattern: str = ""
    half: str = ""
    output: Path | None = None
    first: bool = False
    judge: bool = False


class Run(NamedTuple):
    """peer: as it was asked for, empty for us."""

    key: Key
    peer: str = ""
    judge: bool = False


def bench(plan: Plan, say: Callable[[str], object] = print) -> list[Record]:
    """All runs asked for, old and new, as they stand in the result file.

    A peer runs right after us on each case, with the first seed only; one that is not installed raises ValueError.
    """
    known_suite = suite(plan.suite)
    check(known_suite, plan)
    path = plan.output or RESULTS / f"{plan.suite}.jsonl"
    wanted = list(_runs(known_suite, plan))
    known, here = done(read_records(path)), machine()
    for number, one in enumerate(wanted, 1):
        if one.key not in known:
            record = run(one, here)
            append(path, record)
            say(f"[{number}/{len(wanted)}] {one.key.case} {one.key.solver}: {_told(record)}")
    keys = {one.key for one in wanted}
    return [r for r in read_records(path) if key_of(r) in keys]


def check(known: Suite, plan: Plan) -> None:
    """ValueError: a peer that cannot run."""
    for peer in plan.peers:
        if known.file is None:
            raise ValueError(f"suite {known.name} has nothing that {others.name_of(peer)} could run")
        if not others.installed(peer):
            raise ValueError(f"{others.name_of(peer)} is not installed")


def _runs(known: Suite, plan: Plan) -> Iterator[Run]:
    """Case by case, the peers' right after ours."""
    seconds = known.seconds if plan.seconds is None else plan.seconds
    judge = plan.judge or "fet-cl" in plan.peers
    for case in chosen(known, plan.pattern, plan.half):
        for seed in plan.seeds:
            yield Run(Key(known.name, case, OURS, seconds, seed, plan.workers, plan.first), judge=judge)
        for peer in plan.peers:
            yield Run(Key(known.name, case, others.name_of(peer), seconds, plan.seeds[0], plan.workers), peer)


def run(one: Run, here: dict[str, Any]) -> Record:
    """One process; what goes wrong in it stands in the record's `error`. here: the machine."""
    command = _command(one)
    record: Record = {**one.key._asdict(), "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}
    record["command"] = shlex.join(["python", *command])
    try:
        ended = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=one.key.seconds + OVERTIME,
            check=False,
        )
    except subprocess.TimeoutExpired:
        record["error"] = f"stopped {OVERTIME:g} s after its limit"
    else:
        record.update(_answer(ended))
    return {**record, "machine": here}


def _command(one: Run) -> list[str]:
    key = one.key
    command = ["-m", "benchmarks.one", key.suite, key.case, "--seconds", f"{key.seconds:g}"]
    command += ["--seed", str(key.seed), "--workers", str(key.workers), *(["--peer", one.peer] if one.peer else [])]
    return command + ["--first"] * key.first + ["--judge"] * one.judge


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
