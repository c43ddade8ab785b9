"""API tokens: scopes, end, revoking."""

from datetime import timedelta

import pytest

from scheduling.errors import Invalid, NotFound, Unauthenticated
from scheduling.identity import Identity
from scheduling.identity.tokens import create_token, revoke_token, tokens_of
from scheduling.store import Store, Tenant
from tests.scheduling.identity.conftest import MovingClock


def test_a_token_is_its_person(identity: Identity, store: Store, first: Tenant) -> None:
    with store.write(first) as session:
        token = create_token(session, "bob", "sync", ("read",))
    caller = identity.recognise(token)
    assert (caller.person_id, caller.proof, caller.scopes) == ("bob", "token", frozenset({"read"}))
    assert caller.allows("read")
    assert not caller.allows("write")


def test_without_scopes_it_can_do_what_the_person_can(identity: Identity, store: Store, first: Tenant) -> None:
    with store.write(first) as session:
        token = create_token(session, "bob", "all")
    assert identity.recognise(token).allows("write")


def test_a_token_ends_in_time(identity: Identity, store: Store, first: Tenant, clock: MovingClock) -> None:
    with store.write(first) as session:
        token = create_token(session, "bob", "short", expires_at=session.now + timedelta(days=1))
    clock.move(hours=23, minutes=59)
    identity.recognise(token)
    clock.move(minutes=1)
    with pytest.raises(Unauthenticated, match="expired"):
        identity.recognise(token)


def test_a_revoked_token_is_worth_nothing_and_stays_listed(identity: Identity, store: Store, first: Tenant) -> None:
    with store.write(first) as session:
        token, innocent = create_token(session, "bob", "lost"), create_token(session, "bob", "kept")
    with store.write(first) as session:
        lost = next(row.id for row in tokens_of(session, "bob") if row.name == "lost")
        revoke_token(session, lost)
        revoke_token(session, lost)
    with pytest.raises(Unauthenticated):
        identity.recognise(token)
    identity.recognise(innocent)
    with store.read(first) as session:
        assert {row.name: row.revoked_at is None for row in tokens_of(session, "bob")} == {"lost": False, "kept": True}


def test_tokens_of_another_organisation_cannot_be_made_or_revoked(store: Store, first: Tenant) -> None:
    with store.write(Tenant("other", "test")) as session:
        create_token(session, "ann-other", "theirs")
        (theirs,) = tokens_of(session, "ann-other")
    with pytest.raises(NotFound), store.write(first) as session:
        create_token(session, "ann-other", "mine")
    with pytest.raises(NotFound), store.write(first) as session:
        revoke_token(session, theirs.id)


def test_unknown_scopes_are_refused(store: Store, first: Tenant) -> None:
    with pytest.raises(Invalid, match="no scope 'everything'; there are read, write"), store.write(first) as session:
        create_token(session, "bob", "x", ("read", "everything"))
