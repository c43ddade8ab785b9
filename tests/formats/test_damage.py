"""Damaged files of the field: read all the same, or refused with the place. Never any other error."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.ctt import read_ctt, read_solution
from formats.errors import FormatError
from formats.fet import read_fet
from formats.xhstt import costs_of_solution, read_solved, read_xhstt, write_xhstt
from models.timetable import Placement, Timetable
from tests.formats.ctt.tiny import TINY
from tests.formats.fet.test_read import RICH
from tests.formats.xhstt.tiny import archive, bounded, constraint, event, groups, named, role, split

ARCHIVE = archive(
    event("A", 2, "T1", "C1", "where:Room") + event("B", 1, "C2", "R1", "who:Teacher", start="Tue1", group="h"),
    constraint("SplitEvents", split(1, 2, 1, 2), hard=False),
    constraint("DistributeSplitEvents", "<Duration>2</Duration>" + bounded(1, 1)),
    constraint("AssignResource", role("where")),
    constraint("AssignResource", role("who")),
    constraint("PreferResources", role("where", "R2")),
    constraint("PreferTimes", named("Mon1", "Mon2", "Tue1", "Tue2")),
    constraint("SpreadEvents", groups("Mon", "Tue", inner=bounded(0, 1)), hard=False),
    constraint("AvoidSplitAssignments", role("where"), to="g"),
    constraint("AvoidUnavailableTimes", named("Mon2"), to="T2"),
    constraint("LimitIdleTimes", groups("Mon", "Tue") + bounded(0, 0), to="T1", hard=False),
    constraint("LimitBusyTimes", groups("early") + bounded(0, 0), to="T2", hard=False),
    constraint("ClusterBusyTimes", groups("Mon", "Tue") + bounded(0, 1), to="T1", hard=False),
    constraint("LimitWorkload", bounded(0, 3), to="T1"),
    constraint("LinkEvents", to="h"),
)
SOLVED = write_xhstt(
    ARCHIVE,
    read_xhstt(ARCHIVE),
    Timetable(
        placements=(
            Placement(lesson="A-1", start=0, rooms=("R2",)),
            Placement(lesson="B-1", start=3, rooms=("R1",), teachers=("T2",)),
        )
    ),
)
COURSES = read_ctt(TINY.encode())


class Case(NamedTuple):
    """data: a sound file; read: what reads it; whole: how many bytes of it suffice; tags: what begins a piece."""

    data: bytes
    read: Callable[[bytes], object]
    whole: int
    piece: str


CASES = {
    "fet": Case(RICH, lambda data: read_fet(data, ignore_unsupported=True), len(RICH) - 1, r"</?\w+>"),
    "xhstt": Case(ARCHIVE, lambda data: read_xhstt(data, ignore_unsupported=True), len(ARCHIVE) - 1, r"</?\w+[^>]*>"),
    "solved": Case(SOLVED, lambda data: read_solved(data, ignore_unsupported=True), len(SOLVED) - 2, r"</?\w+[^>]*>"),
    "costs": Case(SOLVED, costs_of_solution, len(SOLVED) - 2, r"</?\w+[^>]*>"),
    "ctt": Case(TINY.encode(), lambda data: read_ctt(data, "UD5"), TINY.index("END.") + 3, r"\S+"),
    "sol": Case(b"Alg B 0 3\nBio A 1 2\n", lambda data: read_solution(data, COURSES), 0, r"\S+"),
}
each = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def refused(case: Case, data: bytes) -> bool:
    """Whether the file is refused, with a message that says where."""
    found: FormatError | None = None
    try:
        case.read(data)
    except FormatError as error:
        found = error
    assert found is None or found.place.startswith(("line ", "the ", "COURSES"))
    return found is not None


@each
def test_sound_files_are_read(case: Case) -> None:
    assert not refused(case, case.data)


@each
def test_a_file_cut_at_any_byte_is_refused(case: Case) -> None:
    """Nearly any. A solution of course timetabling is a list of lines: a shorter one is a solution as well."""
    for end in range(0, len(case.data), max(1, len(case.data) // 80)):
        assert refused(case, case.data[:end]) or end >= case.whole


BAD = ("", "-1", "0", "99999", "1e9", "9" * 400, "x", "\u0663", " 1", "1.5", "NaN")


def with_bad_numbers(text: str) -> Iterator[str]:
    """Each number of the file in turn replaced."""
    for n, found in enumerate(re.finditer(r"(?<![\w-])\d+(?!\w)", text)):
        yield text[: found.start()] + BAD[n % len(BAD)] + text[found.end() :]
        yield text[: found.start()] + BAD[(n * 7 + 3) % len(BAD)] + text[found.end() :]


@each
def test_bad_numbers_are_refused_or_read(case: Case) -> None:
    texts = list(with_bad_numbers(case.data.decode()))
    assert sum(refused(case, text.encode()) for text in texts) > len(texts) // 3


@each
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_swapped_pieces_are_refused_or_read(case: Case, data: st.DataObject) -> None:
    """Two tags, or two words, change places."""
    text = case.data.decode()
    pieces = [m.span() for m in re.finditer(case.piece, text)]
    a, b = sorted(data.draw(st.lists(st.sampled_from(pieces), min_size=2, max_size=2, unique=True)))
    swapped = text[: a[0]] + text[b[0] : b[1]] + text[a[1] : b[0]] + text[a[0] : a[1]] + text[b[1] :]
    refused(case, swapped.encode())


@each
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_changed_bytes_are_refused_or_read(case: Case, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(case.data) - 1))
    length, noise = data.draw(st.integers(0, 40)), data.draw(st.binary(max_size=6))
    refused(case, case.data[:start] + noise + case.data[start + length :])
