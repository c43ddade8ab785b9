"""Webhooks over HTTP: made, looked at, paused, tried out; their secret is shown once."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from scheduling.store.tables import AuditEntry
from scheduling.webhooks import hooks
from scheduling.webhooks.sending import Dispatcher
from tests.scheduling.webhooks.receiver import receiving
from tests.service import Service

HOOK = {"url": "https://example.org/hook", "events": ["job.finished"]}


def made(client: TestClient, **changed: Any) -> dict[str, Any]:
    answer = client.post("/v1/webhooks", json={**HOOK, **changed})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_secret_is_shown_once(service: Service, client: TestClient) -> None:
    webhook = made(client)
    secret = webhook.pop("secret")
    assert secret.startswith("whsec_")
    assert client.get("/v1/webhooks").json() == [webhook]
    assert client.get(f"/v1/webhooks/{webhook['id']}").json() == webhook
    renewed = client.post(f"/v1/webhooks/{webhook['id']}/secret").json()["secret"]
    assert renewed != secret
    with service.services.store.read(service.tenant("director")) as session:
        entries = [entry for entry in session.scalars(select(AuditEntry)) if entry.kind == "webhook"]
    assert [entry.action for entry in entries] == ["created", "rotated"]
    assert not any(x in str((entry.old, entry.new)) for entry in entries for x in (secret, renewed))


def test_it_is_changed_paused_and_deleted(client: TestClient) -> None:
    address = f"/v1/webhooks/{made(client)['id']}"
    changed = client.patch(address, json={"active": False, "events": ["timetable.published"]}).json()
    assert (changed["active"], changed["events"], changed["url"]) == (False, ["timetable.published"], HOOK["url"])
    assert client.patch(address, json={}).json() == changed
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://example.org"},
        {"url": "https://10.0.0.1/"},
        {"url": "https://localhost"},
        {"url": "nothing"},
        {"url": "https://example.org/" + "x" * 2000},
        {"events": []},
        {"events": ["job.begun"]},
        {"events": ["job.finished"] * 21},
        {"more": 1},
    ],
)
def test_what_cannot_be_a_webhook_is_refused(client: TestClient, wrong: dict[str, Any]) -> None:
    webhook = made(client)
    assert client.post("/v1/webhooks", json={**HOOK, **wrong}).status_code == 422
    assert client.patch(f"/v1/webhooks/{webhook['id']}", json=wrong).status_code == 422


def test_only_so_many(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "MOST", 2)
    made(client)
    made(client)
    assert client.post("/v1/webhooks", json=HOOK).status_code == 409


def test_trying_it_out_tells_what_became_of_it(sqlite_database: str) -> None:
    service = Service(sqlite_database, (), webhooks_private=True)
    client, found = service.client("director", "director"), service.services
    with receiving() as receiver:
        receiver.answers = [503, 200]
        webhook = made(client, url=receiver.url())
        address = f"/v1/webhooks/{webhook['id']}"
        tried = client.post(f"{address}/test").json()
        assert (tried["event"], tried["status"], tried["attempts"]) == ("test", "waiting", 0)
        Dispatcher(found.store, found.identity.sealer, private=True).deliver()
        (row,) = client.get(f"{address}/deliveries").json()
        assert (row["status"], row["error"], row["attempts"]) == ("waiting", "answered with status 503", 1)
        assert client.post(f"{address}/deliveries/{row['id']}").json()["attempts"] == 0
        Dispatcher(found.store, found.identity.sealer, private=True).deliver()
        (row,) = client.get(f"{address}/deliveries").json()
    assert (row["status"], row["error"], row["next_at"]) == ("delivered", None, None)
    assert client.post(f"{address}/deliveries/nothing").status_code == 404
    service.close()
