"""Tasks as jobs: what they find is stored with the timetables that prove it."""

from typing import Any

import pytest

from models.problem import Problem
from models.rules.base import Who
from models.rules.unavailable import Unavailable
from models.timetable import Placement, Timetable
from scheduling import jobs, library
from scheduling.jobs.ending import finish
from scheduling.jobs.slices import run_slice
from scheduling.jobs.standing import Standing
from scheduling.jobs.turns import take_next
from scheduling.jobs.workshop import Workshop
from scheduling.store import Store, Tenant
from scheduling.store.tables import Job
from scheduling.tasks import Alternatives, Cover, ExactPlace, Explain, Fixes, Repair, Task
from scheduling.tasks.cover import Away
from tests.formats.little_school import PROBLEM, TIMETABLE, cell, changed

HERE = "this worker"
COMPLETE = Timetable(placements=(*TIMETABLE.placements, Placement(lesson="e", start=cell("Mon", "P1"))))
IMPOSSIBLE = changed(
    rules=(*PROBLEM.rules, Unavailable(who=Who(kind="teacher", ids=("BEN",)), cells=tuple(range(PROBLEM.grid.size))))
)


@pytest.fixture
def store(sqlite_database: str, first: Tenant) -> Store:
    """Tasks do nothing that differs between databases."""
    from scheduling.identity.people import add_organisation

    store = Store(sqlite_database)
    with store.write_across() as session:
        add_organisation(session, "School", "director", organisation_id=first.organisation_id)
    return store


def kept(store: Store, tenant: Tenant, problem: Problem = PROBLEM, timetable: Timetable = COMPLETE) -> tuple[str, str]:
    with store.write(tenant) as session:
        row = library.keep_problem(session, problem, "School", {})
        placed = library.keep_timetable(session, row.id, timetable, library.judge(problem, timetable), "upload")
        return row.id, placed.id


def done(store: Store, tenant: Tenant, task: Task) -> Job:
    """The job of the task, after it was done here."""
    with store.write(tenant) as session:
        job_id = jobs.submit_task(session, task).id
    assert take_next(store, HERE) is not None
    standing = run_slice(Workshop(store, HERE, threads=1), job_id, tenant.organisation_id, Standing())
    assert standing.over
    finish(store, job_id, tenant.organisation_id, standing, HERE)
    with store.read(tenant) as session:
        return jobs.find(session, job_id)


def result_of(job: Job) -> dict[str, Any]:
    assert job.status == "done", job.error
    assert job.result is not None
    return job.result


def timetable_of(store: Store, tenant: Tenant, timetable_id: str) -> tuple[Problem, Timetable, str]:
    with store.read(tenant) as session:
        row = library.timetable_row(session, timetable_id)
        problem = library.problem_row(session, row.problem_id)
        return library.problem_in(problem), library.timetable_in(row), problem.name


@pytest.mark.slow
def test_a_repair_is_kept_with_the_changed_school(store: Store, first: Tenant) -> None:
    problem_id, timetable_id = kept(store, first)
    wish = Repair(timetable=timetable_id, changes=("teacher ADE unavailable Tue P2",), seconds=20)
    job = done(store, first, wish)
    result = result_of(job)
    assert (result["status"], result["timetable"]) == ("optimal", job.timetable_id)
    assert [change["lesson"] for change in result["changes"]] == ["m2"]
    problem, repaired, name = timetable_of(store, first, result["timetable"])
    assert len(problem.rules) == len(PROBLEM.rules) + 1
    assert repaired.placement["m2"].start != cell("Tue", "P2")
    assert (name, result["problem"] != problem_id, job.stale) == ("School (after changes)", True, False)
    with store.read(first) as session:
        assert library.timetable_row(session, result["timetable"]).parent_id == timetable_id


@pytest.mark.slow
def test_a_repair_without_changes_is_of_the_same_school(store: Store, first: Tenant) -> None:
    problem_id, timetable_id = kept(store, first, timetable=TIMETABLE)
    result = result_of(done(store, first, Repair(timetable=timetable_id, seconds=20)))
    assert result["problem"] == problem_id
    assert [change["lesson"] for change in result["changes"]] == ["e"]


