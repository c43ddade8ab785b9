"""Webhooks: /v1/webhooks says which addresses hear of which events, and what became of each delivery."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api.entrance import ForTenant, Found
from api.once import Answer
from api.permissions import ADMINISTERING, Access
from scheduling.store.tables import Webhook, WebhookDelivery
from scheduling.webhooks import hooks

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])

# An answer that is kept for Idempotency-Key would keep the secret, which may be stored encrypted only.
MAKING = Access(ADMINISTERING.roles, key=False)
ACCESS: dict[str, Access] = {
    "POST /v1/webhooks": MAKING,
    "GET /v1/webhooks": ADMINISTERING,
    "GET /v1/webhooks/{webhook_id}": ADMINISTERING,
    "PATCH /v1/webhooks/{webhook_id}": ADMINISTERING,
    "DELETE /v1/webhooks/{webhook_id}": ADMINISTERING,
    "POST /v1/webhooks/{webhook_id}/secret": MAKING,
    "POST /v1/webhooks/{webhook_id}/test": ADMINISTERING,
    "GET /v1/webhooks/{webhook_id}/deliveries": ADMINISTERING,
    "POST /v1/webhooks/{webhook_id}/deliveries/{delivery_id}": ADMINISTERING,
}
Url = Annotated[str, Field(max_length=2000, description="https:// and a public host.")]
Events = Annotated[list[str], Field(max_length=20, description='"job.finished", "timetable.published".')]


class NewWebhook(BaseModel):
    model_config = ConfigDict(extra="forbid")

    url: Url
    events: Events


class Changes(BaseModel):
    """What is not given stays. active: false pauses the deliveries."""

    model_config = ConfigDict(extra="forbid")

    url: Url | None = None
    events: Events | None = None
    active: bool | None = None


class WebhookOut(BaseModel):
    id: str
    url: str
    events: list[str]
    active: bool
    created_at: datetime


class MadeWebhook(WebhookOut):
    """secret: shown this once; deliveries are signed with it."""

    secret: str


class Secret(BaseModel):
    """Shown this once."""

    secret: str


class DeliveryOut(BaseModel):
    """status: waiting, delivered or given up; next_at: of the next attempt, while it waits; error: of the last."""

    id: str
    event: str
    status: str
    attempts: int
    created_at: datetime
    next_at: datetime | None
    delivered_at: datetime | None
    error: str | None
    payload: dict[str, Any]


@router.post("", status_code=201)
def add_webhook(body: NewWebhook, tenant: ForTenant, found: Found) -> MadeWebhook:
    """Every event is a POST of JSON with `type`, `timestamp` and `data`, signed as standardwebhooks.com has it: headers
    `webhook-id`, `webhook-timestamp`, `webhook-signature`. Anything but a 2xx is tried again for more than a day."""
    with found.store.write(tenant) as session:
        sealer, private = found.identity.sealer, found.settings.webhooks_private
        webhook, secret = hooks.add(session, sealer, body.url, body.events, private)
        return MadeWebhook(**_out(webhook).model_dump(), secret=secret)


@router.get("")
def get_webhooks(tenant: ForTenant, found: Found) -> list[WebhookOut]:
    """Of the organisation, oldest first."""
    with found.store.read(tenant) as session:
        return [_out(webhook) for webhook in hooks.webhooks(session)]


@router.get("/{webhook_id}")
def get_webhook(webhook_id: str, tenant: ForTenant, found: Found) -> WebhookOut:
    with found.store.read(tenant) as session:
        return _out(hooks.find(session, webhook_id))


@router.patch("/{webhook_id}")
def change_webhook(webhook_id: str, body: Changes, tenant: ForTenant, found: Found) -> WebhookOut:
    """While it is paused, events are kept and wait."""
    with found.store.write(tenant) as session:
        webhook = hooks.find(session, webhook_id)
        hooks.change(session, webhook, found.settings.webhooks_private, body.url, body.events, body.active)
        return _out(webhook)


@router.delete("/{webhook_id}", status_code=204)
def delete_webhook(webhook_id: str, tenant: ForTenant, found: Found) -> Response:
    """With its deliveries."""
    with found.store.write(tenant) as session:
        hooks.remove(session, hooks.find(session, webhook_id))
    return Response(status_code=204)


@router.post("/{webhook_id}/secret")
def renew_secret(webhook_id: str, tenant: ForTenant, found: Found) -> Secret:
    """A new secret; the old one ends at once."""
    with found.store.write(tenant) as session:
        return Secret(secret=hooks.renew_secret(session, found.identity.sealer, hooks.find(session, webhook_id)))


@router.post("/{webhook_id}/test", status_code=202, response_model=DeliveryOut)
def try_webhook(webhook_id: str, answer: Answer) -> Response:
    """Sends an event of type "test"; its delivery tells whether it arrived."""
    return answer(lambda session: _delivery(hooks.try_out(session, hooks.find(session, webhook_id))), 202)


@router.get("/{webhook_id}/deliveries")
def get_deliveries(webhook_id: str, tenant: ForTenant, found: Found) -> list[DeliveryOut]:
    """The latest hundred, latest first."""
    with found.store.read(tenant) as session:
        return [_delivery(row) for row in hooks.deliveries(session, hooks.find(session, webhook_id))]


@router.post("/{webhook_id}/deliveries/{delivery_id}", status_code=202, response_model=DeliveryOut)
def send_again(webhook_id: str, delivery_id: str, answer: Answer) -> Response:
    """Sends it once more, under the same id."""
    return answer(
        lambda session: _delivery(hooks.send_again(session, hooks.find(session, webhook_id), delivery_id)), 202
    )


def _out(webhook: Webhook) -> WebhookOut:
    return WebhookOut(
        id=webhook.id,
        url=webhook.url,
        events=list(webhook.events),
        active=webhook.active,
        created_at=webhook.created_at,
    )


def _delivery(row: WebhookDelivery) -> DeliveryOut:
    return DeliveryOut(
        id=row.id,
        event=row.event,
        status=row.status,
        attempts=row.attempts,
        created_at=row.created_at,
        next_at=row.next_at if row.status == "waiting" else None,
        delivered_at=row.delivered_at,
        error=row.error,
        payload=row.payload,
    )
