"""Solution groups of an archive: timetables of its instances, in and out."""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from formats.content import content
from formats.xhstt.costs import Costs, costs
from formats.xhstt.entry import read_entries
from formats.xhstt.instance import read_instance, reference
from formats.xhstt.meetings import Meeting, Meetings, meetings_of, read_meetings
from formats.xhstt.read import XhsttImport, chosen, read_xhstt
from formats.xml import Node, parse
from models.problem import Lesson
from models.timetable import Placement, Timetable, Unplaced

GROUPS = "SolutionGroups"


def groups_in(data: bytes | str | Path) -> tuple[str, ...]:
    """Ids of the solution groups of an archive."""
    return tuple(g.attributes.get("Id", "") for g in _groups(parse(content(data))))


def solutions_in(data: bytes | str | Path) -> tuple[str, ...]:
    """Ids of the solution groups of an archive that hold a solution, each as often as it does."""
    groups = _groups(parse(content(data)))
    return tuple(g.attributes.get("Id", "") for g in groups for _ in g.all("Solution"))


def _groups(root: Node) -> list[Node]:
    listing = root.find(GROUPS)
    return [] if listing is None else list(listing.all("SolutionGroup"))


def read_solved(
    data: bytes | str | Path, instance: str = "", group: str = "", *, ignore_unsupported: bool = False
) -> tuple[XhsttImport, Timetable]:
    """An instance split into lessons as its solution in the solution group is, and that timetable."""
    raw = content(data)
    root = parse(raw)
    node = chosen(root, instance)
    splits = read_meetings(_solution(root, node.attributes.get("Id", ""), group), read_instance(node)).durations()
    found = read_xhstt(raw, instance, splits=splits, ignore_unsupported=ignore_unsupported)
    return found, read_solution(raw, found, group)


def costs_of_solution(data: bytes | str | Path, instance: str = "", group: str = "") -> Costs:
    """What the solution in a solution group costs, judged by the definitions of the archive."""
    root = parse(content(data))
    node = chosen(root, instance)
    known = read_instance(node)
    solution = _solution(root, node.attributes.get("Id", ""), group)
    return costs(read_entries(node, known), read_meetings(solution, known))


def costs_of(data: bytes | str | Path, found: XhsttImport, timetable: Timetable) -> Costs:
    """What a timetable costs, judged by the definitions of the archive that it is for."""
    node = chosen(parse(content(data)), found.problem.name)
    known = read_instance(node)
    return costs(read_entries(node, known), Meetings(known, meetings_of(found, timetable)))


def read_solution(data: bytes | str | Path, found: XhsttImport, group: str = "") -> Timetable:
    """The solution of the instance in a solution group. data: the content of an archive, gzip or not, or where it
    lies; group: its Id, empty: the only one. FormatError for what the instance does not have, or splits otherwise."""
    node = _solution(parse(content(data)), found.problem.name, group)
    waiting: dict[str, list[Lesson]] = {}
    for lesson in found.problem.lessons:
        waiting.setdefault(lesson.course, []).append(lesson)
    placements = []
    for child in node.child("Events").all("Event"):
        lesson = _next(child, waiting[reference(child, waiting, "event")])
        if child.find("Time") is not None or lesson.pin.start is not None:
            placements.append(_placement(child, lesson, found))
    placed = {p.lesson for p in placements}
    rest = (x.id for x in found.problem.lessons if x.id not in placed)
    return Timetable(placements=tuple(placements), unplaced=tuple(Unplaced(lesson=x) for x in rest))


def _solution(root: Node, instance: str, group: str) -> Node:
    listing = root.child(GROUPS)
    groups = [n for n in listing.all("SolutionGroup") if group in ("", n.attributes.get("Id", ""))]
    found = [n for g in groups for n in g.all("Solution") if n.attributes.get("Reference", "") == instance]
    if len(found) != 1:
        raise listing.wrong(f"{len(found)} solutions of {instance}", "one, or the Id of the group of one")
    return found[0]


