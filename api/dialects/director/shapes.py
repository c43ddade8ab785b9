"""What the director's clients see: field names exactly as they know them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from scheduling.school.clock import clock
from scheduling.school.masters import Options
from scheduling.school.week import NamedSubject, Placed, Row, Week
from scheduling.school.wishes import Parts
from scheduling.store.tables import SchoolClass, SchoolSubject, SchoolTeacher, TimeSlot, TimetableEntry

Shape = dict[str, Any]


def envelope(message: str, data: object) -> Shape:
    return {"success": True, "message": message, "data": data}


def instant(value: datetime) -> str:
    """ISO 8601 in UTC, to the second: 2024-01-15T10:30:00Z."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _stamps(row: TimeSlot | TimetableEntry | SchoolClass | SchoolSubject | SchoolTeacher) -> Shape:
    return {"createdAt": instant(row.created_at), "updatedAt": instant(row.updated_at)}


def slot(row: TimeSlot) -> Shape:
    """kind and days only where the school has said something about them."""
    told: Shape = {} if row.kind is None else {"slotType": row.kind}
    told |= {"days": row.days} if row.days else {}
    return {
        "id": row.id,
        **times(row),
        "label": row.label,
        "order": row.position,
        "schoolId": row.organisation_id,
        "isActive": row.active,
        **_stamps(row),
        **told,
    }


def times(row: TimeSlot) -> Shape:
    return {"startTime": clock(row.starts), "endTime": clock(row.ends)}


def entry(parts: Parts) -> Shape:
    """With the full objects it refers to; warnings only where there are any."""
    told: Shape = {"warnings": list(parts.warnings)} if parts.warnings else {}
    return {
        **bare_entry(parts.entry),
        "class": school_class(parts.class_),
        "subject": school_subject(parts.subject),
        "teacher": school_teacher(parts.teacher),
        "timeSlot": slot(parts.slot),
        **told,
    }


def bare_entry(row: TimetableEntry) -> Shape:
    return {
        "id": row.id,
        "class_id": row.class_id,
        "subject_id": row.subject_id,
        "teacher_id": row.teacher_id,
        "school_id": row.organisation_id,
        "timeSlotId": row.time_slot_id,
        "day_of_week": row.day,
        "room": row.room,
        "notes": row.notes,
        "isActive": row.active,
        "academic_session_id": row.academic_session_id,
        **_stamps(row),
        **_weeks(row),
    }


def _weeks(row: TimetableEntry | Placed) -> Shape:
    """Only where lessons alternate."""
    return {"weeks": row.weeks} if row.weeks else {}


def school_class(row: SchoolClass) -> Shape:
    return {
        "id": row.id,
        "name": row.name,
        "classId": row.code,
        "schoolId": row.organisation_id,
        "classTeacherId": row.class_teacher_id,
        **_stamps(row),
    }


def school_subject(row: SchoolSubject) -> Shape:
    return {
        **named_subject(row),
        "description": row.description,
        "schoolId": row.organisation_id,
        "classId": row.class_id,
        **_stamps(row),
    }


def named_subject(row: SchoolSubject | NamedSubject) -> Shape:
    return {"id": row.id, "name": row.name, "code": row.code, "color": row.color}


def school_teacher(row: SchoolTeacher) -> Shape:
    return {
        "id": row.id,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "email": row.email,
        "phone_number": row.phone_number,
        "role": "teacher",
        "status": row.status,
        "school_id": row.organisation_id,
        "display_picture": row.display_picture,
        "gender": row.gender,
        **_stamps(row),
    }


def options(found: Options) -> Shape:
    return {
        "classes": [{"id": c.id, "name": c.name} for c in found.classes],
        "teachers": [{"id": t.id, "name": t.name} for t in found.teachers],
        "subjects": [named_subject(s) for s in found.subjects],
        "timeSlots": [
            {"id": s.id, "name": f"{clock(s.starts)} - {clock(s.ends)}", "label": s.label, **times(s)}
            for s in found.slots
        ],
    }


def week(found: Week) -> Shape:
    """Rows tell their class where several classes share the week."""
    several = len(found.classes) != 1
    slots = {s.id: {"timeSlotId": s.id, **times(s), "label": s.label} for s in found.slots}
    return {
        "class": [{"classId": c.id, "name": c.name} for c in found.classes],
        "timeSlots": [{"id": s.id, **times(s), "label": s.label, "order": s.position} for s in found.slots],
        "schedule": {day: _rows(rows, slots, several) for day, rows in found.days.items()},
    }


def _rows(rows: Sequence[Row], slots: Mapping[str, Shape], several: bool) -> list[Shape]:
    """slots: by id, as each row tells its own."""
    return [{**slots[row.slot.id], **_row(row), **(_whose(row) if several else {})} for row in rows]


def _row(row: Row) -> Shape:
    return {
        "subject": None if row.subject is None else named_subject(row.subject),
        "teacher": None if row.teacher is None else {"id": row.teacher.id, "name": row.teacher.name},
        "room": None if row.entry is None else row.entry.room,
        **({} if row.entry is None else _weeks(row.entry)),
    }


def _whose(row: Row) -> Shape:
    return {
        "classId": None if row.class_ is None else row.class_.id,
        "className": None if row.class_ is None else row.class_.name,
        "entryId": None if row.entry is None else row.entry.id,
    }
