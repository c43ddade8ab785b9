"""What the rows of a workbook become."""

from typing import Any

import pytest

from formats.excel.read import Import
from models.problem import Lesson, Pin, Problem, RoomRequest
from models.rules.base import Who
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.same_start import SameStart
from models.rules.same_teacher import SameTeacher
from models.rules.unavailable import Unavailable
from models.time import PeriodKind
from models.timetable import Placement
from tests.formats.excel.school import errors, imported, sentences

PARTS: list[list[Any]] = [
    ["Code", "Size", "Part of", "Split", "Home room"],
    ["7A", 28, "", "", "R1"],
    ["7B", 26, "", "", "R2"],
    ["7A-F", 14, "7A", "Language", ""],
    ["7A-S", 14, "7A", "Language", ""],
]


def problem_of(result: Import) -> Problem:
    assert errors(result) == []
    assert result.problem is not None
    return result.problem


def school(cells: dict[str, Any] | None = None, **sheets: Any) -> Problem:
    return problem_of(imported(cells, **sheets))


def lesson(problem: Problem, id_: str) -> Lesson:
    return problem.lesson[id_]


def rules_of(problem: Problem, kind: str) -> list[Any]:
    return [r for r in problem.rules if r.kind == kind]


def test_the_grid_has_the_periods_of_kind_lesson() -> None:
    grid = school().grid
    assert grid.day_names == ("Mon", "Tue", "Wed", "Thu", "Fri")
    assert grid.size == 4 * 4 + 3  # P4 is not on Friday
    assert grid.runs[:4] == (2, 1, 2, 1)  # lunch between P2 and P3
    assert [p.kind for p in grid.periods if p.id == "Lunch"] == [PeriodKind.LUNCH]  # type: ignore[union-attr]


def test_the_name_and_the_settings_are_kept() -> None:
    result = imported({"School!A5": "Language", "School!B5": "en"})
    assert problem_of(result).name == "Hilltop"
    assert result.settings == {"School": "Hilltop", "Days": "Mon-Fri", "Week pattern": "1", "Language": "en"}


@pytest.mark.parametrize(
    ("pattern", "weeks"),
    [(1, ("every",)), ("A/B", ("A", "B")), (2, ("A", "B")), ("Red, Blue, Green", ("Red", "Blue", "Green"))],
)
def test_week_patterns(pattern: Any, weeks: tuple[str, ...]) -> None:
    assert school({"School!B4": pattern}).grid.weeks == weeks


@pytest.mark.parametrize(
    ("days", "names"),
    [
        ("Mon-Thu", ("Mon", "Tue", "Wed", "Thu")),
        ("Sun-Thu", ("Sun", "Mon", "Tue", "Wed", "Thu")),
        ("Montag-Donnerstag", ("Montag", "Dienstag", "Mittwoch", "Donnerstag")),
        ("Mon, Tue; Wed / Thu", ("Mon", "Tue", "Wed", "Thu")),
        ("Day 1, Day 2", ("Day 1", "Day 2")),
        (4, ("Mon", "Tue", "Wed", "Thu")),
    ],
)
def test_days(days: Any, names: tuple[str, ...]) -> None:
    problem = school({"School!B3": days, "Periods!E6": ""}, Unavailable=[["Who", "Day"]])
    assert problem.grid.day_names == names


def test_a_row_becomes_a_course_of_lessons() -> None:
    problem = school()
    assert [(x.id, x.duration) for x in problem.lessons if x.course == "7A-MATH"] == [
        ("7A-MATH-1", 2),
        ("7A-MATH-2", 1),
        ("7A-MATH-3", 1),
    ]
    assert [x.id for x in problem.lessons if x.course == "7B-MATH"] == ["7B-MATH-1", "7B-MATH-2", "7B-MATH-3"]
    assert lesson(problem, "7A-MATH-1").source == "Lessons!A2"


def test_a_second_row_of_a_class_and_subject_has_its_own_name() -> None:
    problem = school({"Lessons!A6": "7B", "Lessons!B6": "MATH", "Lessons!C6": "JON", "Lessons!D6": 1})
    assert lesson(problem, "7B-MATH-JON-1").teachers == ("JON",)


