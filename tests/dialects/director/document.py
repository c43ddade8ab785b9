"""The seed document of the director's API, taken apart: endpoints, examples, structures, errors."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
FILE = "specs/seeds/002_3ddeec3261716012.txt"
ENDPOINT = re.compile(r"\*\*Endpoint:\*\* `(\w+) ([^`]+)`")
ERROR = re.compile(r"\*\*(\d{3}) ([^:*]+):\*\*\n```json\n(.*?)\n```", re.DOTALL)
JSON = r"\n+```json\n(.*?)\n```"


@dataclass(frozen=True)
class Error:
    """title: "Bad Request - Invalid Time Format"."""

    endpoint: str
    status: int
    title: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Endpoint:
    """path: below the base, with :id; request: the example, None for none; success: status, and the example's answer;
    structure: in TypeScript."""

    title: str
    method: str
    path: str
    request: dict[str, Any] | None
    status: int
    success: dict[str, Any]
    structure: str
    errors: tuple[Error, ...]


def document() -> str:
    for folder in (ROOT / "../shared", ROOT / "shared"):
        if (folder / FILE).exists():
            return (folder / FILE).read_text(encoding="utf-8")
    pytest.skip(f"the document is not here: ../shared/{FILE}")


def endpoints(text: str) -> Iterator[Endpoint]:
    for section in re.split(r"\n## (?=\d+\. )", text)[1:]:
        title = section.splitlines()[0].split(". ", 1)[1]
        method, path = ENDPOINT.findall(section)[0]
        request = re.search(r"\*\*Example Request:\*\*" + JSON, section, re.DOTALL)
        success = re.search(r"\*\*Success Response \((\d+)\):\*\*" + JSON, section, re.DOTALL)
        structure = re.search(r"\*\*Response Structure:\*\*\n+```typescript\n(.*?)\n```", section, re.DOTALL)
        assert success is not None
        assert structure is not None
        yield Endpoint(
            title=title,
            method=method,
            path=path.split(" ")[0].removeprefix("/director/schedules"),
            request=json.loads(request[1]) if request else None,
            status=int(success[1]),
            success=json.loads(success[2]),
            structure=structure[1],
            errors=tuple(Error(title, int(s), t, json.loads(b)) for s, t, b in ERROR.findall(section)),
        )


# ---- structures ----------------------------------------------------------------------------------------------------


def misfits(structure: str, value: object) -> list[str]:
    """Where a value differs from a structure such as { success: true; data: Array<{ id: string; }>; }."""
    parser = _Structure(re.sub(r"//[^\n]*", "", structure))
    return list(_misfits(parser.whole(), value, "answer"))


Type = dict[str, Any] | tuple[str, Any] | str
"""Object: fields; ("array", of); ("or", alternatives); else a name or a literal."""


class _Structure:
    def __init__(self, text: str) -> None:
        self.words = re.findall(r"\w+|[{}<>;:|\[\]]", text)
        self.position = 0
        self.named: dict[str, Type] = {}

    def whole(self) -> Type:
        """The first structure; interfaces after it are what its names mean."""
        first = self._type()
        while self.position < len(self.words):
            if self._word() == "interface":
                name = self._word()
                self.named[name] = self._type()
        return self._resolved(first)

    def _word(self) -> str:
        self.position += 1
        return self.words[self.position - 1]

    def _peek(self) -> str:
        return self.words[self.position] if self.position < len(self.words) else ""

    def _type(self) -> Type:
        found = [self._single()]
        while self._peek() == "|":
            self._word()
            found.append(self._single())
        return found[0] if len(found) == 1 else ("or", found)

    def _single(self) -> Type:
        word = self._word()
        if word == "Array":
            self._word()
            inner = self._type()
            self._word()
            return ("array", inner)
        if word != "{":
            return word
        fields: dict[str, Any] = {}
        while self._peek() != "}":
            name = self._word()
            assert self._word() == ":"
            fields[name] = self._type()
            assert self._word() == ";"
        self._word()
        return fields

    def _resolved(self, found: Type) -> Type:
        if isinstance(found, dict):
            return {name: self._resolved(of) for name, of in found.items()}
        if isinstance(found, tuple):
            inner = [self._resolved(x) for x in found[1]] if found[0] == "or" else self._resolved(found[1])
            return (found[0], inner)
        return self._resolved(self.named[found]) if found in self.named else found


PLAIN: dict[str, tuple[type, ...]] = {"string": (str,), "number": (int, float), "boolean": (bool,)}


def _misfits(wanted: Type, value: object, place: str) -> Iterator[str]:
    if isinstance(wanted, dict):
        if not isinstance(value, dict):
            yield f"{place} is no object"
            return
        yield from (f"{place}.{name} is missing" for name in wanted if name not in value)
        for name in wanted.keys() & value.keys():
            yield from _misfits(wanted[name], value[name], f"{place}.{name}")
    elif isinstance(wanted, tuple) and wanted[0] == "array":
        if not isinstance(value, list):
            yield f"{place} is no array"
            return
        for number, each in enumerate(value):
            yield from _misfits(wanted[1], each, f"{place}[{number}]")
    elif isinstance(wanted, tuple):
        if all(list(_misfits(each, value, place)) for each in wanted[1]):
            yield f"{place} is {value!r}"
    elif not _is(wanted, value):
        yield f"{place} is {value!r}, not {wanted}"


def _is(wanted: str, value: object) -> bool:
    literal = {"true": True, "false": False, "null": None}
    if wanted in literal:
        return value is literal[wanted]
    if wanted not in PLAIN:
        raise ValueError(f"the structure speaks of {wanted}")
    return isinstance(value, PLAIN[wanted]) and (wanted == "boolean" or not isinstance(value, bool))
