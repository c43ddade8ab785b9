"""A problem written as a workbook and read again is the same problem."""

import datetime as dt
from typing import Any

import pytest

from datasets.generate import generate
from formats.errors import Unsupported
from formats.excel.course_rows import courses_of
from formats.excel.read import read
from formats.excel.read_rules import COUNTED_TOGETHER
from formats.excel.write_input import write_input
from models.base import ResourceKind
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules import RULES, AnyRule, Rule
from models.rules.base import Who
from models.rules.min_simultaneous import MinSimultaneous
from models.rules.not_overlapping import NotOverlapping
from models.rules.preferred_times import PreferredTimes
from models.rules.same_start import SameStart
from models.rules.same_teacher import SameTeacher
from models.rules.travel_time import Travel, TravelTime
from models.rules.unavailable import Unavailable
from models.score import score
from models.time import ClockGrid, Day, Grid, Opening, PeriodGrid
from models.timetable import Placement, Timetable
from tests.formats.little_school import GRID, PROBLEM, TIMETABLE, cell, changed

EVERY_FIELD: dict[str, Any] = {
    "who": Who(kind="teacher", ids=("ADE", "BEN")),
    "tags": ("subject:MAT", "subject:PHY", "practical"),
    "lessons": ("m1", "pe", "m2"),
    "cells": (cell("Mon", "P2"), cell("Mon", "P3"), cell("Tue", "P1"), *range(cell("Wed", "P1"), cell("Thu", "P1"))),
    "limit": 2,
    "days": 3,
    "periods": 2,
    "minutes": 20,
    "until": 780,
    "late_days": 1,
    "per": "week",
    "room": "R1",
    "rooms": ("R1", "LAB"),
    "same_day_only": True,
    "empty_days": False,
    "over_breaks": True,
    "whole": True,
    "span": 4,
    "starts": True,
    "later": ("m2",),
    "circular": True,
    "or_none": True,
    "position": 1,
    "pairs": (Travel(a="North", b="South", minutes=15), Travel(a="North", b="East", minutes=5)),
}
"""A value other than the default for every field of the catalogue."""


def there_and_back(problem: Problem) -> Problem:
    found = read(write_input(problem))
    assert [f.sentence for f in found.errors] == []
    assert found.problem is not None
    return found.problem


def plain_rules(problem: Problem, name: dict[str, str]) -> set[str]:
    """The rules by what they mean: closed times one by one, the lessons under the names given, no order that does
    not count."""
    found: set[str] = set()
    for rule in problem.rules:
        data = rule.model_dump(exclude={"source"})
        if "lessons" in data:
            data["lessons"] = [name[x] for x in data["lessons"] or name]
            if rule.kind in COUNTED_TOGETHER:
                data["lessons"].sort()
        if rule.kind == "unavailable":
            ids = rule.who.ids or ("all",)
            found.update(f"{rule.who.kind} {i} {c} {rule.weight} {rule.tags}" for i in ids for c in rule.cells)
        elif "who" in data and rule.kind.startswith("max_") and len(data["who"]["ids"]) > 1 and rule.weight is None:
            found.update(str(data | {"who": i}) for i in data["who"]["ids"])
        else:
            found.add(str(data | ({"who": data["who"]["ids"][0]} if _is_one(data) else {})))
    return found


def _is_one(data: dict[str, Any]) -> bool:
    return "who" in data and len(data["who"]["ids"]) == 1 and data["kind"].startswith("max_") and data["weight"] is None


def without_places(grid: Grid) -> Grid:
    """As another workbook may have it: its periods stand in other cells."""
    if not isinstance(grid, PeriodGrid):
        return grid
    return grid.model_copy(update={"periods": tuple(x.model_copy(update={"source": ""}) for x in grid.periods)})


def assert_same(problem: Problem, again: Problem) -> None:
    name = courses_of(problem).name
    hidden = {"source"}
    assert without_places(again.grid) == without_places(problem.grid)
    for things in ("subjects", "teachers", "classes", "rooms"):
        before, after = getattr(problem, things), getattr(again, things)
        assert [x.model_dump(exclude=hidden) for x in after] == [x.model_dump(exclude=hidden) for x in before]
    hidden = {"source", "course"}
    wanted = {name[x.id]: x.model_dump(exclude=hidden | {"id"}) for x in problem.lessons}
    assert {x.id: x.model_dump(exclude=hidden | {"id"}) for x in again.lessons} == wanted
    assert plain_rules(again, {x.id: x.id for x in again.lessons}) == plain_rules(problem, name)