def test_several_teachers_teach_together() -> None:
    assert lesson(school({"Lessons!C5": "JON, SMI"}), "7B-ART-1").teachers == ("JON", "SMI")


def test_a_choice_of_teachers_is_kept_over_the_course() -> None:
    problem = school({"Lessons!C3": "any of SMI|JON"})
    first = lesson(problem, "7B-MATH-1")
    assert (first.teachers, first.any_teacher) == ((), (("SMI", "JON"),))
    assert rules_of(problem, "same_teacher") == [
        SameTeacher(lessons=("7B-MATH-1", "7B-MATH-2", "7B-MATH-3"), source="Lessons!C3")
    ]


def test_any_of_a_star_chooses_among_the_qualified() -> None:
    problem = school({"Lessons!C3": "any of *", "Teachers!D3": "ART, MATH", "Teachers!D4": "MATH"})
    assert lesson(problem, "7B-MATH-1").any_teacher == (("SMI", "JON"),)  # OLD is not active


def test_a_fixed_teacher_beside_a_choice() -> None:
    chosen = lesson(school({"Lessons!C3": "SMI, any of JON | SMI"}), "7B-MATH-1")
    assert (chosen.teachers, chosen.any_teacher) == (("SMI",), (("JON", "SMI"),))


@pytest.mark.parametrize("word", ["-", "none", "NOBODY", "keine"])
def test_nobody_teaches_and_nobody_attends(word: str) -> None:
    duty = lesson(school({"Lessons!A5": "none", "Lessons!C5": word}), "ART-1")
    assert (duty.classes, duty.teachers) == ((), ())


@pytest.mark.parametrize("word", ["NOBODY", "nobody"])
def test_a_teacher_who_is_called_like_the_word_for_nobody_teaches(word: str) -> None:
    called = school({"Teachers!A5": "NOBODY", "Lessons!C5": word})
    assert lesson(called, "7B-ART-1").teachers == ("NOBODY",)


@pytest.mark.parametrize(
    ("cell", "requests"),
    [
        ("R2", (RoomRequest(any_of=("R2",)),)),
        ("R1, LAB1", (RoomRequest(any_of=("R1", "LAB1")),)),
        ("R1/R2", (RoomRequest(any_of=("R1", "R2")),)),
        ("type:lab", (RoomRequest(features=("lab",)),)),
        ("Type: Lab+sink", (RoomRequest(features=("lab", "sink")),)),
        ("R1 + type:lab", (RoomRequest(any_of=("R1",)), RoomRequest(features=("lab",)))),
        ("R2, type:sink", (RoomRequest(any_of=("R2", "LAB1")),)),
        ("any", (RoomRequest(),)),
        ("none", ()),
        ("", (RoomRequest(any_of=("R2",)),)),  # the home room of 7B
    ],
)
def test_rooms(cell: str, requests: tuple[RoomRequest, ...]) -> None:
    problem = school({"Lessons!F5": cell, "Rooms!D4": "lab, sink"})
    assert lesson(problem, "7B-ART-1").rooms == requests


def test_a_subject_asks_for_its_type_of_room() -> None:
    assert lesson(school(), "7A-CHEM-1").rooms == (RoomRequest(features=("lab",)),)


@pytest.mark.parametrize(
    ("classes", "rooms"),
    [
        ("7A", (RoomRequest(any_of=("R1",)),)),
        ("7A, 7B", (RoomRequest(any_of=("R1", "R2")),)),
        ("7A-F", ()),  # the other half may be in the home room
        ("7A-F, 7A-S", (RoomRequest(any_of=("R1",)),)),  # both halves are the class
    ],
)
def test_home_rooms(classes: str, rooms: tuple[RoomRequest, ...]) -> None:
    problem = school({"Lessons!A5": classes}, Classes=PARTS)
    assert next(x for x in problem.lessons if x.subject == "ART").rooms == rooms


