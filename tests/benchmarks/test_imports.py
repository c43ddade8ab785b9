"""The timing of reading and writing."""

import pytest

from benchmarks import imports
from benchmarks.columns import slower
from benchmarks.suite import Asked

ASKED = Asked(60.0, 0, 1)


@pytest.fixture(autouse=True)
def little_schools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "CLASSES", (6,))
    monkeypatch.setattr(imports, "MODEL", 6)
    monkeypatch.setattr(imports, "PLACES", 6)
    monkeypatch.setattr(imports, "REPEATS", 2)


def test_every_task_is_timed_a_few_times() -> None:
    for case in imports.schools():
        record = imports.run(case, ASKED)
        assert record["complete"], case
        assert len(record["times"]) == imports.REPEATS
        assert min(min(both) for both in record["times"]) > 0
        assert record["seconds_total"] > 0
        assert record["seconds_cpu"] > 0
        assert record["lessons"] > 50


def test_what_is_read_is_counted_in_rows() -> None:
    record = imports.run("read a workbook of 6 classes", ASKED)
    assert record["rows"] > 50
    assert record["bytes"] > 1000


def test_too_slow_is_no_success() -> None:
    record = imports.run("write a workbook of 6 classes", ASKED._replace(seconds=0.0))
    assert (record["status"], record["complete"]) == ("slow", False)


def test_longer_is_worse_beyond_chance() -> None:
    worse = slower("seconds_total", "takes")
    assert worse([{"seconds_total": 10.0}], [{"seconds_total": 15.0}]) == ""
    assert worse([{"seconds_total": 10.0}], [{"seconds_total": 15.1}]) == "takes 15.1 s, was 10.0 s"
    assert worse([{"seconds_total": 0.1}], [{"seconds_total": 2.0}]) == ""