def test_little_school_comes_back_with_its_timetable() -> None:
    found = read(write_input(PROBLEM, TIMETABLE))
    assert found.problem is not None
    assert found.timetable is not None
    assert_same(PROBLEM, found.problem)
    name = courses_of(PROBLEM).name
    assert {name[p.lesson]: (p.start, p.rooms, p.teachers) for p in TIMETABLE.placements} == {
        p.lesson: (p.start, p.rooms, p.teachers) for p in found.timetable.placements
    }


@pytest.mark.parametrize(("classes", "seed"), [(6, 1), (6, 2), (12, 3), (24, 4)])
def test_generated_schools_come_back_with_the_same_score(classes: int, seed: int) -> None:
    school = generate(classes, seed)
    found = read(write_input(school.problem, school.timetable))
    assert found.problem is not None
    assert found.timetable is not None
    assert_same(school.problem, found.problem)
    assert score(found.problem, found.timetable).key == score(school.problem, school.timetable).key


@pytest.mark.parametrize("weight", [None, 3])
@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.__name__)
def test_every_rule_of_the_catalogue_comes_back(rule: type[Rule], weight: int | None) -> None:
    known = {f: EVERY_FIELD[f] for f in rule.model_fields if f not in ("kind", "weight", "source")}
    lessons = tuple(x.model_copy(update={"tags": ("practical",)}) if x.subject == "PHY" else x for x in PROBLEM.lessons)
    problem = changed(rules=(rule(**known, weight=weight),), lessons=lessons)
    assert_same(problem, there_and_back(problem))


def test_rule_on_everyone_and_rule_without_its_options_come_back() -> None:
    rules = []
    for rule in RULES:
        needed = {f: EVERY_FIELD[f] for f, info in rule.model_fields.items() if info.is_required()}
        kinds: tuple[ResourceKind | None, ...] = ("teacher", "class", "room") if "who" in needed else (None,)
        rules += [rule(**(needed | ({"who": Who(kind=kind)} if kind else {}))) for kind in kinds]
    problem = changed(rules=tuple(rules))
    assert_same(problem, there_and_back(problem))


def test_rules_that_differ_in_their_lessons_alone_share_a_row_and_come_back_one_by_one() -> None:
    problem = generate(6, 1).problem
    rules = [r for r in there_and_back(problem).rules if r.kind == "not_twice_a_day"]
    rows = {r.source for r in rules}
    assert len(rules) == sum(r.kind == "not_twice_a_day" for r in problem.rules) > len(rows)


def test_reader_adds_no_default_to_a_school_without_rules() -> None:
    assert there_and_back(changed(rules=())).rules == ()


def test_teacher_who_need_not_stay_is_chosen_lesson_by_lesson() -> None:
    two = tuple(
        Lesson(id=f"x{n}", subject="MUS", course="mus", classes=("7B",), any_teacher=(("DOR", "EVA"),)) for n in (1, 2)
    )
    one_teacher = SameTeacher(lessons=("x1", "x2"))
    for rules in ((), (one_teacher,), (one_teacher.model_copy(update={"weight": 4}),)):
        problem = changed(lessons=two, rules=rules)
        assert_same(problem, there_and_back(problem))


def test_lessons_at_the_same_times_get_a_label_only_if_every_lesson_is_paired() -> None:
    lessons = [
        Lesson(id=f"{s}{n}", subject=s, course=s, classes=(c,), duration=d)
        for s, c in (("FRE", "7A-F"), ("SPA", "7A-S"))
        for n, d in ((1, 1), (2, 2))
    ]
    full = (SameStart(lessons=("FRE1", "SPA1")), SameStart(lessons=("FRE2", "SPA2")))
    crossed = (SameStart(lessons=("FRE1", "SPA2")),)
    for rules, labels in ((full, ["T1", "T1"]), (full[:1], ["", ""]), (crossed, ["", ""])):
        problem = changed(lessons=tuple(lessons), rules=rules)
        assert [row.together for row in courses_of(problem).rows] == labels
        assert_same(problem, there_and_back(problem))


