"""Reads a .fet file of FET 5 or 6, official mode, as a problem."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from formats.errors import FormatError, Unsupported
from formats.fet.entry import Entry, Inexpressible
from formats.fet.grouping import grouped
from formats.fet.mode import must_be_official
from formats.fet.rooms import RoomBook, Wish, soft_rules
from formats.fet.school import School, read_school
from formats.fet.space_constraints import ROOM_NAMES, SPACE, note_rooms
from formats.fet.time_constraints import TIME
from formats.xml import Node, parse
from models.problem import Lesson, Pin, Problem
from models.rules import AnyRule
from models.rules.max_site_changes import MaxSiteChanges
from models.rules.min_gap_after import MinGapAfter
from models.rules.min_gap_between import MinGapBetween
from models.rules.min_rest import MinRest
from models.rules.preferred_times import PreferredTimes
from models.rules.travel_time import TravelTime

HARD = 100.0

IN_BUILDING = "in a building"
"""Tag of the activities whose room can be in a building, where others cannot."""


class FetImport(NamedTuple):
    """unsupported: (constraint left out, how often); notes: what else a person should know;
    ids: (day, hour) -> cell of the grid. Lessons are named by the ids of their activities, all else by its name."""

    problem: Problem
    unsupported: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    ids: dict[tuple[str, str], int]


def read_fet(data: bytes | str | Path, *, ignore_unsupported: bool = False) -> FetImport:
    """data: the content of a file, or where it lies. Weight 100 becomes hard, less the price of one unit, 0 nothing.

    FormatError: the file is broken, or names what it does not define; the message says where.
    Unsupported: another mode, or active constraints that no rule expresses, unless these are to be ignored.
    """
    root = parse(data if isinstance(data, bytes) else Path(data).read_bytes())
    reading = read_all(root)
    unsupported = tuple(reading.unsupported.items())
    if unsupported and not ignore_unsupported:
        raise Unsupported(root.place, unsupported, "constraints that the rules express")
    problem = reading.problem(root)
    return FetImport(problem, tuple(reading.unsupported.items()), reading.notes(), reading.school.week.cells)


def read_all(root: Node) -> "Reading":
    if root.tag.lower() != "fet":
        raise root.wrong(f"<{root.tag}>", "<fet>")
    must_be_official(root)
    try:
        reading = Reading(read_school(root))
    except ValidationError as error:
        raise FormatError(root.place, _first(error), "names and numbers a school can have") from None
    reading.constraints(root)
    return reading


class Reading:
    """Gathers the rules of a file constraint by constraint."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.book = RoomBook(school)
        self.rules: list[AnyRule] = []
        self.unsupported: Counter[str] = Counter()
        self.weightless: Counter[str] = Counter()

    def constraints(self, root: Node) -> None:
        for listing in ("Time_Constraints_List", "Space_Constraints_List"):
            for node in root.child(listing).children:
                if node.flag("Active", True):
                    self._constraint(node)
        self._lessons()

    def _constraint(self, node: Node) -> None:
        percent = node.number("Weight_Percentage")
        if not 0 <= percent <= HARD:
            raise node.child("Weight_Percentage").wrong(f"{percent:g}", "0 to 100")
        entry = Entry(node, self.school, None if percent == HARD else max(1, round(percent)))
        if percent == 0:
            self.weightless[node.tag] += 1
        if node.tag not in ROOM_NAMES:
            self._convert(entry, keep_soft=percent > 0)
        elif percent:
            note_rooms(entry, self.book)

    def _convert(self, entry: Entry, keep_soft: bool) -> None:
        convert = TIME.get(entry.node.tag) or SPACE.get(entry.node.tag)
        if convert is None:
            self.unsupported[entry.node.tag] += 1
            return
        try:
            self.rules.extend(r for r in convert(entry) if keep_soft or r.weight is None)
        except Inexpressible as lack:
            self.unsupported[f"{entry.node.tag} {lack}"] += 1
        except ValidationError as error:
            raise entry.node.wrong(_first(error), "values a rule can have") from None

    def _lessons(self) -> None:
        """Gives every lesson its room requests and the rules of its soft wishes."""
        deciding: dict[Wish, list[Lesson]] = {}
        for id_, lesson in self.school.lessons.items():
            try:
                requests, soft = self.book.settle(lesson)
            except Inexpressible as lack:
                self.unsupported[f"{self.book.wishes[id_][-1].node.tag} {lack}"] += 1
                continue
            asking = lesson.model_copy(update={"rooms": requests})
            self.school.lessons[id_] = asking
            for wish in soft:
                deciding.setdefault(wish, []).append(asking)
        self.rules.extend(soft_rules(self.school, deciding))

    def problem(self, root: Node) -> Problem:
        lessons, rules = self._pass_over(*pinned(self.school, self.rules))
        try:
            return Problem(
                name=root.value_or("", "Institution_Name"),
                grid=self.school.week.grid,
                subjects=tuple(self.school.subjects.values()),
                teachers=tuple(self.school.teachers.values()),
                classes=tuple(self.school.classes.values()),
                rooms=tuple(self.school.rooms.values()),
                lessons=tuple(lessons.values()),
                rules=tuple(grouped(rules)),
            )
        except ValidationError as error:
            raise FormatError(root.place, _first(error), "a sound problem") from None

    def notes(self) -> tuple[str, ...]:
        found = [f"{kind} ({count}) with weight 0 cost nothing" for kind, count in self.weightless.items()]
        if self.school.inactive:
            found.append(f"{len(self.school.inactive)} inactive activities left out")
        return (*found, *self._differences())

    def _differences(self) -> Iterator[str]:
        """Where the rules ask for more than FET does."""
        if self.school.week.breaks and any(isinstance(r, MinGapAfter | MinGapBetween | MinRest) for r in self.rules):
            yield "gaps asked between activities and hours of rest are counted without breaks, FET counts breaks too"
        several = [x for x in self.school.lessons.values() if len(set(self._in_building(x))) > 1]
        if several and any(map(_on_buildings, self.rules)):
            yield (
                f"activities that may be in a room with a building or in one without ({len(several)}): "
                "the latter counts as a building of its own, FET passes over it"
            )

    def _pass_over(self, lessons: dict[str, Lesson], rules: list[AnyRule]) -> tuple[dict[str, Lesson], list[AnyRule]]:
        """Makes the rules on buildings count only the activities that can be in one, as FET does."""
        if not any(map(_on_buildings, rules)) or not any(False in self._in_building(x) for x in lessons.values()):
            return lessons, rules
        inside = {
            id_: x.model_copy(update={"tags": (*x.tags, IN_BUILDING)}) if any(self._in_building(x)) else x
            for id_, x in lessons.items()
        }
        return inside, [r.model_copy(update={"tags": (IN_BUILDING,)}) if _on_buildings(r) else r for r in rules]

    def _in_building(self, lesson: Lesson) -> list[bool]:
        """Whether each room is in a building that the first request of an activity could be given."""
        return [bool(self.school.rooms[room].site) for request in lesson.rooms[:1] for room in request.any_of]


