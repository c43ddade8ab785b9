"""Real workers on real databases: a job is done once, whatever happens to the worker."""

from pathlib import Path

import pytest

from datasets.generate import generate
from models.problem import Problem
from scheduling import jobs, library
from scheduling.jobs.wishes import Wishes
from scheduling.store import Store, Tenant
from scheduling.store.tables import Job
from tests.formats.little_school import PROBLEM
from tests.workers import eventually, working

pytestmark = pytest.mark.slow


def asked(store: Store, tenant: Tenant, problem: Problem = PROBLEM, **wishes: object) -> str:
    """Id of a new job."""
    with store.write(tenant) as session:
        kept = library.keep_problem(session, problem, problem.name, {})
        return jobs.submit(session, kept.id, Wishes.model_validate(wishes)).id


def now(store: Store, tenant: Tenant, job_id: str) -> Job:
    with store.read(tenant) as session:
        return jobs.find(session, job_id)


def ended(store: Store, tenant: Tenant, job_id: str) -> Job:
    def look() -> Job | None:
        job = now(store, tenant, job_id)
        return job if job.finished_at else None

    return eventually(look, f"the end of job {job_id}")


def test_a_job_is_solved_and_its_timetable_stored(store: Store, database: str, first: Tenant, tmp_path: Path) -> None:
    job_id = asked(store, first, seconds=5)
    with working(database, tmp_path) as worker:
        job = ended(store, first, job_id)
        worker.terminate()
        assert worker.wait(20) == 0
    assert (job.status, job.error, job.stale) == ("done", None, False), (tmp_path / "worker.log").read_text()
    assert job.result is not None
    assert job.result["status"] in ("optimal", "feasible")
    assert job.timetable_id is not None
    with store.read(first) as session:
        row = library.timetable_row(session, job.timetable_id)
        timetable = library.timetable_in(row)
    judged = library.judge(PROBLEM, timetable)
    assert row.score == judged
    assert (judged["hard"], judged["unplaced"], judged["soft"]) == (0, 0, job.result["soft"])


def test_killed_in_the_middle_it_goes_on_elsewhere(store: Store, database: str, first: Tenant, tmp_path: Path) -> None:
    job_id = asked(store, first, generate(6, 1).problem, seconds=5)
    with working(database, tmp_path) as worker:
        eventually(lambda: now(store, first, job_id).progress.get("placed"), "a timetable on the way")
        worker.kill()
        worker.wait()
        before = now(store, first, job_id)
        assert (before.status, before.timetable_id) == ("running", None)
    with working(database, tmp_path):
        job = ended(store, first, job_id)
    assert job.status == "done", (tmp_path / "worker.log").read_text()
    assert job.progress["worker"] != before.progress["worker"]
    assert job.timetable_id is not None
    with store.read(first) as session:
        row = library.timetable_row(session, job.timetable_id)
    assert (row.score["hard"], row.score["unplaced"]) == (0, 0)


def test_cancelled_in_the_middle_it_stops_within_a_second(
    store: Store, database: str, first: Tenant, tmp_path: Path
) -> None:
    job_id = asked(store, first, generate(6, 1).problem, seconds=600)
    with working(database, tmp_path):
        eventually(lambda: now(store, first, job_id).progress.get("placed"), "a timetable on the way")
        with store.write(first) as session:
            assert jobs.cancel(session, job_id).status == "cancelled"
        eventually(lambda: now(store, first, job_id).result, "its best timetable")
    job = now(store, first, job_id)
    assert job.status == "cancelled"
    assert job.timetable_id is not None
    stopped = [line for line in (tmp_path / "worker.log").read_text().splitlines() if '"event": "slice"' in line]
    assert len(stopped) == 1
