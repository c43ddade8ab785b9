"""The runner: one process per run, results kept line by line, nothing done twice."""

import json
from pathlib import Path

import pytest

from benchmarks import runner
from benchmarks.records import Key, Record, append, done, read_records
from benchmarks.runner import Plan, Run, bench
from tests.benchmarks.little import COUNTING

HERE = {"cpu": "abacus", "cores": 1}


def record(case: str = "6-1", **more: object) -> Record:
    return {"suite": "schools", "case": case, "solver": "timewright", "seconds": 1.0, "seed": 0, "workers": 1, **more}


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Key]:
    """Replaces the process of a run by an answer; the keys it was asked for."""
    asked: list[Key] = []

    def answer(one: Run, here: Record) -> Record:
        asked.append(one.key)
        return {**one.key._asdict(), "status": "feasible", "complete": True, "seconds_first": 0.5, "machine": here}

    monkeypatch.setattr(runner, "run", answer)
    return asked


def test_runs_that_are_in_the_file_are_skipped(tmp_path: Path, calls: list[Key]) -> None:
    path = tmp_path / "r.jsonl"
    told: list[str] = []
    bench(Plan("schools", 1.0, (0, 1), 1, pattern="?-1", output=path), told.append)
    assert [(k.case, k.seed) for k in calls] == [("6-1", 0), ("6-1", 1)]
    assert told[0] == "[1/2] 6-1 timewright: feasible, first complete after 0.5 s"
    records = bench(Plan("schools", 1.0, (0, 1, 2), 1, pattern="?-1", output=path), told.append)
    assert [k.seed for k in calls] == [0, 1, 2]
    assert [r["seed"] for r in records] == [0, 1, 2]
    bench(Plan("schools", 2.0, (0,), 1, pattern="?-1", output=path), told.append)
    assert len(calls) == 4


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "suite", lambda name: COUNTING)


@pytest.mark.usefixtures("counting")
def test_a_peer_runs_right_after_us_with_the_same_limit(tmp_path: Path, calls: list[Key]) -> None:
    bench(Plan("counting", 1.0, (3, 4), 1, ("echo=echo {file}",), "one", output=tmp_path / "r.jsonl"), str)
    assert [(k.solver, k.seed, k.seconds, k.workers) for k in calls] == [
        ("timewright", 3, 1.0, 1),
        ("timewright", 4, 1.0, 1),
        ("echo", 3, 1.0, 1),
    ]


@pytest.mark.usefixtures("counting")
def test_the_limit_is_that_of_the_suite_unless_another_is_asked_for(tmp_path: Path, calls: list[Key]) -> None:
    bench(Plan("counting", output=tmp_path / "r.jsonl", half="tuning"), str)
    bench(Plan("counting", output=tmp_path / "r.jsonl", half="reporting"), str)
    assert {k.seconds for k in calls} == {5.0}
    assert sorted(k.case for k in calls) == ["one", "three", "two"]


@pytest.mark.usefixtures("counting")
def test_a_run_that_stops_early_is_another_run(tmp_path: Path, calls: list[Key]) -> None:
    path = tmp_path / "r.jsonl"
    for first in (False, True, True):
        bench(Plan("counting", pattern="one", output=path, first=first), str)
    assert [k.first for k in calls] == [False, True]


def test_fet_judges_whenever_it_is_a_peer() -> None:
    def judged(**more: object) -> bool:
        ours = next(runner._runs(COUNTING, Plan("counting", **more)))  # type: ignore[arg-type]  # as a test gives them
        assert ("--judge" in runner._command(ours)) is ours.judge
        return ours.judge

    assert not judged()
    assert judged(judge=True)
    assert judged(peers=("fet-cl",))
    assert not judged(peers=("echo=echo {file}",))


def test_a_peer_that_is_not_installed_is_refused(tmp_path: Path) -> None:
    missing = ("nobody=no-such-program {file}",)
    with pytest.raises(ValueError, match="suite schools has nothing that nobody could run"):
        bench(Plan("schools", peers=missing, output=tmp_path / "r.jsonl"))
    with pytest.raises(ValueError, match="nobody is not installed"):
        bench(Plan("fet", peers=missing, output=tmp_path / "r.jsonl"))


def test_a_run_that_failed_is_tried_again() -> None:
    assert done([record("a"), record("b", error="boom")]) == {Key("schools", "a", "timewright", 1.0, 0, 1)}


def test_a_line_cut_short_is_passed_over_and_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    append(path, record("a"))
    with path.open("a", encoding="utf-8") as file:
        file.write('{"suite": "scho')
    assert [r["case"] for r in read_records(path)] == ["a"]
    append(path, record("b"))
    assert [r["case"] for r in read_records(path)] == ["a", "b"]
    assert path.read_text(encoding="utf-8").count("\n") == 2


@pytest.mark.slow
def test_an_error_of_the_process_stands_in_the_record() -> None:
    key = Key("schools", "no-such-case", "timewright", 1.0, 0, 1)
    answer = runner.run(Run(key), HERE)
    assert "no case 'no-such-case' in suite schools" in answer["error"]
    assert answer["machine"] == HERE


@pytest.mark.slow
def test_a_real_run_says_how_and_on_what_it_was_measured(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    (answer,) = bench(Plan("schools", 2.0, (7,), 1, pattern="6-1", output=path), str)
    assert answer == json.loads(path.read_text(encoding="utf-8"))
    assert "error" not in answer
    assert answer["command"] == "python -m benchmarks.one schools 6-1 --seconds 2 --seed 7 --workers 1"
    assert answer["threads"] == 1
    assert answer["seconds_total"] < 60
    assert answer["peak_mb"] > 10
    assert answer["load"] >= 0
    assert answer["machine"]["cores"] >= 1
    assert answer["status"] in {"optimal", "feasible", "partial", "unknown"}
