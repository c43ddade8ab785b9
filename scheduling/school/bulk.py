"""Many timetable entries at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduling.errors import SchedulingError
from scheduling.school.entries import add_entry, hold
from scheduling.school.mails import tell_teacher
from scheduling.school.wishes import Parts, Wish
from scheduling.store import StoreSession


@dataclass(frozen=True)
class Result:
    """parts: what was made; None: it could not be, and message says why."""

    parts: Parts | None
    message: str


def add_entries(session: StoreSession, wishes: Sequence[Wish]) -> list[Result]:
    """Each by itself, in order, so that later ones see the earlier ones. Every teacher gets one mail."""
    hold(session, wishes)
    results = [_one(session, wish) for wish in wishes]
    by_teacher: dict[str, list[Parts]] = {}
    for result in results:
        if result.parts is not None:
            by_teacher.setdefault(result.parts.teacher.id, []).append(result.parts)
    for made in by_teacher.values():
        tell_teacher(session, made[0].teacher, made)
    return results


def _one(session: StoreSession, wish: Wish) -> Result:
    try:
        with session.begin_nested():
            return Result(add_entry(session, wish, tell=False), "Schedule created successfully")
    except SchedulingError as fault:
        return Result(None, fault.message)
