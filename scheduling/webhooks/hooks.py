"""Which addresses want to hear of which events; their secrets, and what became of each delivery."""

import base64
import os
from collections.abc import Sequence

from sqlalchemy import select

from scheduling.announcing import EVENTS, delivery
from scheduling.errors import Conflict, Invalid, NotFound
from scheduling.identity.secrets import Sealer
from scheduling.store import StoreSession
from scheduling.store.audit import record
from scheduling.store.base import Json, new_id
from scheduling.store.tables import Webhook, WebhookDelivery
from scheduling.webhooks.addresses import check_url

MOST = 50
"""Webhooks of one organisation."""
SHOWN = 100
"""Deliveries told at once."""
PREFIX = "whsec_"
"""Of secrets, as https://www.standardwebhooks.com has them."""


def add(session: StoreSession, sealer: Sealer, url: str, events: Sequence[str], private: bool) -> tuple[Webhook, str]:
    """The webhook and its secret, which is never told again. private: as of `check_url`. Invalid, Conflict."""
    if len(webhooks(session)) >= MOST:
        raise Conflict(f"There are {MOST} webhooks already; delete some first.")
    secret = _new_secret()
    webhook = Webhook(id=new_id(), url=check_url(url, private), events=_checked(events))
    webhook.sealed = sealer.seal(secret, name_of(webhook))
    webhook.created_by = session.tenant.actor_id if session.tenant else None
    session.add(webhook)
    session.flush()
    record(session, "created", "webhook", webhook.id, None, _told(webhook))
    return webhook, shown(secret)


def change(
    session: StoreSession,
    webhook: Webhook,
    private: bool,
    url: str | None = None,
    events: Sequence[str] | None = None,
    active: bool | None = None,
) -> None:
    """None: stays as it is."""
    before = _told(webhook)
    if url is not None:
        webhook.url = check_url(url, private)
    if events is not None:
        webhook.events = _checked(events)
    if active is not None:
        webhook.active = active
    if before != _told(webhook):
        record(session, "updated", "webhook", webhook.id, before, _told(webhook))


def renew_secret(session: StoreSession, sealer: Sealer, webhook: Webhook) -> str:
    """The new secret, which is never told again; deliveries are signed with it from now on."""
    secret = _new_secret()
    webhook.sealed = sealer.seal(secret, name_of(webhook))
    record(session, "rotated", "webhook", webhook.id)
    return shown(secret)


def remove(session: StoreSession, webhook: Webhook) -> None:
    """With its deliveries."""
    record(session, "deleted", "webhook", webhook.id, _told(webhook))
    for row in session.scalars(select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id)):
        session.delete(row)
    session.flush()
    session.delete(webhook)


def webhooks(session: StoreSession) -> list[Webhook]:
    return list(session.scalars(select(Webhook).order_by(Webhook.created_at, Webhook.id)))


def find(session: StoreSession, webhook_id: str) -> Webhook:
    found = session.get(Webhook, webhook_id)
    if found is None:
        raise NotFound("There is no webhook of this id.")
    return found


def deliveries(session: StoreSession, webhook: Webhook) -> list[WebhookDelivery]:
    """The latest first."""
    of_it = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id)
    latest = of_it.order_by(WebhookDelivery.created_at.desc(), WebhookDelivery.id.desc())
    return list(session.scalars(latest.limit(SHOWN)))


def try_out(session: StoreSession, webhook: Webhook) -> WebhookDelivery:
    """An event that says nothing, whatever the webhook wants to hear of."""
    row = delivery(session, webhook, "test", {"webhook": webhook.id})
    session.add(row)
    session.flush()
    record(session, "tried", "webhook", webhook.id)
    return row


def send_again(session: StoreSession, webhook: Webhook, delivery_id: str) -> WebhookDelivery:
    """Once more from the beginning, under the id it had."""
    row = session.get(WebhookDelivery, delivery_id)
    if row is None or row.webhook_id != webhook.id:
        raise NotFound("There is no delivery of this id.")
    before, row.status, row.attempts, row.next_at, row.error = row.status, "waiting", 0, session.now, None
    record(session, "sent again", "webhook delivery", row.id, {"status": before}, {"status": row.status})
    return row


def name_of(webhook: Webhook) -> str:
    """For the sealer."""
    return f"webhook:{webhook.id}"


def shown(secret: bytes) -> str:
    return PREFIX + base64.b64encode(secret).decode()


def _new_secret() -> bytes:
    return os.urandom(32)


def _checked(events: Sequence[str]) -> list[str]:
    unknown = [event for event in events if event not in EVENTS]
    if unknown or not events:
        raise Invalid(f"Name at least one of {', '.join(EVENTS)}.", {"events": "unknown or empty"})
    return list(dict.fromkeys(events))


def _told(webhook: Webhook) -> Json:
    return {"url": webhook.url, "events": list(webhook.events), "active": webhook.active is not False}