def test_a_home_room_may_stand_on_either_sheet() -> None:
    problem = school({"Classes!G3": "", "Rooms!F4": "7B"})
    assert lesson(problem, "7B-ART-1").rooms == (RoomRequest(any_of=("LAB1",)),)


def test_weeks() -> None:
    problem = school({"School!B4": "A/B", "Lessons!G3": "b", "Lessons!G4": "both", "Lessons!G5": "Week A"})
    assert lesson(problem, "7B-MATH-1").weeks == (1,)
    assert lesson(problem, "7A-CHEM-1").weeks == ()
    assert lesson(problem, "7B-ART-1").weeks == (0,)


def test_rows_with_one_label_start_together_longest_first() -> None:
    cells = {"Lessons!H2": "band", "Lessons!H3": "Band ", "Lessons!D3": 4, "Lessons!E3": "1+1+2", "Lessons!C3": "JON"}
    problem = school(cells)
    assert rules_of(problem, "same_start") == [
        SameStart(lessons=pair, source="Lessons!H2")
        for pair in [("7A-MATH-1", "7B-MATH-3"), ("7A-MATH-2", "7B-MATH-1"), ("7A-MATH-3", "7B-MATH-2")]
    ]


def test_parts_are_together_with_their_sisters_only() -> None:
    lessons = [["Class", "Subject", "Teacher", "Per week", "Together"]]
    french, german = ["7A-F", "MATH", "SMI", 1, "L"], ["7A-S", "MATH", "JON", 1, "L"]
    assert rules_of(school(Lessons=[*lessons, french, german], Classes=PARTS), "same_start")
    whole = ["7A", "ART", "JON", 1, "L"]
    result = imported(Lessons=[*lessons, french, whole], Classes=PARTS)
    assert "need the same students" in errors(result)[0]


def test_explicit_student_sets() -> None:
    classes = [["Code", "Student sets"], ["7A", "s1, s2"], ["7B", "s2; s3"]]
    problem = school(Classes=classes)
    assert problem.class_["7A"].students == ("s1", "s2")
    assert problem.class_["7B"].students == ("s2", "s3")


def test_limits_are_hard_rules_with_their_cell() -> None:
    problem = school({"Teachers!E2": 2, "Teachers!F3": 0, "Subjects!E3": 1})
    assert rules_of(problem, "max_periods_per_day") == [
        MaxPeriodsPerDay(who=Who(kind="class"), tags=("subject:ART",), limit=1, source="Subjects!E3"),
        MaxPeriodsPerDay(who=Who(kind="teacher", ids=("SMI",)), limit=2, source="Teachers!E2"),
    ]
    assert MaxGapsPerWeek(who=Who(kind="teacher", ids=("JON",)), limit=0, source="Teachers!F3") in problem.rules


@pytest.mark.parametrize(
    ("row", "kind", "cells", "weight"),
    [
        (["JON", "Fri"], "teacher", (16, 17, 18), None),
        (["7A", "Mon", "P3-P4", 5], "class", (2, 3), 5),
        (["R1", "Mon-Tue", "P1, P4"], "room", (0, 3, 4, 7), None),
        (["teacher: smi", "freitag", "1"], "teacher", (16,), None),
        (["SMI", "all", "P4"], "teacher", (3, 7, 11, 15), None),  # Friday has no P4
    ],
)
def test_unavailable(row: list[Any], kind: str, cells: tuple[int, ...], weight: int | None) -> None:
    (rule,) = rules_of(school(Unavailable=[["Who", "Day", "Periods", "Weight"], row]), "unavailable")
    assert isinstance(rule, Unavailable)
    assert (rule.who.kind, rule.cells, rule.weight, rule.source) == (kind, cells, weight, "Unavailable!A2")


FIXED = ["Class", "Subject", "Day", "Period", "Room", "Teacher"]


