"""Tables of results and the search for what became worse."""

from pathlib import Path

import pytest

from benchmarks.cli import main
from benchmarks.records import Record, append
from benchmarks.table import compare, table


def record(case: str, solver: str = "timewright", **more: object) -> Record:
    return {"suite": "s", "case": case, "solver": solver, "seconds": 60.0, "seed": 0, "workers": 2, **more}


COMPLETE = record(
    "24-1", status="feasible", complete=True, threads=2, seconds_first=3.21, unplaced=0, soft=120, bound=90, gap=0.25,
    peak_mb=512.3,
)  # fmt: skip


def test_a_row_per_run_and_a_total_per_solver() -> None:
    lines = table(
        [
            COMPLETE,
            record("24-1", "peer", status="open", complete=False, threads=1),
            record("50-1", error="boom"),
        ]
    ).splitlines()
    assert lines[2] == "| 24-1 | timewright | 0 | 60 s | 2 | yes | 3.2 s | 0 | 120 | 90 | 25.0 % | 512 |"
    assert lines[3] == "| 24-1 | peer | 0 | 60 s | 1 | open |  |  |  |  |  |  |"
    assert lines[4].startswith("| 50-1 | timewright | 0 | 60 s |  | error |")
    assert lines[-2:] == ["timewright: 1 of 2", "peer: 0 of 1"]


def test_a_solution_that_the_peer_refuses_does_not_count() -> None:
    assert table([{**COMPLETE, "reopened": "Impossible"}]).endswith("timewright: 0 of 1")
    assert table([{**COMPLETE, "reopened": "accepted"}]).endswith("timewright: 1 of 1")


def test_what_became_worse_is_named() -> None:
    def after(**changes: object) -> list[str]:
        return compare([COMPLETE], [{**COMPLETE, **changes}])

    assert after() == []
    assert after(complete=False) == ["24-1 timewright seed 0 60 s: was complete, is not any more"]
    assert after(soft=121) == ["24-1 timewright seed 0 60 s: soft 121, was 120"]
    assert after(soft=119) == []
    # 1.5 times 3.21 s is 4.8 s, but a regression must also be 2 s slower.
    assert after(seconds_first=5.2) == []
    assert after(seconds_first=5.3) == ["24-1 timewright seed 0 60 s: first timetable after 5.3 s, was 3.2 s"]


def test_runs_that_only_one_side_has_are_not_compared() -> None:
    assert compare([COMPLETE], [record("50-1", complete=False)]) == []
    assert compare([record("24-1", complete=False)], [COMPLETE]) == []


def test_the_command_line_shows_and_compares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = tmp_path / "before.jsonl", tmp_path / "after.jsonl"
    append(before, COMPLETE)
    append(after, {**COMPLETE, "soft": 300})
    assert main(["table", str(before)]) == 0
    assert "| 24-1 | timewright |" in capsys.readouterr().out
    assert main(["compare", str(before), str(after)]) == 1
    assert "soft 300, was 120" in capsys.readouterr().out
    assert main(["compare", str(after), str(before)]) == 0
    assert capsys.readouterr().out == "nothing became worse\n"


def test_the_command_line_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TIMEWRIGHT_INSTANCES", raising=False)
    assert main(["fet", "--seconds", "1"]) == 2
    assert "set TIMEWRIGHT_INSTANCES" in capsys.readouterr().err
