"""The week of a class, a level or a teacher."""

from fastapi import APIRouter, Response

from api.answering import json_answer, json_bytes
from api.dialects.director import shapes
from api.dialects.director.bodies import AskedWeek
from api.dialects.director.roles import LOOKING, TEACHING
from api.dialects.director.shapes import Shape, envelope
from api.entrance import ForTenant, Found, Reaching, Signed
from api.permissions import Reach
from scheduling.errors import Forbidden
from scheduling.school.week import teacher_known, teacher_of_person, week_of_level, week_of_teacher
from scheduling.store import StoreSession

router = APIRouter()

ACCESS = {"POST /timetable": LOOKING, "GET /teacher-timetable/{id}": TEACHING}


@router.post("/timetable", response_model=Shape)
def of_level(body: AskedWeek, tenant: ForTenant, found: Found) -> Response:
    """A read by POST, which repeats without harm."""
    with found.store.read(tenant) as session:
        asked = ("week", body.level, body.class_id)
        return json_answer(found.finished.body(session, asked, lambda: _of_level(session, body)))


def _of_level(session: StoreSession, body: AskedWeek) -> bytes:
    told = shapes.week(week_of_level(session, body.level, body.class_id))
    return json_bytes(envelope(f"Timetable for {body.level} retrieved successfully", told))


@router.get("/teacher-timetable/{id}")
def of_teacher(id: str, tenant: ForTenant, found: Found, caller: Signed, reach: Reaching) -> Shape:
    """id: of a teacher. Teachers see their own week alone."""
    with found.store.read(tenant) as session:
        own = teacher_of_person(session, caller.person_id)
        if reach is Reach.OWN and (own is None or own.id != id):
            raise Forbidden
        teacher = teacher_known(session, id)
        told = shapes.week(week_of_teacher(session, teacher))
    return envelope(f"Timetable for {teacher.name} retrieved successfully", told)
