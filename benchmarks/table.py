"""Results as text: a table with a row per case, and what became worse between two result files."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchmarks.columns import Runs, succeeded
from benchmarks.records import OURS, Record, key_of
from benchmarks.suite import Suite
from benchmarks.suites import suite

LATE = 1.05
"""Share of the limit at which a run, allowed a second more, ends late."""


class Group(NamedTuple):
    """What a row is about."""

    suite: str
    case: str
    seconds: float
    workers: int


def latest(records: Iterable[Record]) -> list[Record]:
    """Of two records of a run the later."""
    return list({key_of(r): r for r in records}.values())


def grouped(records: Iterable[Record]) -> dict[Group, dict[str, list[Record]]]:
    """Group -> solver -> its runs over all seeds."""
    found: dict[Group, dict[str, list[Record]]] = {}
    for record in latest(records):
        group = Group(*(record[field] for field in Group._fields))
        found.setdefault(group, {}).setdefault(record["solver"], []).append(record)
    return found


def table(records: Sequence[Record]) -> str:
    """Markdown: for each suite a row per case, then what the suite sums up and how many runs succeeded."""
    names = dict.fromkeys(r["suite"] for r in records)
    return "\n\n".join(_table(suite(name), [r for r in records if r["suite"] == name]) for name in names)


def _table(known: Suite, records: Sequence[Record]) -> str:
    groups = grouped(records)
    peers = peers_of(records)
    titles = [c.title for c in known.columns] + [f"{p} {c.title}" for p in peers for c in known.peer_columns]
    head = ("case", "limit", "runs", *titles)
    rows = [_row(known, group, runs, peers) for group, runs in groups.items()]
    lines = [_line(head), _line(["---"] * len(head)), *map(_line, rows), ""]
    notes = [*known.summary(records), *_totals(groups), *_late(records), *_reasons(groups)]
    return "\n".join([*lines, *(f"- {said}" for said in notes)])


def peers_of(records: Iterable[Record]) -> list[str]:
    return [solver for solver in dict.fromkeys(r["solver"] for r in records) if solver != OURS]


def _row(known: Suite, group: Group, runs: dict[str, list[Record]], peers: Sequence[str]) -> list[str]:
    ours = runs.get(OURS, [])
    cells = [c.show(ours) if ours else "" for c in known.columns]
    others = [c.show(runs[p]) if p in runs else "" for p in peers for c in known.peer_columns]
    return [group.case, f"{group.seconds:g} s", str(len(ours)), *cells, *others]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _totals(groups: dict[Group, dict[str, list[Record]]]) -> list[str]:
    """How many runs of each solver succeeded."""
    found: dict[str, list[bool]] = {}
    for runs in groups.values():
        for solver, records in runs.items():
            found.setdefault(solver, []).extend(succeeded(r) for r in records)
    return [f"{solver}: {sum(good)} of {len(good)} runs complete" for solver, good in found.items()]


def _late(records: Iterable[Record]) -> list[str]:
    """Runs of ours whose result is that of a longer search than was asked for."""
    ended = [(r["case"], r["seconds"], r.get("seconds_total") or 0.0) for r in records if r["solver"] == OURS]
    late = [f"{case} after {total:.0f} s" for case, limit, total in ended if total > limit * LATE + 1]
    return [f"ended late: {', '.join(late)}"] if late else []


def _reasons(groups: dict[Group, dict[str, list[Record]]]) -> list[str]:
    """Why ours was not run, or broke off."""
    found = {}
    for group, runs in groups.items():
        for r in runs.get(OURS, []):
            if r.get("error"):
                found[f"{group.case}: {r['error'].splitlines()[-1]}"] = True
            elif r.get("status") == "unsupported":
                found[f"{group.case} is not read: {r['message']}"] = True
    return list(found)


def compare(before: Iterable[Record], after: Iterable[Record]) -> list[str]:
    """One sentence for each case of both, and solver, that became worse; medians over the seeds that both have."""
    old, new = grouped(before), grouped(after)
    found = []
    for group, solvers in old.items():
        for solver, runs in solvers.items():
            pair = _same_seeds(runs, new.get(group, {}).get(solver, []))
            if pair[0] and (worse := suite(group.suite).worse(*pair)):
                found.append(f"{group.case} {solver} {group.seconds:g} s: {worse}")
    return found


def _same_seeds(old: Runs, new: Runs) -> tuple[Runs, Runs]:
    both = {r["seed"] for r in old} & {r["seed"] for r in new}
    return [r for r in old if r["seed"] in both], [r for r in new if r["seed"] in both]
