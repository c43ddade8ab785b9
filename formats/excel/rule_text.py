"""What the sheet Rules says of a rule: whom it applies to and its value, in the words its reader understands."""

import re
from collections.abc import Iterator
from typing import Any

from formats.errors import Unsupported
from formats.excel.rule_names import spoken
from formats.excel.rule_values import fields_of
from formats.excel.time_words import TimeWords
from models.base import ResourceKind
from models.problem import Problem
from models.rules import AnyRule
from models.rules.base import Who
from models.rules.travel_time import Travel
from models.time import clock

_OTHER_MEANING = re.compile(
    r"^(?:level|year|grade|all|every|each|any)\b|^(?:teacher|class|room)(?:s|es)?$", re.IGNORECASE
)
_PLURAL: dict[ResourceKind, str] = {"teacher": "all teachers", "class": "all classes", "room": "all rooms"}
_CLEAR_ALONE = frozenset({"number", "times", "clock", "room", "rooms"})
"""Forms of values that need no name in front where they are the only one."""
SUBJECT = "subject:"
"""Beginning of the tag that every lesson of a subject carries."""


class Names:
    """How teachers, classes and rooms are named where all three may stand."""

    def __init__(self, problem: Problem) -> None:
        codes = (id_ for known in (problem.teacher, problem.class_, problem.room) for id_ in known)
        self._count: dict[str, int] = {}
        for code in codes:
            self._count[code.casefold()] = self._count.get(code.casefold(), 0) + 1

    def one(self, kind: ResourceKind, id_: str) -> str:
        """The code; with its kind where it alone could mean something else."""
        unclear = self._count[id_.casefold()] > 1 or _OTHER_MEANING.match(id_)
        return f"{kind}:{id_}" if unclear else id_

    def all_of(self, who: Who) -> str:
        return ", ".join(self.one(who.kind, id_) for id_ in who.ids) or _PLURAL[who.kind]


def unsupported(rule: AnyRule, what: str, expected: str) -> Unsupported:
    return Unsupported(f"rule {spoken(rule.name)}", [(what, 1)], expected)


def value_of(rule: AnyRule, words: TimeWords) -> str | int | None:
    """The cell Value: "3", "Mon P1-P2", "limit=2; per=week"; None where the rule needs none."""
    parts = list(_parts(rule, words))
    if len(parts) != 1:
        return "; ".join(f"{name}={text}" for name, text in parts) or None
    [(name, text)] = parts
    form = "times" if name == "times" else fields_of(type(rule)).get(name.replace(" ", "_"))
    clear = form in _CLEAR_ALONE and "=" not in str(text)
    return text if clear else f"{name}={text}"


def _parts(rule: AnyRule, words: TimeWords) -> Iterator[tuple[str, str | int]]:
    """(field, how it is written) of everything that differs from the default; a limit always."""
    for name in fields_of(type(rule)):
        field, value = type(rule).model_fields[name], getattr(rule, name)
        if not field.is_required() and value == field.default and name != "limit":
            continue
        if name == "pairs":
            yield from (_way(rule, way) for way in value)
        else:
            yield ("times" if name == "cells" else name.replace("_", " ")), _written(rule, name, value, words)
    yield from _tags(rule)


def _written(rule: AnyRule, name: str, value: Any, words: TimeWords) -> str | int:
    if name == "cells":
        if not value:
            raise unsupported(rule, "no times", "at least one time")
        return words.text(value)
    if name == "until":
        return clock(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    return value if isinstance(value, int) else str(value)


def _way(rule: AnyRule, way: Travel) -> tuple[str, int]:
    if any(sign in site for sign in "-=;" for site in (way.a, way.b)):
        raise unsupported(rule, f"site {way.a} or {way.b}", "names of sites without - = ;")
    return f"{way.a}-{way.b}", way.minutes


def _tags(rule: AnyRule) -> Iterator[tuple[str, str]]:
    tags: tuple[str, ...] = getattr(rule, "tags", ())
    subjects = [t.removeprefix(SUBJECT) for t in tags if t.startswith(SUBJECT)]
    others = [t for t in tags if not t.startswith(SUBJECT)]
    if subjects:
        yield "subject", ", ".join(subjects)
    if others:
        yield "tag", ", ".join(others)
