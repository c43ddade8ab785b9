"""Runs of cases that are problems to solve."""

import gzip
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks.records import Record
from benchmarks.solving import Case, Opened, run, solving_suite
from benchmarks.suite import Asked
from benchmarks.suites import suite
from formats.fet import read_fet
from models.timetable import Timetable
from tests.benchmarks.test_peers import school
from tests.formats.xhstt.tiny import archive, event

ASKED = Asked(seconds=30.0, seed=0, workers=1, first=True)


def opened(**more: Any) -> Opened:
    """Two lessons in two periods."""
    return Opened(read_fet(school()).problem)._replace(**more)


def said(word: str, timetable: Timetable) -> Record:
    return {word: len(timetable.placements)}


def test_a_run_tells_score_times_and_curve() -> None:
    record = run(Case("two", opened), ASKED)
    assert (record["complete"], record["hard"], record["unplaced"], record["lessons"]) == (True, 0, 0, 2)
    assert 0 < record["seconds_read"] <= record["seconds_first"] <= record["seconds_total"] < 30
    assert record["curve"][-1][1:4] == [0, 0, record["soft"]]


def test_a_complete_timetable_is_judged_if_asked_for() -> None:
    case = Case("two", partial(opened, about=partial(said, "placed"), judge=partial(said, "judged")))
    assert run(case, ASKED)["placed"] == 2
    assert "judged" not in run(case, ASKED)
    assert run(case, ASKED._replace(judge=True))["judged"] == 2


def test_what_the_archive_calls_infeasible_is_not_complete() -> None:
    case = Case("two", partial(opened, about=partial(said, "infeasibility"), judge=partial(said, "judged")))
    record = run(case, ASKED._replace(judge=True))
    assert (record["complete"], record["infeasibility"]) == (False, 2)
    assert "judged" not in record


def test_what_is_not_understood_is_not_solved() -> None:
    record = run(Case("two", partial(opened, unsupported=("Magic x 3", "Luck x 1"))), ASKED)
    assert record == {"status": "unsupported", "complete": False, "message": "Magic x 3, Luck x 1"}


def test_a_suite_of_problems_knows_their_files_and_names() -> None:
    little = solving_suite("little", "two lessons", 1.0, lambda: [Case("two", opened, Path("two.fet"))], files=True)
    assert little.cases() == ["two"]
    assert little.file is not None
    assert little.file("two") == Path("two.fet")
    with pytest.raises(ValueError, match="no case 'three' in suite little"):
        little.run("three", ASKED)


@pytest.mark.slow
def test_the_archive_judges_its_own_instances(instances: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMEWRIGHT_INSTANCES", str(instances))
    record = suite("xhstt").run("ArtificialSudoku4x4", ASKED)
    assert (record["complete"], record["infeasibility"], record["objective"]) == (True, 0, 0)


@pytest.mark.parametrize(("times", "bound"), [(1, 0), (4, None)])
def test_where_splits_were_chosen_the_bound_is_none_of_the_instance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, bound: int | None
) -> None:
    folder = tmp_path / "xhstt"
    folder.mkdir()
    (folder / "tiny.xml.gz").write_bytes(gzip.compress(archive(event("E", times, "T1", "C1"))))
    monkeypatch.setenv("TIMEWRIGHT_INSTANCES", str(tmp_path))
    record = suite("xhstt").run("tiny", ASKED)
    assert (record["objective"], record["bound"]) == (0, bound)
