"""What there is to measure, and how a suite says how it is measured."""

from pathlib import Path

import pytest

from benchmarks.one import answer
from benchmarks.suite import HALVES, Asked, chosen, half_of
from benchmarks.suites import SUITES, suite
from tests.benchmarks.little import COUNTING


def test_every_suite_has_its_own_name_and_says_what_it_is_about() -> None:
    assert len({s.name for s in SUITES}) == len(SUITES)
    assert {"fet", "schools", "cbctt", "xhstt", "import"} <= {s.name for s in SUITES}
    assert all(s.about and s.seconds > 0 and s.columns for s in SUITES)


def test_an_unknown_suite_is_named_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no suite 'chess'; there are schools, fet"):
        suite("chess")


@pytest.mark.parametrize(("name", "least"), [("cbctt", 14), ("xhstt", 25), ("import", 10)])
def test_the_cases_of_archives_are_listed_once(
    name: str, least: int, instances: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "import" and not Path("/usr/share/doc/fet-data/examples").is_dir():
        pytest.skip("the examples of FET are not installed")
    monkeypatch.setenv("TIMEWRIGHT_INSTANCES", str(instances))
    cases = list(suite(name).cases())
    assert len(cases) >= least
    assert len(set(cases)) == len(cases)


def test_cases_are_chosen_by_pattern_and_half() -> None:
    assert chosen(COUNTING, "t*") == ["two", "three"]
    halves = [chosen(COUNTING, half=half) for half in HALVES]
    assert sorted(halves[0] + halves[1]) == ["one", "three", "two"]


def test_halves_are_about_equal_and_do_not_depend_on_order() -> None:
    names = [f"case{n}" for n in range(1000)]
    tuning = [n for n in names if half_of(n) == "tuning"]
    assert 400 < len(tuning) < 600
    assert tuning == [n for n in reversed(names) if half_of(n) == "tuning"][::-1]


def test_files_of_one_school_are_in_one_half() -> None:
    for school in range(20):
        years = [f"FET-5-official/Italy/{school}/{year}.fet" for year in (2007, 2008, 2009)]
        assert len({half_of(year) for year in years}) == 1


def test_a_suite_runs_its_cases_its_own_way() -> None:
    record = answer(COUNTING, "three", "", Asked(seconds=2.0, seed=4, workers=1))
    assert (record["status"], record["complete"], record["beads"]) == ("counted", True, 20)
    assert record["peak_mb"] > 10


def test_a_peer_needs_a_file() -> None:
    with pytest.raises(ValueError, match="case one of suite counting has no file that echo=echo"):
        answer(COUNTING._replace(file=None), "one", "echo=echo {file}", Asked(2.0, 0, 1))
    assert answer(COUNTING, "one", "echo=echo {file}", Asked(2.0, 0, 1))["message"] == "one"
