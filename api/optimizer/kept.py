"""What is kept, latest first: problems, timetables and jobs; and a school as a workbook to go on with."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.entrance import ForTenant, Found
from api.optimizer.access import LOOKING
from api.optimizer.held import OfProblem
from api.optimizer.problems import XLSX
from api.permissions import Access
from scheduling import jobs, library
from scheduling.errors import Conflict

router = APIRouter(prefix="/v1")

ACCESS: dict[str, Access] = {
    "GET /v1/problems": LOOKING,
    "GET /v1/timetables": LOOKING,
    "GET /v1/jobs": LOOKING,
    "GET /v1/problems/{problem_id}/workbook": LOOKING,
}
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
OfProblemId = Annotated[str | None, Query(max_length=36, description="Id of the problem they are of.")]
Status = Literal["queued", "running", "done", "failed", "cancelled"]


class ProblemLine(BaseModel):
    """made_from: the problem that was changed to make this one."""

    id: str
    name: str
    hash: str
    upload: str | None
    made_from: str | None
    created_at: datetime


class TimetableLine(BaseModel):
    """hard, unplaced, soft: as the definitions of the rules judged it."""

    id: str
    problem: str
    parent: str | None
    origin: str
    hard: int | None
    unplaced: int | None
    soft: int | None
    created_at: datetime


class JobLine(BaseModel):
    id: str
    kind: str
    status: str
    problem: str
    timetable: str | None
    stale: bool
    created_at: datetime
    finished_at: datetime | None


@router.get("/problems", tags=["problems"])
def get_problems(tenant: ForTenant, found: Found, limit: Limit = 20, offset: Offset = 0) -> list[ProblemLine]:
    """All that was ever stored."""
    with found.store.read(tenant) as session:
        return [
            ProblemLine(
                id=row.id,
                name=row.name,
                hash=row.hash,
                upload=row.upload_id,
                made_from=row.report.get("made_from"),
                created_at=row.created_at,
            )
            for row in library.problems(session, limit, offset)
        ]


@router.get("/timetables", tags=["timetables"])
def get_timetables(
    tenant: ForTenant, found: Found, problem: OfProblemId = None, limit: Limit = 20, offset: Offset = 0
) -> list[TimetableLine]:
    """All that was ever stored, or those of a problem."""
    with found.store.read(tenant) as session:
        return [
            TimetableLine(
                id=row.id,
                problem=row.problem_id,
                parent=row.parent_id,
                origin=row.origin,
                hard=row.score.get("hard"),
                unplaced=row.score.get("unplaced"),
                soft=row.score.get("soft"),
                created_at=row.created_at,
            )
            for row in library.timetables(session, problem, limit, offset)
        ]


@router.get("/jobs", tags=["jobs"])
def get_jobs(
    tenant: ForTenant,
    found: Found,
    status: Annotated[Status | None, Query()] = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> list[JobLine]:
    """All jobs, or those of a status."""
    with found.store.read(tenant) as session:
        return [
            JobLine(
                id=job.id,
                kind=job.kind,
                status=job.status,
                problem=job.problem_id,
                timetable=job.timetable_id,
                stale=job.stale,
                created_at=job.created_at,
                finished_at=job.finished_at,
            )
            for job in jobs.listed(session, status, limit, offset)
        ]


@router.get(
    "/problems/{problem_id}/workbook",
    tags=["problems"],
    response_class=Response,
    responses={200: {"content": {XLSX: {}}}},
)
def get_workbook(of: OfProblem) -> Response:
    """The school as a workbook to go on with, also where it came from another format or was changed by a fix."""
    from formats.errors import FormatError
    from formats.excel.write_input import write_input

    try:
        data = write_input(of.problem)
    except FormatError as error:
        raise Conflict(f"A school workbook cannot say all of this problem: {error}.") from error
    return Response(data, media_type=XLSX, headers={"Content-Disposition": 'attachment; filename="school.xlsx"'})
