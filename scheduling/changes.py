"""Changes of a school, written in words or as JSON, applied one after the other.

In words: "teacher T07 absent Mon P1-P4", "room R3 closed Tue", "class 7A unavailable Fri P5", "remove lesson 7A MAT 1",
"resize lesson 7A ART 1 to 2", "unpin lesson 7A MAT 1", "add lesson like 7A MAT 1". As JSON: the classes below.
"""

import re
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, PositiveInt, TypeAdapter, ValidationError, model_validator

from formats.when import cells_named
from models import changes as of
from models.base import ResourceKind, Value
from models.changes import Changed
from models.problem import Lesson, Pin, Problem, SchoolClass
from models.rules import AnyRule
from models.time import ClockGrid, PeriodGrid
from models.timetable import Timetable

ALWAYS = "always"
EXPECTED = (
    "teacher, class or room NAME unavailable TIMES; teacher NAME absent TIMES; room NAME closed TIMES; "
    "remove lesson ID; resize lesson ID to N; unpin lesson ID; add lesson like ID"
)


class Unavailable(Value):
    """Somebody, or a room, can have no lesson at some times: lessons then must move. times: "Mon P1-P3, Tue",
    "2026-03-02 09:00-12:00" or "always"."""

    change: Literal["unavailable"]
    teacher: str = ""
    class_: Annotated[str, Field(alias="class")] = ""
    room: str = ""
    times: str

    @model_validator(mode="after")
    def names_one(self) -> "Unavailable":
        if sum(map(bool, (self.teacher, self.class_, self.room))) != 1:
            raise ValueError("names one of teacher, class and room")
        return self

    @property
    def who(self) -> tuple[ResourceKind, str]:
        if self.teacher:
            return "teacher", self.teacher
        return ("class", self.class_) if self.class_ else ("room", self.room)


class Absent(Value):
    """A teacher is away for some time; colleagues may take her lessons."""

    change: Literal["absent"]
    teacher: str
    times: str


class Closed(Value):
    """A room cannot be used for some time; its lessons may go to others with enough seats."""

    change: Literal["closed"]
    room: str
    times: str


class Added(Value):
    """A lesson more: written out, or like another one."""

    change: Literal["add"]
    lesson: Lesson | None = None
    like: str = ""

    @model_validator(mode="after")
    def says_what(self) -> "Added":
        if (self.lesson is None) == (not self.like):
            raise ValueError("says either the lesson or which one it is like")
        return self


class ClassAdded(Value):
    """A class more, or a part of one; its lessons are added by further changes."""

    change: Literal["add class"]
    class_: Annotated[SchoolClass, Field(alias="class")]


class Removed(Value):
    change: Literal["remove"]
    lesson: str


class Resized(Value):
    """duration: in periods, or in steps of a clock grid."""

    change: Literal["resize"]
    lesson: str
    duration: PositiveInt


class Unpinned(Value):
    change: Literal["unpin"]
    lesson: str


class RuleAdded(Value):
    change: Literal["rule"]
    rule: AnyRule


Change = Annotated[
    Unavailable | Absent | Closed | Added | ClassAdded | Removed | Resized | Unpinned | RuleAdded,
    Field(discriminator="change"),
]
CHANGE: TypeAdapter[Change] = TypeAdapter(Change)


# ---- in words --------------------------------------------------------------------------------------------------------


def change_said(text: str) -> Change:
    """From words. ValueError says what was expected."""
    for pattern, fields in _SENTENCES:
        match = re.fullmatch(pattern, text.strip(), re.IGNORECASE)
        if match is not None:
            found = fields({k: v.strip().strip("'\"") for k, v in match.groupdict().items()})
            return CHANGE.validate_python(found)
    raise ValueError(f'"{text}" is no change; expected: {EXPECTED}')


def _of_resource(words: dict[str, str]) -> dict[str, Any]:
    return {"change": "unavailable", words["kind"].lower(): words["name"], "times": words["times"]}


