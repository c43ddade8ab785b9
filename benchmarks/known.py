"""Costs of benchmark problems beside the best results known."""

import math
from collections.abc import Callable

from benchmarks.columns import Column, Runs, middle, shown, shown_percent
from benchmarks.records import OURS, Record
from datasets.catalog import Best, family

Cost = tuple[int, int]
"""Infeasibility (hard rules broken and periods unplaced), then the soft score; the first decides."""


def cost_of(record: Record) -> Cost | None:
    """As the archive of the case judges, where the record has that; else as the rules do. None: nothing found."""
    if record.get("error") or record.get("soft") is None:
        return None
    if "infeasibility" in record:
        return record["infeasibility"], record["objective"]
    return record["hard"] + record["unplaced"], record["soft"]


def cost(runs: Runs) -> Cost | None:
    """Median over the seeds."""
    return middle([cost_of(r) for r in runs])


class Known:
    """The best results known of the cases of a suite. families: of the catalogue, their instances being the cases."""

    def __init__(self, *families: str) -> None:
        self.families = families

    def best(self, case: str) -> Best | None:
        return next((b for name in self.families if (b := family(name).best.get(case)) is not None), None)

    def excess(self, runs: Runs) -> float | None:
        """Soft score over the best known, as a share of it; infinite where that is 0 and ours is not. None where
        either is infeasible or not known."""
        found, best = cost(runs), self.best(runs[0]["case"])
        if found is None or found[0] or best is None or best.hard or best.soft is None:
            return None
        if not best.soft:
            return math.inf if found[1] else 0.0
        return found[1] / best.soft - 1

    def reached(self, runs: Runs) -> bool:
        """Whether the median is as good as the best known, or better."""
        found, best = cost(runs), self.best(runs[0]["case"])
        if found is None or best is None:
            return False
        return found[0] < best.hard or (found[0] == best.hard and (best.soft is None or found[1] <= best.soft))

    def columns(self) -> tuple[Column, ...]:
        return (Column("best known", self._best), Column("excess", self._excess), Column("bound", _bound))

    def _best(self, runs: Runs) -> str:
        best = self.best(runs[0]["case"])
        if best is None:
            return ""
        soft = "?" if best.soft is None else str(best.soft)
        return f"{best.hard} + {soft}" if best.hard else soft

    def _excess(self, runs: Runs) -> str:
        return said_excess(self.excess(runs), runs)

    def summary(self, records: Runs) -> list[str]:
        """How often the best known is reached, and the mean excess over it."""
        rated = [runs for runs in by_case(records).values() if self.best(runs[0]["case"]) is not None]
        if not rated:
            return []
        found = [x for runs in rated if (x := self.excess(runs)) is not None]
        finite = [x for x in found if math.isfinite(x)]
        lines = [f"best known reached on {sum(self.reached(runs) for runs in rated)} of {len(rated)} cases"]
        if finite:
            lines.append(
                f"mean excess over the best known {shown_percent(sum(finite) / len(finite))} ({len(finite)} cases)"
            )
        if len(found) > len(finite):
            lines.append(f"above a best known of 0 on {len(found) - len(finite)} cases")
        return lines


def by_case(records: Runs, solver: str = OURS) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for r in records:
        if r["solver"] == solver:
            found.setdefault(r["case"], []).append(r)
    return found


def said_excess(share: float | None, runs: Runs) -> str:
    """A share has no meaning over a best known of 0: then the difference is told."""
    found = cost(runs)
    if share is not None and math.isinf(share) and found is not None:
        return f"+{found[1]}"
    return shown_percent(share)


def infeasibility(title: str = "infeasible") -> Column:
    return Column(title, _part(0))


def soft(title: str) -> Column:
    """Of feasible runs and of others."""
    return Column(title, _part(1))


def _part(index: int) -> Callable[[Runs], str]:
    def show(runs: Runs) -> str:
        found = cost(runs)
        return "" if found is None else str(found[index])

    return show


def _bound(runs: Runs) -> str:
    """The best of all seeds: a proof is one."""
    return shown(max((r["bound"] for r in runs if r.get("bound") is not None), default=None))