def test_rooms_are_asked_for_in_every_way() -> None:
    requests = (
        (),
        (RoomRequest(),),
        (RoomRequest(any_of=("R1",)),),
        (RoomRequest(features=("lab", "gas")),),
        (RoomRequest(any_of=("R1", "R2")), RoomRequest(features=("hall",))),
        (RoomRequest(features=("lab", "gas")), RoomRequest(any_of=("R1", "R2")), RoomRequest(features=("hall",))),
        (RoomRequest(any_of=("R1", "LAB"), optional=True),),
        (RoomRequest(features=("lab",), optional=True), RoomRequest(optional=True)),
    )
    lessons = tuple(
        Lesson(id=str(n), subject="ART", course=str(n), classes=("7B",), rooms=r) for n, r in enumerate(requests)
    )
    problem = changed(lessons=lessons, rules=())
    assert_same(problem, there_and_back(problem))


def test_seats_asked_for_become_the_rooms_that_have_them() -> None:
    x = Lesson(id="x", subject="ART", classes=("7B",), rooms=(RoomRequest(seats=50),))
    assert there_and_back(changed(lessons=(x,), rules=())).lessons[0].rooms == (RoomRequest(any_of=("GYM",)),)


def test_pins_come_back_to_the_very_lesson() -> None:
    pins = (
        Pin(start=cell("Mon", "P1"), rooms=("R2",), teachers=("EVA",)),
        Pin(start=cell("Mon", "P3"), rooms=("R1",)),
        Pin(start=cell("Tue", "P1")),
        Pin(),
    )
    lessons = tuple(
        Lesson(id=str(n), subject="MUS", course="m", classes=("7B",), any_teacher=(("DOR", "EVA"),), pin=pin,
               rooms=(RoomRequest(any_of=("R1", "R2")),))
        for n, pin in enumerate(pins)
    )  # fmt: skip
    problem = changed(lessons=lessons, rules=(SameTeacher(lessons=("0", "1", "2", "3")),))
    assert_same(problem, there_and_back(problem))


def test_room_pinned_without_a_time_is_the_only_one_asked_for() -> None:
    pin = Pin(rooms=("R2",), teachers=("EVA",))
    rooms = (RoomRequest(any_of=("R1", "R2")),)
    x = Lesson(id="x", subject="MUS", classes=("7B",), any_teacher=(("DOR", "EVA"),), pin=pin, rooms=rooms)
    [again] = there_and_back(changed(lessons=(x,), rules=())).lessons
    assert (again.rooms, again.any_teacher, again.pin) == ((RoomRequest(any_of=("R2",)),), (("EVA",),), Pin())


def test_lesson_without_people_comes_back() -> None:
    problem = changed(lessons=(Lesson(id="x", subject="ART", pin=Pin(start=0)),), rules=())
    assert_same(problem, there_and_back(problem))


def test_names_with_signs_of_their_own_are_replaced_and_still_meant() -> None:
    days = tuple(Day(id=d) for d in ("Mo/Tu", "2", "Day, three"))
    periods = tuple(p.model_copy(update={"id": f"{p.id}; {n}", "days": ()}) for n, p in enumerate(GRID.periods[:4]))
    problem = Problem(
        name="=1+1",
        grid=PeriodGrid(days=days, periods=periods, weeks=("odd", "even")),
        teachers=(Teacher(id="A, B"), Teacher(id="a b"), Teacher(id="none"), Teacher(id="#1")),
        classes=(SchoolClass(id="7 / 8", students=("x/1", "x,2")), SchoolClass(id="teacher"), SchoolClass(id="Year 9")),
        rooms=(Room(id="Lab+Gym", features=("type/a",)), Room(id="all rooms")),
        lessons=(
            Lesson(id="1", subject="A|B", classes=("7 / 8", "teacher"), teachers=("A, B", "none"), tags=("a,b",),
                   rooms=(RoomRequest(any_of=("Lab+Gym", "all rooms")), RoomRequest(features=("type/a",)))),
            Lesson(id="2", subject="A B", classes=("Year 9",), teachers=("#1",), any_teacher=(("a b", "none"),)),
        ),
        rules=(
            Unavailable(who=Who(kind="class", ids=("Year 9",)), cells=(0, 2)),
            PreferredTimes(lessons=("1",), cells=(1, 3, 4), weight=2),
            NotOverlapping(lessons=("1", "2")),
        ),
    )  # fmt: skip
    again = there_and_back(problem)
    assert [t.id for t in again.teachers] == ["A B", "a b (2)", "_none", "1"]
    assert [(len(x.classes), len(x.teachers), len(x.rooms)) for x in again.lessons] == [(2, 2, 2), (1, 1, 0)]
    assert again.lessons[1].any_teacher == (("a b (2)", "_none"),)
    assert {x.subject for x in again.lessons} == {"A B", "A B (2)"}
    assert [c.students for c in again.classes] == [("x 1", "x 2"), (), ()]
    assert {type(r).__name__: getattr(r, "cells", None) for r in again.rules} == {
        "Unavailable": (0, 2), "PreferredTimes": (1, 3, 4), "NotOverlapping": None,
    }  # fmt: skip


