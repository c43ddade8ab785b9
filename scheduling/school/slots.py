"""The bell schedule: time slots that do not overlap while they are active, numbered from 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, exists, func, select

from models.interval import Interval, overlaps
from scheduling.school.clock import DAYS, clock, day, minutes
from scheduling.school.sessions import current_session
from scheduling.school.states import EndsTooEarly, SlotInUse, SlotOverlaps, SlotUnknown
from scheduling.store import StoreSession, audit
from scheduling.store.base import Json
from scheduling.store.tables import TimeSlot, TimetableEntry

LOCK = "time slots"
KINDS = ("lesson", "break", "lunch", "assembly")
WORDS = {"break": "break", "recess": "break", "lunch": "lunch", "assembly": "assembly"}
"""Word of a label -> kind of slot."""


@dataclass(frozen=True)
class SlotChange:
    """Fields of a slot; None: as it is, or the default of a new one."""

    start: str | None = None
    end: str | None = None
    label: str | None = None
    position: int | None = None
    active: bool | None = None
    kind: str | None = None
    days: tuple[str, ...] | None = None


def slots(session: StoreSession, active: bool | None = None) -> Sequence[TimeSlot]:
    """By position, then time. active: only these."""
    return session.scalars(_slots(active)).all()


@cache
def _slots(active: bool | None) -> Select[TimeSlot]:
    wanted = select(TimeSlot).order_by(TimeSlot.position, TimeSlot.starts)
    return wanted if active is None else wanted.where(TimeSlot.active == active)


def kind_of(slot: TimeSlot) -> str:
    """What happens in the slot: as stated, else by its label."""
    return slot.kind or next((kind for word, kind in WORDS.items() if word in slot.label.lower()), "lesson")


def add_slot(session: StoreSession, start: str, end: str, label: str, change: SlotChange = SlotChange()) -> TimeSlot:
    """At the end of the numbering. change: its kind and days."""
    session.lock(LOCK)
    last = session.scalar(select(func.max(TimeSlot.position))) or 0
    slot = TimeSlot(
        starts=minutes(start),
        ends=minutes(end),
        label=label,
        position=last + 1,
        active=True,
        kind=change.kind,
        days=_days(change.days or ()),
        updated_at=session.now,
    )
    _check(session, slot)
    session.add(slot)
    session.flush()
    audit.record(session, "created", "time slot", slot.id, new=_fields(slot))
    return slot


def change_slot(session: StoreSession, id_: str, change: SlotChange) -> TimeSlot:
    """Merged with what is there. Entries of the slot move with its times (see `moved_with`)."""
    session.lock(LOCK, f"slot:{id_}")
    slot = _known(session, id_)
    old = _fields(slot)
    if change.active is False and slot.active and used(session, slot):
        raise SlotInUse
    with session.no_autoflush:
        _merge(slot, change)
        _check(session, slot)
        if change.position is not None:
            _renumber(session, slot, change.position)
    slot.updated_at = session.now
    audit.record(session, "updated", "time slot", slot.id, old, _fields(slot))
    return slot


def moved_with(session: StoreSession, id_: str, change: SlotChange) -> int:
    """How many active entries of the current academic session move when the times of the slot change so."""
    slot = _known(session, id_)
    asked = ((change.start, slot.starts), (change.end, slot.ends))
    if all(text is None or minutes(text) == known for text, known in asked):
        return 0
    current = current_session(session)
    wanted = select(func.count(TimetableEntry.id)).where(
        TimetableEntry.time_slot_id == id_,
        TimetableEntry.academic_session_id == (current.id if current else None),
        TimetableEntry.active,
    )
    return session.scalar(wanted) or 0


def delete_slot(session: StoreSession, id_: str) -> TimeSlot:
    """Made inactive; one that is so already stays as it is."""
    slot = _known(session, id_)
    return change_slot(session, id_, SlotChange(active=False)) if slot.active else slot


def used(session: StoreSession, slot: TimeSlot) -> bool:
    """Whether an active entry of the current academic session is in the slot."""
    current = current_session(session)
    if current is None:
        return False
    entry = exists().where(
        TimetableEntry.time_slot_id == slot.id,
        TimetableEntry.academic_session_id == current.id,
        TimetableEntry.active,
    )
    return session.scalar(select(TimeSlot.id).where(TimeSlot.id == slot.id, entry)) is not None


def _known(session: StoreSession, id_: str) -> TimeSlot:
    wanted = select(TimeSlot).where(TimeSlot.id == id_)
    slot = session.scalar(wanted.execution_options(populate_existing=True))
    if slot is None:
        raise SlotUnknown
    return slot


def _merge(slot: TimeSlot, change: SlotChange) -> None:
    slot.starts = slot.starts if change.start is None else minutes(change.start)
    slot.ends = slot.ends if change.end is None else minutes(change.end)
    slot.label = slot.label if change.label is None else change.label
    slot.active = slot.active if change.active is None else change.active
    slot.kind = slot.kind if change.kind is None else change.kind
    slot.days = slot.days if change.days is None else _days(change.days)


def _days(names: Sequence[str]) -> list[str]:
    """In the order of the week; every day: empty."""
    wanted = {day(name) for name in names}
    return [] if wanted == set(DAYS) else [name for name in DAYS if name in wanted]


def _check(session: StoreSession, slot: TimeSlot) -> None:
    if slot.ends <= slot.starts:
        raise EndsTooEarly
    if slot.active:
        for other in slots(session, active=True):
            if other is not slot and overlapping(slot, other):
                raise SlotOverlaps(clock(other.starts), clock(other.ends))


def overlapping(a: TimeSlot, b: TimeSlot) -> bool:
    """In time, on a day they share."""
    apart = a.days and b.days and not set(a.days) & set(b.days)
    return not apart and overlaps(Interval(a.starts, a.ends), Interval(b.starts, b.ends))


def _renumber(session: StoreSession, slot: TimeSlot, position: int) -> None:
    """The slot gets its number, the others shift: they stay 1, 2, 3, ..."""
    others = [x for x in slots(session) if x is not slot]
    others.insert(min(position, len(others) + 1) - 1, slot)
    for number, each in enumerate(others, start=1):
        if each.position != number:
            each.position, each.updated_at = number, session.now


def _fields(slot: TimeSlot) -> Json:
    return {
        "starts": clock(slot.starts),
        "ends": clock(slot.ends),
        "label": slot.label,
        "position": slot.position,
        "active": slot.active,
        "kind": slot.kind,
        "days": list(slot.days),
    }
