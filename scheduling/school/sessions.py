"""Academic sessions: a school has at most one current one, and entries belong to it."""

from datetime import date
from functools import cache

from sqlalchemy import Select, select, update

from scheduling.store import StoreSession, audit
from scheduling.store.tables import AcademicSession


def current_session(session: StoreSession) -> AcademicSession | None:
    return session.scalar(_current())


@cache
def _current() -> Select[AcademicSession]:
    return select(AcademicSession).where(AcademicSession.current)


def start_session(session: StoreSession, name: str, starts_on: date, ends_on: date) -> AcademicSession:
    """A new academic session, current from now on."""
    session.execute(update(AcademicSession).where(AcademicSession.current).values(current=False))
    made = AcademicSession(name=name, starts_on=starts_on, ends_on=ends_on, current=True, updated_at=session.now)
    session.add(made)
    session.flush()
    audit.record(session, "started", "academic session", made.id, new={"name": name})
    return made
