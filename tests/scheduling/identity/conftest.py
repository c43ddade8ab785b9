from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from scheduling.identity import Identity
from scheduling.identity.lockout import Lockout
from scheduling.identity.passwords import Passwords
from scheduling.identity.people import add_organisation, add_person
from scheduling.store import Store, Tenant

SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz"
PASSWORD = "correct horse"


@dataclass
class MovingClock:
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 21, 12, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def store(sqlite_database: str, clock: MovingClock) -> Iterator[Store]:
    """The organisations "first" and "other", each with ann@example.org and her password; bob is in the first only."""
    store = Store(sqlite_database, clock)
    passwords = cheap()
    for name in ("first", "other"):
        with store.write_across() as session:
            add_organisation(session, name, "director", organisation_id=name)
        with store.write(Tenant(name, "test")) as session:
            own = passwords.hash(PASSWORD if name == "first" else "another battery")
            add_person(session, "Ann", "ann@example.org", ("director", "teacher"), own, f"ann-{name}")
            if name == "first":
                add_person(session, "Bob", "bob@example.org", ("teacher",), passwords.hash(PASSWORD), "bob")
    yield store
    store.close()


def cheap() -> Passwords:
    return Passwords(1, 8)


@pytest.fixture
def identity(store: Store) -> Identity:
    return Identity(store, SECRET, cheap(), Lockout(failures=3, anywhere=6))


@pytest.fixture
def first() -> Tenant:
    return Tenant("first", "test")
