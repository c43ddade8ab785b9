"""Publishing: from a date on, a timetable is in force. Nothing is overwritten; undo is publishing an older one."""

from datetime import date

from sqlalchemy import func, select

from scheduling import announcing
from scheduling.library import timetable_row
from scheduling.store import StoreSession
from scheduling.store.audit import record
from scheduling.store.tables import Version


def publish(session: StoreSession, timetable_id: str, effective_from: date, note: str = "") -> Version:
    """A new version, even of a timetable that was published before. NotFound for an unknown timetable."""
    timetable = timetable_row(session, timetable_id)
    session.lock("versions")
    before = in_force(session, effective_from)
    version = Version(
        number=(session.scalar(select(func.max(Version.number))) or 0) + 1,
        timetable_id=timetable.id,
        effective_from=effective_from,
        note=note,
        published_by=session.tenant.actor_id if session.tenant else None,
        published_at=session.now,
    )
    session.add(version)
    session.flush()
    old = {"number": before.number, "timetable": before.timetable_id} if before else None
    new = {"number": version.number, "timetable": timetable.id, "effective_from": effective_from.isoformat()}
    record(session, "published", "version", version.id, old, new)
    announcing.published(session, version)
    return version


def in_force(session: StoreSession, on: date) -> Version | None:
    """On that day: of those in effect the one with the latest date; of equal dates the one published last."""
    latest = select(Version).order_by(Version.effective_from.desc(), Version.number.desc())
    return session.scalar(latest.where(Version.effective_from <= on).limit(1))


def history(session: StoreSession) -> list[Version]:
    """Latest first."""
    return list(session.scalars(select(Version).order_by(Version.number.desc())))
