"""Time slots."""

from fastapi import APIRouter, Response

from api.answering import json_answer, json_bytes
from api.dialects.director import shapes
from api.dialects.director.bodies import ChangedSlot, NewSlot
from api.dialects.director.roles import DIRECTING
from api.dialects.director.shapes import Shape, envelope
from api.entrance import ForTenant, Found
from api.once import Answer
from scheduling.school.slots import SlotChange, add_slot, change_slot, delete_slot, moved_with
from scheduling.school.slots import slots as all_slots
from scheduling.store import StoreSession

router = APIRouter()

ACCESS = {
    "POST /create-time-slot": DIRECTING,
    "GET /time-slots": DIRECTING,
    "PATCH /time-slots/{id}": DIRECTING,
    "DELETE /time-slots/{id}": DIRECTING,
}


@router.post("/create-time-slot", status_code=201)
def create(body: NewSlot, answer: Answer) -> Response:
    more = SlotChange(kind=body.slotType, days=body.days)
    return answer(
        lambda session: envelope(
            "Time slot created successfully",
            shapes.slot(add_slot(session, body.startTime, body.endTime, body.label, more)),
        ),
        status=201,
    )


@router.get("/time-slots", response_model=Shape)
def fetch(tenant: ForTenant, found: Found, active: bool | None = None) -> Response:
    with found.store.read(tenant) as session:
        return json_answer(found.finished.body(session, ("time slots", str(active)), lambda: _all(session, active)))


def _all(session: StoreSession, active: bool | None) -> bytes:
    told = [shapes.slot(row) for row in all_slots(session, active)]
    return json_bytes(envelope(f"Total of {len(told)} time slots fetched successfully", told))


@router.patch("/time-slots/{id}")
def change(id: str, body: ChangedSlot, tenant: ForTenant, found: Found) -> Shape:
    wanted = SlotChange(
        start=body.startTime,
        end=body.endTime,
        label=body.label,
        position=body.order,
        active=body.isActive,
        kind=body.slotType,
        days=body.days,
    )
    with found.store.write(tenant) as session:
        moved = moved_with(session, id, wanted)
        told = shapes.slot(change_slot(session, id, wanted))
    entries = "1 timetable entry moves" if moved == 1 else f"{moved} timetable entries move"
    return envelope(f"Time slot updated successfully{f'; {entries} with it' if moved else ''}", told)


@router.delete("/time-slots/{id}")
def delete(id: str, tenant: ForTenant, found: Found) -> Shape:
    with found.store.write(tenant) as session:
        return envelope("Time slot deleted successfully", shapes.slot(delete_slot(session, id)))
