"""Keys are rotated without signing anybody out, and are of no use without the service's secret."""

import pytest
from sqlalchemy import select

from scheduling.errors import Unauthenticated, Unavailable
from scheduling.identity import Identity
from scheduling.identity.lockout import Lockout
from scheduling.identity.secrets import Sealer, digest, new_secret
from scheduling.store import Store
from scheduling.store.tables import SigningKey
from tests.scheduling.identity.conftest import PASSWORD, SECRET, MovingClock, cheap


def another(store: Store, secret: str = SECRET) -> Identity:
    """Another process of the same service."""
    return Identity(store, secret, cheap(), Lockout())


def test_what_an_older_key_signed_stays_valid_until_it_expires(identity: Identity, clock: MovingClock) -> None:
    before = identity.login("bob@example.org", PASSWORD)
    old = identity.keys.current()
    identity.keys.rotate()
    after = identity.login("bob@example.org", PASSWORD)
    assert identity.keys.current().id != old.id
    identity.recognise(before.jwt)
    identity.recognise(after.jwt)
    clock.move(hours=12, minutes=2)
    assert identity.keys.find(old.id) is None
    with pytest.raises(Unauthenticated):
        identity.recognise(before.jwt)


def test_all_processes_use_the_same_key(identity: Identity, store: Store, clock: MovingClock) -> None:
    login = identity.login("bob@example.org", PASSWORD)
    other = another(store)
    other.recognise(login.jwt)
    identity.keys.rotate()
    # A key that is new to it is looked up at once, its own choice follows within a minute.
    other.recognise(identity.login("bob@example.org", PASSWORD).jwt)
    clock.move(seconds=61)
    assert other.keys.current().id == identity.keys.current().id


def test_keys_are_stored_sealed(identity: Identity, store: Store) -> None:
    key = identity.keys.current()
    with store.read_across() as session:
        assert key.secret not in session.scalars(select(SigningKey)).one().sealed
    with pytest.raises(Unavailable, match="TIMEWRIGHT_SECRET"):
        another(store, "another secret that is long enough").keys.current()


def test_a_sealed_value_opens_only_under_its_own_name() -> None:
    sealer = Sealer(SECRET)
    sealed = sealer.seal(b"value", "webhook:1")
    assert sealer.open(sealed, "webhook:1") == b"value"
    assert sealer.seal(b"value", "webhook:1") != sealed
    for damaged, name in ((sealed, "webhook:2"), (sealed[:-1], "webhook:1"), (b"", "webhook:1")):
        with pytest.raises(Unavailable):
            sealer.open(damaged, name)


def test_secrets_are_long_and_never_the_same() -> None:
    assert len({new_secret("tw_") for _ in range(100)}) == 100
    assert new_secret("tw_").startswith("tw_")
    assert len(new_secret()) == 43
    assert len(digest("x")) == 64
