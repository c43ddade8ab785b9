"""What a .ctt or .ectt file says, before it becomes a problem."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from formats.ctt.lines import Line, lines
from formats.errors import FormatError

MOST_DAYS, MOST_PERIODS, MOST_LECTURES = 366, 288, 100_000
"""Bounds of what a file may ask for: days, periods a day, lectures in all."""

HEADER = (
    "Name",
    "Courses",
    "Rooms",
    "Days",
    "Periods_per_day",
    "Curricula",
    "Constraints",
    "UnavailabilityConstraints",
    "RoomConstraints",
    "Min_Max_Daily_Lectures",
)
SECTIONS = ("COURSES", "ROOMS", "CURRICULA", "UNAVAILABILITY_CONSTRAINTS", "ROOM_CONSTRAINTS")

T = TypeVar("T")


class Course(NamedTuple):
    """lectures: of one period each; days: on how many they should be at least; double: should lectures of one day
    be side by side in one room (.ectt)."""

    id: str
    teacher: str
    lectures: int
    days: int
    students: int
    double: bool


class Hall(NamedTuple):
    """building: empty in a .ctt file."""

    id: str
    seats: int
    building: str


@dataclass(frozen=True, slots=True)
class Instance:
    """load: least and most lectures a day for students, None in a .ctt file, which also lacks buildings, double
    lectures and unsuitable rooms. closed: course -> (day, period) in which it cannot be."""

    name: str
    days: int
    periods: int
    load: tuple[int, int] | None
    courses: dict[str, Course]
    rooms: dict[str, Hall]
    curricula: dict[str, frozenset[str]]
    closed: dict[str, frozenset[tuple[int, int]]]
    unsuitable: dict[str, frozenset[str]]


class Sheet:
    """The file cut into header and sections."""

    def __init__(self, data: bytes) -> None:
        self.header: dict[str, Line] = {}
        self.titles: dict[str, Line] = {}
        self.rows: dict[str, list[Line]] = {}
        section, last = "", None
        rest = lines(data)
        for line in rest:
            last, word = line, line.words[0]
            if word.upper() in ("END.", "END"):
                break
            if word.endswith(":"):
                section = self._begin(line, word[:-1])
            elif section:
                self.rows[section].append(line)
            else:
                raise line.wrong(repr(word), f"one of {', '.join(f'{key}:' for key in HEADER)}")
        else:
            raise FormatError(last.place if last else "line 1", "the end of the file", "END.")
        for line in rest:
            raise line.wrong(repr(line.words[0]), "nothing after END.")

    def _begin(self, line: Line, key: str) -> str:
        """Notes a line of the header or the title of a section, whose name is the answer."""
        known = self.titles if key in SECTIONS else self.header
        if key in known:
            raise line.wrong(f"{key}: again", f"it once (line {known[key].number})")
        if key not in SECTIONS and (key not in HEADER or self.titles):
            raise line.wrong(f"{key}:", f"one of {', '.join((*HEADER, *SECTIONS))} in its place")
        known[key] = line
        if key not in SECTIONS:
            return ""
        self.rows[key] = []
        return key

    def count(self, *keys: str) -> Line:
        """The line of the header with the first of the keys that it has, with one number."""
        for key in keys:
            if key in self.header:
                return self.header[key].shape("key number")
        raise FormatError("the header", f"no {keys[0]}:", "it")

    def section(self, title: str, count: Line) -> list[Line]:
        """The rows of a section; as many as its line of the header says."""
        if title not in self.rows:
            raise FormatError("the file", f"no section {title}:", "it")
        rows, expected = self.rows[title], count.integer(1)
        if len(rows) != expected:
            found = f"{len(rows)} rows in {title}"
            raise self.titles[title].wrong(found, f"{expected}, as line {count.number} says")
        return rows


def read_instance(data: bytes) -> Instance:
    """FormatError with the line of the first thing that is wrong."""
    sheet = Sheet(data)
    days, periods = _size(sheet.count("Days"), MOST_DAYS), _size(sheet.count("Periods_per_day"), MOST_PERIODS)
    extended = "Min_Max_Daily_Lectures" in sheet.header
    courses = _courses(sheet.section("COURSES", sheet.count("Courses")), days * periods, extended)
    rooms = {r.id: r for r in _rooms(sheet.section("ROOMS", sheet.count("Rooms")), extended)}
    curricula = _curricula(sheet.section("CURRICULA", sheet.count("Curricula")), courses)
    shut = sheet.section("UNAVAILABILITY_CONSTRAINTS", sheet.count("UnavailabilityConstraints", "Constraints"))
    bad = sheet.section("ROOM_CONSTRAINTS", sheet.count("RoomConstraints")) if extended else []
    return Instance(
        name=" ".join(sheet.header["Name"].words[1:]) if "Name" in sheet.header else "",
        days=days,
        periods=periods,
        load=_load(sheet.header["Min_Max_Daily_Lectures"]) if extended else None,
        courses=courses,
        rooms=rooms,
        curricula=curricula,
        closed=_sets((_known(x, 0, courses, "course"), _time(x, days, periods)) for x in shut),
        unsuitable=_sets(
            (_known(x.shape("course room"), 0, courses, "course"), _known(x, 1, rooms, "room")) for x in bad
        ),
    )


def _size(line: Line, most: int) -> int:
    number = line.integer(1, below=most + 1)
    if not number:
        raise line.wrong("0", f"a number from 1 to {most}")
    return number


def _load(line: Line) -> tuple[int, int]:
    line.shape("key least most")
    return line.integer(1), line.integer(2)


def _courses(rows: list[Line], week: int, extended: bool) -> dict[str, Course]:
    found: dict[str, Course] = {}
    total = 0
    for line in rows:
        line.shape("course teacher lectures days students" + " double" * extended)
        lectures, days, students = (line.integer(i) for i in (2, 3, 4))
        double = extended and line.integer(5, below=2) == 1
        course = Course(line.words[0], line.words[1], lectures, days, students, double)
        total += course.lectures
        _new(line, found)
        if not 1 <= course.lectures <= week or total > MOST_LECTURES:
            raise line.wrong(f"{course.lectures} lectures", f"1 to {week} in a week, {MOST_LECTURES} in all")
        found[course.id] = course
    return found


def _rooms(rows: list[Line], extended: bool) -> Iterator[Hall]:
    seen: dict[str, Line] = {}
    for line in rows:
        line.shape("room seats" + " building" * extended)
        _new(line, seen)
        seen[line.words[0]] = line
        yield Hall(line.words[0], line.integer(1), line.words[2] if extended else "")


def _curricula(rows: list[Line], courses: dict[str, Course]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in rows:
        if len(line.words) < 2 or len(line.words) != 2 + line.integer(1):
            raise line.wrong(f"{len(line.words)} words", "a curriculum, how many courses it has, and those")
        _new(line, found)
        found[line.words[0]] = frozenset(_known(line, i, courses, "course") for i in range(2, len(line.words)))
    return found


def _new(line: Line, known: Container[str]) -> None:
    if line.words[0] in known:
        raise line.wrong(f"{line.words[0]!r} again", "every name once")


def _known(line: Line, position: int, things: Container[str], kind: str) -> str:
    name = line.words[position]
    if name not in things:
        raise line.wrong(repr(name), f"the name of a {kind}")
    return name


def _time(line: Line, days: int, periods: int) -> tuple[int, int]:
    line.shape("course day period")
    return line.integer(1, "a day", days), line.integer(2, "a period", periods)


def _sets(pairs: Iterable[tuple[str, T]]) -> dict[str, frozenset[T]]:
    found: dict[str, set[T]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}
