"""The command line of the benchmarks.

timewright bench SUITE [--seconds 60] [--seeds 0,1,2] [--workers 2] [--peers fet-cl] [--instances PATTERN]
    [--half tuning|reporting] [--first] [--judge] [-o FILE]
timewright bench table FILE
timewright bench compare BEFORE AFTER

--json prints one object in place of text: {"runs": [...]}, for compare {"worse": [...]}.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.records import Record, read_records
from benchmarks.runner import Plan, bench
from benchmarks.suite import HALVES
from benchmarks.suites import SUITES
from benchmarks.table import compare, table
from datasets.catalog import InstancesMissing


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, 1 when `compare` finds something worse, 2 when it cannot be done."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given[:1] == ["table"]:
            return _table(given[1:])
        if given[:1] == ["compare"]:
            return _compare(given[1:])
        return _bench(given)
    except (InstancesMissing, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


def _bench(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("suite", choices=[s.name for s in SUITES])
    parser.add_argument("--seconds", type=float, help="wall-clock limit of a run (default: that of the suite)")
    parser.add_argument("--seeds", type=_integers, default=(0,), help="list of seeds (default 0)")
    parser.add_argument("--workers", type=int, default=2, help="cores of a run, peers too (default 2)")
    parser.add_argument("--peers", action="append", default=[], help="fet-cl, or 'name=command {file} {seconds}'")
    parser.add_argument("--instances", default="", help="only cases that fit this pattern, e.g. '*Spain*'")
    parser.add_argument("--half", choices=HALVES, default="", help="only cases to tune on, or only those to report")
    parser.add_argument("--first", action="store_true", help="stop ours at the first complete timetable")
    parser.add_argument("--judge", action="store_true", help="let FET judge our timetables, even if it is no peer")
    parser.add_argument("-o", "--output", type=Path, help="result file (default benchmarks/results/SUITE.jsonl)")
    x = _parsed(parser, arguments)
    plan = Plan(
        x.suite, x.seconds, x.seeds, x.workers, x.peers, x.instances, x.half, x.output, x.first, x.judge
    )  # fmt: skip
    _show(bench(plan, _say), x.json)
    return 0


def _parsed(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> argparse.Namespace:
    parser.add_argument("--json", action="store_true", help="print one JSON object in place of text")
    return parser.parse_args(arguments)


def _show(records: Sequence[Record], as_json: bool) -> None:
    print(json.dumps({"runs": records}) if as_json else table(records))


def _integers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _table(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks table")
    parser.add_argument("file", type=Path)
    x = _parsed(parser, arguments)
    _show(read_records(x.file), x.json)
    return 0


def _compare(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks compare")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    x = _parsed(parser, arguments)
    worse = compare(read_records(x.before), read_records(x.after))
    print(json.dumps({"worse": worse}) if x.json else "\n".join(worse) or "nothing became worse")
    return 1 if worse else 0
