"""Results of benchmark runs, one JSON object per line."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

Record = dict[str, Any]
OURS = "timewright"


class Key(NamedTuple):
    """What makes two runs the same run. seconds: wall-clock limit; workers: cores; first: stops when complete."""

    suite: str
    case: str
    solver: str
    seconds: float
    seed: int
    workers: int
    first: bool = False


def key_of(record: Record) -> Key:
    return Key(**{field: record[field] for field in Key._fields if field in record})


def read_records(path: Path) -> list[Record]:
    """All complete lines of a result file; none where it does not exist. A last line cut short is passed over."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n") and line.strip()]


def done(records: Iterable[Record]) -> set[Key]:
    """Runs that need not be repeated: those that ended without an error of the program."""
    return {key_of(r) for r in records if not r.get("error")}


def append(path: Path, record: Record) -> None:
    """Adds a line; a last line cut short, which no reader counts, is overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    known = path.read_bytes() if path.exists() else b""
    line = json.dumps(record, ensure_ascii=False) + "\n"
    with path.open("r+b" if known else "wb") as file:
        file.seek(known.rfind(b"\n") + 1)
        file.truncate()
        file.write(line.encode())
