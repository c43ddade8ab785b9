"""Timetables for the whole school: made by a job, followed, published."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, StrictBool, StrictInt, StrictStr, model_validator

from api.dialects.director.bodies import Id
from api.dialects.director.roles import DIRECTING
from api.dialects.director.shapes import Shape, envelope, instant
from api.entrance import ForTenant, Found
from api.once import Answer
from scheduling import jobs
from scheduling.errors import Conflict, Invalid
from scheduling.jobs import Wishes
from scheduling.school.generating import Asked, draft, generate
from scheduling.school.publishing import publish
from scheduling.school.repairing import Missing, Wanted, damage, repair
from scheduling.store.tables import Job

router = APIRouter()

ACCESS = {
    "POST /generate": DIRECTING,
    "GET /generate/{job_id}": DIRECTING,
    "DELETE /generate/{job_id}": DIRECTING,
    "POST /repair": DIRECTING,
    "POST /publish": DIRECTING,
}
WORDS = {
    "queued": "Timetable generation is waiting",
    "running": "Timetable generation is running",
    "done": "Timetable generation has ended",
    "cancelled": "Timetable generation was cancelled",
    "failed": "Timetable generation has failed",
}


class Generation(BaseModel):
    """pinned: entries that stay where they are; relaxed: teachers not assigned to a subject may be chosen for it."""

    pinned: Literal["all", "none"] | tuple[Id, ...] = "all"
    relaxed: StrictBool = False
    seconds: Annotated[float, Field(ge=1, le=24 * 3600)] = 60.0
    first: StrictBool = False
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class Gap(BaseModel):
    """Names one of teacher, class and room. days, timeSlotIds: when; none: always. colleagues: others may take over the
    lessons of a teacher, other rooms those of a room; false: they move."""

    teacher_id: Id | None = None
    class_id: Id | None = None
    room: Annotated[StrictStr, Field(min_length=1, max_length=100)] | None = None
    days: Annotated[tuple[StrictStr, ...], Field(max_length=7)] = ()
    timeSlotIds: Annotated[tuple[Id, ...], Field(max_length=500)] = ()
    colleagues: StrictBool = True

    @model_validator(mode="after")
    def names_one(self) -> "Gap":
        if sum(x is not None for x in (self.teacher_id, self.class_id, self.room)) != 1:
            raise ValueError("names one of teacher_id, class_id and room")
        return self


class Repairing(BaseModel):
    """locked: entries that stay as they are; most: lessons that may move to another time."""

    changes: Annotated[tuple[Gap, ...], Field(max_length=100)] = ()
    locked: Annotated[tuple[Id, ...], Field(max_length=10_000)] = ()
    most: Annotated[StrictInt, Field(ge=0)] | None = None
    seconds: Annotated[float, Field(ge=1, le=3600)] = 30.0


class Publication(BaseModel):
    """Names the timetable, or the job that made it. replace: gives up what was changed by hand since; incomplete:
    leaves out lessons without a place."""

    timetable_id: Id | None = None
    job_id: Id | None = None
    note: Annotated[StrictStr, Field(max_length=500)] = ""
    replace: StrictBool = False
    incomplete: StrictBool = False


@router.post("/generate", status_code=201)
def begin(tenant: ForTenant, found: Found, answer: Answer, body: Generation | None = None) -> Response:
    """Solves the school's own slots, classes, teachers, entries and imported plan as a durable job."""
    wanted = body or Generation()
    pinned = wanted.pinned if isinstance(wanted.pinned, str) else frozenset(wanted.pinned)
    with found.store.read(tenant) as session:
        drawn = draft(session, Asked(pinned, wanted.relaxed))
    wishes = Wishes(seconds=wanted.seconds, first=wanted.first, seed=wanted.seed)

    def work(session: Any) -> Shape:
        job = generate(session, drawn, wishes)
        more = {"proofs": list(drawn.proofs), "notes": drawn.notes}
        return envelope("Timetable generation started", job_shape(job) | more)

    return answer(work, status=201)


@router.post("/repair", status_code=201)
def mend(tenant: ForTenant, found: Found, answer: Answer, body: Repairing) -> Response:
    """The timetable with the fewest changes for what is missing; followed as a generation, and published as one."""
    gaps = [Missing(x.teacher_id, x.class_id, x.room, x.days, x.timeSlotIds, x.colleagues) for x in body.changes]
    with found.store.read(tenant) as session:
        damaged = damage(session, gaps, body.locked)
    wanted = Wanted(body.seconds, body.most)
    return answer(
        lambda session: envelope("Timetable repair started", job_shape(repair(session, damaged, wanted))), status=201
    )


@router.get("/generate/{job_id}")
def follow(job_id: str, tenant: ForTenant, found: Found) -> Shape:
    """How far it is, and what came of it. Also of repairs."""
    with found.store.read(tenant) as session:
        job = jobs.find(session, job_id)
        return envelope(WORDS[job.status], job_shape(job))


@router.delete("/generate/{job_id}")
def cancel(job_id: str, tenant: ForTenant, found: Found) -> Shape:
    """Ends it within a second; its best timetable so far is kept."""
    with found.store.write(tenant) as session:
        job = jobs.cancel(session, job_id)
        return envelope(WORDS[job.status], job_shape(job))


@router.post("/publish", status_code=201)
def put_in_force(body: Publication, answer: Answer) -> Response:
    """The timetable becomes the school's entries, and a version. Publishing an older one again undoes a newer one."""

    def work(session: Any) -> Shape:
        timetable_id = body.timetable_id or _of_job(session, body.job_id)
        made = publish(session, timetable_id, body.note, body.replace, body.incomplete)
        data = {
            "timetableId": timetable_id,
            "version": made.version,
            "created": made.created,
            "moved": made.moved,
            "removed": made.removed,
            "unchanged": made.unchanged,
            "unplaced": list(made.unplaced),
        }
        return envelope("Timetable published successfully", data)

    return answer(work, status=201)


def _of_job(session: Any, job_id: str | None) -> str:
    if job_id is None:
        raise Invalid("Validation failed: timetable_id is required")
    found = jobs.find(session, job_id).timetable_id
    if found is None:
        raise Conflict("This job has made no timetable")
    return found


def job_shape(job: Job) -> Shape:
    return {
        "jobId": job.id,
        "kind": job.kind,
        "status": job.status,
        "timetableId": job.timetable_id,
        "progress": {name: value for name, value in job.progress.items() if name != "worker"},
        "result": job.result,
        "error": job.error,
        "stale": job.stale,
        "createdAt": instant(job.created_at),
        "startedAt": None if job.started_at is None else instant(job.started_at),
        "finishedAt": None if job.finished_at is None else instant(job.finished_at),
    }