def test_a_fixed_row_pins_the_next_lesson() -> None:
    rows = [FIXED, ["7B", "MATH", "Tue", "P1", "R2"], ["7B", "MATH", "Wed", "P3"]]
    problem = school(Fixed=rows)
    assert lesson(problem, "7B-MATH-1").pin == Pin(start=4, rooms=("R2",))
    assert lesson(problem, "7B-MATH-2").pin == Pin(start=10)
    assert lesson(problem, "7B-MATH-3").pin == Pin()


@pytest.mark.parametrize("rows", [[["7A", "CHEM", "Mon", "P3-P4"]], [["7A", "CHEM", "Mon", p] for p in ("P3", "P4")]])
def test_a_double_is_fixed_by_one_row_or_two(rows: list[list[str]]) -> None:
    problem = school(Fixed=[FIXED, *rows])
    assert lesson(problem, "7A-CHEM-1").pin == Pin(start=2)


def test_a_fixed_teacher_among_those_to_choose() -> None:
    problem = school({"Lessons!C5": "any of SMI|JON"}, Fixed=[FIXED, ["7B", "ART", "Mon", "P1", "", "SMI"]])
    assert lesson(problem, "7B-ART-1").pin == Pin(start=0, teachers=("SMI",))


TIMETABLE = ["Class", "Subject", "Teacher", "Day", "Period", "Room", "Locked"]


def test_a_timetable_sheet_places_lessons() -> None:
    rows = [
        TIMETABLE,
        ["7A", "MATH", "SMI", "Mon", "P1", "R1", ""],
        ["7A", "MATH", "SMI", "Mon", "P2", "R1", ""],  # with the row above the double
        ["7A", "MATH", "SMI", "Tue", "P1", "R1", "yes"],
        ["7A", "CHEM", "", "Wed", "P1-P2", "LAB1", ""],
        ["7B", "ART", "JON", "Mon", "P1", "", ""],
    ]
    result = imported(Timetable=rows)
    problem, timetable = problem_of(result), result.timetable
    assert timetable is not None
    assert timetable.placements == (
        Placement(lesson="7A-MATH-1", start=0, rooms=("R1",)),
        Placement(lesson="7A-MATH-2", start=4, rooms=("R1",)),
        Placement(lesson="7A-CHEM-1", start=8, rooms=("LAB1",)),
        Placement(lesson="7B-ART-1", start=0, rooms=(None,)),
    )
    assert [u.lesson for u in timetable.unplaced] == ["7A-MATH-3", "7B-MATH-1", "7B-MATH-2", "7B-MATH-3"]
    assert lesson(problem, "7A-MATH-2").pin == Pin(start=4, rooms=("R1",))
    assert lesson(problem, "7A-MATH-1").pin == Pin()


def test_a_timetable_with_a_choice_of_teachers_says_who() -> None:
    cells = {"Lessons!C5": "any of SMI|JON"}
    told = imported(cells, Timetable=[TIMETABLE, ["7B", "ART", "SMI", "Mon", "P1", "R2"]])
    assert told.timetable is not None
    assert told.timetable.placements == (Placement(lesson="7B-ART-1", start=0, rooms=("R2",), teachers=("SMI",)),)
    silent = imported(cells, Timetable=[TIMETABLE, ["7B", "ART", "", "Mon", "P1", "R2"]])
    assert errors(silent) == ["Timetable!C2: it is not said who teaches 7B-ART-1. Expected one of SMI, JON."]


def test_a_fixed_lesson_and_its_locked_row_agree() -> None:
    rows = [TIMETABLE, ["7B", "MATH", "SMI", "Mon", "P1", "", ""], ["7B", "MATH", "SMI", "Tue", "P1", "", "yes"]]
    result = imported(Fixed=[FIXED, ["7B", "MATH", "Tue", "P1"]], Timetable=rows)
    assert problem_of(result).lesson["7B-MATH-1"].pin.start == 4
    assert result.timetable is not None
    assert result.timetable.placement["7B-MATH-1"].start == 4  # the fixed lesson keeps its own place
    assert result.timetable.placement["7B-MATH-2"].start == 0


def test_without_rows_there_is_no_timetable() -> None:
    assert imported().timetable is None


