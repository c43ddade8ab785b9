"""API tokens: for programs, with scopes and an end, shown once."""

from datetime import datetime

from sqlalchemy import select

from scheduling.errors import Invalid, NotFound
from scheduling.identity.secrets import digest, new_secret
from scheduling.store import StoreSession
from scheduling.store.audit import record
from scheduling.store.base import new_id
from scheduling.store.tables import ApiToken, Person

PREFIX = "tw_"
"""Tells an API token from a JWT, and lets secret scanners find it."""
SCOPES = ("read", "write")
"""read: requests that change nothing; write: those that do."""


def create_token(
    session: StoreSession,
    person_id: str,
    name: str,
    scopes: tuple[str, ...] = (),
    expires_at: datetime | None = None,
    secret: str | None = None,
) -> str:
    """The token itself, which is not stored. scopes: empty: everything the person may do; secret: for demo data."""
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown:
        raise Invalid(f"There is no scope {unknown[0]!r}; there are {', '.join(SCOPES)}.", {"scopes": "unknown"})
    if session.get(Person, person_id) is None:
        raise NotFound("The person does not exist.")
    token = secret or new_secret(PREFIX)
    row = ApiToken(person_id=person_id, name=name, digest=digest(token), scopes=list(scopes), expires_at=expires_at)
    row.id = new_id()
    session.add(row)
    record(session, "created", "api token", row.id, None, {"person": person_id, "name": name, "scopes": list(scopes)})
    return token


def revoke_token(session: StoreSession, token_id: str) -> None:
    """Revoking twice is fine; NotFound for a token of nobody here."""
    row = session.get(ApiToken, token_id)
    if row is None:
        raise NotFound("The token does not exist.")
    if row.revoked_at is None:
        row.revoked_at = session.now
        record(session, "revoked", "api token", row.id)


def tokens_of(session: StoreSession, person_id: str) -> list[ApiToken]:
    """Oldest first, revoked ones included."""
    wanted = select(ApiToken).where(ApiToken.person_id == person_id).order_by(ApiToken.created_at, ApiToken.id)
    return list(session.scalars(wanted))
