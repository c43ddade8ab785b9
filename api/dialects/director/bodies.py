"""What the director's clients send. Unknown fields are ignored, as they always were."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StrictBool, StrictInt, StrictStr, StringConstraints

Text = Annotated[StrictStr, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Id = Annotated[StrictStr, StringConstraints(min_length=1, max_length=64)]
Room = Annotated[StrictStr, StringConstraints(strip_whitespace=True, max_length=100)]
Notes = Annotated[StrictStr, StringConstraints(max_length=2000)]
SlotType = Literal["lesson", "break", "lunch", "assembly"]
MOST_AT_ONCE = 500
"""Entries of one bulk request."""


class NewSlot(BaseModel):
    startTime: StrictStr
    endTime: StrictStr
    label: Text
    slotType: SlotType | None = None
    days: tuple[StrictStr, ...] | None = None


class ChangedSlot(BaseModel):
    startTime: StrictStr | None = None
    endTime: StrictStr | None = None
    label: Text | None = None
    order: Annotated[StrictInt, Field(ge=1)] | None = None
    isActive: StrictBool | None = None
    slotType: SlotType | None = None
    days: tuple[StrictStr, ...] | None = None


class NewEntry(BaseModel):
    class_id: Id
    subject_id: Id
    teacher_id: Id
    timeSlotId: Id
    day_of_week: StrictStr
    room: Room | None = None
    notes: Notes | None = None


class ChangedEntry(BaseModel):
    class_id: Id | None = None
    subject_id: Id | None = None
    teacher_id: Id | None = None
    timeSlotId: Id | None = None
    day_of_week: StrictStr | None = None
    room: Room | None = None
    notes: Notes | None = None


class NewEntries(BaseModel):
    entries: Annotated[tuple[NewEntry, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]


class AskedWeek(BaseModel):
    level: Annotated[StrictStr, Field(alias="class", min_length=1, max_length=100)]
    class_id: Id | None = None