def _next(node: Node, waiting: list[Lesson]) -> Lesson:
    """Takes the next lesson of the event that has the length stated, or the only one."""
    stated = node.integer("Duration") if node.find("Duration") is not None else None
    for position, lesson in enumerate(waiting):
        if stated == lesson.duration or (stated is None and len(waiting) == 1):
            return waiting.pop(position)
    expected = " or ".join(str(x.duration) for x in waiting) or "no more lessons of the event"
    raise node.wrong(f"<Duration> {stated}", expected)


def _placement(node: Node, lesson: Lesson, found: XhsttImport) -> Placement:
    time = node.find("Time")
    start = lesson.pin.start or 0 if time is None else found.times.index(reference(time, found.times, "time"))
    if time is not None and not found.problem.grid.fits(start, lesson.duration):
        raise time.wrong(found.times[start], f"a time with {lesson.duration} times left on its day")
    given = dict(_given(node, lesson, found))
    teachers, rooms = found.roles[lesson.course]
    for role in teachers:
        if role not in given:
            raise node.wrong(f"no <Resource> with role {role!r}", "it")
    return Placement(
        lesson=lesson.id,
        start=start,
        teachers=tuple(given[role] for role in teachers),
        rooms=tuple(
            request.any_of[0] if role is None else given.get(role)
            for role, request in zip(rooms, lesson.rooms, strict=True)
        ),
    )


def _given(node: Node, lesson: Lesson, found: XhsttImport) -> Iterator[tuple[str, str]]:
    """Role and resource of each open role that is filled."""
    teachers, rooms = found.roles[lesson.course]
    listing = node.find("Resources")
    for child in listing.all("Resource") if listing is not None else ():
        role = child.value_or("", "Role").strip()
        if role in teachers:
            yield role, reference(child, found.problem.teacher, "teacher")
        elif role in rooms:
            yield role, reference(child, found.problem.room, "room")
        else:
            raise child.wrong(f"role {role!r}", f"an open role of event {lesson.course}")


def write_xhstt(original: bytes, found: XhsttImport, timetable: Timetable, group: str = "Timewright") -> bytes:
    """The original archive (gzip or not; the answer is plain) with a solution group added. FormatError when it has
    a group of that Id. Lessons without a place are written without a time."""
    data = content(original)
    root = parse(data)
    listing = root.find(GROUPS)
    if listing is not None and any(n.attributes.get("Id") == group for n in listing.all("SolutionGroup")):
        raise listing.wrong(f"SolutionGroup {group!r}", "another Id for the new one")
    end = data.rfind(f"</{root.tag if listing is None else GROUPS}>".encode())
    if end < 0:
        raise (listing or root).wrong("an empty element", "one with an end tag")
    new = _group(group, found, timetable)
    text = new if listing is not None else f"<{GROUPS}>\n{new}</{GROUPS}>\n"
    return data[:end] + text.encode("ascii", "xmlcharrefreplace") + data[end:]


def _group(name: str, found: XhsttImport, timetable: Timetable) -> str:
    events = "".join(_event(meeting, found.times) for meeting in meetings_of(found, timetable))
    about = "<Contributor>Timewright</Contributor><Date></Date><Description></Description>"
    return (
        f"<SolutionGroup Id={quoteattr(name)}>\n<MetaData>{about}</MetaData>\n"
        f"<Solution Reference={quoteattr(found.problem.name)}>\n<Events>\n{events}</Events>\n</Solution>\n"
        "</SolutionGroup>\n"
    )


def _event(meeting: Meeting, times: tuple[str, ...]) -> str:
    """A piece with its time and what it was given; fixed resources stand in the instance."""
    inner = f"<Duration>{meeting.duration}</Duration>"
    if meeting.start is not None:
        filled = "".join(
            f"<Resource Reference={quoteattr(name)}><Role>{escape(role)}</Role></Resource>"
            for role, name in meeting.given.items()
        )
        inner += f"<Time Reference={quoteattr(times[meeting.start])}/>"
        inner += f"<Resources>{filled}</Resources>" if filled else ""
    return f"<Event Reference={quoteattr(meeting.event)}>{inner}</Event>\n"
