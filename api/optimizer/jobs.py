"""Solving: POST /v1/problems/{id}/solve gives a job; GET /v1/jobs/{id} and its events; DELETE cancels it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from api.entrance import ForTenant, Found
from api.once import Answer
from api.optimizer.access import LOOKING
from api.permissions import PLANNING, Access
from models.base import Value
from scheduling import jobs
from scheduling.errors import Unavailable
from scheduling.jobs import Wishes
from scheduling.store import Store, Tenant
from scheduling.store.tables import Job

router = APIRouter(prefix="/v1", tags=["jobs"])

ACCESS: dict[str, Access] = {
    "POST /v1/problems/{problem_id}/solve": PLANNING,
    "GET /v1/jobs/{job_id}": LOOKING,
    "GET /v1/jobs/{job_id}/events": LOOKING,
    "DELETE /v1/jobs/{job_id}": PLANNING,
}
LOOK = 0.5
"""Seconds between looks at a job whose events are followed."""
SIGN_OF_LIFE = 15.0
"""Seconds without news after which a comment keeps the connection open."""
ENDED = ("done", "failed", "cancelled")


class Wanted(Wishes):
    """priority: higher goes first within the organisation."""

    priority: Annotated[int, Field(ge=-10, le=10)] = 0


class JobOut(Value):
    """kind: "solve", or that of a task: "repair", "explain", ...; status: queued, running, done, cancelled or failed
    (with a sentence in error). progress: seconds; of a solve also objective (the penalty), bound, placed and unplaced.
    timetable: id of the best so far. result: how it ended; stale: the school has changed since it began."""

    id: str
    kind: str
    status: str
    problem: str
    timetable: str | None
    parameters: dict[str, Any]
    priority: int
    progress: dict[str, Any]
    result: dict[str, Any] | None
    error: str | None
    stale: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


def job_out(job: Job) -> JobOut:
    return JobOut(
        id=job.id,
        kind=job.kind,
        status=job.status,
        problem=job.problem_id,
        timetable=job.timetable_id,
        parameters=job.parameters,
        priority=job.priority,
        progress={name: value for name, value in job.progress.items() if name != "worker"},
        result=job.result,
        error=job.error,
        stale=job.stale,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
    )


@router.post("/problems/{problem_id}/solve", status_code=202, response_model=JobOut)
def solve(problem_id: str, answer: Answer, body: Wanted | None = None) -> Response:
    """Begins a job; the same one as long as the same work is open already."""
    wanted = body or Wanted()
    wishes = Wishes.model_validate(wanted.model_dump(exclude={"priority"}))
    return answer(lambda session: job_out(jobs.submit(session, problem_id, wishes, wanted.priority)), 202)


@router.get("/jobs/{job_id}")
def get_job(job_id: str, tenant: ForTenant, found: Found) -> JobOut:
    """How far it is, and what came of it."""
    return _now(found.store, tenant, job_id)


@router.delete("/jobs/{job_id}", response_model=JobOut)
def cancel_job(job_id: str, tenant: ForTenant, found: Found) -> Response:
    """Ends it within a second; its best timetable so far is kept. A job that has ended stays as it is."""
    with found.store.write(tenant) as session:
        job = job_out(jobs.cancel(session, job_id))
    return JSONResponse(job.model_dump(mode="json"))


@router.get(
    "/jobs/{job_id}/events", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}}
)
def follow_job(job_id: str, tenant: ForTenant, found: Found) -> StreamingResponse:
    """Server-sent events: "progress" with the job whenever it has changed, and "end" when it has ended."""
    first = _now(found.store, tenant, job_id)
    return StreamingResponse(
        _events(found.store, tenant, first), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _events(store: Store, tenant: Tenant, job: JobOut) -> AsyncIterator[str]:
    told, silent = None, 0.0
    while job.status not in ENDED:
        if job != told:
            yield event("progress", job)
            told, silent = job, 0.0
        elif silent >= SIGN_OF_LIFE:
            yield ": still there\n\n"
            silent = 0.0
        await asyncio.sleep(LOOK)
        silent += LOOK
        with suppress(Unavailable):  # the database is asked again, and the client need not begin anew
            job = await run_in_threadpool(_now, store, tenant, job.id)
    yield event("end", job)


def event(name: str, job: JobOut) -> str:
    return f"event: {name}\ndata: {json.dumps(job.model_dump(mode='json'), ensure_ascii=False)}\n\n"


def _now(store: Store, tenant: Tenant, job_id: str) -> JobOut:
    with store.read(tenant) as session:
        return job_out(jobs.find(session, job_id))
