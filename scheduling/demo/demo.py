"""Makes the demo organisations: two per dialect, so that there is always another one that must see nothing."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from scheduling.demo.fills import FILLS
from scheduling.demo.scene import Ids, Scene
from scheduling.dialects import Dialect
from scheduling.identity import Identity
from scheduling.identity.people import add_organisation, add_person
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
    office = Office(store, identity.passwords.hash(password))
    return {dialect.name: _dialect(office, dialect, Chance(f"{seed}:{dialect.name}"), password) for dialect in dialects}


@dataclass(frozen=True)
class Office:
    """password_hash: of everybody in the demo."""

    store: Store
    password_hash: str


def _dialect(office: Office, dialect: Dialect, chance: Chance, password: str) -> dict[str, Any]:
    own, people = _organisation(office, dialect, chance, "")
    _, others = _organisation(office, dialect, chance, OTHER)
    people |= others
    return {
        "base": dialect.base,
        "organisation": own.id,
        "tokens": {key: PREFIX + chance.text(f"token {key}") for key in people},
        "cookies": {key: chance.text(f"cookie {key}") for key in people},
        "people": {key: person.number if dialect.numbered else person.id for key, person in people.items()},
        "logins": {key: {"email": person.email, "password": password} for key, person in people.items()},
        "ids": own.settings["demo"],
    }


def _organisation(
    office: Office, dialect: Dialect, chance: Chance, prefix: str
) -> tuple[Organisation, dict[str, Person]]:
    """prefix: "" or OTHER. The organisation and its people by key."""
    organisation_id = chance.id(f"{prefix}organisation")
    keys = [prefix + key for role in dialect.roles for key in ((role,) if prefix else (role, f"{role}_2"))]
    with office.store.write_across() as session:
        found = session.get(Organisation, organisation_id)
        if found is None:
            name = f"Demo {dialect.name}{' (another one)' if prefix else ''}"
            add_organisation(session, name, dialect.name, ZONE, organisation_id)
    with office.store.write(Tenant(organisation_id, DOOR)) as session:
        organisation = session.get_one(Organisation, organisation_id)
        if found is None:
            organisation.settings = {"demo": _fill(session, organisation, chance, office.password_hash, keys)}
        return organisation, {key: session.get_one(Person, chance.id(key)) for key in keys}


def _fill(
    session: StoreSession, organisation: Organisation, chance: Chance, password_hash: str, keys: list[str]
) -> Ids:
    people = {key: _person(session, organisation, chance, password_hash, key) for key in keys}
    today = session.now.astimezone(ZoneInfo(organisation.zone)).date()
    fill = FILLS.get(organisation.dialect)
    roles = {key.removeprefix(OTHER): person for key, person in people.items()}
    return fill(session, Scene(organisation, Random(chance.seed + keys[0]), today, roles)) if fill else {}


def _person(session: StoreSession, organisation: Organisation, chance: Chance, password_hash: str, key: str) -> Person:
    """Somebody who can sign in by password, token and cookie."""
    role = key.removeprefix(OTHER).removesuffix("_2")
    email = f"{key.replace('_', '-')}.{organisation.id[:8]}@demo.example"
    name = key.removeprefix(OTHER).replace("_", " ").title()
    person = add_person(session, name, email, (role,), password_hash, chance.id(key))
    create_token(session, person.id, "demo", secret=PREFIX + chance.text(f"token {key}"))
    cookie = digest(chance.text(f"cookie {key}"))
    session.add(LoginSession(person_id=person.id, digest=cookie, address=DOOR, expires_at=session.now + LASTS))
    return person