def test_renamed_timetable_keeps_its_rooms_and_teachers() -> None:
    x = Lesson(id="x", subject="ART", classes=("7B",), any_teacher=(("D,R",),), rooms=(RoomRequest(),))
    problem = changed(lessons=(x,), rules=(), teachers=(Teacher(id="D,R"),), rooms=(Room(id="R;1"),))
    placed = Timetable(placements=(Placement(lesson="x", start=0, rooms=("R;1",), teachers=("D,R",)),))
    found = read(write_input(problem, placed))
    assert found.timetable is not None
    assert [(p.rooms, p.teachers) for p in found.timetable.placements] == [(("R 1",), ("D R",))]


def test_equal_problems_give_equal_bytes() -> None:
    assert write_input(PROBLEM, TIMETABLE) == write_input(changed(), TIMETABLE)


CLOCK = ClockGrid(openings=(Opening(date=dt.date(2026, 9, 1), start=540, end=600),), step=30)
ART = Lesson(id="x", subject="ART", classes=("7B",))
MANY_DAYS = PeriodGrid(days=tuple(Day(id=f"D{n}") for n in range(15)), periods=GRID.periods[:1])
EMPTY: AnyRule = MinSimultaneous(lessons=(), cells=(0,), limit=1)
ODD_SITES = TravelTime(who=Who(kind="teacher"), pairs=(Travel(a="North-West", b="South", minutes=5),))


@pytest.mark.parametrize(
    ("problem", "named"),
    [
        (Problem(grid=CLOCK), "dates with clock times"),
        (Problem(grid=MANY_DAYS), "day (15)"),
        (Problem(grid=GRID.model_copy(update={"weeks": tuple("ABCDEFGHI")})), "week (9)"),
        (changed(lessons=(ART.model_copy(update={"buffer_after": 10}),), rules=()), "lesson x: found buffer"),
        (changed(lessons=(ART.model_copy(update={"subject": ""}),), rules=()), "lesson without a subject"),
        (changed(lessons=(ART.model_copy(update={"rooms": (RoomRequest(seats=900),)}),), rules=()), "no room fulfils"),
        (changed(lessons=(ART.model_copy(update={"rooms": (RoomRequest(any_of=("R1",)),), "pin": Pin(rooms=("R2",))}),),
                 rules=()), "pinned room that it does not ask for"),
        (changed(lessons=(ART.model_copy(update={"rooms": (RoomRequest(),), "pin": Pin(start=0, rooms=(None,))}),),
                 rules=()), "pin that leaves out a room"),
        (changed(rules=(EMPTY,)), "rule min simultaneous: found no lessons"),
        (changed(rules=(PreferredTimes(lessons=("m1",), cells=()),)), "rule preferred times: found no times"),
        (changed(rules=(ODD_SITES,)), "site North-West"),
    ],
)  # fmt: skip
def test_what_the_workbook_cannot_say_is_named_and_never_dropped(problem: Problem, named: str) -> None:
    with pytest.raises(Unsupported) as raised:
        write_input(problem)
    assert named in str(raised.value)
