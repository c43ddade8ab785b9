"""Costs beside the best results known."""

import math

import pytest

from benchmarks import cbctt
from benchmarks.known import Known, cost
from benchmarks.records import Record
from benchmarks.suites import suite
from benchmarks.table import table
from datasets.catalog import Best
from tests.benchmarks.little import record, solved


class Stated(Known):
    """easy: nothing can cost less; hard: no solution without two infeasibilities is known; open: nothing is known."""

    def best(self, case: str) -> Best | None:
        known = {"easy": Best(0, 0, 0, "trivial"), "usual": Best(0, 50, None, "a paper"), "hard": Best(2, 7, None, "")}
        return known.get(case)


KNOWN = Stated()


def test_the_cost_is_the_median_over_the_seeds() -> None:
    assert cost([solved("usual", soft) for soft in (60, 55, 90)]) == (0, 60)
    # One run left a period unplaced, one found nothing: both are worse than any feasible one.
    partial = solved("usual", 10, complete=False, unplaced=1)
    assert cost([solved("usual", 60), partial, solved("usual", 55)]) == (0, 60)
    assert cost([partial, record("usual", error="boom"), solved("usual", 55)]) == (1, 10)
    assert cost([record("usual", status="unknown"), record("usual", error="boom"), partial]) is None


def test_the_judgement_of_the_archive_comes_first() -> None:
    judged = solved("hard", 7, infeasibility=3, objective=70)
    assert cost([judged]) == (3, 70)


def test_excess_is_a_share_of_the_best_known() -> None:
    assert KNOWN.excess([solved("usual", 55)]) == pytest.approx(0.1)
    assert KNOWN.excess([solved("usual", 50)]) == 0
    assert KNOWN.excess([solved("easy", 0)]) == 0
    assert KNOWN.excess([solved("easy", 3)]) == math.inf
    assert KNOWN.excess([solved("open", 3)]) is None
    assert KNOWN.excess([solved("usual", 3, unplaced=1)]) is None


@pytest.mark.parametrize(
    ("run", "reached"),
    [
        (solved("usual", 50), True),
        (solved("usual", 51), False),
        (solved("usual", 0, hard=1), False),
        (solved("hard", 7, hard=1, unplaced=1), True),
        (solved("hard", 8, unplaced=2), False),
        (solved("hard", 900, unplaced=1), True),
        (solved("open", 0), False),
        (record("usual", status="unknown"), False),
    ],
)
def test_infeasibility_comes_before_the_soft_score(run: Record, reached: bool) -> None:
    assert KNOWN.reached([run]) is reached


def test_the_mean_leaves_out_what_has_no_share() -> None:
    runs = [solved("usual", 55), solved("easy", 3), solved("open", 1), record("hard", error="boom")]
    assert KNOWN.summary(runs) == [
        "best known reached on 0 of 3 cases",
        "mean excess over the best known 10.0 % (1 cases)",
        "above a best known of 0 on 1 cases",
    ]
    assert KNOWN.summary([solved("open", 1)]) == []


def test_course_timetables_are_shown_beside_the_winner_of_2007() -> None:
    def line(case: str, soft: int) -> str:
        return table([solved(case, soft, suite="cbctt")]).splitlines()[2]

    # comp02: 24 is the best known, 61.3 the winner's average.
    assert line("comp02", 30) == "| comp02 | 60 s | 1 | yes | 1.0 s | 30 | 24 | 25.0 % | 0 | 100.0 % | 61.3 |  |"
    assert line("comp11", 4) == "| comp11 | 60 s | 1 | yes | 1.0 s | 4 | 0 | +4 | 0 | 100.0 % | 0 |  |"
    assert line("DDS1", 4) == "| DDS1 | 60 s | 1 | yes | 1.0 s | 4 |  |  | 0 | 100.0 % |  |  |"
    said = cbctt.summary([solved(case, 30) for case in ("comp01", "comp02", "DDS1")])
    assert said[-1] == "not above the average of the winner of 2007 on 1 of 2 cases"


def test_what_is_not_read_is_listed_with_the_reason() -> None:
    text = table([record("BR-SA-00", suite="xhstt", status="unsupported", complete=False, message="splits x 54")])
    assert "| BR-SA-00 | 60 s | 1 | unsupported |  |  |  | 5 |" in text
    assert "- BR-SA-00 is not read: splits x 54" in text
    assert suite("xhstt").seconds == 600
