"""How a job ends: what is stored of it, and in which words."""

from sqlalchemy import select

from models.diagnose import proofs, told
from scheduling.announcing import job_ended
from scheduling.jobs.patience import patiently
from scheduling.jobs.standing import Standing
from scheduling.library import problem_in, problem_row
from scheduling.store import Store, StoreSession, Tenant
from scheduling.store.audit import record
from scheduling.store.base import Json
from scheduling.store.tables import Job, StoredProblem

SENTENCES = {
    "optimal": "No timetable can be better.",
    "feasible": "Every lesson has its place and every hard rule is kept.",
    "partial": "Not every lesson could be placed in the time given. This does not mean that it is impossible.",
    "infeasible": "Proven: no timetable can place every lesson and keep every hard rule.",
    "unknown": "No timetable was found in the time given. This does not mean that there is none.",
}
HINT = "Ask for an explanation of the problem to learn which of its facts cannot hold together."
LOST = "The worker ended several times in the middle of this job, so it was given up."


def finish(store: Store, job_id: str, organisation_id: str, standing: Standing, worker: str) -> None:
    """Nothing happens when the job has ended already, or belongs to another worker."""
    tenant = Tenant(organisation_id, "worker", operation=job_id)
    patiently(lambda: _finish(store, tenant, job_id, standing, worker))


def _finish(store: Store, tenant: Tenant, job_id: str, standing: Standing, worker: str) -> None:
    with store.read(tenant) as session:
        problem_id = session.get_one(Job, job_id).problem_id
        proven = standing.status == "infeasible" and standing.result is None
        proofs = proofs_of(session, problem_id) if proven else []
    with store.write(tenant) as session:
        job = session.get_one(Job, job_id)
        if job.status == "cancelled" and job.result is None:
            job.result = result_of(standing, proofs)
        elif job.status == "running" and job.progress.get("worker") == worker:
            _end(session, job, standing, proofs)


def _end(session: StoreSession, job: Job, standing: Standing, proofs: list[str]) -> None:
    job.status = "failed" if standing.failed else "done"
    job.error, job.finished_at = standing.failed, session.now
    job.result = result_of(standing, proofs)
    job.stale = has_newer(session, job.problem_id)
    record(session, "ended", "job", job.id, {"status": "running"}, {"status": job.status, "stale": job.stale})
    job_ended(session, job)


def give_up(store: Store, job_id: str, organisation_id: str) -> None:
    """For a job whose work cannot be taken up again."""
    with store.write(Tenant(organisation_id, "worker", operation=job_id)) as session:
        job = session.get_one(Job, job_id)
        if job.status == "running":
            job.status, job.error, job.finished_at = "failed", LOST, session.now
            record(session, "ended", "job", job.id, {"status": "running"}, {"status": job.status})
            job_ended(session, job)


def result_of(standing: Standing, proofs: list[str]) -> Json:
    """gap: (soft - bound) / soft of a complete timetable; proofs: sentences, where counting proves it impossible."""
    if standing.result is not None:
        return standing.result
    hard, unplaced, soft = standing.key or (None, None, None)
    gap = None if soft is None or not standing.complete else max(0, soft - standing.bound) / max(1, soft)
    found: Json = {
        "status": standing.status,
        "sentence": standing.failed or SENTENCES[standing.status],
        "hard": hard,
        "unplaced": unplaced,
        "soft": soft,
        "bound": None if standing.status == "infeasible" else standing.bound,
        "gap": gap,
        "seconds": standing.seconds,
        "notes": list(standing.notes),
    }
    return found | {"proofs": proofs, "hint": HINT} if standing.status == "infeasible" else found


def proofs_of(session: StoreSession, problem_id: str) -> list[str]:
    problem = problem_in(problem_row(session, problem_id))
    return told(proofs(problem))


def has_newer(session: StoreSession, problem_id: str) -> bool:
    """Whether the school was read again since, with another content: the newest problem of the same name counts."""
    own = problem_row(session, problem_id)
    newest = session.scalar(
        select(StoredProblem)
        .where(StoredProblem.name == own.name, StoredProblem.created_at > own.created_at)
        .order_by(StoredProblem.created_at.desc(), StoredProblem.id.desc())
        .limit(1)
    )
    return newest is not None and newest.hash != own.hash
