"""Timetable entries: made one by one or many at once, tried, changed, removed."""

from typing import Any

from fastapi import APIRouter, Response

from api.dialects.director import shapes
from api.dialects.director.bodies import ChangedEntry, NewEntries, NewEntry
from api.dialects.director.roles import DIRECTING, LOOKING
from api.dialects.director.shapes import Shape, envelope
from api.entrance import ForTenant, Found
from api.once import Answer
from scheduling.school.bulk import add_entries
from scheduling.school.entries import add_entry, change_entry, delete_entry, faults
from scheduling.school.wishes import Wish

router = APIRouter()

ACCESS = {
    "POST /create-timetable": DIRECTING,
    "POST /validate-entry": LOOKING,
    "POST /bulk-create-timetable": DIRECTING,
    "PATCH /timetable/{id}": DIRECTING,
    "DELETE /timetable/{id}": DIRECTING,
}

NAMES = {"timeSlotId": "time_slot_id", "day_of_week": "day"}
"""Field on the wire -> field of a wish, where they differ."""


def wish_of(body: NewEntry) -> Wish:
    return Wish(**fields_of(body))


def fields_of(body: NewEntry | ChangedEntry) -> dict[str, Any]:
    """What the client has sent; an empty room is none."""
    sent = {NAMES.get(name, name): value for name, value in body.model_dump(exclude_unset=True).items()}
    return {name: value or None if name == "room" else value for name, value in sent.items()}


@router.post("/create-timetable", status_code=201)
def create(body: NewEntry, answer: Answer) -> Response:
    wish = wish_of(body)
    return answer(
        lambda session: envelope("Schedule created successfully", shapes.entry(add_entry(session, wish))), status=201
    )


@router.post("/validate-entry")
def validate(body: NewEntry, tenant: ForTenant, found: Found) -> Shape:
    """All conflicts of an entry at once; nothing is stored."""
    with found.store.read(tenant) as session:
        against, warnings = faults(session, wish_of(body))
    told = {"valid": not against, "conflicts": [fault.message for fault in against], "warnings": list(warnings)}
    return envelope("Entry can be created" if not against else "Entry cannot be created", told)


@router.post("/bulk-create-timetable")
def create_many(body: NewEntries, answer: Answer) -> Response:
    """Each row by itself: those that can be made are, the others say why not."""
    wishes = [wish_of(row) for row in body.entries]

    def work(session: Any) -> Shape:
        made = add_entries(session, wishes)
        rows = [
            {"row": number, "success": result.parts is not None, "message": result.message}
            | {"data": None if result.parts is None else shapes.entry(result.parts)}
            for number, result in enumerate(made, start=1)
        ]
        created = sum(bool(row["success"]) for row in rows)
        data = {"results": rows, "created": created, "failed": len(rows) - created}
        return envelope(f"{created} of {len(rows)} schedules created", data)

    return answer(work)


@router.patch("/timetable/{id}")
def change(id: str, body: ChangedEntry, tenant: ForTenant, found: Found) -> Shape:
    with found.store.write(tenant) as session:
        told = shapes.entry(change_entry(session, id, fields_of(body)))
    return envelope("Schedule updated successfully", told)


@router.delete("/timetable/{id}")
def delete(id: str, tenant: ForTenant, found: Found) -> Shape:
    with found.store.write(tenant) as session:
        told = shapes.bare_entry(delete_entry(session, id))
    return envelope("Schedule deleted successfully", told)
