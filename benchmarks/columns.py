"""Columns of the tables of results. Each shows the runs of one case over all seeds, numbers as their median."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from benchmarks.records import Record

T = TypeVar("T", float, tuple[int, int])
Runs = Sequence[Record]
SLOWER = 1.5
"""What takes so many times as long is a regression, if it also takes SECONDS longer."""
SECONDS = 2.0


class Column(NamedTuple):
    """show: a cell; it is given at least one run."""

    title: str
    show: Callable[[Runs], str]


def middle(values: Sequence[T | None]) -> T | None:
    """Median, where None (nothing found) is worse than any number; of two in the middle the worse."""
    found = sorted(v for v in values if v is not None)
    return found[len(values) // 2] if len(values) // 2 < len(found) else None


def median(runs: Runs, field: str) -> float | None:
    return middle([r.get(field) for r in runs])


def number(title: str, field: str, digits: int | None = None) -> Column:
    """digits: behind the point; None: as it is."""
    return Column(title, lambda runs: shown(median(runs, field), digits))


def seconds(title: str, field: str, digits: int = 1) -> Column:
    return Column(title, lambda runs: shown(median(runs, field), digits, " s"))


def percent(title: str, field: str) -> Column:
    """field: a share, 0.05 is 5 %."""
    return Column(title, lambda runs: shown_percent(median(runs, field)))


def text(title: str, field: str) -> Column:
    """The different values, as the runs have them."""
    return Column(title, lambda runs: ", ".join(dict.fromkeys(str(r[field]) for r in runs if r.get(field) is not None)))


def outcome(title: str) -> Column:
    """yes where every run succeeded, how many did, or what became of those that did not."""
    return Column(title, _outcome)


def _outcome(runs: Runs) -> str:
    good = sum(succeeded(r) for r in runs)
    if good == len(runs):
        return "yes"
    return f"{good} of {len(runs)}" if good else ", ".join(dict.fromkeys(_status(r) for r in runs))


def succeeded(r: Record) -> bool:
    """A timetable that the peer refuses does not count."""
    return bool(r.get("complete")) and not r.get("error") and r.get("reopened") in (None, "accepted")


def _status(r: Record) -> str:
    if r.get("error"):
        return "error"
    return "refused by the peer" if r.get("complete") else r.get("status", "no")


def shown(value: float | None, digits: int | None = None, unit: str = "") -> str:
    if value is None:
        return ""
    return (str(value) if digits is None else f"{value:.{digits}f}") + unit


def shown_percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"


def worse_timetable(old: Runs, new: Runs) -> str:
    """Fewer complete runs, a later first timetable, a worse soft score; where none is complete, more that is broken
    or unplaced."""
    before, now = (sum(succeeded(r) for r in runs) / len(runs) for runs in (old, new))
    if now < before:
        return "was complete, is not any more" if not now else f"complete in {now:.0%} of the runs, was {before:.0%}"
    if not now:
        return _more("hard", old, new) or _more("unplaced", old, new)
    return slower("seconds_first", "first timetable after")(old, new) or _more("soft", old, new)


def _more(field: str, old: Runs, new: Runs) -> str:
    was, is_ = median(old, field), median(new, field)
    return f"{field} {is_:g}, was {was:g}" if was is not None and is_ is not None and is_ > was else ""


def slower(field: str, said: str) -> Callable[[Runs, Runs], str]:
    """For suites whose result is a time. said: goes before the time."""

    def worse(old: Runs, new: Runs) -> str:
        was, is_ = median(old, field), median(new, field)
        if was is None or is_ is None or is_ <= max(SLOWER * was, was + SECONDS):
            return ""
        return f"{said} {is_:.1f} s, was {was:.1f} s"

    return worse


SOLVING = (
    outcome("complete"),
    seconds("first", "seconds_first"),
    number("unplaced", "unplaced"),
    number("soft", "soft"),
    number("bound", "bound"),
    percent("gap", "gap"),
    number("MB", "peak_mb", 0),
)
SOLVING_PEER = (outcome("complete"), seconds("first", "seconds_first"))
