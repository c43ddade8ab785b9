"""Broken sheets Unavailable, Rules, Fixed and Timetable: one mistake each, with its exact message."""

from typing import Any

import pytest

from tests.formats.excel.school import errors, imported

CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "nobody we know": (
        {"Unavailable!A2": "JAN"},
        [
            'Unavailable!A2: "JAN" is no teacher, class or room. Expected the code of a teacher, class or '
            'room. Did you mean "JON"?'
        ],
    ),
    "a code of a teacher and a room": (
        {"Rooms!A5": "JON"},
        ['Unavailable!A2: "JON" is a teacher and a room. Expected teacher:JON or room:JON.'],
    ),
    "a day with a typing mistake": (
        {"Unavailable!B2": "Fry"},
        ['Unavailable!B2: Day is "Fry". Expected days of Mon, Tue, Wed, Thu, Fri.'],
    ),
    "a period that does not exist": (
        {"Unavailable!C2": "P9"},
        ['Unavailable!C2: Periods is "P9". Expected periods of P1, P2, P3, P4.'],
    ),
    "a weight of nothing": (
        {"Unavailable!D2": 0},
        ["Unavailable!D2: Weight is 0. Expected a whole number from 1 to 100000."],
    ),
    "a rule with a typing mistake": (
        {"Rules!A2": "max gap per dax", "Rules!B2": "all teachers"},
        [
            'Rules!A2: "max gap per dax" is not a rule of the catalogue. Expected a rule name. Did you mean '
            '"max gaps per day"?'
        ],
    ),
    "a rule without its limit": (
        {"Rules!A2": "max gaps per day", "Rules!B2": "all teachers"},
        ['Rules!C2: the rule "max gaps per day" lacks limit. Expected limit (a number).'],
    ),
    "a limit in words": (
        {"Rules!A2": "max gaps per day", "Rules!B2": "all teachers", "Rules!C2": "few"},
        ['Rules!C2: "few" cannot be read. Expected limit (a number).'],
    ),
    "a rule for nobody we know": (
        {"Rules!A2": "max gaps per day", "Rules!B2": "7C", "Rules!C2": 1},
        ['Rules!B2: "7C" is no teacher, class or room. Expected the code of a teacher, class or room.'],
    ),
    "a rule for nobody": (
        {"Rules!A2": "max gaps per day", "Rules!C2": 1},
        ["Rules!B2: Applies to is missing. Expected all teachers, all classes, all rooms, or codes."],
    ),
    "a rule on lessons that do not exist": (
        {"Rules!A2": "same day", "Rules!B2": "7A MUSIC"},
        [
            'Rules!B2: "7A MUSIC" names no lesson. Expected all lessons, a subject, a class, or a course '
            "such as 7A MATH."
        ],
    ),
    "a rule on a period that does not exist": (
        {"Rules!A2": "preferred times", "Rules!B2": "MATH", "Rules!C2": "Mon P7"},
        ['Rules!C2: "Mon P7" cannot be read. Expected periods of P1, P2, P3, P4.'],
    ),
    "a rule with an unknown field": (
        {"Rules!A2": "max room changes", "Rules!B2": "all teachers", "Rules!C2": "limit=1; pr=week"},
        [
            'Rules!C2: the rule has no "pr". Expected limit (a number); per (day|week, may be left out). Did'
            ' you mean "per"?'
        ],
    ),
    "a limit the rule does not allow": (
        {"Rules!A2": "max in a row", "Rules!B2": "all teachers", "Rules!C2": 0},
        ['Rules!C2: limit is "0", it should be greater than 0. Expected limit (a number).'],
    ),
    "a negative weight": (
        {"Rules!A2": "max gaps per day", "Rules!B2": "all teachers", "Rules!C2": 1, "Rules!D2": -5},
        ["Rules!D2: Weight is -5. Expected a whole number from 1 to 100000."],
    ),
    "courses that cannot be paired": (
        {"Rules!A2": "same start", "Rules!B2": "7A MATH, 7B ART"},
        ["Rules!B2: the courses have 3, 1 lessons. Expected courses with the same number of lessons."],
    ),
    "more fixed lessons than lessons": (
        {
            "Fixed!A2": "7B",
            "Fixed!B2": "ART",
            "Fixed!C2": "Mon",
            "Fixed!D2": "P1",
            "Fixed!A3": "7B",
            "Fixed!B3": "ART",
            "Fixed!C3": "Tue",
            "Fixed!D3": "P1",
        },
        ["Fixed!B3: all lessons of ART 7B have their place already. Expected at most 1 of them."],
    ),
    "a fixed lesson that does not exist": (
        {"Fixed!A2": "7B", "Fixed!B2": "CHEM", "Fixed!C2": "Mon", "Fixed!D2": "P1"},
        ["Fixed!B2: there is no CHEM 7B on sheet Lessons. Expected a row of sheet Lessons."],
    ),
    "a teacher fixed in two places": (
        {
            "Fixed!A2": "7A",
            "Fixed!B2": "MATH",
            "Fixed!C2": "Mon",
            "Fixed!D2": "P1",
            "Fixed!A3": "7B",
            "Fixed!B3": "MATH",
            "Fixed!C3": "Mon",
            "Fixed!D3": "P1",
        },
        ['Fixed!C3: teacher "SMI" is already fixed on Mon P1 by row 2 of sheet Fixed. Expected one lesson at a time.'],
    ),
    "a lesson fixed to a closed time": (
        {"Fixed!A2": "7B", "Fixed!B2": "ART", "Fixed!C2": "Fri", "Fixed!D2": "P1"},
        [
            'Fixed!C2: teacher "JON" is not available on Fri P1 (sheet Unavailable). Expected a time when it'
            " is available."
        ],
    ),
    "a lesson fixed to a room of the wrong type": (
        {"Fixed!A2": "7A", "Fixed!B2": "CHEM", "Fixed!C2": "Mon", "Fixed!D2": "P1-P2", "Fixed!E2": "R1"},
        ['Fixed!E2: CHEM 7A cannot be in room "R1". Expected a room its row on sheet Lessons allows.'],
    ),
    "a period that this day does not have": (
        {"Fixed!A2": "7B", "Fixed!B2": "MATH", "Fixed!C2": "Fri", "Fixed!D2": "P4"},
        ["Fixed!D2: Fri has no lesson in P4. Expected one of P1, P2, P3."],
    ),
    "a double over lunch": (
        {"Fixed!A2": "7A", "Fixed!B2": "CHEM", "Fixed!C2": "Mon", "Fixed!D2": "P2-P3"},
        ['Fixed!D2: Period is "P2-P3". Expected periods that follow each other without lunch.'],
    ),
    "a fixed lesson of another teacher": (
        {"Fixed!A2": "7B", "Fixed!B2": "ART", "Fixed!C2": "Mon", "Fixed!D2": "P1", "Fixed!F2": "SMI"},
        ["Fixed!F2: ART 7B is not taught by SMI. Expected JON."],
    ),
    "a placed lesson that does not exist": (
        {"Timetable!A2": "7B", "Timetable!B2": "CHEM", "Timetable!D2": "Mon", "Timetable!E2": "P1"},
        ["Timetable!B2: there is no CHEM 7B on sheet Lessons. Expected a row of sheet Lessons."],
    ),
    "a fixed lesson on two days": (
        {"Fixed!A2": "7B", "Fixed!B2": "ART", "Fixed!C2": "Mon-Tue", "Fixed!D2": "P1"},
        ['Fixed!C2: Day is "Mon-Tue". Expected one day.'],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_error_names_the_cell_and_the_way_out(case: str) -> None:
    cells, expected = CASES[case]
    result = imported(cells)
    assert errors(result) == expected
    assert result.problem is None
