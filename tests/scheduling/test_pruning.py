"""What ended long ago is deleted, on both databases; what still waits, and what is new, stays."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from scheduling import answers, pruning
from scheduling.identity.people import add_person
from scheduling.pruning import prune
from scheduling.store import Store, StoreSession, Tenant
from scheduling.store.tables import LoginFailure, LoginSession, Mail, StoredAnswer, Webhook, WebhookDelivery
from tests.service import StandingClock

KEPT = 30.0
"""Days."""


@pytest.fixture
def clock(store: Store) -> StandingClock:
    store.clock = StandingClock()
    return store.clock


def add_mail(session: StoreSession, status: str) -> None:
    session.add(Mail(recipient="tia@example.org", subject=status, text="", status=status, next_at=session.now))


def add_deliveries(session: StoreSession, *statuses: str) -> None:
    webhook = Webhook(url="https://example.org", events=["job.finished"], sealed=b"")
    session.add(webhook)
    session.flush()
    for status in statuses:
        row = WebhookDelivery(webhook_id=webhook.id, event=status, payload={}, status=status, next_at=session.now)
        session.add(row)


def left(store: Store) -> list[str]:
    with store.read_across() as session:
        mails = session.scalars(select(Mail)).all()
        deliveries = session.scalars(select(WebhookDelivery)).all()
        kept = session.scalars(select(StoredAnswer)).all()
    return sorted([*(x.status for x in mails), *(x.status for x in deliveries), *(x.key for x in kept)])


def test_mails_that_ended_go_and_those_that_wait_stay(store: Store, clock: StandingClock, first: Tenant) -> None:
    with store.write(first) as session:
        for status in ("sent", "given up", "waiting"):
            add_mail(session, status)
    clock.move(days=KEPT)
    assert prune(store, KEPT) == 0
    clock.move(seconds=1)
    assert prune(store, KEPT) == 2
    assert left(store) == ["waiting"]


def test_deliveries_that_ended_go_in_all_organisations(
    store: Store, clock: StandingClock, first: Tenant, other: Tenant
) -> None:
    for tenant in (first, other):
        with store.write(tenant) as session:
            add_deliveries(session, "delivered", "given up", "waiting")
    clock.move(days=KEPT, seconds=1)
    assert prune(store, KEPT) == 4
    assert left(store) == ["waiting", "waiting"]


def test_what_ended_lately_stays(store: Store, clock: StandingClock, first: Tenant) -> None:
    with store.write(first) as session:
        add_mail(session, "sent")
    clock.move(days=20)
    with store.write(first) as session:
        add_deliveries(session, "delivered")
    clock.move(days=15)
    assert prune(store, KEPT) == 1
    assert left(store) == ["delivered"]


def test_many_are_deleted_in_several_transactions(
    store: Store, clock: StandingClock, first: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "AT_ONCE", 2)
    with store.write(first) as session:
        for _ in range(5):
            add_mail(session, "sent")
    clock.move(days=KEPT, seconds=1)
    assert prune(store, KEPT) == 5
    assert left(store) == []


def test_answers_go_when_their_key_is_free_again(store: Store, clock: StandingClock, first: Tenant) -> None:
    with store.write(first) as session:
        ann = add_person(session, "Ann", "ann@example.org", ("director",))
        for key, days in (("short", 1), ("long", 3)):
            question = answers.Question(ann.id, "POST /x", key)
            answers.keep(session, question, "", 201, "application/json", b"{}", timedelta(days=days))
    clock.move(days=2)
    assert prune(store, KEPT) == 1
    assert left(store) == ["long"]


def add_login(session: StoreSession, person_id: str, address: str, expires: datetime, ended: datetime | None) -> None:
    session.add(LoginSession(person_id=person_id, digest=address, address=address, expires_at=expires, ended_at=ended))


def test_logins_that_ended_or_expired_go_and_open_ones_stay(store: Store, clock: StandingClock, first: Tenant) -> None:
    day, year = timedelta(days=1), timedelta(days=365)
    with store.write(first) as session:
        ann, now = add_person(session, "Ann", "ann@example.org", ("director",)), session.now
        add_login(session, ann.id, "expired", now + day, None)
        add_login(session, ann.id, "signed out", now + year, now)
        add_login(session, ann.id, "open", now + year, None)
    clock.move(days=KEPT, seconds=1)
    assert prune(store, KEPT) == 1
    clock.move(days=1)
    assert prune(store, KEPT) == 1
    with store.read_across() as session:
        assert session.scalars(select(LoginSession.address)).all() == ["open"]


def test_failed_logins_go_unless_they_still_lock(store: Store, clock: StandingClock) -> None:
    with store.write_across() as session:
        for key, locked in (("once", None), ("locked", session.now + timedelta(days=KEPT))):
            session.add(LoginFailure(key=key, failures=1, last_at=session.now, locked_until=locked))
    clock.move(days=KEPT, seconds=1)
    assert prune(store, KEPT) == 1
    with store.read_across() as session:
        assert session.scalars(select(LoginFailure.key)).all() == ["locked"]
