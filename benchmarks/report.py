"""The committed results as a part of the documentation: for each file how it was measured, a table and pictures."""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from os.path import commonprefix
from pathlib import Path

from benchmarks.records import OURS, Record, read_records
from benchmarks.runner import RESULTS
from benchmarks.suite import half_of
from benchmarks.suites import suite
from benchmarks.table import latest, peers_of, table

HALF = 10
"""Cases, at least, of which one may say that they are a half of their suite."""


def results(folder: Path = RESULTS) -> dict[str, list[Record]]:
    """Name of a result file -> its records, the latest of each run."""
    found = {path.stem: latest(read_records(path)) for path in sorted(folder.glob("*.jsonl"))}
    return {name: records for name, records in found.items() if records}


def report(folder: Path = RESULTS) -> Iterator[str]:
    """Markdown. Pictures are named as `pictures` names them, below images/."""
    for name, records in results(folder).items():
        yield f"\n### {name}\n"
        for each in dict.fromkeys(r["suite"] for r in records):
            yield f"{suite(each).about[:1].upper()}{suite(each).about[1:]}.\n"
        yield "```sh"
        yield from commands(records, name)
        yield "```\n"
        yield f"{measured_on(records)}\n"
        for picture in _drawn(name, records):
            yield f"![{picture.removesuffix('.svg').replace('-', ' ')}](images/{picture})\n"
        yield table(records)


def pictures(folder: Path = RESULTS) -> dict[str, str]:
    """File name -> SVG document."""
    drawn: dict[str, str] = {}
    for name, records in results(folder).items():
        drawn.update(_drawn(name, records))
    return drawn


def _drawn(name: str, records: Sequence[Record]) -> dict[str, str]:
    suites = dict.fromkeys(r["suite"] for r in records)
    drawn = {
        f"benchmark-{name}-{plot.name}.svg": plot.draw([r for r in records if r["suite"] == each])
        for each in suites
        for plot in suite(each).plots
    }
    return {file: text for file, text in drawn.items() if text}


def commands(records: Sequence[Record], name: str) -> list[str]:
    """The calls that give such a file: one for each suite and limit in it."""
    groups: dict[tuple[object, ...], list[Record]] = {}
    for r in records:
        groups.setdefault((r["suite"], r["seconds"], r["workers"]), []).append(r)
    return [_command(runs, name) for runs in groups.values()]


def _command(runs: Sequence[Record], name: str) -> str:
    one = runs[0]
    seeds = sorted({r["seed"] for r in runs if r["solver"] == OURS})
    parts = ["timewright", "bench", one["suite"], "--seconds", f"{one['seconds']:g}"]
    parts += ["--seeds", ",".join(map(str, seeds or [0])), "--workers", str(one["workers"])]
    for peer in peers_of(runs):
        parts += ["--peers", peer]
    parts += ["--first"] if any(r.get("first") for r in runs) else []
    parts += _selection(list(dict.fromkeys(r["case"] for r in runs)))
    return shlex.join([*parts, "-o", f"benchmarks/results/{name}.jsonl"])


def _selection(cases: Sequence[str]) -> list[str]:
    """What chooses these cases, as far as their names tell: so many are not all in one half by chance."""
    if len(cases) == 1:
        return ["--instances", cases[0]]
    halves, common = {half_of(case) for case in cases}, commonprefix(cases)  # noqa: RUF071  of names
    pattern = ["--instances", f"{common}*"] if common and "/" not in common else []
    return pattern + (["--half", *halves] if len(halves) == 1 and len(cases) >= HALF else [])


def measured_on(records: Sequence[Record]) -> str:
    """The machine, what else it did, and the commits."""
    machine = records[-1]["machine"]
    loads = [r["load"] for r in records if r.get("load") is not None]
    busy = f", load before a run {min(loads):g} to {max(loads):g}" if loads else ""
    days = _different(r["when"][:10] for r in records)
    return (
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, Python {machine['python']}, "
        f"OR-Tools {machine['ortools']}{busy}; {days}, commit {_different(r['machine']['commit'] for r in records)}."
    )


def _different(values: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(values))
