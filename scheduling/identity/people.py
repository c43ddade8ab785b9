"""Organisations, people and their roles: the use cases behind `timewright user add` and the demo data."""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select

from scheduling.dialects import check_role, dialect
from scheduling.errors import Conflict, Invalid, NotFound
from scheduling.store import StoreSession
from scheduling.store.audit import record
from scheduling.store.tables import Organisation, Person, PersonRole

EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def add_organisation(
    session: StoreSession, name: str, dialect_name: str, zone: str = "UTC", organisation_id: str | None = None
) -> Organisation:
    """In a transaction across organisations. zone: IANA name; Invalid for an unknown dialect or zone."""
    dialect(dialect_name)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Invalid(f"There is no time zone {zone!r}; expected a name such as Europe/Berlin.") from error
    organisation = Organisation(name=name, dialect=dialect_name, zone=zone, settings={})
    if organisation_id is not None:
        organisation.id = organisation_id
    session.add(organisation)
    session.flush()
    return organisation


def own_organisation(session: StoreSession) -> Organisation:
    """The one the transaction belongs to."""
    found = session.get(Organisation, session.organisation_id)
    if found is None:
        raise NotFound("The organisation does not exist.")
    return found


def add_person(
    session: StoreSession,
    name: str,
    email: str,
    roles: tuple[str, ...] = (),
    password_hash: str | None = None,
    person_id: str | None = None,
) -> Person:
    """Conflict when the organisation has somebody with the e-mail address already; Invalid for an unknown role."""
    address = normal_email(email)
    session.lock(f"email:{address}")
    if session.scalar(select(Person.id).where(Person.email == address)) is not None:
        raise Conflict(f"Somebody with the e-mail address {address} exists already.")
    person = Person(name=name.strip(), email=address, password_hash=password_hash, active=True)
    person.number = session.next_number("people")
    if person_id is not None:
        person.id = person_id
    session.add(person)
    session.flush()
    record(session, "created", "person", person.id, None, {"name": person.name, "email": address, "roles": list(roles)})
    for role in roles:
        grant(session, person, role)
    return person


def grant(session: StoreSession, person: Person, role: str) -> None:
    """Gives a role; having it already is fine. Invalid unless the organisation's dialect knows it."""
    check_role(own_organisation(session).dialect, role)
    if session.get(PersonRole, (person.id, role)) is None:
        session.add(PersonRole(person_id=person.id, role=role))
        record(session, "granted", "person", person.id, None, {"role": role})


def roles_of(session: StoreSession, person_id: str) -> frozenset[str]:
    return frozenset(session.scalars(select(PersonRole.role).where(PersonRole.person_id == person_id)))


def normal_email(email: str) -> str:
    """Trimmed and in lower case; Invalid unless it looks like an address."""
    address = email.strip().lower()
    if not EMAIL.fullmatch(address) or len(address) > 254:
        raise Invalid(f"{email!r} is not an e-mail address.", {"email": "not an e-mail address"})
    return address
