"""Problems: POST /v1/problems takes a file and reports on it; GET gives it back, its marked workbook, its proofs."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from api import problem_details
from api.entrance import ForTenant, Found
from api.failures import Failure
from api.once import Answer
from api.optimizer.access import LOOKING
from api.optimizer.held import OfProblem
from api.optimizer.reading import Reading, read_file
from api.optimizer.received import SCHEMA, File, Received
from api.permissions import PLANNING, Access
from formats import WORKBOOK
from models.diagnose import diagnose
from scheduling import library
from scheduling.errors import Conflict, NotFound
from scheduling.store import StoreSession
from scheduling.store.tables import StoredProblem, Upload

router = APIRouter(prefix="/v1", tags=["problems"])

ACCESS: dict[str, Access] = {
    "POST /v1/problems": PLANNING,
    "GET /v1/problems/{problem_id}": LOOKING,
    "GET /v1/problems/{problem_id}/annotated": LOOKING,
    "GET /v1/problems/{problem_id}/proofs": LOOKING,
    "GET /v1/uploads/{upload_id}/annotated": LOOKING,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REPORTED: dict[int | str, dict[str, Any]] = {200: {"description": "Dry run: the report alone; nothing is kept."}}


class Made(BaseModel):
    """upload: the file as it came; timetable: id of the one in the file, if there is one; report: errors and warnings
    with their cells, counts, proofs that no timetable can exist, score of the timetable."""

    id: str
    name: str
    hash: str
    upload: str
    timetable: str | None
    report: dict[str, Any]


class ProblemOut(BaseModel):
    """hash: SHA-256 of the problem; problem: as documented in docs/schema/problem-1.json."""

    id: str
    name: str
    hash: str
    upload: str | None
    created_at: datetime
    report: dict[str, Any]
    problem: dict[str, Any]


class Proof(BaseModel):
    """severity: "proof": no complete timetable can exist; "warning": worth a look. sources: cells it rests on."""

    kind: str
    severity: str
    sentence: str
    sources: list[str]
    lessons: list[str]
    who: list[str]


@router.post("/problems", status_code=201, response_model=Made, responses=REPORTED, openapi_extra=SCHEMA)
def add_problem(
    file: File,
    request: Request,
    answer: Answer,
    dry_run: Annotated[bool, Query(description="Only report; keep nothing.")] = False,
    ignore_unsupported: Annotated[bool, Query(description="Leave out what no rule expresses.")] = False,
) -> Response:
    """Reads a school. 422 with the findings when it has errors; the file is kept then as well."""
    reading = read_file(file, ignore_unsupported)
    if dry_run and reading.problem is not None:
        return JSONResponse({"report": reading.report})
    if dry_run:
        return erroneous(request, reading, None)
    return answer(lambda session: _keep(session, request, file, reading), 201)


def _keep(session: StoreSession, request: Request, file: Received, reading: Reading) -> "Response | Made":
    upload = library.keep_upload(session, file.name, file.data)
    if reading.problem is None:
        return erroneous(request, reading, upload.id)
    name = reading.problem.name.strip() or file.name
    kept = library.keep_problem(session, reading.problem, name, reading.report, upload.id)
    timetable = None
    if reading.timetable is not None:
        judged = library.judge(reading.problem, reading.timetable)
        timetable = library.keep_timetable(session, kept.id, reading.timetable, judged, "upload").id
    return Made(
        id=kept.id, name=kept.name, hash=kept.hash, upload=upload.id, timetable=timetable, report=reading.report
    )


def erroneous(request: Request, reading: Reading, upload_id: str | None) -> Response:
    """upload: where the marked workbook is to be had."""
    found = reading.report["errors"]
    if not found:
        found = [{"severity": "error", "message": "The file holds a timetable but not the school it is for."}]
    message = f"The file has {len(found)} error{'s' if len(found) > 1 else ''}; the first: {found[0]['message']}"
    details = {"findings": found, "report": reading.report, "upload": upload_id}
    return problem_details.render(request, Failure("invalid", message, details=details))


@router.get("/problems/{problem_id}", response_model=ProblemOut)
def get_problem(of: OfProblem) -> ProblemOut:
    """The problem as it is solved."""
    return ProblemOut(
        id=of.row.id,
        name=of.row.name,
        hash=of.row.hash,
        upload=of.row.upload_id,
        created_at=of.row.created_at,
        report=of.row.report,
        problem=of.problem.model_dump(mode="json"),
    )


@router.get("/problems/{problem_id}/proofs")
def get_proofs(of: OfProblem) -> list[Proof]:
    """What counting says: why no complete timetable can exist, and what is tight."""
    return [Proof.model_validate(finding._asdict()) for finding in diagnose(of.problem)]


@router.get("/problems/{problem_id}/annotated", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def get_annotated_problem(problem_id: str, tenant: ForTenant, found: Found) -> Response:
    """The workbook it was read from, with every warning in its cell."""
    with found.store.read(tenant) as session:
        row: StoredProblem = library.problem_row(session, problem_id)
        if row.upload_id is None:
            raise Conflict("This problem was not read from a file.")
        name, data = _upload(session, row.upload_id)
    return _annotated(name, data)


@router.get("/uploads/{upload_id}/annotated", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def get_annotated_upload(upload_id: str, tenant: ForTenant, found: Found) -> Response:
    """A workbook that was sent, with every error and warning in its cell."""
    with found.store.read(tenant) as session:
        name, data = _upload(session, upload_id)
    return _annotated(name, data)


def _upload(session: StoreSession, upload_id: str) -> tuple[str, bytes]:
    row = session.get(Upload, upload_id)
    if row is None:
        raise NotFound("There is no file of this id.")
    return row.name, row.content


def _annotated(name: str, data: bytes) -> Response:
    from formats.excel.annotate import annotate
    from formats.excel.findings import Refused
    from formats.excel.read import read

    if not name.lower().endswith(WORKBOOK.read):
        raise Conflict("Only a workbook can be given back with its problems marked.")
    try:
        marked = annotate(data, read(data, name).findings, name)
    except Refused as refused:
        raise Conflict(f"The workbook cannot be marked: {refused.finding.message}.") from refused
    return Response(marked, media_type=XLSX, headers={"Content-Disposition": 'attachment; filename="marked.xlsx"'})
