"""timewright user add, and timewright token."""

import sys
from dataclasses import dataclass
from datetime import timedelta

from api.console import Output
from api.verbs.operate import operating
from scheduling.identity.office import organisation_for, person_by_email
from scheduling.identity.people import add_person
from scheduling.identity.secrets import new_secret
from scheduling.identity.tokens import create_token, revoke_token, tokens_of
from scheduling.store import Tenant

DOOR = "command line"


@dataclass(frozen=True)
class NewUser:
    """organisation: id or name; roles: in the dialect's spelling; password_stdin: read it there; else one is made."""

    name: str
    email: str
    organisation: str
    dialect: str
    roles: tuple[str, ...]
    zone: str
    password_stdin: bool


def user_add(wanted: NewUser, database: str | None, out: Output) -> int:
    password = sys.stdin.readline().rstrip("\r\n") if wanted.password_stdin else new_secret()[:20]
    with operating(database=database) as service:
        organisation = organisation_for(service.store, wanted.organisation, wanted.dialect, wanted.zone)
        hashed = service.identity.passwords.hash(password)
        with service.store.write(Tenant(organisation.id, DOOR)) as session:
            person = add_person(session, wanted.name, wanted.email, wanted.roles, hashed)
    answer = {"id": person.id, "number": person.number, "email": person.email, "organisation": organisation.id}
    out.say(f"{person.name} <{person.email}> belongs to {organisation.name} ({organisation.id}).")
    if not wanted.password_stdin:
        answer["password"] = password
        out.say(f"Password, shown once: {password}")
    out.result(answer)
    return 0


@dataclass(frozen=True)
class NewToken:
    """days: how long it is good for, None: until it is revoked."""

    name: str
    scopes: tuple[str, ...]
    days: float | None


def token_create(email: str, organisation: str | None, wanted: NewToken, database: str | None, out: Output) -> int:
    with operating(database=database) as service:
        person = person_by_email(service.store, email, organisation)
        with service.store.write(Tenant(person.organisation_id, DOOR)) as session:
            expires_at = None if wanted.days is None else session.now + timedelta(days=wanted.days)
            token = create_token(session, person.id, wanted.name, wanted.scopes, expires_at)
    out.say(f"Token of {person.email}, shown once:\n{token}")
    out.result({"token": token, "expires_at": expires_at.isoformat() if expires_at else None})
    return 0


def token_list(email: str, organisation: str | None, database: str | None, out: Output) -> int:
    with operating(database=database) as service:
        person = person_by_email(service.store, email, organisation)
        with service.store.read(Tenant(person.organisation_id, DOOR)) as session:
            tokens = tokens_of(session, person.id)
    rows = [(t.id, t.name, ", ".join(t.scopes) or "all", t.expires_at or "-", t.revoked_at or "-") for t in tokens]
    out.table(("id", "name", "scopes", "expires", "revoked"), rows)
    names = ("id", "name", "scopes", "expires_at", "revoked_at")
    out.result({"tokens": [dict(zip(names, map(str, row), strict=True)) for row in rows]})
    return 0


def token_revoke(email: str, organisation: str | None, token_id: str, database: str | None, out: Output) -> int:
    with operating(database=database) as service:
        person = person_by_email(service.store, email, organisation)
        with service.store.write(Tenant(person.organisation_id, DOOR)) as session:
            revoke_token(session, token_id)
    out.say("The token is worth nothing from now on.")
    out.result({"revoked": token_id})
    return 0
