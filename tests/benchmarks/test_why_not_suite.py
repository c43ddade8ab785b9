"""The suite of all places of a lesson: its cases, and what a record and the summary say."""

from benchmarks.records import Record
from benchmarks.suites import SUITES
from benchmarks.why_not import SUITE, cases, measured, summary
from datasets.generate import generate
from models.what_if import WhatIf


def test_lessons_alone_and_together_are_asked_about() -> None:
    assert cases() == ["alone", "2 together", "3 together", "4 together"]
    assert SUITE in SUITES


def test_a_record_tells_of_all_answers() -> None:
    made = generate(3, 1)
    lessons = [x.id for x in made.problem.lessons[:3]]
    record = measured(WhatIf(made.problem, made.timetable), lessons)
    assert record["lessons"] == 3
    assert 0 < record["seconds_median"] <= record["seconds_longest"]
    assert 0 < record["ranked"] < record["places"] <= made.problem.grid.size


def test_the_summary_tells_the_longest_answer() -> None:
    records: list[Record] = [{"seconds_longest": 0.1}, {"seconds_longest": 0.25}, {"error": "no memory"}]
    assert summary(records) == ["longest 250 ms, at most 300 ms are asked"]
    assert summary([]) == []
