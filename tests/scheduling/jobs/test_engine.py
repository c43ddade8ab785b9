"""The durable engine, in this process: what it notes of jobs goes some time after their end, and no earlier."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from dbos import DBOS

from scheduling import jobs, library
from scheduling.jobs.engine import Engine
from scheduling.jobs.wishes import Wishes
from scheduling.jobs.workshop import Workshop
from scheduling.store import Store, Tenant
from tests.formats.little_school import PROBLEM
from tests.workers import eventually

DAY = timedelta(days=1)


@pytest.fixture
def engine(store: Store, database: str) -> Iterator[Engine]:
    yield Engine(database, Workshop(store, "this worker", threads=1))
    DBOS.destroy(destroy_registry=True)


def test_it_forgets_jobs_that_ended_and_their_rows_stay(store: Store, engine: Engine, first: Tenant) -> None:
    with store.write(first) as session:
        kept = library.keep_problem(session, PROBLEM, "School", {})
        job_id = jobs.submit(session, kept.id, Wishes()).id
        jobs.cancel(session, job_id)
    engine.start(job_id, first.organisation_id)
    eventually(lambda: engine.status(job_id) == "SUCCESS", "the end of the job")
    now = datetime.now(UTC)
    assert engine.forget(now - DAY) == 0
    assert engine.status(job_id) == "SUCCESS"
    assert engine.forget(now + DAY) == 1
    assert engine.status(job_id) is None
    assert engine.forget(now + DAY) == 0
    with store.read(first) as session:
        assert jobs.find(session, job_id).status == "cancelled"
