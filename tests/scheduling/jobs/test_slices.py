"""A slice begins with the best timetable so far, never makes it worse, and is fenced against other workers."""

from threading import Event, Thread

import pytest

from datasets.generate import generate
from models.problem import Problem
from models.timetable import Placement, Timetable
from scheduling import jobs, library
from scheduling.jobs import slices
from scheduling.jobs.slices import BROKEN, run_slice
from scheduling.jobs.standing import Standing
from scheduling.jobs.turns import take_next
from scheduling.jobs.wishes import Wishes
from scheduling.jobs.workshop import Workshop
from scheduling.store import Store, Tenant
from scheduling.store.tables import Job
from tests.formats.little_school import PROBLEM

HERE, ELSEWHERE = "this worker", "another worker"


@pytest.fixture
def store(sqlite_database: str, first: Tenant) -> Store:
    """Slices do nothing that differs between databases."""
    from scheduling.identity.people import add_organisation

    store = Store(sqlite_database)
    with store.write_across() as session:
        add_organisation(session, "School", "director", organisation_id=first.organisation_id)
    return store


def running(store: Store, tenant: Tenant, problem: Problem = PROBLEM, **wishes: object) -> str:
    """A job that this worker has taken."""
    with store.write(tenant) as session:
        kept = library.keep_problem(session, problem, "School", {})
        jobs.submit(session, kept.id, Wishes.model_validate(wishes))
    taken = take_next(store, HERE)
    assert taken is not None
    return taken[0]


def job_of(store: Store, tenant: Tenant, job_id: str) -> Job:
    with store.read(tenant) as session:
        return jobs.find(session, job_id)


@pytest.mark.slow
def test_the_next_slice_goes_on_from_the_last_timetable(store: Store, first: Tenant) -> None:
    job_id = running(store, first, seconds=2)
    workshop = Workshop(store, HERE, threads=1)
    one = run_slice(workshop, job_id, first.organisation_id, Standing(seconds=1.0))
    assert one.timetable_id is not None
    assert one.key is not None
    again = run_slice(workshop, job_id, first.organisation_id, one.with_(seconds=1.0, over=False))
    assert again.key is not None
    assert again.key <= one.key
    assert again.slices == 2
    assert again.over
    # Equally good is not stored a second time.
    assert (again.timetable_id == one.timetable_id) == (again.key == one.key)
    assert job_of(store, first, job_id).timetable_id == again.timetable_id


@pytest.mark.slow
def test_a_timetable_to_start_with_is_kept_where_nothing_else_is_found(store: Store, first: Tenant) -> None:
    job_id = running(store, first, seconds=1)
    placed = Timetable(placements=(Placement(lesson="art", start=0),))
    with store.write(first) as session:
        job = session.get_one(Job, job_id)
        start = library.keep_timetable(session, job.problem_id, placed, library.judge(PROBLEM, placed), "upload").id
    after = run_slice(Workshop(store, HERE, threads=1), job_id, first.organisation_id, Standing(timetable_id=start))
    assert after.timetable_id is not None
    with store.read(first) as session:
        assert library.timetable_row(session, after.timetable_id).parent_id == start


@pytest.mark.slow
def test_a_worker_whose_job_was_taken_over_stores_nothing(store: Store, first: Tenant) -> None:
    job_id = running(store, first, generate(6, 1).problem, seconds=60)
    over = Event()

    def take_over() -> None:
        over.wait(1)
        with store.write(first) as session:
            job = session.get_one(Job, job_id)
            job.progress = {**job.progress, "worker": ELSEWHERE}

    other = Thread(target=take_over)
    other.start()
    before = Standing(status="feasible", key=(0, 0, 10**9))
    after = run_slice(Workshop(store, HERE, threads=1), job_id, first.organisation_id, before)
    other.join()
    assert after == before.with_(over=True)
    assert job_of(store, first, job_id).timetable_id is None


def test_a_job_that_has_ended_is_not_begun(store: Store, first: Tenant) -> None:
    job_id = running(store, first)
    with store.write(first) as session:
        jobs.cancel(session, job_id)
    assert run_slice(Workshop(store, HERE), job_id, first.organisation_id, Standing()) == Standing(over=True)


def test_a_mistake_of_the_program_is_a_sentence(store: Store, first: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    job_id = running(store, first)

    def broken(*_: object) -> None:
        raise ZeroDivisionError("SELECT secret FROM keys")

    monkeypatch.setattr(slices, "_search", broken)
    after = run_slice(Workshop(store, HERE), job_id, first.organisation_id, Standing())
    assert (after.over, after.failed) == (True, BROKEN)
