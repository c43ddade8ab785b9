"""Whose job is next: organisations take turns, so that nobody waits behind the many jobs of another one."""

from collections import Counter
from datetime import datetime

from sqlalchemy import func, select

from scheduling.store import Store, StoreSession
from scheduling.store.tables import Job

Turn = tuple[int, str]
"""What an organisation has running, and when it last got a turn (ISO, "" for never); the smallest goes first."""


def take_next(store: Store, worker: str) -> tuple[str, str] | None:
    """Ids of job and organisation; from now on the job is running at this worker. None: nobody waits."""
    with store.read_across() as session:  # most looks find nothing, for which no writer shall wait
        if session.scalar(select(Job.id).where(Job.status == "queued").limit(1)) is None:
            return None
    with store.write_across() as session:
        session.lock("jobs: next")
        job = next_of(session)
        if job is None:
            return None
        job.status, job.started_at, job.progress = "running", session.now, {"worker": worker}
        return job.id, job.organisation_id


def next_of(session: StoreSession) -> Job | None:
    """Of the organisation with the fewest running jobs, then the longest without a turn; of its jobs the one of highest
    priority, then the oldest."""
    waiting = set(session.scalars(select(Job.organisation_id).where(Job.status == "queued").distinct()))
    if not waiting:
        return None
    turns = turns_of(session, waiting)
    first = min(waiting, key=lambda organisation: (*turns[organisation], organisation))
    of_it = select(Job).where(Job.organisation_id == first, Job.status == "queued")
    return session.scalar(of_it.order_by(Job.priority.desc(), Job.created_at, Job.id).limit(1))


def turns_of(session: StoreSession, organisations: set[str]) -> dict[str, Turn]:
    running = Counter(session.scalars(select(Job.organisation_id).where(Job.status == "running")))
    latest = select(Job.organisation_id, func.max(Job.started_at)).where(Job.organisation_id.in_(organisations))
    found: list[tuple[str, datetime | None]] = [
        (x, at) for x, at in session.execute(latest.group_by(Job.organisation_id))
    ]
    last = {organisation: at.isoformat() if at else "" for organisation, at in found}
    return {organisation: (running[organisation], last.get(organisation, "")) for organisation in organisations}