def test_defaults_are_soft_and_say_so() -> None:
    rules = school().rules
    defaults = [(r.kind, r.weight) for r in rules if r.source == "default"]
    assert defaults == [
        ("max_gaps_per_week", 50),
        ("day_starts_early", 5),
        ("max_gaps_per_week", 2),
        ("room_capacity", 2),
    ]
    spread = [(r.lessons, r.limit, r.weight) for r in rules_of(school(), "not_twice_a_day")]
    assert spread == [
        (("7A-MATH-1", "7A-MATH-2", "7A-MATH-3"), 1, 20),
        (("7B-MATH-1", "7B-MATH-2", "7B-MATH-3"), 1, 20),
    ]


def test_more_lessons_than_days_are_spread_evenly_and_stay_together() -> None:
    problem = school({"Lessons!D3": 7})
    assert [r.limit for r in rules_of(problem, "not_twice_a_day")] == [1, 2]  # 7 over 5 days
    assert [len(r.lessons) for r in rules_of(problem, "together_if_same_day")] == [7]


def test_weeks_that_alternate_are_counted_apart() -> None:
    rows = [["Class", "Subject", "Teacher", "Per week", "Week"], *(["7A", "ART", "JON", 1, w] for w in "AB")]
    problem = school({"School!B4": "A/B"}, Lessons=rows)
    assert rules_of(problem, "not_twice_a_day") == []  # one a week is no spreading


@pytest.mark.parametrize(
    ("row", "kind", "left"),
    [
        (["max gaps per day", "all classes", 1], "max_gaps_per_week", [("teacher", ())]),
        (
            ["max gaps per week", "7A", 1],
            "max_gaps_per_week",
            [("class", ("7A",)), ("class", ("7B",)), ("teacher", ())],
        ),
        (["max gaps per week", "all teachers", "off"], "max_gaps_per_week", [("class", ())]),
        (["day starts early", "all classes", "", "off"], "day_starts_early", []),
    ],
)
def test_a_rule_replaces_the_default(row: list[Any], kind: str, left: list[Any]) -> None:
    rules = rules_of(school(Rules=[["Rule", "Applies to", "Value", "Weight"], row]), kind)
    assert [(r.who.kind, r.who.ids) for r in rules] == left


def test_a_rule_on_a_course_replaces_its_spreading() -> None:
    row = ["min days between", "7A MATH", 2, 7]
    problem = school(Rules=[["Rule", "Applies to", "Value", "Weight"], row])
    assert [r.lessons[0] for r in rules_of(problem, "not_twice_a_day")] == ["7B-MATH-1"]
    assert [(r.lessons, r.days, r.weight) for r in rules_of(problem, "min_days_between")] == [
        (("7A-MATH-1", "7A-MATH-2", "7A-MATH-3"), 2, 7)
    ]


def test_notes_and_unknown_columns_are_kept() -> None:
    result = imported({"Lessons!J3": "ask Ada", "Lessons!K1": "Fax"})
    assert result.notes == {"7B-MATH": "ask Ada"}
    assert result.extra == {"Lessons": ("Fax",)}


def test_a_school_without_rooms_asks_for_none() -> None:
    problem = school({"Subjects!D4": "", "Classes!G2": "", "Classes!G3": ""}, Rooms=None)
    assert {x.rooms for x in problem.lessons} == {()}


def test_without_the_sheet_school_a_plain_week_is_assumed() -> None:
    result = imported(School=None)
    assert problem_of(result).grid.day_names == ("Mon", "Tue", "Wed", "Thu", "Fri")
    assert sentences(result) == ['file: there is no sheet "School"; the week is taken as Mon-Fri, every week alike.']


def test_all_mistakes_are_reported_in_one_pass() -> None:
    result = imported(
        {"Teachers!E2": 99, "Lessons!D3": "x", "Unavailable!B2": "Fry", "Rules!A2": "maks", "Periods!B3": "x"}
    )
    assert [f.place for f in result.errors] == ["Periods!B3", "Teachers!E2", "Lessons!D3", "Unavailable!B2", "Rules!A2"]
