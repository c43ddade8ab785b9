"""The week of a class, a level or a teacher."""

from fastapi import APIRouter

from api.dialects.director import shapes
from api.dialects.director.bodies import AskedWeek
from api.dialects.director.roles import LOOKING, TEACHING
from api.dialects.director.shapes import Shape, envelope
from api.entrance import ForTenant, Found, Reaching, Signed
from api.permissions import Reach
from scheduling.errors import Forbidden
from scheduling.school.week import teacher_known, teacher_of_person, week_of_level, week_of_teacher

router = APIRouter()

ACCESS = {"POST /timetable": LOOKING, "GET /teacher-timetable/{id}": TEACHING}


@router.post("/timetable")
def of_level(body: AskedWeek, tenant: ForTenant, found: Found) -> Shape:
    """A read by POST, which repeats without harm."""
    with found.store.read(tenant) as session:
        told = shapes.week(week_of_level(session, body.level, body.class_id))
    return envelope(f"Timetable for {body.level} retrieved successfully", told)


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
