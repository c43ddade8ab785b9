"""A task as a job: one slice, whose result and timetables are stored together."""

import structlog

from scheduling import library
from scheduling.jobs.asking import material_of
from scheduling.jobs.patience import patiently
from scheduling.jobs.standing import Standing
from scheduling.jobs.watch import Watch
from scheduling.jobs.workshop import Workshop, was_cancelled
from scheduling.store import StoreSession, Tenant
from scheduling.store.base import Json
from scheduling.store.tables import Job, StoredProblem
from scheduling.tasks import TASKS, Made, Material, Product, Refused, Task

KINDS = {task.kind: task for task in TASKS}
LONGEST_NAME = 200

log = structlog.get_logger("timewright.jobs")


def run_errand(workshop: Workshop, tenant: Tenant, job: Job, before: Standing) -> Standing:
    """What stands after it. A worker that is asked to end leaves it to the next one, from its beginning."""
    task = KINDS[job.kind].model_validate(job.parameters)
    material = patiently(lambda: _material(workshop, tenant, task))
    watch = Watch(workshop.store, tenant, job.id, workshop.name, workshop.leaving, None)
    try:
        product = watch.follow(lambda: task.run(material, workshop.threads, watch.stop.is_set))
    except Refused as refused:
        return before.with_(over=True, failed=refused.sentence)
    if watch.lost and not was_cancelled(workshop, tenant, job.id):
        return before.with_(over=True)
    if workshop.leaving.is_set() and not watch.lost:
        return before
    judged = [_judged(material, made) for made in product.made]
    log.info("task", job=job.id, kind=job.kind, status=product.result["status"])
    kept = patiently(lambda: _keep(workshop, tenant, job.id, product, judged))
    return before.with_(slices=before.slices + 1, over=True, result=product.result, timetable_id=kept)


def _material(workshop: Workshop, tenant: Tenant, task: Task) -> Material:
    with workshop.store.read(tenant) as session:
        return material_of(session, task)


def _judged(material: Material, made: Made) -> Json:
    """By the definitions of the rules, which know nothing of the search."""
    judged = library.judge(made.problem or material.problem, made.timetable)
    if judged["hard"]:
        from solver import ScoreMismatch

        raise ScoreMismatch(f"the search hands out a timetable that breaks hard rules by {judged['hard']}")
    return judged


def _keep(workshop: Workshop, tenant: Tenant, job_id: str, product: Product, judged: list[Json]) -> str | None:
    """Writes the ids of what is stored into the result; the id of the first timetable."""
    with workshop.store.write(tenant) as session:
        job = session.get_one(Job, job_id)
        for made, score in zip(product.made, judged, strict=True):
            made.told.update(_kept(session, job, made, score))
        if product.made:
            job.timetable_id = product.made[0].told["timetable"]
        return job.timetable_id


def _kept(session: StoreSession, job: Job, made: Made, judged: Json) -> Json:
    """Ids of the timetable and of its problem."""
    problem_id = job.problem_id
    if made.problem is not None:
        row = library.problem_row(session, problem_id)
        report = {"made_from": row.id, "job": job.id, "how": made.how}
        problem_id = library.keep_problem(session, made.problem, _name(row, made.how), report).id
    parent = job.parameters.get("timetable")
    made_with = {"job": job.id, "seed": job.parameters["seed"]}
    row_id = library.keep_timetable(session, problem_id, made.timetable, judged, job.kind, made_with, parent).id
    return {"timetable": row_id, "problem": problem_id}


def _name(row: StoredProblem, how: str) -> str:
    """Another than that of the school itself, which stays as it is until somebody decides otherwise."""
    ending = f" ({how})"
    return row.name.removesuffix(ending)[: LONGEST_NAME - len(ending)] + ending
