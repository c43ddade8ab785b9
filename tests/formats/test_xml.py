"""Broken and hostile XML is refused with the line at fault."""

import pytest

from formats.errors import FormatError
from formats.fet import read_fet
from formats.xml import parse
from tests.formats.fet.tiny import activity, fet

WHOLE = fet([activity(1)])


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (WHOLE[: len(WHOLE) // 2], "line "),
        (WHOLE.replace(b"</Teachers_List>", b""), "line "),
        (b"", "line 1"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "line 1"),
        (b"just words", "line 1"),
        (WHOLE.replace(b"UTF-8", b"KLINGON-7"), ""),
    ],
    ids=["cut off", "end tag missing", "empty", "a picture", "no markup", "unknown encoding"],
)
def test_broken_xml_is_an_error_with_its_line(data: bytes, place: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_fet(data)
    assert caught.value.place.startswith(place)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE fet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><fet>&b;</fet>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE fet [<!ENTITY x SYSTEM "file:///etc/passwd">]><fet>&x;</fet>"""


@pytest.mark.parametrize("data", [BOMB, OUTSIDE], ids=["entities", "a local file"])
def test_entities_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="entities"):
        read_fet(data)


def test_a_plain_doctype_is_harmless() -> None:
    assert parse(b"<!DOCTYPE fet><fet/>").tag == "fet"


def test_another_root_is_refused() -> None:
    with pytest.raises(FormatError, match=r"line 2, <html>: found <html>, expected <fet>"):
        read_fet(b"<?xml version='1.0'?>\n<html></html>")


def test_nodes_know_their_line_and_keep_spaces() -> None:
    root = parse(b"<fet>\n<a>  x &amp; y </a>\n\n<a/>\n</fet>")
    assert [(n.line, n.text) for n in root.all("a")] == [(2, "  x & y "), (4, "")]
