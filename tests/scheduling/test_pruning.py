"""What ended long ago is deleted, on both databases; what still waits, and what is new, stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import answers, pruning
from scheduling.identity.people import add_person
from scheduling.pruning import prune
from scheduling.store import Store, StoreSession, Tenant
from scheduling.store.tables import Mail, StoredAnswer, Webhook, WebhookDelivery
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
