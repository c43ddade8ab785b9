"""From a credential to the person behind it."""

from sqlalchemy import select

from scheduling.errors import Unauthenticated
from scheduling.identity.bearer import Claims
from scheduling.identity.caller import Caller, Proof
from scheduling.identity.secrets import digest
from scheduling.store import StoreSession
from scheduling.store.tables import ApiToken, LoginSession, Organisation, Person, PersonRole

ENDED = "The session has ended; sign in again."


def by_token(session: StoreSession, token: str) -> Caller:
    """Unauthenticated for an unknown, expired or revoked API token."""
    row = session.scalar(select(ApiToken).where(ApiToken.digest == digest(token)))
    if row is None or row.revoked_at is not None:
        raise Unauthenticated
    if row.expires_at is not None and row.expires_at <= session.now:
        raise Unauthenticated("The token has expired.")
    return caller(session, row.person_id, "token", token=row)


def by_claims(session: StoreSession, claims: Claims) -> Caller:
    """The login the JWT names must still be open."""
    login = session.get(LoginSession, claims.session_id)
    if login is None or login.person_id != claims.person_id or login.organisation_id != claims.organisation_id:
        raise Unauthenticated
    return _by_login(session, login, "jwt")


def by_cookie(session: StoreSession, cookie: str) -> Caller:
    login = session.scalar(select(LoginSession).where(LoginSession.digest == digest(cookie)))
    if login is None:
        raise Unauthenticated
    return _by_login(session, login, "cookie")


def _by_login(session: StoreSession, login: LoginSession, proof: Proof) -> Caller:
    if login.ended_at is not None or login.expires_at <= session.now:
        raise Unauthenticated(ENDED)
    return caller(session, login.person_id, proof, login=login)


def caller(
    session: StoreSession,
    person_id: str,
    proof: Proof,
    token: ApiToken | None = None,
    login: LoginSession | None = None,
) -> Caller:
    """Unauthenticated when the person has been deactivated."""
    wanted = select(Person, Organisation).join(Organisation, Organisation.id == Person.organisation_id)
    found = session.execute(wanted.where(Person.id == person_id, Person.active)).one_or_none()
    if found is None:
        raise Unauthenticated
    person, organisation = found
    return Caller(
        organisation_id=organisation.id,
        dialect=organisation.dialect,
        zone=organisation.zone,
        person_id=person.id,
        number=person.number,
        name=person.name,
        email=person.email,
        roles=frozenset(session.scalars(select(PersonRole.role).where(PersonRole.person_id == person.id))),
        proof=proof,
        scopes=frozenset(token.scopes) if token else frozenset(),
        session_id=login.id if login else None,
        token_id=token.id if token else None,
        expires_at=token.expires_at if token else login.expires_at if login else None,
    )
