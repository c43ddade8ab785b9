"""Solutions: in, out, and what is refused."""

import pytest

from formats.errors import FormatError
from formats.xhstt import XhsttImport, read_solution, read_xhstt, write_xhstt
from models.score import score
from models.timetable import Placement, Timetable
from tests.formats.xhstt.tiny import archive, constraint, event, named, role, split

DATA = archive(
    event("A", 2, "T1", "C1", "where:Room") + event("B", 3, "C2", "R1", "who:Teacher", "extra:Room"),
    constraint("SplitEvents", split(1, 2, 2, 2)),
    constraint("PreferTimes", named("Mon1", "Mon2", "Tue1", "Tue2") + "<Duration>2</Duration>"),
    constraint("AssignResource", role("where")),
    constraint("AssignResource", role("who")),
)
TIMETABLE = Timetable(
    placements=(
        Placement(lesson="A-1", start=5, rooms=("R2",)),
        Placement(lesson="A-2", start=2, rooms=("R1",)),
        Placement(lesson="B-1", start=0, rooms=("R1", None), teachers=("T1",)),
        Placement(lesson="B-2", start=4, rooms=("R1", "R2"), teachers=("T2",)),
    )
)


@pytest.fixture
def found() -> XhsttImport:
    return read_xhstt(DATA)


def test_what_is_written_reads_the_same(found: XhsttImport) -> None:
    assert score(found.problem, TIMETABLE).complete
    written = write_xhstt(DATA, found, TIMETABLE)
    assert read_xhstt(written) == found
    assert read_solution(written, found) == TIMETABLE


def test_only_times_and_open_roles_are_written(found: XhsttImport) -> None:
    written = write_xhstt(DATA, found, TIMETABLE).decode()
    given = '<Resource Reference="T2"><Role>who</Role></Resource><Resource Reference="R2"><Role>extra</Role></Resource>'
    expected = (
        f'<Event Reference="B"><Duration>1</Duration><Time Reference="Tue2"/><Resources>{given}</Resources></Event>'
    )
    assert expected in written
    assert written.index("</Instances>") < written.index("<SolutionGroups>") < written.index(expected)


def test_a_second_group_is_told_from_the_first(found: XhsttImport) -> None:
    some = Timetable(placements=TIMETABLE.placements[1:])
    twice = write_xhstt(write_xhstt(DATA, found, TIMETABLE), found, some, group="other")
    assert read_solution(twice, found, "Timewright") == TIMETABLE
    assert [x.lesson for x in read_solution(twice, found, "other").unplaced] == ["A-1"]
    with pytest.raises(FormatError, match="2 solutions of tiny"):
        read_solution(twice, found)
    with pytest.raises(FormatError, match="another Id"):
        write_xhstt(twice, found, some)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '<Event Reference="A"><D',
            '<Event Reference="Z"><D',
            r"<Event>: found Reference 'Z', expected the Id of a event",
        ),
        ('Time Reference="Mon3"/><R', 'Time Reference="Sun3"/><R', r"<Time>: found Reference 'Sun3'"),
        (
            'Time Reference="Mon1"/><R',
            'Time Reference="Mon3"/><R',
            r"<Time>: found Mon3, expected a time with 2 times left",
        ),
        ("<Duration>2</Duration><Time", "<Duration>3</Duration><Time", r"<Event>: found <Duration> 3, expected 2 or 1"),
        ('"R2"><Role>where', '"R9"><Role>where', r"<Resource>: found Reference 'R9'"),
        ("<Role>where</Role></Resource></R", "<Role>when</Role></Resource></R", r"<Resource>: found role 'when'"),
        ('<Resource Reference="T1"><Role>who</Role></Resource>', "", r"<Event>: found no <Resource> with role 'who'"),
        ('<Solution Reference="tiny"', '<Solution Reference="tall"', r"<SolutionGroups>: found 0 solutions of tiny"),
    ],
)
def test_what_the_instance_lacks_is_refused(found: XhsttImport, old: str, new: str, message: str) -> None:
    written = write_xhstt(DATA, found, TIMETABLE).decode()
    assert old in written
    with pytest.raises(FormatError, match=rf"line \d+, {message}"):
        read_solution(written.replace(old, new, 1).encode(), found)
