"""Broken rows of the sheet Lessons: one mistake each, with its exact message."""

import datetime as dt
from typing import Any

import pytest

from tests.formats.excel.school import errors, imported

CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a teacher with a typing mistake": (
        {"Lessons!C2": "SMl"},
        ['Lessons!C2: "SMl" is not a teacher. Expected a code of sheet Teachers. Did you mean "SMI"?'],
    ),
    "a class that does not exist": (
        {"Lessons!A2": "7C"},
        ['Lessons!A2: "7C" is not a class. Expected a code of sheet Classes.'],
    ),
    "a subject that does not exist": (
        {"Lessons!B3": "MATHS"},
        ['Lessons!B3: "MATHS" is not a subject. Expected a code of sheet Subjects. Did you mean "MATH"?'],
    ),
    "a room that does not exist": (
        {"Lessons!F3": "R9"},
        ['Lessons!F3: "R9" is not a room. Expected a code of sheet Rooms.'],
    ),
    "a type no room has": (
        {"Lessons!F3": "type:labb"},
        ['Lessons!F3: no room is of type "labb". Expected a type of sheet Rooms. Did you mean "lab"?'],
    ),
    "no number of periods": ({"Lessons!D2": ""}, ["Lessons!D2: Per week is missing. Expected periods per week."]),
    "a number in words": ({"Lessons!D3": "three"}, ['Lessons!D3: Per week is "three". Expected a whole number.']),
    "half a period": ({"Lessons!D3": 2.5}, ['Lessons!D3: Per week is "2.5". Expected a whole number.']),
    "no period at all": ({"Lessons!D3": 0}, ["Lessons!D3: Per week is 0. Expected a whole number from 1 to 280."]),
    "more periods than the week has": (
        {"Lessons!D3": 30},
        ["Lessons!D3: Per week is 30. Expected at most 19, the periods of a week."],
    ),
    "blocks that do not add up": (
        {"Lessons!E2": "2+2+2"},
        ['Lessons!E2: Blocks is "2+2+2". Expected lengths that add up to 4, such as 2+1+1.'],
    ),
    "blocks in words": (
        {"Lessons!E2": "double"},
        ['Lessons!E2: Blocks is "double". Expected lengths that add up to 4, such as 2+1+1.'],
    ),
    "a block longer than any stretch of the day": (
        {"Lessons!E2": "3+1"},
        [
            "Lessons!E2: a lesson of 3 periods fits into no day. Expected at most 2 periods, which is the "
            "longest stretch without lunch."
        ],
    ),
    "a double where one period a day is allowed": (
        {"Subjects!E2": 1},
        [
            "Lessons!E2: a lesson of 2 periods breaks Max per day of MATH, which is 1. Expected lessons of "
            "at most 1 periods."
        ],
    ),
    "a teacher who has left": (
        {"Lessons!C2": "OLD"},
        ['Lessons!C2: teacher "OLD" is not active. Expected an active teacher.'],
    ),
    "a choice of nobody": (
        {"Lessons!C5": "any of *"},
        ['Lessons!C5: no active teacher is qualified for "ART". Expected a teacher with it in Subjects.'],
    ),
    "a week where all are alike": ({"Lessons!G2": "A"}, ['Lessons!G2: Week is "A". Expected blank: every week.']),
    "a week outside the pattern": (
        {"School!B4": "A/B", "Lessons!G2": "C"},
        ['Lessons!G2: Week is "C". Expected one of A, B, both.'],
    ),
    "rows together with different blocks": (
        {"Lessons!H2": "X", "Lessons!H4": "X"},
        [
            'Lessons!H4: CHEM 7A has lessons of 2 periods, but MATH 7A with the same label "X" (H2) has '
            "2+1+1. Expected the same number of lessons of the same lengths."
        ],
    ),
    "rows together that share a teacher": (
        {"Lessons!H2": "X", "Lessons!E2": "", "Lessons!D2": 3, "Lessons!H3": "X"},
        [
            'Lessons!C3: MATH 7B and MATH 7A (C2) are together but need the same teacher "SMI". Expected '
            "rows that can happen at the same time."
        ],
    ),
    "rows together that share a class": (
        {"Lessons!H2": "X", "Lessons!H4": "x", "Lessons!D2": 2, "Lessons!E2": "2"},
        [
            "Lessons!A4: CHEM 7A and MATH 7A (A2) are together but need the same students. Expected rows "
            "that can happen at the same time."
        ],
    ),
    "a formula never computed": (
        {"Lessons!D3": "=1+2"},
        [
            "Lessons!D3: Per week is a formula without a computed value. Expected a value. Open the file in "
            "the spreadsheet program and save it, or type the value."
        ],
    ),
    "an error value": (
        {"Lessons!C3": "#N/A"},
        [
            "Lessons!C3: Teacher is #N/A. Expected a value. Open the file in the spreadsheet program and "
            "save it, or type the value."
        ],
    ),
    "a required column under another name": (
        {"Lessons!C1": "Chef"},
        [
            'Lessons!A1: the column "Teacher" is missing; recognised: Class, Subject, Per week, Blocks, '
            "Room, Week, Together, Students, Notes. Expected the columns Class, Subject, Teacher, Per week."
        ],
    ),
    "two types that no room has together": (
        {"Rooms!D2": "sink", "Lessons!F3": "type:lab+sink"},
        ["Lessons!F3: no room is of all the types lab, sink. Expected types that one room has together."],
    ),
    "a code that Excel made a date of, and none fits": (
        {"Lessons!A2": dt.date(2026, 1, 2)},
        [
            "Lessons!A2: Excel has turned this code into the date 2026-01-02. Expected a code of sheet "
            "Classes. Format the column as text and type the code again."
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_error_names_the_cell_and_the_way_out(case: str) -> None:
    cells, expected = CASES[case]
    result = imported(cells)
    assert errors(result) == expected
    assert result.problem is None
