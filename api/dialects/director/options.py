"""What can be chosen for an entry."""

from collections.abc import Sequence
from hashlib import sha256

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.dialects.director import shapes
from api.dialects.director.roles import DIRECTING
from api.dialects.director.shapes import Shape, envelope
from api.entrance import ForTenant, Found
from scheduling.school.masters import options, subjects, teachers_by_subject
from scheduling.store.tables import SchoolTeacher

router = APIRouter()

ACCESS = {"GET /timetable-options": DIRECTING, "GET /subjects-with-teachers": DIRECTING}

CACHE = "private, max-age=60"
"""Choices change rarely; a minute spares most requests."""


@router.get("/timetable-options")
def fetch_options(request: Request, tenant: ForTenant, found: Found) -> Response:
    with found.store.read(tenant) as session:
        told = shapes.options(options(session))
    return _cached(request, envelope("Timetable options retrieved successfully", told))


@router.get("/subjects-with-teachers")
def fetch_subjects(request: Request, tenant: ForTenant, found: Found) -> Response:
    with found.store.read(tenant) as session:
        teachers = teachers_by_subject(session)
        told = [{**shapes.named_subject(s), "teachers": _told(teachers.get(s.id, ()))} for s in subjects(session)]
    taught = sum(bool(s["teachers"]) for s in told)
    summary = {
        "total_subjects": len(told),
        "subjects_with_teachers": taught,
        "subjects_without_teachers": len(told) - taught,
    }
    data = {"subjects": told, "summary": summary}
    return _cached(request, envelope("Subjects with teachers fetched successfully", data))


def _told(teachers: Sequence[SchoolTeacher]) -> list[Shape]:
    return [{"id": t.id, "name": t.name, "display_picture": t.display_picture} for t in teachers]


def _cached(request: Request, content: Shape) -> Response:
    """With a tag of the content; 304 when the client has it already."""
    response = JSONResponse(content)
    tag = f'"{sha256(bytes(response.body)).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": CACHE}
    if tag in (x.strip() for x in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response