def _on_buildings(rule: AnyRule) -> bool:
    return isinstance(rule, MaxSiteChanges | TravelTime)


def pinned(school: School, rules: list[AnyRule]) -> tuple[dict[str, Lesson], list[AnyRule]]:
    """Turns hard preferred times of one lesson at one cell into its pin; a second such rule of a lesson stays."""
    fixed, rest = dict(school.lessons), []
    for rule in rules:
        if isinstance(rule, PreferredTimes) and _is_pin(rule) and fixed[rule.lessons[0]].pin.start is None:
            lesson, cell = fixed[rule.lessons[0]], rule.cells[0]
            if not school.week.grid.fits(cell, lesson.duration):
                found = f"{school.week.grid.label(cell)} for activity {lesson.id}"
                raise FormatError(rule.source, found, f"a time with {lesson.duration} hours before the next break")
            fixed[lesson.id] = lesson.model_copy(update={"pin": Pin(start=cell)})
        else:
            rest.append(rule)
    return fixed, rest


def _is_pin(rule: PreferredTimes) -> bool:
    return rule.weight is None and not rule.whole and len(rule.lessons) == len(rule.cells) == 1


def _first(error: ValidationError) -> str:
    problem = error.errors()[0]
    where = ".".join(str(x) for x in problem["loc"])
    return f"{where}: {problem['msg']}" if where else str(problem["msg"])
