"""What callers ask of jobs: submit, find, cancel."""

import hashlib

from sqlalchemy import select

from scheduling.errors import Conflict, Invalid, NotFound
from scheduling.jobs.wishes import Wishes
from scheduling.library import problem_row, timetable_row
from scheduling.store import StoreSession
from scheduling.store.audit import record
from scheduling.store.base import canonical
from scheduling.store.tables import Job

OPEN = ("queued", "running")
"""Statuses of a job that has not ended."""
MOST_OPEN = 100
"""Jobs of one organisation that wait or run at the same time."""


class TooManyJobs(Conflict):
    """Others of the organisation must end first."""

    default = f"{MOST_OPEN} jobs are waiting or running already; wait for some to end, or cancel them."


def submit(session: StoreSession, problem_id: str, wishes: Wishes, priority: int = 0) -> Job:
    """A job that solves the problem; the one that is open already if it does the same work.

    priority: higher goes first within the organisation; between organisations turns are taken. NotFound, Invalid,
    TooManyJobs.
    """
    problem = problem_row(session, problem_id)
    if wishes.start is not None and timetable_row(session, wishes.start).problem_id != problem_id:
        raise Invalid("The timetable to start with is of another problem.", {"start": "of another problem"})
    key = key_of(problem.hash, wishes)
    session.lock("jobs")
    same = session.scalar(select(Job).where(Job.dedup_key == key, Job.status.in_(OPEN)))
    if same is not None:
        return same
    if len(session.scalars(select(Job.id).where(Job.status.in_(OPEN)).limit(MOST_OPEN)).all()) == MOST_OPEN:
        raise TooManyJobs
    return _new(session, problem_id, wishes, priority, key)


def _new(session: StoreSession, problem_id: str, wishes: Wishes, priority: int, key: str) -> Job:
    job = Job(
        kind="solve",
        problem_id=problem_id,
        parameters=wishes.model_dump(mode="json"),
        status="queued",
        priority=priority,
        dedup_key=key,
        progress={},
        created_by=session.tenant.actor_id if session.tenant else None,
    )
    session.add(job)
    session.flush()
    record(session, "submitted", "job", job.id, None, {"problem": problem_id, **job.parameters})
    return job


def key_of(problem_hash: str, wishes: Wishes) -> str:
    """Equal for equal work: the same content of the problem and the same wishes."""
    return hashlib.sha256(canonical(["solve", problem_hash, wishes.model_dump(mode="json")]).encode()).hexdigest()


def find(session: StoreSession, job_id: str) -> Job:
    found = session.get(Job, job_id)
    if found is None:
        raise NotFound("There is no job of this id.")
    return found


def cancel(session: StoreSession, job_id: str) -> Job:
    """Ends it now; the search notices within a second and leaves its best timetable. Nothing happens to a job that has
    ended."""
    job = find(session, job_id)
    if job.status in OPEN:
        before, job.status, job.finished_at = job.status, "cancelled", session.now
        record(session, "cancelled", "job", job.id, {"status": before}, {"status": job.status})
    return job
