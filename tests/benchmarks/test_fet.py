"""Ours beside FET, summed up."""

from benchmarks.fet import SUITE, summary
from benchmarks.records import Record
from tests.benchmarks.little import record, solved


def ours(case: str, first: float, fet_soft: float = 0.0, seed: int = 0) -> Record:
    return solved(case, 5, first, suite="fet", fet_soft=fet_soft, reopened="accepted", seed=seed)


def theirs(case: str, first: float | None, fet_soft: float = 0.0) -> Record:
    found = {"complete": first is not None, "status": "open", "seconds_first": first}
    return record(case, "fet-cl", suite="fet", **found, **({} if first is None else {"fet_soft": fet_soft}))


def test_files_are_counted_by_who_completes_them() -> None:
    runs = [
        *(ours("a", 2.0), theirs("a", 1.0)),
        *(ours("b", 1.0), theirs("b", None)),
        *(record("c", suite="fet", complete=False, status="unknown"), theirs("c", 3.0)),
        *(record("d", suite="fet", complete=False, status="unknown"), theirs("d", None)),
        ours("without a peer", 1.0),
    ]
    assert summary(runs)[:2] == [
        "complete: both on 1 of 4 files, only timewright on 1, only fet-cl on 1, neither on 1",
        "only fet-cl completes c",
    ]


def test_times_are_compared_by_their_geometric_mean() -> None:
    # 4 times and 1/2 times as long: the square root of 2. 1 ms and 50 ms count as equal: the third root of 2.
    runs = [ours("a", 4.0), theirs("a", 1.0), ours("b", 1.0), theirs("b", 2.0)]
    assert "geometric mean 1.41 times fet-cl's (2 files)" in summary(runs)[1]
    assert "geometric mean 1.26 times" in summary([*runs, ours("c", 0.05), theirs("c", 0.001)])[1]


def test_soft_conflicts_are_compared_where_both_complete_the_file() -> None:
    runs = [
        *(ours("a", 1.0, 10.0), theirs("a", 1.0, 10.0)),
        *(ours("b", 1.0, 10.5), theirs("b", 1.0, 10.0)),
        *(ours("c", 1.0, 0.0), theirs("c", None)),
    ]
    assert summary(runs)[-1].endswith("not above fet-cl's on 1 of 2 files that both complete")


def test_most_seeds_must_complete_a_file() -> None:
    failed = record("a", suite="fet", complete=False, status="unknown", seed=1)
    assert "both on 0 of 1" in summary([ours("a", 1.0), failed, theirs("a", 1.0)])[0]
    assert "both on 1 of 1" in summary([ours("a", 1.0), failed, ours("a", 1.0, seed=2), theirs("a", 1.0)])[0]


def test_without_a_peer_there_is_nothing_to_compare() -> None:
    assert summary([ours("a", 1.0)]) == []
    assert SUITE.seconds == 25
