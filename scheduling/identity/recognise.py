"""From a credential to the person behind it, in one statement: every request asks it."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, select

from scheduling.errors import Unauthenticated
from scheduling.identity.bearer import Claims
from scheduling.identity.caller import Caller, Proof
from scheduling.identity.secrets import digest
from scheduling.store import Look, StoreSession
from scheduling.store.tables import ApiToken, LoginSession, Organisation, Person, PersonRole

ENDED = "The session has ended; sign in again."


def by_token(session: StoreSession | Look, token: str) -> Caller:
    """Unauthenticated for an unknown, expired or revoked API token."""
    found = _found(session, _token(), digest=digest(token))
    id_, scopes, expires_at, revoked_at = found.credential
    if revoked_at is not None:
        raise Unauthenticated
    if expires_at is not None and expires_at <= session.now:
        raise Unauthenticated("The token has expired.")
    return _caller(found, proof="token", scopes=frozenset(scopes), token_id=id_, expires_at=expires_at)


def by_claims(session: StoreSession | Look, claims: Claims) -> Caller:
    """The login the JWT names must still be open."""
    caller = by_login(session, claims.session_id)
    if caller.person_id != claims.person_id or caller.organisation_id != claims.organisation_id:
        raise Unauthenticated
    return caller


def by_login(session: StoreSession | Look, login_id: str) -> Caller:
    return _by_login(session, _found(session, _login_of_id(), id=login_id), "jwt")


def by_cookie(session: StoreSession | Look, cookie: str) -> Caller:
    return _by_login(session, _found(session, _login_of_cookie(), digest=digest(cookie)), "cookie")


class Found(NamedTuple):
    """credential: what the statement tells of it; person: number, name, ...; None: deactivated."""

    credential: Sequence[Any]
    person: Sequence[Any] | None
    roles: frozenset[str]


def _found(session: StoreSession | Look, statement: "Select[*tuple[Any, ...]]", **asked: str) -> Found:
    """Unauthenticated when there is no such credential."""
    rows = session.rows(statement, asked)
    if not rows:
        raise Unauthenticated
    first = rows[0][: -len(_person())]
    *person, _ = rows[0][-len(_person()) :]
    return Found(first, None if person[0] is None else person, frozenset(row[-1] for row in rows if row[-1]))


def _by_login(session: StoreSession | Look, found: Found, proof: Proof) -> Caller:
    id_, expires_at, ended_at = found.credential
    if ended_at is not None or expires_at <= session.now:
        raise Unauthenticated(ENDED)
    return _caller(found, proof=proof, session_id=id_, expires_at=expires_at)


def _caller(found: Found, **how: Any) -> Caller:
    """how: fields that tell of the credential. Unauthenticated when the person has been deactivated."""
    if found.person is None:
        raise Unauthenticated
    id_, number, name, email, organisation_id, dialect, zone = found.person
    who = {"person_id": id_, "number": number, "name": name, "email": email, "roles": found.roles}
    return Caller(organisation_id=organisation_id, dialect=dialect, zone=zone, **who, **how)


@cache
def _token() -> "Select[*tuple[Any, ...]]":
    told = (ApiToken.id, ApiToken.scopes, ApiToken.expires_at, ApiToken.revoked_at)
    return _behind(ApiToken, told, ApiToken.digest == bindparam("digest"))


@cache
def _login_of_id() -> "Select[*tuple[Any, ...]]":
    return _behind(LoginSession, _login(), LoginSession.id == bindparam("id"))


@cache
def _login_of_cookie() -> "Select[*tuple[Any, ...]]":
    return _behind(LoginSession, _login(), LoginSession.digest == bindparam("digest"))


def _login() -> tuple[Any, ...]:
    return (LoginSession.id, LoginSession.expires_at, LoginSession.ended_at)


def _person() -> tuple[Any, ...]:
    of_person = (Person.id, Person.number, Person.name, Person.email)
    return (*of_person, Organisation.id, Organisation.dialect, Organisation.zone, PersonRole.role)


def _behind(
    credential: type[ApiToken] | type[LoginSession], told: tuple[Any, ...], condition: ColumnElement[bool]
) -> "Select[*tuple[Any, ...]]":
    """A row for each role of the person; one without a person where that is not active any more."""
    return (
        select(*told, *_person())
        .select_from(credential)
        .outerjoin(Person, and_(Person.id == credential.person_id, Person.active))
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(PersonRole, PersonRole.person_id == Person.id)
        .where(condition)
    )
