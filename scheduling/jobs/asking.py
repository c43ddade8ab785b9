"""What callers ask of jobs: submit, find, cancel."""

import hashlib

from sqlalchemy import select

from scheduling.announcing import job_ended
from scheduling.errors import Conflict, Invalid, NotFound
from scheduling.jobs.wishes import Wishes
from scheduling.library import problem_in, problem_row, timetable_in, timetable_row
from scheduling.store import StoreSession
from scheduling.store.audit import record
from scheduling.store.base import Json, canonical
from scheduling.store.tables import Job, StoredProblem
from scheduling.tasks.base import Material, Task

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
    return _submitted(session, "solve", problem, wishes.model_dump(mode="json"), priority)


def submit_task(session: StoreSession, task: Task) -> Job:
    """As `submit`, for a task (`material_of` gives what it works on, to be checked before)."""
    problem = problem_row(session, problem_of(session, task))
    return _submitted(session, task.kind, problem, task.model_dump(mode="json"), task.priority)


def _submitted(session: StoreSession, kind: str, problem: StoredProblem, parameters: Json, priority: int) -> Job:
    key = key_of(kind, problem.hash, parameters)
    session.lock("jobs")
    same = session.scalar(select(Job).where(Job.dedup_key == key, Job.status.in_(OPEN)))
    if same is not None:
        return same
    if len(session.scalars(select(Job.id).where(Job.status.in_(OPEN)).limit(MOST_OPEN)).all()) == MOST_OPEN:
        raise TooManyJobs
    job = Job(
        kind=kind,
        problem_id=problem.id,
        parameters=parameters,
        status="queued",
        priority=priority,
        dedup_key=key,
        progress={},
        created_by=session.tenant.actor_id if session.tenant else None,
    )
    session.add(job)
    session.flush()
    record(session, "submitted", "job", job.id, None, {"kind": kind, "problem": problem.id, **job.parameters})
    return job


def key_of(kind: str, problem_hash: str, parameters: Json) -> str:
    """Equal for equal work: the same content of the problem and the same wishes."""
    return hashlib.sha256(canonical([kind, problem_hash, parameters]).encode()).hexdigest()


def problem_of(session: StoreSession, task: Task) -> str:
    """Id of the problem that a task is about. NotFound; Invalid for a timetable of another problem."""
    if task.timetable_id is None:
        return problem_row(session, task.problem_id or "").id
    of_timetable = timetable_row(session, task.timetable_id).problem_id
    if task.problem_id not in (None, of_timetable):
        raise Invalid("The timetable is of another problem.", {"timetable": "of another problem"})
    return of_timetable


def material_of(session: StoreSession, task: Task) -> Material:
    """What a task works on. NotFound, Invalid."""
    problem = problem_in(problem_row(session, problem_of(session, task)))
    if task.timetable_id is None:
        return Material(problem)
    return Material(problem, timetable_in(timetable_row(session, task.timetable_id)))


def find(session: StoreSession, job_id: str) -> Job:
    found = session.get(Job, job_id)
    if found is None:
        raise NotFound("There is no job of this id.")
    return found


def listed(session: StoreSession, status: str | None, limit: int, offset: int = 0) -> list[Job]:
    """Latest first; of a status, or all."""
    latest = select(Job).order_by(Job.created_at.desc(), Job.id.desc())
    wanted = latest if status is None else latest.where(Job.status == status)
    return list(session.scalars(wanted.limit(limit).offset(offset)))


def cancel(session: StoreSession, job_id: str) -> Job:
    """Ends it now; the search notices within a second and leaves its best timetable. Nothing happens to a job that has
    ended."""
    job = find(session, job_id)
    if job.status in OPEN:
        before, job.status, job.finished_at = job.status, "cancelled", session.now
        record(session, "cancelled", "job", job.id, {"status": before}, {"status": job.status})
        job_ended(session, job)
    return job
