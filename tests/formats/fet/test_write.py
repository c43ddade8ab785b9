"""A timetable written into its file comes back as pins; everything else stays."""

import pytest

from formats.errors import FormatError
from formats.fet import read_fet, write_fet
from formats.xml import parse
from models.timetable import Placement, Timetable
from tests.formats.fet.judge import broken, timetable
from tests.formats.fet.tiny import activity, breaks, constraint, fet, fixed, real_room, virtual_room

ROOMS = constraint("ActivityPreferredRooms", ("Activity_Id", 1), ("Preferred_Room", ["R1", "R2"]))
DATA = fet([activity(1, duration=2), activity(2)], [breaks("Mon 2")], [ROOMS])


def written(data: bytes, at: dict[int, str], rooms: dict[int, tuple[str | None, ...]] | None = None) -> bytes:
    problem = read_fet(data).problem
    return write_fet(data, problem, timetable(problem, at, rooms))


def test_the_written_file_fixes_every_placed_lesson() -> None:
    out = written(DATA, {1: "Mon 3", 2: "Mon 1"}, {1: ("R2",)})
    found = read_fet(out)
    starts = {x.id: x.pin.start for x in found.problem.lessons}
    assert starts == {"1": found.ids["Mon", "3"], "2": found.ids["Mon", "1"]}
    assert found.problem.lesson["1"].rooms[0].any_of == ("R2",)
    assert broken(out, {1: "Mon 3", 2: "Mon 1"}, {1: ("R2",)}) == set()
    assert broken(out, {1: "Mon 3", 2: "Tue 1"}, {1: ("R2",)}) == {"room_request"}


def test_the_fixes_are_locked_and_nothing_else_changes() -> None:
    out = written(b"\xef\xbb\xbf" + DATA, {1: "Tue 1"}, {1: ("R1",)})
    added = [n for listing in parse(out).children for n in listing.children if n.value_or("", "Permanently_Locked")]
    assert [(n.value("Permanently_Locked"), n.value("Weight_Percentage")) for n in added] == [("true", "100")] * 2
    without = out
    for kind in (b"ConstraintActivityPreferredStartingTime", b"ConstraintActivityPreferredRoom"):
        start, end = without.index(b"<" + kind + b">"), without.index(b"</" + kind + b">\n") + len(kind) + 4
        without = without[:start] + without[end:]
    assert without == b"\xef\xbb\xbf" + DATA


@pytest.mark.parametrize(
    ("already", "count"),
    [
        (fixed(1, "Tue 1"), 1),
        (fixed(1, "Tue 1", locked=True), 1),
        (fixed(1, "Tue 1", weight=50), 2),
        (fixed(1, "Tue 1").replace("<Active>true", "<Active>false"), 2),
        (fixed(1, "Tue 2", weight=50), 2),
    ],
    ids=["fixed", "locked", "soft", "inactive", "soft elsewhere"],
)
def test_only_what_is_not_fixed_yet_is_added(already: str, count: int) -> None:
    out = written(fet([activity(1)], [already]), {1: "Tue 1"})
    assert out.count(b"<ConstraintActivityPreferredStartingTime>") == count
    assert out == written(out, {1: "Tue 1"})


def test_a_virtual_room_is_written_with_its_real_rooms() -> None:
    rooms = [*map(real_room, "abcd"), virtual_room("V", "ab", "cd")]
    wish = constraint("ActivityPreferredRoom", ("Activity_Id", 1), ("Room", "V"))
    out = written(fet([activity(1)], [], [wish], rooms=rooms), {1: "Mon 1"}, {1: ("b", "c")})
    assert b"<Room>V</Room>\n\t<Number_of_Real_Rooms>2</Number_of_Real_Rooms>\n\t<Real_Room>b</Real_Room>" in out
    assert [r.any_of for r in read_fet(out).problem.lesson["1"].rooms] == [("b",), ("c",)]


def test_half_a_virtual_room_is_not_written() -> None:
    rooms = [*map(real_room, "abcd"), virtual_room("V", "ab", "cd")]
    wish = constraint("SubjectPreferredRoom", ("Subject", "Math"), ("Room", "V"), weight=50)
    out = written(fet([activity(1)], [], [wish], rooms=rooms), {1: "Mon 1"}, {1: ("b", None)})
    assert b"<ConstraintActivityPreferredRoom>" not in out


def test_names_of_every_script_and_markup_are_kept() -> None:
    days, hours = ("Пн & <1>", "周二"), ("الأولى", "2")
    data = fet([activity(1)], days=days, hours=hours)
    problem = read_fet(data).problem
    out = write_fet(data, problem, Timetable(placements=(Placement(lesson="1", start=0),)))
    assert read_fet(out).problem.lesson["1"].pin.start == 0


def test_a_timetable_of_another_file_is_refused() -> None:
    other = fet([activity(9)])
    problem = read_fet(other).problem
    with pytest.raises(FormatError, match="found lesson '9', expected an active activity of the file"):
        write_fet(DATA, problem, timetable(problem, {9: "Mon 1"}))
