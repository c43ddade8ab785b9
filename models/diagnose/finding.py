"""What a proof or a warning says, and the words it is made of."""

from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple

from models.time import BaseGrid

Severity = Literal["proof", "warning"]


class Finding(NamedTuple):
    """kind: which count found it; severity: "proof" when no complete timetable can exist, else "warning";
    sentence: for a director, with names and numbers; sources: the rows it rests on, e.g. "Teachers!F12";
    lessons, who: ids of the lessons and of the teachers, student sets or rooms concerned."""

    kind: str
    severity: Severity
    sentence: str
    sources: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    who: tuple[str, ...] = ()


def listed(names: Iterable[str], most: int = 6) -> str:
    """Names as a person lists them, the rest counted: "A, B and 3 others"; equal names once with their number."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    shown = [name if n == 1 else f"{n} × {name}" for name, n in counts.items()]
    if len(shown) > most:
        rest = sum(list(counts.values())[most - 1 :])
        shown = [*shown[: most - 1], f"{rest} others"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def told(findings: Iterable[Finding]) -> list[str]:
    """The sentences, each once, with the rows that findings of this sentence rest on: "... (Teachers!E42)"."""
    places: dict[str, dict[str, None]] = {}
    for finding in findings:
        places.setdefault(finding.sentence, {}).update(dict.fromkeys(finding.sources))
    return [f"{sentence} ({listed(found)})" if found else sentence for sentence, found in places.items()]


def times(grid: BaseGrid, cells: Iterable[int], among: Collection[int] | None = None) -> str:
    """Cells as a person names them: days whole (as far as `among` goes) by their names, else period by period."""
    named: list[str] = []
    chosen = set(cells)
    for day, all_ in enumerate(grid.day_cells):
        here = [c for c in all_ if c in chosen]
        if here and len(here) == sum(among is None or c in among for c in all_):
            named.append(grid.day_names[day])
        else:
            named.extend(grid.label(c) for c in here)
    return listed(named)


def capital(sentence: str) -> str:
    """The sentence with a capital first letter; the rest stays, names are the user's."""
    return sentence[:1].upper() + sentence[1:]
