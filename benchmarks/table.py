"""Results as text: a table of runs, and what became better or worse between two result files."""

from collections.abc import Iterable, Sequence

from benchmarks.records import Key, Record, key_of

HEAD = ("case", "solver", "seed", "limit", "threads", "complete", "first", "unplaced", "soft", "bound", "gap", "MB")
SLOWER = 1.5
"""A first timetable that takes so many times as long is a regression, if it also takes SECONDS longer."""
SECONDS = 2.0


def table(records: Iterable[Record]) -> str:
    """Markdown: one row per run, then how many of each solver's runs are complete."""
    rows = [_row(r) for r in records]
    lines = [_line(HEAD), _line(["---"] * len(HEAD)), *map(_line, rows)]
    return "\n".join([*lines, "", *_totals(rows)])


def _row(r: Record) -> tuple[str, ...]:
    answer = "error" if r.get("error") else "yes" if r.get("complete") else r.get("status", "no")
    if r.get("reopened") not in (None, "accepted"):
        answer = "refused by the peer"
    gap = r.get("gap")
    return (
        r["case"],
        r["solver"],
        str(r["seed"]),
        f"{r['seconds']:g} s",
        _number(r.get("threads")),
        answer,
        _seconds(r.get("seconds_first")),
        *(_number(r.get(field)) for field in ("unplaced", "soft", "bound")),
        "" if gap is None else f"{100 * gap:.1f} %",
        _number(r.get("peak_mb"), 0),
    )


def _number(value: float | None, digits: int | None = None) -> str:
    return "" if value is None else str(round(value, digits) if digits is None else f"{value:.{digits}f}")


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} s"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _totals(rows: Sequence[tuple[str, ...]]) -> list[str]:
    solvers = dict.fromkeys(row[1] for row in rows)
    return [f"{s}: {sum(r[5] == 'yes' for r in rows if r[1] == s)} of {sum(r[1] == s for r in rows)}" for s in solvers]


def compare(before: Iterable[Record], after: Iterable[Record]) -> list[str]:
    """One sentence for each run of both that became worse; the later record of a key counts."""
    old, new = ({key_of(r): r for r in records} for records in (before, after))
    return [f"{_name(k)}: {worse}" for k in old if k in new and (worse := _worse(old[k], new[k]))]


def _name(key: Key) -> str:
    return f"{key.case} {key.solver} seed {key.seed} {key.seconds:g} s"


def _worse(old: Record, new: Record) -> str:
    """What became worse; empty if nothing did."""
    if old.get("complete") and not new.get("complete"):
        return "was complete, is not any more"
    if not new.get("complete"):
        return ""
    if old.get("complete"):
        first, now = old.get("seconds_first") or 0.0, new.get("seconds_first") or 0.0
        if now > SLOWER * first and now > first + SECONDS:
            return f"first timetable after {now:.1f} s, was {first:.1f} s"
        if (new.get("soft") or 0) > (old.get("soft") or 0):
            return f"soft {new['soft']}, was {old['soft']}"
    return ""
