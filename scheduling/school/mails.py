"""What teachers are told by mail: one mail for each change, however many entries it has."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scheduling.school.clock import clock
from scheduling.store import StoreSession
from scheduling.store.tables import Mail, SchoolTeacher

if TYPE_CHECKING:
    from scheduling.school.wishes import Parts


def tell_teacher(session: StoreSession, teacher: SchoolTeacher, entries: Sequence["Parts"]) -> None:
    """Puts the mail into the outbox; it leaves after the transaction, and is tried again if that fails."""
    if not teacher.email:
        return
    lines = [line_of(parts) for parts in entries]
    what = "a lesson" if len(lines) == 1 else f"{len(lines)} lessons"
    text = f"Dear {teacher.name},\n\nyou have been assigned {what}:\n\n" + "\n".join(lines) + "\n"
    subject = "You have been assigned a lesson" if len(lines) == 1 else f"You have been assigned {len(lines)} lessons"
    session.insert(Mail(recipient=teacher.email, subject=subject, text=text, next_at=session.now))


def line_of(parts: "Parts") -> str:
    """ "Monday, First Period (08:00 - 08:45): Mathematics, JSS 1A, Room 101" """
    entry, slot = parts.entry, parts.slot
    room = f", {entry.room}" if entry.room else ""
    when = f"{entry.day.title()}, {slot.label} ({clock(slot.starts)} - {clock(slot.ends)})"
    return f"{when}: {parts.subject.name}, {parts.class_.name}{room}"
