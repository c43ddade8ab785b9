"""The finished workbook is the input of a later check or repair."""

from formats.excel.read import read
from formats.excel.read_placed import read_placed
from formats.excel.write import write_timetable
from models.problem import Problem
from models.timetable import Placement, Timetable, Unplaced
from tests.formats.excel.school import imported, tables, xlsx

PLACES = {
    "7A-MATH-1": (0, "R1"),
    "7A-MATH-2": (4, "R1"),
    "7A-MATH-3": (8, "R1"),
    "7B-MATH-1": (2, "R2"),
    "7B-MATH-2": (6, "R2"),
    "7A-CHEM-1": (2, "LAB1"),
    "7B-ART-1": (1, "R2"),
}


def school() -> Problem:
    problem = imported({"Lessons!C5": "any of SMI|JON"}).problem
    assert problem is not None
    return problem


def placed() -> Timetable:
    return Timetable(
        placements=tuple(
            Placement(lesson=x, start=start, rooms=(room,), teachers=("JON",) if x == "7B-ART-1" else ())
            for x, (start, room) in PLACES.items()
        ),
        unplaced=(Unplaced(lesson="7B-MATH-3", reason="not in the timetable that was read"),),
    )


def test_what_was_written_is_read_again() -> None:
    problem = school()
    timetable, findings = read_placed(write_timetable(problem, placed()), problem)
    assert [f.sentence for f in findings] == []
    assert timetable is not None
    assert timetable.placement == placed().placement
    assert timetable.unplaced == placed().unplaced


def test_places_of_another_school_are_errors() -> None:
    other = read(xlsx(tables(Lessons=[["Class", "Subject", "Teacher", "Per week"], ["7A", "CHEM", "JON", 1]]))).problem
    assert other is not None
    timetable, findings = read_placed(write_timetable(school(), placed()), other)
    assert timetable is None
    assert "List!B2: there is no MATH 7A on sheet Lessons. Expected a row of sheet Lessons." in [
        f.sentence for f in findings
    ]


def test_a_workbook_without_a_timetable() -> None:
    timetable, findings = read_placed(xlsx({"Menu": [["Soup"]]}), school())
    assert timetable is None
    assert [f.sentence for f in findings] == [
        "file: there is no timetable in it. "
        "Expected a sheet Timetable or List with the columns Class, Subject, Day, Period."
    ]


def test_a_file_that_is_refused() -> None:
    timetable, findings = read_placed(b"", school())
    assert timetable is None
    assert findings[0].message == "the file is empty"
