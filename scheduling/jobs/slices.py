"""One slice of a solve: from the best timetable so far to a better one, stored."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from models.problem import Problem
from models.timetable import Timetable
from scheduling import library
from scheduling.jobs.errands import run_errand
from scheduling.jobs.patience import patiently
from scheduling.jobs.standing import Standing, is_over, next_slice
from scheduling.jobs.watch import Watch
from scheduling.jobs.wishes import Wishes
from scheduling.jobs.workshop import Workshop, was_cancelled
from scheduling.store import Store, Tenant
from scheduling.store.tables import Job

if TYPE_CHECKING:
    from solver import Progress, Result

EARLY = 0.5
"""Seconds: a search that ended so much before its time had nothing left to do."""
BROKEN = "The search ended with a mistake of the program; it has been recorded."

log = structlog.get_logger("timewright.jobs")


@dataclass(frozen=True)
class Task:
    """A job as a slice needs it. start: the best timetable so far."""

    tenant: Tenant
    job_id: str
    problem_id: str
    problem: Problem
    wishes: Wishes
    start: Timetable | None
    parent_id: str | None


def run_slice(workshop: Workshop, job_id: str, organisation_id: str, before: Standing) -> Standing:
    """What stands after it. A mistake of the program ends the job with a sentence; the database may be gone for a
    while."""
    tenant = Tenant(organisation_id, "worker", operation=job_id)
    try:
        job = patiently(lambda: _claim(workshop, tenant, job_id))
        if job is None:
            return before.with_(over=True)
        if job.kind != "solve":
            return run_errand(workshop, tenant, job, before)
        return _search(workshop, patiently(lambda: _task(workshop, tenant, job, before)), before)
    except Exception as error:
        log.error("job failed", job=job_id, exc_info=error)
        return before.with_(over=True, failed=BROKEN)


def _claim(workshop: Workshop, tenant: Tenant, job_id: str) -> Job | None:
    """Makes the job this worker's; None when it has ended in the meantime."""
    with workshop.store.write(tenant) as session:
        job = session.get_one(Job, job_id)
        if job.status != "running":
            return None
        job.progress = {**job.progress, "worker": workshop.name}
        return job


def _task(workshop: Workshop, tenant: Tenant, job: Job, before: Standing) -> Task:
    with workshop.store.read(tenant) as session:
        wishes = Wishes.model_validate(job.parameters)
        problem = library.problem_in(library.problem_row(session, job.problem_id))
        parent = before.timetable_id or wishes.start
        start = None if parent is None else library.timetable_in(library.timetable_row(session, parent))
    return Task(tenant, job.id, job.problem_id, problem, wishes, start, parent)


def _search(workshop: Workshop, task: Task, before: Standing) -> Standing:
    seconds = next_slice(task.wishes, before)
    watch = Watch(workshop.store, task.tenant, task.job_id, workshop.name, workshop.leaving, before)
    result = watch.follow(_solve(task, seconds, before, workshop.threads, watch))
    cut = watch.lost or workshop.leaving.is_set()
    after = _advanced(task, before, result, seconds, cut)
    if watch.lost and not was_cancelled(workshop, task.tenant, task.job_id):
        return before.with_(over=True)
    log.info("slice", job=task.job_id, seconds=round(result.seconds_total, 1), status=after.status, cut=cut)
    stored = patiently(lambda: _keep(workshop.store, task, before, after, result))
    return stored.with_(over=watch.lost or (not cut and (stored.over or is_over(task.wishes, stored))))


def _solve(task: Task, seconds: float, before: Standing, threads: int, watch: Watch) -> Callable[[], "Result"]:
    wishes = task.wishes
    from solver import Limits, solve

    limits = Limits(seconds, wishes.gap, wishes.first, None, threads, wishes.seed + before.slices)

    def heard(news: "Progress") -> None:
        watch.last = news

    def search() -> "Result":
        return solve(task.problem, limits, task.start, heard, watch.stop.is_set)

    return search


def _advanced(task: Task, before: Standing, result: "Result", seconds: float, cut: bool) -> Standing:
    """Without the timetable, which is stored afterwards. cut: it was ended from outside."""
    bound = max(before.bound, result.bound or 0)
    spent = round(before.seconds + result.seconds_total, 2)
    early = not cut and result.seconds_total < seconds - EARLY
    status = str(result.status)
    if status == "feasible" and result.score is not None and result.score.soft <= bound:
        status = "optimal"
    notes = tuple(dict.fromkeys((*before.notes, *result.notes)))
    return before.with_(slices=before.slices + 1, seconds=spent, bound=bound, status=status, notes=notes, over=early)


def _keep(store: Store, task: Task, before: Standing, after: Standing, result: "Result") -> Standing:
    """Stores the timetable if it is better than what was stored; it is judged again by the definitions of the rules."""
    made, score = result.timetable, result.score
    if made is None or score is None or score.hard or not made.placements or (before.key and score.key >= before.key):
        return after
    judged = library.judge(task.problem, made)
    if (judged["hard"], judged["unplaced"], judged["soft"]) != score.key:
        from solver import ScoreMismatch

        raise ScoreMismatch(f"the search says {score.key}, the definitions of the rules say {judged}")
    with_ = {"seed": result.seed, "bound": after.bound, "seconds": after.seconds, "problem_hash": result.problem_hash}
    content = library.written(made)
    with store.write(task.tenant) as session:
        row = library.keep_written(session, task.problem_id, content, judged, "solve", with_, task.parent_id)
        session.get_one(Job, task.job_id).timetable_id = row.id
    best_at = round(before.seconds + (result.seconds_best or 0.0), 2)
    return after.with_(timetable_id=row.id, key=score.key, best_at=best_at)
