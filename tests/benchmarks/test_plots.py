"""Charts, and the results as charts and as a page."""

import re
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from benchmarks import cbctt
from benchmarks.charts import COLOURS, Bar, Point, Series, bars, points, steps
from benchmarks.plots import bound_plot, gap_plot, peer_plot, reached, target_plot
from benchmarks.records import append
from benchmarks.report import HALF, pictures, report
from benchmarks.suite import half_of
from tests.benchmarks.little import record, solved


def texts(svg: str) -> list[str]:
    """The words of a chart, which must be well-formed."""
    return [t.text or "" for t in fromstring(svg).iter() if t.tag.endswith("text")]


def test_steps_end_at_the_share_that_was_solved_in_time() -> None:
    chart = steps("T & U", "x < y", [Series("ours", [0.5, 3.0, 99.0], 4), Series("peer", [], 4)], 25.0)
    assert {"T & U", "x < y", "ours 50%", "peer 0%", "25 s"} <= set(texts(chart))
    assert chart == steps("T & U", "x < y", [Series("ours", [99.0, 3.0, 0.5], 4), Series("peer", [], 4)], 25.0)


def test_a_bar_ends_with_the_axis() -> None:
    chart = bars("Gap", "", [Bar("a" * 99, 0.5, "50.0 %"), Bar("b", float("inf"), "+3")])
    widths = [float(w) for w in re.findall(r'<rect x="250"[^>]* width="([\d.]+)"', chart)]
    assert widths[1] == 2 * widths[0]
    assert "+3" in texts(chart)
    assert max(map(len, texts(chart))) < 60


def test_points_are_counted_by_side_and_left_out_where_nobody_is_sooner() -> None:
    found = [Point(1.0, 2.0, "a"), Point(3.0, None, "b"), Point(None, 3.0, "c"), Point(None, None, "d")]
    chart = points("T", "", ("peer", "ours"), found, 25.0)
    assert {"ours sooner: 1 cases", "peer sooner: 2 cases"} <= set(texts(chart))
    assert chart.count("<title>d</title>") == 0
    assert chart.count("<circle") == 3 + 2
    assert COLOURS[0] in chart


def test_a_target_is_reached_when_the_score_comes_down_to_it() -> None:
    run = solved("comp02", 30, first=2.0)
    assert reached(run, 60) == 2.0
    assert reached(run, 59) == 4.0
    assert reached(run, 29) is None
    assert reached({"curve": [[1.0, 0, 3, 10, 0], [2.0, 1, 0, 10, 0], [3.0, 0, 0, None, 0]]}, 60) is None


def test_solved_nearly_and_as_well_as_known_are_three_lines() -> None:
    # Best known: 24 and 35. 26 is within 10 % of 24, 35 is the best.
    runs = [solved("comp02", 26), solved("comp04", 35), record("comp05", status="unknown", complete=False)]
    said = texts(target_plot(cbctt.KNOWN, 0.1).draw(runs))
    assert {"timewright complete 67%", "within 10% of best known 67%", "best known 33%"} <= set(said)


def test_the_gap_is_drawn_for_cases_that_have_one() -> None:
    said = texts(gap_plot(cbctt.KNOWN).draw([solved("comp02", 30), solved("DDS1", 30), solved("comp11", 2)]))
    assert {"comp02", "25.0 %", "comp11", "+2"} <= set(said)
    assert "DDS1" not in said
    assert gap_plot(cbctt.KNOWN).draw([solved("DDS1", 30)]) == ""
    assert "100.0 %" in texts(bound_plot().draw([solved("sample", 30)]))


def test_a_peer_is_drawn_only_where_it_ran() -> None:
    assert peer_plot("fet-cl").draw([solved("a", 1)]) == ""
    runs = [solved("a", 1, first=0.5), solved("a", 0, first=2.0, solver="fet-cl")]
    assert "timewright sooner: 1 cases" in texts(peer_plot("fet-cl").draw(runs))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for seed in (0, 1):
        append(tmp_path / "courses.jsonl", solved("comp02", 30, suite="cbctt", seed=seed, load=0.5 + seed))
    append(tmp_path / "courses.jsonl", solved("comp02", 24, suite="cbctt", seed=1, load=2.0))
    (tmp_path / "nothing.jsonl").touch()
    return tmp_path


def test_the_page_tells_command_machine_pictures_and_table(folder: Path) -> None:
    text = "\n".join(report(folder))
    command = "timewright bench cbctt --seconds 60 --seeds 0,1 --workers 2 --instances comp02 -o"
    assert f"{command} benchmarks/results/courses.jsonl" in text
    assert (
        "abacus, 1 cores, 2.0 GB, Python 3.11, OR-Tools 9.15, load before a run 0.5 to 2; 2026-11-20, commit abc."
        in text
    )
    assert [name for name in pictures(folder) if f"(images/{name})" in text] == list(pictures(folder))
    assert len(pictures(folder)) == 2
    # The later record of a run counts: seed 1 costs 24. Of two in the middle the worse is shown.
    assert "| comp02 | 60 s | 2 | yes | 1.0 s | 30 |" in text
    assert "nothing" not in text


def test_the_command_names_the_cases_by_what_their_names_share(tmp_path: Path) -> None:
    names = [f"{town}/a.fet" for town in map(str, range(60)) if half_of(f"{town}/a.fet") == "reporting"][:HALF]
    for case in ("comp02", "comp13"):
        append(tmp_path / "courses.jsonl", solved(case, 30, suite="cbctt"))
    for case in names:
        append(tmp_path / "schools.jsonl", solved(case, 30, suite="fet"))
    text = "\n".join(report(tmp_path))
    assert "--instances 'comp*' -o benchmarks/results/courses.jsonl" in text
    assert "--workers 2 --half reporting -o benchmarks/results/schools.jsonl" in text
