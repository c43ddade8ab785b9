"""The timetable as it is now, to print and for calendars."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from api.dialects.director.roles import TEACHING
from api.entrance import ForTenant, Found, Reaching, Signed
from api.permissions import Reach
from api.press import Press
from api.printing import calendar
from formats.pages.select import weeks
from scheduling.errors import Forbidden, Invalid
from scheduling.school.printing import Shown, Whose, shown
from scheduling.school.week import teacher_of_person

router = APIRouter()

ACCESS = {"GET /timetable/print": TEACHING}
MEDIA = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}
Name = Annotated[str | None, Query(max_length=100)]


@router.get("/timetable/print", response_class=Response, responses={200: {"content": {x: {} for x in MEDIA.values()}}})
def print_timetable(
    tenant: ForTenant,
    found: Found,
    caller: Signed,
    reach: Reaching,
    format: Annotated[Literal["html", "pdf", "xlsx", "ics"], Query()] = "html",
    level: Annotated[str | None, Query(alias="class", max_length=100, description="jss1, or a class by name")] = None,
    class_id: Name = None,
    teacher_id: Name = None,
) -> Response:
    """One page for each class of a level, for one class or teacher, or for everybody; .xlsx always is the whole school.
    A calendar is of one class or teacher. Teachers print their own week."""
    with found.store.read(tenant) as session:
        if reach is Reach.OWN:
            own = teacher_of_person(session, caller.person_id)
            if own is None or own.id != teacher_id or format == "xlsx":
                raise Forbidden
        wanted = shown(session, Whose(level, class_id, teacher_id))
    headers = {"Content-Disposition": f'inline; filename="timetable.{format}"'}
    return Response(_drawn(wanted, format, found.press), media_type=MEDIA[format], headers=headers)


def _drawn(wanted: Shown, ending: str, press: Press) -> bytes:
    problem, timetable = wanted.problem, wanted.timetable
    if ending == "xlsx":
        from formats.excel.write import write_timetable

        return write_timetable(problem, timetable)
    if ending == "ics":
        return _calendar(wanted)
    pages = wanted.pages or ((None, None),)
    layouts = [layout for page in pages for layout in weeks(problem, timetable, *page)]
    if ending == "html":
        from formats.pages.html import draw_html

        return draw_html(problem.name, layouts).encode()
    return press.draw(problem.name, layouts)


def _calendar(wanted: Shown) -> bytes:
    if len(wanted.pages) != 1:
        raise Invalid("Validation failed: a calendar is of one class_id or teacher_id")
    first: date = wanted.first
    return calendar(wanted.problem, wanted.timetable, wanted.pages[0], first, wanted.last, wanted.zone)
