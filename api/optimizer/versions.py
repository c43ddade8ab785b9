"""Publishing: POST /v1/timetables/{id}/publish puts it in force from a date on; GET /v1/versions is the history."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.entrance import ForTenant, Found
from api.once import Answer
from api.optimizer.access import LOOKING
from api.permissions import PLANNING, Access
from scheduling import versions
from scheduling.store.tables import Version

router = APIRouter(prefix="/v1", tags=["timetables"])

ACCESS: dict[str, Access] = {
    "POST /v1/timetables/{timetable_id}/publish": PLANNING,
    "GET /v1/versions": LOOKING,
}


EARLIEST, LATEST = date(1970, 1, 1), date(2200, 1, 1)
"""Days that calendars can be made of."""


class Publication(BaseModel):
    """effective_from: the first day it is in force."""

    effective_from: Annotated[date, Field(ge=EARLIEST, le=LATEST)]
    note: Annotated[str, Field(max_length=500)] = ""


class VersionOut(BaseModel):
    number: int
    timetable: str
    effective_from: date
    note: str
    published_at: datetime
    published_by: str | None


def version_out(row: Version) -> VersionOut:
    return VersionOut(
        number=row.number,
        timetable=row.timetable_id,
        effective_from=row.effective_from,
        note=row.note,
        published_at=row.published_at,
        published_by=row.published_by,
    )


@router.post("/timetables/{timetable_id}/publish", status_code=201, response_model=VersionOut)
def publish(timetable_id: str, body: Publication, answer: Answer) -> Response:
    """Makes a version; publishing an older timetable again undoes a newer one."""
    return answer(
        lambda session: version_out(versions.publish(session, timetable_id, body.effective_from, body.note)), 201
    )


@router.get("/versions")
def get_versions(tenant: ForTenant, found: Found) -> list[VersionOut]:
    """All that was published, latest first."""
    with found.store.read(tenant) as session:
        return [version_out(row) for row in versions.history(session)]
