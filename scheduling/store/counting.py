"""How often what an organisation shows has changed: a number in the database, raised in the transaction of each change.

What was made of `Counted` rows is still right while the number is the same. Processes that share a database ask for it;
they need not tell one another what they have changed.
"""

from typing import Any

from sqlalchemy import event, text
from sqlalchemy.orm import ORMExecuteState, Session

from scheduling.store.base import Counted, Owned
from scheduling.store.errors import UnscopedQuery
from scheduling.store.session import StoreSession

LAST = text("SELECT last FROM numbers WHERE series = :series")


def number_of_changes(session: StoreSession) -> int:
    """Of the tenant, as this transaction sees it; 0: nothing has changed yet."""
    return session.connection().execute(LAST, {"series": _series(session.organisation_id)}).scalar() or 0


def _series(organisation_id: str) -> str:
    return f"changes:{organisation_id}"


@event.listens_for(StoreSession, "before_flush")
def _note_rows(session: StoreSession, *_: object) -> None:
    for row in {*session.new, *session.dirty, *session.deleted}:
        owner = row.organisation_id if isinstance(row, Owned) else getattr(row, "id", None)
        if isinstance(row, Counted) and owner is not None:
            session.changed.add(owner)


@event.listens_for(StoreSession, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    mapper = None if state.is_select else state.bind_mapper
    if mapper is None or not issubclass(mapper.class_, Counted):
        return
    session: Any = state.session
    if session.tenant is None:
        raise UnscopedQuery(f"{mapper.class_.__name__} is changed in transactions of one organisation")
    session.changed.add(session.organisation_id)


@event.listens_for(StoreSession, "before_commit")
def _count(session: Session) -> None:
    """The last statement of a transaction, so that nobody waits for the number longer than for the commit."""
    if not isinstance(session, StoreSession) or session.in_nested_transaction():
        return
    session.flush()
    for owner in sorted(session.changed):
        session.next_number(_series(owner))
