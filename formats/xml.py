"""XML as a tree of nodes that know their line, read without entities or external references."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from formats.errors import FormatError


class Node:
    """An element. text: its character data before the first child, spaces kept; line: of the start tag, from 1."""

    __slots__ = ("attributes", "children", "line", "tag", "text")

    def __init__(self, tag: str, line: int, attributes: dict[str, str]) -> None:
        self.tag, self.line, self.attributes = tag, line, attributes
        self.text = ""
        self.children: list[Node] = []

    @property
    def place(self) -> str:
        return f"line {self.line}, <{self.tag}>"

    def wrong(self, found: str, expected: str) -> FormatError:
        return FormatError(self.place, found, expected)

    def all(self, tag: str) -> Iterator["Node"]:
        return (c for c in self.children if c.tag == tag)

    def find(self, tag: str) -> "Node | None":
        return next(self.all(tag), None)

    def child(self, *tags: str) -> "Node":
        """The first child with the first of the tags that has one; FormatError when none has."""
        for tag in tags:
            found = self.find(tag)
            if found is not None:
                return found
        raise self.wrong("no such element", " or ".join(f"<{tag}>" for tag in tags))

    def value(self, *tags: str) -> str:
        return self.child(*tags).text

    def value_or(self, default: str, tag: str) -> str:
        found = self.find(tag)
        return default if found is None else found.text

    def values(self, tag: str) -> list[str]:
        return [c.text for c in self.all(tag)]

    def integer(self, *tags: str) -> int:
        """A whole number, 0 or more."""
        child = self.child(*tags)
        if not child.text.strip().isdecimal():
            raise child.wrong(repr(child.text), "a whole number")
        return int(child.text)

    def number(self, tag: str) -> float:
        child = self.child(tag)
        try:
            return float(child.text)
        except ValueError:
            raise child.wrong(repr(child.text), "a number") from None

    def flag(self, tag: str, default: bool) -> bool:
        child = self.find(tag)
        if child is None:
            return default
        if child.text not in TRUTH:
            raise child.wrong(repr(child.text), "true or false")
        return TRUTH[child.text]


TRUTH = {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}


class _Builder:
    """Receives what the parser meets and hangs it into the tree."""

    def __init__(self) -> None:
        self.line = 0
        self.root: Node | None = None
        self.parser: Any = None
        self._open: list[Node] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag, self.parser.CurrentLineNumber, attributes)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def end(self, tag: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        if not self._open[-1].children:
            self._open[-1].text += text

    def close(self) -> Node | None:
        return self.root


def parse(data: bytes) -> Node:
    """The root element. FormatError with the line when the XML is broken, cut off or declares entities."""
    builder = _Builder()
    parser = DefusedXMLParser(target=builder)
    builder.parser = parser.parser
    try:
        parser.feed(data)
        root = parser.close()
    except ParseError as error:
        raise FormatError(f"line {error.position[0]}", str(error), "well-formed XML") from None
    except (DefusedXmlException, LookupError, ValueError) as error:
        raise FormatError("the file", str(error), "plain XML without entities or external references") from None
    assert isinstance(root, Node)
    return root
