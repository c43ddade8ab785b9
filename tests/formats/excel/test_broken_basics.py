"""Broken sheets School, Periods, Subjects, Teachers, Rooms and Classes: one mistake each, with its exact message."""

from typing import Any

import pytest

from tests.formats.excel.school import errors, imported

CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a code used twice": (
        {"Teachers!A5": "SMI"},
        [
            'Teachers!A5: the teacher "SMI" is already defined in A2. Expected every code once. Delete one '
            "of the rows or change its code."
        ],
    ),
    "a room without a code": (
        {"Rooms!B5": "Gym"},
        ["Rooms!A5: Code is missing. Expected short name, used by the other sheets."],
    ),
    "fewer than no seats": ({"Rooms!C2": -3}, ["Rooms!C2: Capacity is -3. Expected a whole number from 0 to 100000."]),
    "a time in words": ({"Periods!B3": "eight"}, ['Periods!B3: Start is "eight". Expected a time such as 08:00.']),
    "a period that ends before it starts": (
        {"Periods!C3": "08:00"},
        ["Periods!C3: P2 ends at 08:00, but starts at 08:45. Expected a later time."],
    ),
    "two periods that overlap": (
        {"Periods!B3": "08:40"},
        ["Periods!B3: P2 starts at 08:40, but P1 (A2) ends at 08:45. Expected periods that do not overlap."],
    ),
    "a kind of period with a typing mistake": (
        {"Periods!D4": "lunsh"},
        ['Periods!D4: Kind is "lunsh". Expected one of lesson, break, lunch, assembly. Did you mean "lunch"?'],
    ),
    "a period defined twice": ({"Periods!A6": "P3"}, ['Periods!A6: the period "P3" is already defined in A5.']),
    "a period on a day off": (
        {"Periods!E6": "Sat"},
        ['Periods!E6: Days is "Sat". Expected days of Mon, Tue, Wed, Thu, Fri.'],
    ),
    "a day named twice": (
        {"School!B3": "Mon, Tue, Mon"},
        ["School!B3: Days names Mon twice. Expected every day once."],
    ),
    "two weeks of one name": (
        {"School!B4": "A/A"},
        ['School!B4: Week pattern is "A/A". Expected 1, or the names of 2 to 8 weeks such as A/B.'],
    ),
    "a time zone that does not exist": (
        {"School!A5": "Time zone", "School!B5": "Europe/Lagos"},
        ['School!B5: Time zone is "Europe/Lagos". Expected a name such as Europe/London. Did you mean "Africa/Lagos"?'],
    ),
    "a setting given twice": (
        {"School!A5": "Days", "School!B5": "Mon-Thu"},
        ['School!B5: the setting "Days" is already given in B3.'],
    ),
    "a colour in words": (
        {"Subjects!C2": "blue"},
        ['Subjects!C2: Colour is "blue". Expected a colour such as #4E79A7.'],
    ),
    "a limit beyond reason": (
        {"Teachers!E2": 99},
        ["Teachers!E2: Max per day is 99. Expected a whole number from 0 to 20."],
    ),
    "a qualification for an unknown subject": (
        {"Teachers!D3": "ARTS"},
        ['Teachers!D3: "ARTS" is not a subject. Expected a code of sheet Subjects. Did you mean "ART"?'],
    ),
    "a subject that needs a type no room has": (
        {"Subjects!D2": "gym"},
        ['Subjects!D2: no room is of type "gym". Expected a type of sheet Rooms.'],
    ),
    "neither yes nor no": ({"Teachers!G2": "maybe"}, ['Teachers!G2: Active is "maybe". Expected yes or no.']),
    "a class with two home rooms": (
        {"Rooms!F4": "7A"},
        ['Classes!G2: class "7A" has two home rooms, "LAB1" and "R1". Expected one home room.'],
    ),
    "a home room that does not exist": (
        {"Classes!G2": "R7"},
        ['Classes!G2: "R7" is not a room. Expected a code of sheet Rooms.'],
    ),
    "a part without the name of its split": (
        {"Classes!A4": "7A1", "Classes!E4": "7A"},
        ['Classes!F4: part "7A1" of "7A" names no split. Expected a name that all parts of one division share.'],
    ),
    "a part of an unknown class": (
        {"Classes!A4": "7A1", "Classes!E4": "7Z", "Classes!F4": "L"},
        ['Classes!E4: "7Z" is not a class. Expected a code of sheet Classes.'],
    ),
    "classes that are parts of each other": (
        {"Classes!E2": "7B", "Classes!F2": "x", "Classes!E3": "7A", "Classes!F3": "x"},
        [
            'Classes!E2: class "7A" is part of itself. Expected a class above it.',
            'Classes!E3: class "7B" is part of itself. Expected a class above it.',
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_error_names_the_cell_and_the_way_out(case: str) -> None:
    cells, expected = CASES[case]
    result = imported(cells)
    assert errors(result) == expected
    assert result.problem is None
