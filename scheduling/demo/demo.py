"""Makes the demo organisations: two per dialect, so that there is always another one that must see nothing."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from scheduling.demo.fills import FILLS
from scheduling.demo.scene import Ids, Scene
from scheduling.dialects import Dialect
from scheduling.identity import Identity
from scheduling.identity.people import Newcomer, add_organisation, add_people
from scheduling.identity.secrets import digest
from scheduling.identity.tokens import PREFIX, create_token
from scheduling.store import Store, StoreSession, Tenant
from scheduling.store.tables import LoginSession, Organisation, Person

DOOR = "demo data"
ZONE = "Europe/Berlin"
LASTS = timedelta(days=365)
"""How long the demo's cookies are good for."""
OTHER = "other_tenant_"


@dataclass(frozen=True)
class Chance:
    """Everything random of one dialect's demo, from one seed."""

    seed: str

    def text(self, name: str) -> str:
        """43 characters that nobody guesses who does not know the seed."""
        return hashlib.sha256(f"{self.seed}:{name}".encode()).hexdigest()[:43]

    def id(self, name: str) -> str:
        return str(uuid.UUID(self.text(name)[:32], version=4))


def make(store: Store, identity: Identity, dialects: Sequence[Dialect], seed: str) -> dict[str, Any]:
    """The demo of each dialect, as `timewright demo-data --json` prints it. The same seed again finds it as it is.

    seed: equal seeds give equal ids, tokens, cookies and passwords: choose a secret one where others can reach them.
    """
    password = Chance(seed).text("password")[:16]
    hashed = identity.passwords.hash(password)
    homes = [Home(x, Chance(f"{seed}:{x.name}"), prefix, hashed) for x in dialects for prefix in ("", OTHER)]
    _found(store, homes)
    return {own.dialect.name: _dialect(store, own, other, password) for own, other in _pairs(homes)}


@dataclass(frozen=True)
class Home:
    """A demo organisation. prefix: "" or OTHER; password_hash: of everybody in it."""

    dialect: Dialect
    chance: Chance
    prefix: str
    password_hash: str

    @property
    def id(self) -> str:
        return self.chance.id(f"{self.prefix}organisation")

    @property
    def name(self) -> str:
        return f"Demo {self.dialect.name}{' (another one)' if self.prefix else ''}"

    @property
    def keys(self) -> list[str]:
        """Of its people: two of each role, one in the other organisation."""
        endings = ("",) if self.prefix else ("", "_2")
        return [self.prefix + role + ending for role in self.dialect.roles for ending in endings]


def _pairs(homes: list[Home]) -> Iterator[tuple[Home, Home]]:
    """Each dialect's own organisation and the other one."""
    return zip(homes[::2], homes[1::2], strict=True)


def _found(store: Store, homes: list[Home]) -> None:
    """Makes the organisations that are not there yet, and leaves them empty."""
    with store.write_across() as session:
        for home in homes:
            if session.get(Organisation, home.id) is None:
                add_organisation(session, home.name, home.dialect.name, ZONE, home.id)


def _dialect(store: Store, own: Home, other: Home, password: str) -> dict[str, Any]:
    settings, people = _inhabited(store, own)
    people |= _inhabited(store, other)[1]
    numbered, chance = own.dialect.numbered, own.chance
    return {
        "base": own.dialect.base,
        "organisation": own.id,
        "tokens": {key: PREFIX + chance.text(f"token {key}") for key in people},
        "cookies": {key: chance.text(f"cookie {key}") for key in people},
        "people": {key: person.number if numbered else person.id for key, person in people.items()},
        "logins": {key: {"email": person.email, "password": password} for key, person in people.items()},
        "ids": settings["demo"],
    }


def _inhabited(store: Store, home: Home) -> tuple[dict[str, Any], dict[str, Person]]:
    """The organisation's settings, and its people by key."""
    with store.write(Tenant(home.id, DOOR)) as session:
        organisation = session.get_one(Organisation, home.id)
        if "demo" not in organisation.settings:
            organisation.settings = {"demo": _fill(session, organisation, home)}
        ids = {home.chance.id(key): key for key in home.keys}
        people = {ids[x.id]: x for x in session.scalars(select(Person).where(Person.id.in_(ids)))}
        return organisation.settings, {key: people[key] for key in home.keys}


def _fill(session: StoreSession, organisation: Organisation, home: Home) -> Ids:
    people = dict(zip(home.keys, add_people(session, [_newcomer(home, key) for key in home.keys]), strict=True))
    for key, person in people.items():
        _let_in(session, person, key, home.chance)
    today = session.now.astimezone(ZoneInfo(organisation.zone)).date()
    fill = FILLS.get(organisation.dialect)
    roles = {key.removeprefix(OTHER): person for key, person in people.items()}
    random = Random(home.chance.seed + home.keys[0])
    return fill(session, Scene(organisation, random, today, roles)) if fill else {}


def _newcomer(home: Home, key: str) -> Newcomer:
    role = key.removeprefix(OTHER).removesuffix("_2")
    name = key.removeprefix(OTHER).replace("_", " ").title()
    email = f"{key.replace('_', '-')}.{home.id[:8]}@demo.example"
    return Newcomer(name, email, (role,), home.password_hash, home.chance.id(key))


def _let_in(session: StoreSession, person: Person, key: str, chance: Chance) -> None:
    """By token and cookie, beside the password."""
    create_token(session, person.id, "demo", secret=PREFIX + chance.text(f"token {key}"))
    cookie = digest(chance.text(f"cookie {key}"))
    session.add(LoginSession(person_id=person.id, digest=cookie, address=DOOR, expires_at=session.now + LASTS))
