"""The public instances: families with format, origin, licence and best results known, as catalog.toml lists them."""

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

CATALOG = Path(__file__).with_name("catalog.toml")
VARIABLE = "TIMEWRIGHT_INSTANCES"
"""Environment variable that names the folder of the data."""


class InstancesMissing(Exception):
    """The folder of the data, or a file that should be in it, is not there."""


class UnknownFamily(KeyError):
    """No family of that name is in the catalogue."""


class Best(NamedTuple):
    """The best result known. soft: None where only the hard part is known; bound: no result has a smaller soft part
    (None: not known); source: where the numbers were found; winner: average of the winner of the competition the
    instance was made for (None: not known)."""

    hard: int
    soft: int | None
    bound: int | None
    source: str
    winner: float | None = None


class Family(NamedTuple):
    """folder: below the folder of the data, unless absolute; files: patterns in it; listed: file with one path per
    line, used instead where it is not empty; best: instance -> best result known."""

    name: str
    title: str
    format: str
    folder: str
    files: tuple[str, ...]
    listed: str
    source: str
    licence: str
    best: dict[str, Best]


class Instance(NamedTuple):
    """name: file name without endings, or the path below the folder where the family is listed."""

    family: str
    name: str
    format: str
    path: Path
    best: Best | None


@cache
def families() -> tuple[Family, ...]:
    entries = tomllib.loads(CATALOG.read_text(encoding="utf-8"))["family"]
    return tuple(_family(name, entry) for name, entry in entries.items())


def _family(name: str, entry: dict[str, Any]) -> Family:
    provenance = entry.get("provenance", {})
    best = {
        instance: Best(x.get("hard", 0), x.get("soft"), x.get("bound"), provenance[x["from"]], x.get("winner"))
        for instance, x in entry.get("best", {}).items()
    }
    return Family(
        name,
        entry["title"],
        entry["format"],
        entry["folder"],
        tuple(entry.get("files", ())),
        entry.get("list", ""),
        entry["source"],
        entry["licence"],
        best,
    )


def family(name: str) -> Family:
    for known in families():
        if known.name == name:
            return known
    raise UnknownFamily(f"no family {name!r}; there are {', '.join(f.name for f in families())}")


def data_folder() -> Path:
    """Folder of the data, from the environment."""
    named = os.environ.get(VARIABLE)
    if not named:
        raise InstancesMissing(f"set {VARIABLE} to the folder of the public instances")
    folder = Path(named)
    if not folder.is_dir():
        raise InstancesMissing(f"{VARIABLE} names {named}, which is not a folder")
    return folder


def instances(name: str, data: Path | None = None) -> list[Instance]:
    """All instances of a family, by name. data: folder of the data, by default from the environment."""
    known = family(name)
    root = data if data is not None else data_folder()
    folder = root / known.folder
    if not folder.is_dir():
        raise InstancesMissing(f"the folder of family {name!r} is not there: {folder} ({known.source})")
    if known.listed:
        paths = {line: folder / line for line in (root / known.listed).read_text(encoding="utf-8").split("\n") if line}
    else:
        found = sorted(path for pattern in known.files for path in folder.glob(pattern))
        paths = {path.name.split(".")[0]: path for path in found}
    return [Instance(name, n, known.format, p, known.best.get(n)) for n, p in sorted(paths.items())]
