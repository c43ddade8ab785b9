"""Events reach a real HTTP server: signed, once, tried again when it fails, and never a private network."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from scheduling import announcing, jobs, library, versions
from scheduling.identity.secrets import Sealer
from scheduling.jobs import Wishes
from scheduling.store import Store, Tenant
from scheduling.store.tables import Webhook, WebhookDelivery
from scheduling.webhooks import hooks
from scheduling.webhooks.addresses import Resolve, look_up
from scheduling.webhooks.sending import PAUSES, Dispatcher
from tests.formats.little_school import PROBLEM, TIMETABLE
from tests.scheduling.webhooks.receiver import HOST, Receiver, certificate, receiving
from tests.service import SECRET, StandingClock

SEALER = Sealer(SECRET)
EVENTS = ["job.finished", "timetable.published"]


@pytest.fixture
def clock(store: Store) -> StandingClock:
    store.clock = StandingClock()
    return store.clock


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def hook(store: Store, tenant: Tenant, url: str, private: bool = True) -> tuple[str, bytes]:
    """Its id and its secret."""
    with store.write(tenant) as session:
        webhook, secret = hooks.add(session, SEALER, url, EVENTS, private)
        return webhook.id, base64.b64decode(secret.removeprefix("whsec_"))


def announce(store: Store, tenant: Tenant) -> None:
    with store.write(tenant) as session:
        announcing.announce(session, "timetable.published", {"note": "größer"})


def told(store: Store, tenant: Tenant, webhook_id: str) -> list[WebhookDelivery]:
    with store.read(tenant) as session:
        return hooks.deliveries(session, hooks.find(session, webhook_id))


def dispatcher(store: Store, private: bool = True, resolve: Resolve = look_up) -> Dispatcher:
    return Dispatcher(store, SEALER, private, resolve)


def test_a_delivery_is_signed_so_that_the_receiver_can_check_it(
    store: Store, first: Tenant, clock: StandingClock, receiver: Receiver
) -> None:
    webhook_id, secret = hook(store, first, receiver.url("/a?b=c"))
    announce(store, first)
    assert dispatcher(store).deliver() == 1
    ((path, headers, body),) = receiver.heard
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert int(headers["webhook-timestamp"]) == int(clock.now.timestamp())
    (delivery,) = told(store, first, webhook_id)
    assert (delivery.id, delivery.status, delivery.attempts) == (headers["webhook-id"], "delivered", 1)
    assert (path, headers["host"]) == ("/a?b=c", f"127.0.0.1:{receiver.port}")
    assert json.loads(body) == {
        "type": "timetable.published",
        "timestamp": clock.now.isoformat(),
        "data": {"note": "größer"},
    }
    assert dispatcher(store).deliver() == 0


def test_what_fails_is_tried_again_ever_later_under_the_same_id(
    store: Store, first: Tenant, clock: StandingClock, receiver: Receiver
) -> None:
    webhook_id, _ = hook(store, first, receiver.url())
    announce(store, first)
    receiver.answers = [500, 302, 204]
    for pause in PAUSES[:2]:
        assert dispatcher(store).deliver() == 0
        clock.move(seconds=pause - 1)
        assert dispatcher(store).deliver() == 0
        clock.move(seconds=1)
    assert [row.error for row in told(store, first, webhook_id)] == ["answered with status 302"]
    assert dispatcher(store).deliver() == 1
    assert len({headers["webhook-id"] for _, headers, _ in receiver.heard}) == 1
    assert len(receiver.heard) == 3


@pytest.mark.parametrize("answer", [500, 410])
def test_it_is_given_up_in_the_end_and_can_be_sent_again(
    store: Store, first: Tenant, clock: StandingClock, receiver: Receiver, answer: int
) -> None:
    webhook_id, _ = hook(store, first, receiver.url())
    announce(store, first)
    receiver.answers = [answer]
    for pause in (0, *PAUSES, *PAUSES):
        clock.move(seconds=pause)
        dispatcher(store).deliver()
    (row,) = told(store, first, webhook_id)
    assert (row.status, row.attempts) == ("given up", 1 if answer == 410 else len(PAUSES) + 1)
    receiver.answers = [200]
    with store.write(first) as session:
        hooks.send_again(session, hooks.find(session, webhook_id), row.id)
    assert dispatcher(store).deliver() == 1


def test_nobody_there_is_no_end(store: Store, first: Tenant, clock: StandingClock) -> None:
    with receiving() as gone:
        address = gone.url()
    webhook_id, _ = hook(store, first, address)
    announce(store, first)
    assert dispatcher(store).deliver() == 0
    (row,) = told(store, first, webhook_id)
    assert (row.status, row.error) == ("waiting", "not reached: ConnectError")
    assert row.next_at == clock.now + timedelta(seconds=PAUSES[0])


def test_a_name_that_leads_home_is_refused_when_it_is_called(store: Store, first: Tenant, receiver: Receiver) -> None:
    webhook_id, _ = hook(store, first, f"https://rebound.example.org:{receiver.port}/", private=False)
    announce(store, first)
    answers = iter([["8.8.8.8", "127.0.0.1"]])
    assert dispatcher(store, private=False, resolve=lambda *_: next(answers)).deliver() == 0
    (row,) = told(store, first, webhook_id)
    assert row.status == "given up"
    assert str(row.error).startswith("refused: rebound.example.org leads to 127.0.0.1")
    assert receiver.heard == []


def test_the_connection_goes_to_the_checked_address_under_the_right_name(
    store: Store, first: Tenant, tmp_path: Path
) -> None:
    server, client = certificate(tmp_path)
    with receiving(server) as receiver:
        hook(store, first, receiver.url(scheme="https", host=HOST))
        announce(store, first)
        sent = Dispatcher(store, SEALER, True, lambda *_: ["127.0.0.1"], client).deliver()
    assert sent == 1
    assert receiver.heard[0][1]["host"] == f"{HOST}:{receiver.port}"


def test_a_certificate_of_another_name_is_not_believed(store: Store, first: Tenant, tmp_path: Path) -> None:
    server, client = certificate(tmp_path, "other.example.org")
    with receiving(server) as receiver:
        webhook_id, _ = hook(store, first, receiver.url(scheme="https", host=HOST))
        announce(store, first)
        assert Dispatcher(store, SEALER, True, lambda *_: ["127.0.0.1"], client).deliver() == 0
    assert receiver.heard == []
    assert told(store, first, webhook_id)[0].error == "not reached: ConnectError"


def test_what_is_paused_waits_and_what_is_deleted_is_forgotten(store: Store, first: Tenant, receiver: Receiver) -> None:
    webhook_id, _ = hook(store, first, receiver.url())
    announce(store, first)
    with store.write(first) as session:
        hooks.change(session, hooks.find(session, webhook_id), True, active=False)
    assert dispatcher(store).deliver() == 0
    with store.write(first) as session:
        hooks.change(session, hooks.find(session, webhook_id), True, active=True)
    assert dispatcher(store).deliver() == 1
    announce(store, first)
    with store.write(first) as session:
        hooks.remove(session, hooks.find(session, webhook_id))
    assert dispatcher(store).deliver() == 0
    assert len(receiver.heard) == 1


def test_only_ones_own_events_are_heard_of(store: Store, first: Tenant, other: Tenant, receiver: Receiver) -> None:
    hook(store, first, receiver.url("/first"))
    hook(store, other, receiver.url("/other"))
    announce(store, first)
    assert dispatcher(store).deliver() == 1
    assert [path for path, _, _ in receiver.heard] == ["/first"]


def test_a_published_timetable_and_an_ended_job_are_announced(store: Store, first: Tenant, receiver: Receiver) -> None:
    hook(store, first, receiver.url())
    with store.write(first) as session:
        problem = library.keep_problem(session, PROBLEM, "School", {})
        judged = library.judge(PROBLEM, TIMETABLE)
        timetable = library.keep_timetable(session, problem.id, TIMETABLE, judged, "upload").id
        versions.publish(session, timetable, session.now.date(), "first")
        job = jobs.submit(session, problem.id, Wishes())
        jobs.cancel(session, job.id)
    assert dispatcher(store).deliver() == 2
    heard = {event["type"]: event["data"] for event in (json.loads(body) for _, _, body in receiver.heard)}
    published, ended = heard["timetable.published"], heard["job.finished"]
    assert (published["version"], published["timetable"], published["note"]) == (1, timetable, "first")
    assert (ended["job"], ended["kind"], ended["status"]) == (job.id, "solve", "cancelled")


def test_what_was_not_stored_is_not_announced(store: Store, first: Tenant, receiver: Receiver) -> None:
    hook(store, first, receiver.url())

    def announce_and_fail() -> None:
        with store.write(first) as session:
            announcing.announce(session, "timetable.published", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        announce_and_fail()
    assert dispatcher(store).deliver() == 0


def test_one_delivery_is_sent_by_one_of_several_workers(store: Store, first: Tenant, receiver: Receiver) -> None:
    from concurrent.futures import ThreadPoolExecutor

    hook(store, first, receiver.url())
    for _ in range(5):
        announce(store, first)
    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(lambda _: dispatcher(store).deliver(), range(4))) == 5
    assert len(receiver.heard) == 5


def test_secrets_are_stored_sealed_and_can_be_renewed(store: Store, first: Tenant, receiver: Receiver) -> None:
    webhook_id, secret = hook(store, first, receiver.url())
    with store.write(first) as session:
        webhook: Webhook = hooks.find(session, webhook_id)
        assert secret not in webhook.sealed
        renewed = hooks.renew_secret(session, SEALER, webhook)
    assert renewed != hooks.shown(secret)
    announce(store, first)
    assert dispatcher(store).deliver() == 1
