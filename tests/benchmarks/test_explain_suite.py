"""The suite of planted contradictions: what is recorded, and how it is summed up."""

from benchmarks.explain import SUITE, cases, judged, summary
from datasets.infeasible import infeasible
from solver.explain import Core, Explanation
from solver.facts import facts_of
from solver.result import Status


def test_thirty_schools_of_each_size() -> None:
    assert len(cases()) == 60
    assert cases()[0] == "24/overbooked_teacher-1"
    assert SUITE.name == "explain"


def test_planted_facts_are_counted() -> None:
    school = infeasible("no_lunch", 6, 1)
    planted = tuple(f for f in facts_of(school.problem) if f.source in school.planted)
    core = Core(planted[:2], minimal=True, confirmed=True)
    record = judged(school, Explanation(Status.INFEASIBLE, (core,), seconds=1.234))
    assert (record["status"], record["complete"], record["seconds_total"]) == ("minimal", True, 1.23)
    assert (record["facts"], record["planted"], record["found"]) == (2, 3, 2)


def test_a_core_that_is_not_minimal_does_not_count() -> None:
    school = infeasible("no_lunch", 6, 1)
    core = Core(tuple(facts_of(school.problem)), minimal=False, confirmed=False)
    record = judged(school, Explanation(Status.INFEASIBLE, (core,)))
    assert (record["status"], record["complete"]) == ("a core", False)


def test_nothing_found_is_unknown() -> None:
    record = judged(infeasible("no_lunch", 6, 1), Explanation(Status.UNKNOWN))
    assert (record["status"], record["facts"], record["found"]) == ("unknown", 0, 0)


def test_each_size_is_summed_up() -> None:
    done = {"minimal": True, "confirmed": True, "found": 2, "planted": 2}
    records = [{"case": "24/a-1", "seconds_total": 2.0, **done}, {"case": "24/b-1", "seconds_total": 4.0, **done}]
    failed = {"case": "24/c-1", "error": "stopped"}
    assert summary([*records, failed]) == [
        "24 classes: 2 of 3 cores minimal, 2 confirmed, 2 with every planted fact; median 3.0 s, longest 4.0 s"
    ]
