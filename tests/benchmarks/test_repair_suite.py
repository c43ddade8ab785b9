"""The suite of repairs: its cases, and what a record and the summary say."""

from benchmarks.repair import SUITE, cases, judged, summary
from models.problem import Lesson, Problem
from models.timetable import Change, Placement
from solver import Status
from solver.old_places import Amount
from solver.repair_result import Repair
from tests.solver.rooms_world import grid

PROBLEM = Problem(grid=grid(1, 2), lessons=(Lesson(id="L0"),))
MOVED = Change("L0", Placement(lesson="L0", start=0), Placement(lesson="L0", start=1))


def test_every_kind_twenty_times_at_two_sizes() -> None:
    assert len(cases()) == len(set(cases())) == 240
    assert "24/teacher-day-1" in SUITE.cases()


def test_a_repair_is_complete_when_it_is_proven() -> None:
    amount = Amount(1, 0, 0, 0, 0)
    proven = judged(Repair(Status.OPTIMAL, PROBLEM, amount=amount, at_least=1, changes=(MOVED,)))
    assert (proven["status"], proven["complete"], proven["moves_proven"], proven["moves"]) == ("optimal", True, True, 1)
    found = judged(Repair(Status.FEASIBLE, PROBLEM, amount=amount, at_least=1, changes=(MOVED,)))
    assert (found["complete"], found["moves_proven"]) == (False, True)
    none = judged(Repair(Status.INFEASIBLE, PROBLEM))
    assert (none["status"], none["complete"], "moves" in none) == ("no repair exists", True, False)
    assert not judged(Repair(Status.UNKNOWN, PROBLEM))["complete"]


def test_the_summary_counts_proofs_by_kind_and_leaves_the_hardest_out_of_the_total() -> None:
    records = [
        {"case": "24/clashes-1", "complete": True, "seconds_total": 1.0, "moves": 2},
        {"case": "24/clashes-2", "complete": False, "seconds_total": 3.0, "moves": 2},
        {"case": "24/teacher-hours-1", "complete": True, "seconds_total": 9.0},
    ]
    assert summary(records) == [
        "24 classes, clashes: 1 of 2 proven, 2 repaired, median 2.0 s, longest 3.0 s",
        "24 classes, teacher-hours: 1 of 1 proven, 0 repaired, median 9.0 s, longest 9.0 s",
        "24 classes, all but teacher-hours: 1 of 2 proven, 2 repaired, median 2.0 s, longest 3.0 s",
    ]
