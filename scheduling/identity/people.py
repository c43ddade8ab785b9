"""Organisations, people and their roles: the use cases behind `timewright user add` and the demo data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select

from scheduling.dialects import check_role, dialect
from scheduling.errors import Conflict, Invalid, NotFound
from scheduling.store import StoreSession
from scheduling.store.audit import record
from scheduling.store.base import new_id
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


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be added. password_hash: None: cannot log in; person_id: None: a new one."""

    name: str
    email: str
    roles: tuple[str, ...] = ()
    password_hash: str | None = None
    person_id: str | None = None


def add_person(
    session: StoreSession,
    name: str,
    email: str,
    roles: tuple[str, ...] = (),
    password_hash: str | None = None,
    person_id: str | None = None,
) -> Person:
    """Conflict when the organisation has somebody with the e-mail address already; Invalid for an unknown role."""
    return add_people(session, (Newcomer(name, email, roles, password_hash, person_id),))[0]


def add_people(session: StoreSession, newcomers: Sequence[Newcomer]) -> list[Person]:
    """Several at once, with e-mail addresses that differ; errors as of `add_person`."""
    addresses = [normal_email(x.email) for x in newcomers]
    session.lock(*(f"email:{address}" for address in addresses))
    taken = session.scalar(select(Person.email).where(Person.email.in_(addresses)).order_by(Person.email).limit(1))
    if taken is not None:
        raise Conflict(f"Somebody with the e-mail address {taken} exists already.")
    first = session.next_number("people", len(newcomers))
    people = [_person(*made) for made in zip(newcomers, addresses, count(first), strict=False)]
    session.add_all(people)
    session.flush()
    for person, newcomer in zip(people, newcomers, strict=True):
        told = {"name": person.name, "email": person.email, "roles": list(newcomer.roles)}
        record(session, "created", "person", person.id, None, told)
        _welcome(session, person, newcomer.roles)
    return people


def _person(newcomer: Newcomer, address: str, number: int) -> Person:
    return Person(
        id=newcomer.person_id or new_id(),
        number=number,
        name=newcomer.name.strip(),
        email=address,
        password_hash=newcomer.password_hash,
        active=True,
    )


def _welcome(session: StoreSession, person: Person, roles: tuple[str, ...]) -> None:
    """The roles of somebody who has none yet."""
    dialect_name = own_organisation(session).dialect
    for role in dict.fromkeys(roles):
        check_role(dialect_name, role)
        _give(session, person, role)


def grant(session: StoreSession, person: Person, role: str) -> None:
    """Gives a role; having it already is fine. Invalid unless the organisation's dialect knows it."""
    check_role(own_organisation(session).dialect, role)
    if session.get(PersonRole, (person.id, role)) is None:
        _give(session, person, role)


def _give(session: StoreSession, person: Person, role: str) -> None:
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
