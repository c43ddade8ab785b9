"""Timetables: GET /v1/timetables/{id} as JSON, workbook, .fet, picture, to print and for calendars."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.entrance import ForTenant, Found, Signed
from api.errors import CommandError
from api.optimizer.access import LOOKING
from api.optimizer.held import HeldTimetable, OfTimetable
from api.optimizer.problems import XLSX
from api.optimizer.versions import EARLIEST, LATEST
from api.permissions import Access
from api.printing import calendar, printed
from api.services import Services
from api.verbs.show import Wanted, known_name, week
from models.base import ResourceKind
from scheduling import library
from scheduling.errors import Conflict, Invalid
from scheduling.store.tables import StoredTimetable, Upload

router = APIRouter(prefix="/v1/timetables", tags=["timetables"])

ACCESS: dict[str, Access] = {"GET /v1/timetables/{timetable_id}": LOOKING}
Kind = Literal["json", "xlsx", "fet", "svg", "html", "pdf", "ics"]
MEDIA: dict[Kind, str] = {
    "json": "application/json",
    "xlsx": XLSX,
    "fet": "application/xml",
    "svg": "image/svg+xml",
    "html": "text/html",
    "pdf": "application/pdf",
    "ics": "text/calendar",
}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Of a page to print: it loads nothing and runs nothing."""
Name = Annotated[str | None, Query(max_length=200)]
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]


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


class Shown(BaseModel):
    """What of a timetable is asked for. kind: print all of these; first, last: days of a calendar."""

    class_: str | None
    teacher: str | None
    room: str | None
    kind: ResourceKind | None
    first: date | None
    last: date | None

    def who(self, of: HeldTimetable) -> Wanted | None:
        """The class, teacher or room that is named, as the school spells it. Invalid, CommandError."""
        named: list[Wanted] = []
        named += [("class", self.class_)] if self.class_ else []
        named += [("teacher", self.teacher)] if self.teacher else []
        named += [("room", self.room)] if self.room else []
        if len(named) > 1:
            raise Invalid("Give one of class, teacher and room.")
        return next(((kind, known_name(of.problem, kind, name)) for kind, name in named), None)


async def _shown(
    class_: Annotated[str | None, Query(alias="class", max_length=200)] = None,
    teacher: Name = None,
    room: Name = None,
    kind: Annotated[ResourceKind | None, Query(description="Print all of these.")] = None,
    first: Annotated[
        Day | None, Query(alias="from", description="First day of a calendar: today, if it is not given.")
    ] = None,
    last: Annotated[Day | None, Query(alias="until", description="Last day of a calendar.")] = None,
) -> Shown:
    return Shown(class_=class_, teacher=teacher, room=room, kind=kind, first=first, last=last)


@router.get(
    "/{timetable_id}",
    response_model=TimetableOut,
    responses={200: {"content": {media: {} for media in MEDIA.values() if media != MEDIA["json"]}}},
)
def get_timetable(
    of: OfTimetable,
    shown: Annotated[Shown, Depends(_shown)],
    tenant: ForTenant,
    signed: Signed,
    found: Found,
    format: Annotated[Kind | None, Query()] = None,
    accept: Annotated[str, Header()] = "",
) -> Response:
    """By format, or else by the Accept header: JSON; .xlsx (the finished workbook); .fet (of a problem that came as
    one); .svg (one week); .html and .pdf to print (a week, all of a kind, or all); .ics (of one class, teacher or
    room)."""
    kind = format or _accepted(accept)
    if kind == "json":
        return JSONResponse(_out(of).model_dump(mode="json"))
    if kind == "fet":
        return _file(kind, _fet(of, found, tenant))
    if kind == "xlsx":
        return _file(kind, _workbook(of))
    try:
        return _seen(of, shown, kind, signed.zone, found)
    except CommandError as error:
        raise Invalid("; ".join((*error.problems, *filter(None, [error.hint]))).capitalize() + ".") from error


def _accepted(accept: str) -> Kind:
    """The first format named in the header; JSON where none is."""
    for part in accept.split(","):
        for name, media in MEDIA.items():
            if part.partition(";")[0].strip().lower() == media:
                return name
    return "json"


def _out(of: HeldTimetable) -> TimetableOut:
    row: StoredTimetable = of.row
    return TimetableOut(
        id=row.id,
        problem=row.problem_id,
        parent=row.parent_id,
        origin=row.origin,
        hash=row.hash,
        score=row.score,
        made_with=row.made_with,
        created_at=row.created_at,
        timetable=of.timetable.model_dump(mode="json"),
    )


def _fet(of: HeldTimetable, found: Found, tenant: ForTenant) -> bytes:
    from formats.fet import write_fet

    with found.store.read(tenant) as session:
        upload_id = library.problem_row(session, of.row.problem_id).upload_id
        upload = session.get(Upload, upload_id) if upload_id else None
        if upload is None or not upload.name.lower().endswith(".fet"):
            raise Conflict("Only a timetable of a problem that came as a .fet file can be given back as one.")
        content = upload.content
    return write_fet(content, of.problem, of.timetable)


def _workbook(of: HeldTimetable) -> bytes:
    from formats.excel.write import write_timetable

    return write_timetable(of.problem, of.timetable, of.row.made_with.get("bound"))


def _seen(of: HeldTimetable, shown: Shown, kind: Kind, zone: str, found: Services) -> Response:
    """CommandError for names that the school does not know."""
    from formats.svg import draw

    who = shown.who(of)
    if kind == "svg":
        return Response(draw(week(of.problem, of.timetable, who)), media_type=MEDIA[kind])
    if kind == "ics":
        if who is None:
            raise Invalid("A calendar is of one class, teacher or room; name it.")
        first = shown.first or found.store.clock().astimezone(ZoneInfo(zone)).date()
        return _file(kind, calendar(of.problem, of.timetable, who, first, shown.last, zone))
    of_kind, name = who or (shown.kind, None)
    data = printed(of.problem, of.timetable, kind, of_kind, name, found.press.draw)
    if kind == "pdf":
        return _file(kind, data)
    return Response(data, media_type=MEDIA[kind], headers={"Content-Security-Policy": POLICY})


def _file(kind: Kind, data: bytes) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="timetable.{kind}"'}
    return Response(data, media_type=MEDIA[kind], headers=headers)
