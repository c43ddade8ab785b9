"""Timetables: GET /v1/timetables/{id} as JSON, workbook, .fet or picture; their score; what differs between two."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from api.entrance import ForTenant, Found
from api.errors import CommandError
from api.optimizer.access import LOOKING
from api.optimizer.problems import XLSX
from api.permissions import Access
from api.verbs.show import Wanted, week
from models.problem import Problem
from models.timetable import Timetable
from scheduling import library
from scheduling.errors import Conflict, Invalid
from scheduling.store import StoreSession
from scheduling.store.tables import StoredTimetable, Upload

router = APIRouter(prefix="/v1/timetables", tags=["timetables"])

ACCESS: dict[str, Access] = {
    "GET /v1/timetables/{timetable_id}": LOOKING,
}
FET, SVG = "application/xml", "image/svg+xml"
MEDIA = {"json": "application/json", "xlsx": XLSX, "fet": FET, "svg": SVG}
Name = Annotated[str | None, Query(max_length=200)]


class TimetableOut(BaseModel):
    """origin: "solve", "upload", ...; parent: the timetable it was made from; timetable: as documented in
    docs/schema/timetable-1.json."""

    id: str
    problem: str
    parent: str | None
    origin: str
    hash: str
    score: dict[str, Any]
    made_with: dict[str, Any]
    created_at: datetime
    timetable: dict[str, Any]


@router.get(
    "/{timetable_id}",
    response_model=TimetableOut,
    responses={200: {"content": {XLSX: {}, FET: {}, SVG: {}}}},
)
def get_timetable(
    timetable_id: str,
    tenant: ForTenant,
    found: Found,
    format: Annotated[Literal["json", "xlsx", "fet", "svg"] | None, Query()] = None,
    class_: Annotated[str | None, Query(alias="class", max_length=200)] = None,
    teacher: Name = None,
    room: Name = None,
    accept: Annotated[str, Header()] = "",
) -> Response:
    """As JSON, .xlsx (the finished workbook), .fet (of a problem that came as one) or .svg (the week of a class,
    teacher or room), by format or else by the Accept header."""
    with found.store.read(tenant) as session:
        row = library.timetable_row(session, timetable_id)
        kind = format or _accepted(accept)
        if kind == "json":
            return JSONResponse(_out(row).model_dump(mode="json"))
        problem, timetable = _problem(session, row), library.timetable_in(row)
        upload = _upload(session, row) if kind == "fet" else b""
    if kind == "svg":
        return Response(_picture(problem, timetable, _wanted(class_, teacher, room)), media_type=SVG)
    return _file(problem, timetable, kind, upload, row)


def _accepted(accept: str) -> str:
    """The first format named in the header; JSON where none is."""
    for part in accept.split(","):
        for name, media in MEDIA.items():
            if part.partition(";")[0].strip().lower() == media:
                return name
    return "json"


def _out(row: StoredTimetable) -> TimetableOut:
    return TimetableOut(
        id=row.id,
        problem=row.problem_id,
        parent=row.parent_id,
        origin=row.origin,
        hash=row.hash,
        score=row.score,
        made_with=row.made_with,
        created_at=row.created_at,
        timetable=library.timetable_in(row).model_dump(mode="json"),
    )


def _problem(session: StoreSession, row: StoredTimetable) -> Problem:
    return library.problem_in(library.problem_row(session, row.problem_id))


def _upload(session: StoreSession, row: StoredTimetable) -> bytes:
    upload_id = library.problem_row(session, row.problem_id).upload_id
    upload = session.get(Upload, upload_id) if upload_id else None
    if upload is None or not upload.name.lower().endswith(".fet"):
        raise Conflict("Only a timetable of a problem that came as a .fet file can be given back as one.")
    return upload.content


def _file(problem: Problem, timetable: Timetable, kind: str, upload: bytes, row: StoredTimetable) -> Response:
    from formats.excel.write import write_timetable
    from formats.fet import write_fet

    bound = row.made_with.get("bound")
    data = write_fet(upload, problem, timetable) if kind == "fet" else write_timetable(problem, timetable, bound)
    headers = {"Content-Disposition": f'attachment; filename="timetable.{kind}"'}
    return Response(data, media_type=MEDIA[kind], headers=headers)


def _wanted(class_: str | None, teacher: str | None, room: str | None) -> Wanted | None:
    named: list[Wanted] = []
    named += [("class", class_)] if class_ else []
    named += [("teacher", teacher)] if teacher else []
    named += [("room", room)] if room else []
    if len(named) > 1:
        raise Invalid("A picture shows one class, teacher or room; give one of them.")
    return named[0] if named else None


def _picture(problem: Problem, timetable: Timetable, wanted: Wanted | None) -> str:
    from formats.svg import draw

    try:
        return draw(week(problem, timetable, wanted))
    except CommandError as error:
        raise Invalid("; ".join((*error.problems, *filter(None, [error.hint]))).capitalize() + ".") from error