@pytest.mark.slow
def test_a_contradiction_is_told_and_its_fixes_are_proven(store: Store, first: Tenant) -> None:
    problem_id, _ = kept(store, first, IMPOSSIBLE, Timetable())
    explained = result_of(done(store, first, Explain(problem=problem_id, seconds=30)))
    assert explained["status"] == "infeasible"
    assert any("BEN" in fact["sentence"] for fact in explained["cores"][0]["facts"])
    mended = result_of(done(store, first, Fixes(problem=problem_id, seconds=30, count=2)))
    assert mended["fixes"]
    for fix in mended["fixes"]:
        problem, timetable, name = timetable_of(store, first, fix["timetable"])
        assert library.judge(problem, timetable)["hard"] == 0
        assert name == f"School (with fix {fix['number']})"


@pytest.mark.slow
def test_what_can_be_done_is_not_explained_but_shown(store: Store, first: Tenant) -> None:
    problem_id, _ = kept(store, first)
    result = result_of(done(store, first, Explain(problem=problem_id, seconds=30)))
    assert result["status"] == "feasible"
    assert timetable_of(store, first, result["timetable"])[1].unplaced == ()


@pytest.mark.slow
def test_every_alternative_is_kept(store: Store, first: Tenant) -> None:
    problem_id, timetable_id = kept(store, first)
    wish = Alternatives(problem=problem_id, timetable=timetable_id, count=2, apart=2, seconds=10)
    result = result_of(done(store, first, wish))
    assert len(result["alternatives"]) == 2
    found = [timetable_of(store, first, one["timetable"])[1] for one in result["alternatives"]]
    assert found[0].diff(found[1])


@pytest.mark.slow
def test_lessons_of_an_absent_teacher_are_covered(store: Store, first: Tenant) -> None:
    _, timetable_id = kept(store, first)
    away = Away(teacher="ADE", times="Mon")
    result = result_of(done(store, first, Cover(timetable=timetable_id, absent=(away,), week="A")))
    assert [decision["lesson"] for decision in result["decisions"]] == ["m1"]
    assert result["rows"][0]["absent"] == "ADE"


@pytest.mark.slow
def test_the_exact_cost_of_a_place_comes_with_the_timetable(store: Store, first: Tenant) -> None:
    _, timetable_id = kept(store, first)
    result = result_of(done(store, first, ExactPlace(timetable=timetable_id, lesson="m1", at="Wed P1", seconds=20)))
    assert timetable_of(store, first, result["timetable"])[1].placement["m1"].start == cell("Wed", "P1")


def test_what_the_search_refuses_is_told_in_a_sentence(store: Store, first: Tenant) -> None:
    _, timetable_id = kept(store, first)
    job = done(store, first, Repair(timetable=timetable_id, changes=("teacher NOBODY absent Mon",)))
    assert (job.status, job.error) == ("failed", "Changes.0: the unknown teacher 'NOBODY' is to be unavailable.")


def test_a_worker_that_ends_leaves_the_task_to_the_next(store: Store, first: Tenant) -> None:
    problem_id, _ = kept(store, first)
    with store.write(first) as session:
        job_id = jobs.submit_task(session, Explain(problem=problem_id)).id
    take_next(store, HERE)
    workshop = Workshop(store, HERE, threads=1)
    workshop.leaving.set()
    assert run_slice(workshop, job_id, first.organisation_id, Standing()) == Standing()


def test_the_same_task_is_the_same_job_and_another_one_is_not(store: Store, first: Tenant) -> None:
    problem_id, _ = kept(store, first)
    with store.write(first) as session:
        one = jobs.submit_task(session, Explain(problem=problem_id)).id
        assert jobs.submit_task(session, Explain(problem=problem_id)).id == one
        assert jobs.submit_task(session, Explain(problem=problem_id, cores=2)).id != one
        assert jobs.submit_task(session, Fixes(problem=problem_id)).id != one