_SENTENCES: tuple[tuple[str, Callable[[dict[str, str]], dict[str, Any]]], ...] = (
    (r"(?P<kind>teacher|class|room)\s+(?P<name>.+?)\s+unavailable\s+(?P<times>.+)", _of_resource),
    (r"teacher\s+(?P<teacher>.+?)\s+absent\s+(?P<times>.+)", lambda w: {"change": "absent", **w}),
    (r"room\s+(?P<room>.+?)\s+closed\s+(?P<times>.+)", lambda w: {"change": "closed", **w}),
    (r"remove\s+lesson\s+(?P<lesson>.+)", lambda w: {"change": "remove", **w}),
    (
        r"resize\s+lesson\s+(?P<lesson>.+)\s+to\s+(?P<duration>[1-9]\d*)",
        lambda w: {"change": "resize", "lesson": w["lesson"], "duration": int(w["duration"])},
    ),
    (r"unpin\s+lesson\s+(?P<lesson>.+)", lambda w: {"change": "unpin", **w}),
    (r"add\s+lesson\s+like\s+(?P<like>.+)", lambda w: {"change": "add", **w}),
)


# ---- applying --------------------------------------------------------------------------------------------------------


def cells_of(grid: PeriodGrid | ClockGrid, times: str) -> tuple[int, ...]:
    """ValueError says what was expected."""
    return tuple(range(grid.size)) if times.strip().casefold() == ALWAYS else cells_named(grid, times)


def first_cell(grid: PeriodGrid | ClockGrid, when: str) -> int:
    """The first cell from which on a repair may change anything; a time before the first date is the first cell."""
    if isinstance(grid, ClockGrid) and re.fullmatch(r"\d{4}-\d{2}-\d{2}\s+\d{1,2}:\d{2}", when.strip()):
        date, time = when.split()
        return min(c for c in cells_named(grid, f"{date} {time}-24:00"))
    return min(cells_named(grid, when))


def applied(
    problem: Problem, timetable: Timetable, changes: Iterable[tuple[str, Change]], effective_from: int = 0
) -> Changed:
    """changes: each with where it stands, for messages. ValueError names what is unknown, empty or contradictory."""
    state = Changed(problem, timetable)
    for where, change in changes:
        try:
            state = _applied(state, change, effective_from)
        except ValueError as error:
            raise ValueError(f"{where}: {_sentence(error)}") from error
    return state


def _sentence(error: ValueError) -> str:
    """A problem that does not hold together any more tells it with the first of its errors."""
    if isinstance(error, ValidationError):
        return str(error.errors()[0]["msg"]).removeprefix("Value error, ")
    return str(error)


def _applied(state: Changed, change: Change, first: int) -> Changed:
    problem, timetable = state
    match change:
        case Absent():
            cells = cells_of(problem.grid, change.times)
            return of.absent(problem, timetable, change.teacher, cells, first, source=change.change)
        case Closed():
            cells = cells_of(problem.grid, change.times)
            return of.closed(problem, timetable, change.room, cells, first, source=change.change)
        case Unavailable():
            cells = cells_of(problem.grid, change.times)
            return state._replace(problem=of.unavailable(problem, *change.who, cells, first, source=change.change))
        case Added():
            return state._replace(problem=of.lesson_added(problem, change.lesson or _like(problem, change.like)))
        case ClassAdded():
            return state._replace(problem=of.class_added(problem, change.class_))
        case Removed():
            return state._replace(problem=of.lesson_removed(problem, change.lesson))
        case Resized():
            return state._replace(problem=of.lesson_resized(problem, change.lesson, change.duration))
        case Unpinned():
            return state._replace(problem=of.lesson_unpinned(problem, change.lesson))
        case RuleAdded():
            return state._replace(problem=of.rule_added(problem, change.rule))


def _like(problem: Problem, id_: str) -> Lesson:
    """The same lesson once more, at any time, under the first id that is free."""
    if id_ not in problem.lesson:
        raise ValueError(f"the unknown lesson {id_!r} is to be had once more")
    number = next(n for n in range(2, len(problem.lessons) + 3) if f"{id_} ({n})" not in problem.lesson)
    return problem.lesson[id_].model_copy(update={"id": f"{id_} ({number})", "pin": Pin()})
