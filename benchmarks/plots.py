"""Pictures of the results of a suite, from its records."""

import math
from collections.abc import Sequence

from benchmarks.charts import Bar, Point, Series, bars, points, steps
from benchmarks.columns import Runs, median, middle, shown_percent, succeeded
from benchmarks.known import Known, by_case, said_excess
from benchmarks.records import OURS, Record
from benchmarks.suite import Plot


def target_plot(known: Known | None = None, within: float = 0.0) -> Plot:
    """Share of cases solved against time, ours and every peer's; where best results are known also the share that is
    within so much of them."""

    def draw(records: Runs) -> str:
        solvers = dict.fromkeys(r["solver"] for r in records)
        series = [_complete(records, solver) for solver in solvers]
        if known is not None:
            series += [_near(records, known, share) for share in (within, 0.0)]
        return steps(
            "Cases solved against time",
            f"share of {len(by_case(records))} cases with a complete timetable; medians over the seeds",
            series,
            max(r["seconds"] for r in records),
        )

    return Plot("time", draw)


def _complete(records: Runs, solver: str) -> Series:
    cases = by_case(records, solver)
    times = [middle([r.get("seconds_first") if succeeded(r) else None for r in runs]) for runs in cases.values()]
    return Series(f"{solver} complete" if solver == OURS else solver, [t for t in times if t is not None], len(cases))


def _near(records: Runs, known: Known, share: float) -> Series:
    """Cases whose best known result is feasible, by the time at which ours comes so near to it."""
    targets = {
        case: math.floor(best.soft * (1 + share))
        for case in by_case(records)
        if (best := known.best(case)) is not None and best.soft is not None and not best.hard
    }
    found = by_case(records)
    times = [middle([reached(r, target) for r in found[case]]) for case, target in targets.items()]
    label = f"within {share:.0%} of best known" if share else "best known"
    return Series(label, [t for t in times if t is not None], len(targets))


def reached(record: Record, target: int) -> float | None:
    """Seconds until a complete timetable with at most this soft score; None: never."""
    good = (
        at
        for at, hard, unplaced, soft, _ in record.get("curve", ())
        if not (hard or unplaced) and soft is not None and soft <= target
    )
    return min(good, default=None)


def gap_plot(known: Known) -> Plot:
    """Excess over the best known of each case that has one."""

    def draw(records: Runs) -> str:
        rows = []
        for case, runs in by_case(records).items():
            share = known.excess(runs)
            if share is not None:
                rows.append(Bar(case, max(0.0, share), said_excess(share, runs)))
        return _bars("Excess over the best result known", rows)

    return Plot("gap", draw)


def bound_plot() -> Plot:
    """Distance of each case to the bound that was proven for it."""

    def draw(records: Runs) -> str:
        found = {case: median(runs, "gap") for case, runs in by_case(records).items()}
        rows = [Bar(case, gap, shown_percent(gap)) for case, gap in found.items() if gap is not None]
        return _bars("Gap to the proven bound", rows)

    return Plot("gap", draw)


def _bars(title: str, rows: Sequence[Bar]) -> str:
    subtitle = f"medians over the seeds of {len(rows)} cases; what is above 100 % is cut"
    return bars(title, subtitle, rows) if rows else ""


def peer_plot(peer: str) -> Plot:
    """Time to a complete timetable, ours against the peer's."""

    def draw(records: Runs) -> str:
        ours, theirs = by_case(records), by_case(records, peer)
        found = [Point(_first(theirs[c]), _first(ours[c]), c) for c in ours if c in theirs]
        if not found:
            return ""
        return points(
            f"Time to a complete timetable: timewright and {peer}",
            "a point per case; on the far edges: not within the limit",
            (peer, OURS),
            found,
            max(r["seconds"] for r in records),
        )

    return Plot("peer", draw)


def _first(runs: Runs) -> float | None:
    return middle([r.get("seconds_first") if succeeded(r) else None for r in runs])
