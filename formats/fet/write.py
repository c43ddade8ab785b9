"""Writes a solved timetable into the .fet file it was made from, as locked fixes that FET itself can open and check."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from formats.errors import FormatError
from formats.fet.read import read_all
from formats.fet.rooms import RoomBook
from formats.xml import Node, parse
from models.problem import Problem
from models.timetable import Placement, Timetable

Field = tuple[str, str]

TIME, ROOM = "ConstraintActivityPreferredStartingTime", "ConstraintActivityPreferredRoom"
SAME = ("Activity_Id", "Preferred_Day", "Preferred_Hour", "Room", "Real_Room")
"""What makes two fixes the same."""


def write_fet(original: bytes, problem: Problem, timetable: Timetable) -> bytes:
    """The original file with a locked starting time and room added for every placed lesson, all else as it was.

    Where the original already fixes an activity to the same time or room nothing is added: FET keeps one of two
    equal constraints. FormatError when the file is broken or has no active activity for a placed lesson.
    """
    root = parse(original)
    reading = read_all(root)
    for p in timetable.placements:
        if p.lesson not in reading.school.lessons:
            raise FormatError("the timetable", f"lesson {p.lesson!r}", "an active activity of the file")
    times, rooms = starting_times(problem, timetable), preferred_rooms(reading.book, timetable)
    timed = _inserted(original, root.child("Time_Constraints_List"), TIME, times)
    return _inserted(timed, root.child("Space_Constraints_List"), ROOM, rooms)


def starting_times(problem: Problem, timetable: Timetable) -> Iterator[list[Field]]:
    for p in timetable.placements:
        cell = problem.grid.cells[p.start]
        day = problem.grid.day_names[cell.day]
        yield [("Activity_Id", p.lesson), ("Preferred_Day", day), ("Preferred_Hour", cell.label)]


def preferred_rooms(book: RoomBook, timetable: Timetable) -> Iterator[list[Field]]:
    """A virtual room is fixed with its real rooms; one of which a part is missing is not fixed at all."""
    for p in timetable.placements:
        rooms = [room for room in p.rooms if room is not None]
        if rooms and len(rooms) == len(p.rooms):
            yield [("Activity_Id", p.lesson), *_room_fields(book, p, rooms)]


def _room_fields(book: RoomBook, p: Placement, rooms: list[str]) -> list[Field]:
    virtual = book.virtual.get(p.lesson)
    if virtual is not None:
        return [("Room", virtual), ("Number_of_Real_Rooms", str(len(rooms))), *(("Real_Room", r) for r in rooms)]
    if len(rooms) > 1:
        raise FormatError("the timetable", f"{len(rooms)} rooms for lesson {p.lesson}", "one room")
    return [("Room", rooms[0])]


def _inserted(data: bytes, listing: Node, kind: str, fixes: Iterable[list[Field]]) -> bytes:
    """The file with the new constraints before the end of their list; character references suit every encoding."""
    end = data.rfind(f"</{listing.tag}>".encode())
    if end < 0:
        raise listing.wrong("an empty list", f"<{listing.tag}> with an end tag")
    known = {_content(node) for node in listing.all(kind) if _is_firm(node)}
    new = "".join(_constraint(kind, fields) for fields in fixes if _key(fields) not in known)
    return data[:end] + new.encode("ascii", "xmlcharrefreplace") + data[end:]


def _is_firm(node: Node) -> bool:
    return node.flag("Active", True) and node.number("Weight_Percentage") == 100


def _content(node: Node) -> frozenset[Field]:
    return _key([(c.tag, c.text) for c in node.children])


def _key(fields: Iterable[Field]) -> frozenset[Field]:
    return frozenset(f for f in fields if f[0] in SAME)


def _constraint(kind: str, fields: list[Field]) -> str:
    last = [("Permanently_Locked", "true"), ("Active", "true"), ("Comments", "")]
    lines = [f"\t<{tag}>{escape(value)}</{tag}>\n" for tag, value in [("Weight_Percentage", "100"), *fields, *last]]
    return f"<{kind}>\n{''.join(lines)}</{kind}>\n"
