"""Suspicious but possible workbooks."""

from typing import Any

import pytest

from tests.formats.excel.school import errors, imported, sentences

CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a choice with someone who has left": (
        {"Lessons!C2": "any of SMI|OLD"},
        ['Lessons!C2: teacher "OLD" is not active and is left out of the choice.'],
    ),
    "an address without an @": (
        {"Teachers!C2": "nobody"},
        ['Teachers!C2: Email is "nobody". Expected an address such as a.smith@school.org.'],
    ),
    "a column we do not know": ({"Lessons!K1": "Fax"}, ['Lessons!K1: the column "Fax" is not read.']),
    "a label used once": ({"Lessons!H2": "X"}, ['Lessons!H2: no other row has the label "X".']),
    "a time without lessons": (
        {"Unavailable!C2": "Lunch"},
        ["Unavailable!C2: there are no lessons on Fri in Lunch anyway."],
    ),
    "the same row twice": (
        {"Lessons!A6": "7B", "Lessons!B6": "ART", "Lessons!C6": "JON", "Lessons!D6": 1},
        [
            "Lessons!A6: ART 7B with the same teacher already stands in row 5. Delete one of the rows if "
            "both mean the same lessons."
        ],
    ),
    "more students than the class has": ({"Lessons!I3": 50}, ["Lessons!I3: 50 students take part, but 7B has 26."]),
    "a teacher of another subject": (
        {"Lessons!C5": "SMI"},
        ['Lessons!C5: teacher "SMI" is not qualified for "ART". Expected one of MATH.'],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_suspicious_is_told_and_imported(case: str) -> None:
    cells, expected = CASES[case]
    result = imported(cells)
    assert sentences(result) == expected
    assert errors(result) == []
    assert result.problem is not None
