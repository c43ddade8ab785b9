"""Teachers, classes and rooms as the sheets Unavailable and Rules name them."""

import re

from formats.excel.codes import Codes
from formats.excel.context import Reading
from formats.excel.rows import Row
from formats.excel.values import fold, split_list
from models.base import ResourceKind
from models.rules.base import Who

_PREFIX = re.compile(r"^(teacher|class|room)s?\s*:\s*", re.IGNORECASE)
_ALL = re.compile(r"^(?:all|every|each|any)?\s*(teacher|class|room)(?:s|es)?$", re.IGNORECASE)
_LEVEL = re.compile(r"^(?:level|year|grade)\s*:?\s+", re.IGNORECASE)
_KINDS: dict[str, ResourceKind] = {"teacher": "teacher", "class": "class", "room": "room"}


def codes_of(reading: Reading) -> dict[ResourceKind, Codes]:
    return {"teacher": reading.teachers, "class": reading.classes, "room": reading.rooms}


def read_one(reading: Reading, row: Row, column: str) -> tuple[ResourceKind, str] | None:
    """The one resource a cell names; unknown and ambiguous codes are reported."""
    return _find(reading, row, column, row.text(column)) if row.text(column) else None


def _find(reading: Reading, row: Row, column: str, text: str) -> tuple[ResourceKind, str] | None:
    prefix = _PREFIX.match(text)
    known = codes_of(reading)
    if prefix is not None:
        kind = _KINDS[prefix[1].lower()]
        code = known[kind].find(text[prefix.end() :])
        if code is None:
            known[kind].report(row, column, text[prefix.end() :])
        return None if code is None else (kind, code)
    found = [(kind, code) for kind, codes in known.items() if codes.defined and (code := codes.find(text)) is not None]
    if len(found) > 1:
        kinds = " and a ".join(kind for kind, _ in found)
        ways = " or ".join(f"{kind}:{code}" for kind, code in found)
        row.error(column, f'"{text}" is a {kinds}', ways)
    elif not found and all(codes.defined for codes in known.values()):
        everyone = (code for codes in known.values() for code in codes)
        expected = "the code of a teacher, class or room"
        row.error(column, f'"{text}" is no teacher, class or room', expected, row.hint(column, text, everyone))
    return found[0] if len(found) == 1 else None


def read_who(reading: Reading, row: Row, column: str) -> list[Who]:
    """Everyone a cell names, one `Who` for each kind: "all teachers", "7A, 7B", "level 7", "T1, room:R2"."""
    everyone: dict[ResourceKind, list[str]] = {}
    text = row.text(column)
    for item in [text] if _ALL.match(text) or _exact(reading, text) else split_list(text):
        whole = _ALL.match(item)
        if whole is not None:
            return [Who(kind=_KINDS[whole[1].lower()])]
        level = _classes_of_level(reading, item)
        if level:
            everyone.setdefault("class", []).extend(level)
            continue
        found = _find(reading, row, column, item)
        if found is not None:
            everyone.setdefault(found[0], []).append(found[1])
    return [Who(kind=kind, ids=tuple(dict.fromkeys(ids))) for kind, ids in everyone.items()]


def _exact(reading: Reading, text: str) -> bool:
    return any(codes.defined and codes.find(text) is not None for codes in codes_of(reading).values())


def _classes_of_level(reading: Reading, item: str) -> list[str]:
    match = _LEVEL.match(item)
    level = fold(item[match.end() :]) if match else ""
    return [c.id for c in reading.class_.values() if level and fold(c.level) == level]
