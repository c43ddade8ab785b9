"""Events that webhooks hear of: stored with the change that causes them, delivered by `scheduling.webhooks`."""

from typing import Literal

from sqlalchemy import select

from scheduling.store import StoreSession
from scheduling.store.base import Json
from scheduling.store.tables import Job, Version, Webhook, WebhookDelivery

Event = Literal["job.finished", "timetable.published", "test"]
EVENTS: tuple[Event, ...] = ("job.finished", "timetable.published")
"""Those that a webhook may ask for; "test" is sent when somebody tries it out."""


def job_ended(session: StoreSession, job: Job) -> None:
    """Done, failed or cancelled."""
    result = job.result or {}
    data = {
        "job": job.id,
        "kind": job.kind,
        "status": job.status,
        "problem": job.problem_id,
        "timetable": job.timetable_id,
        "outcome": result.get("status"),
        "sentence": job.error or result.get("sentence"),
        "stale": job.stale,
    }
    announce(session, "job.finished", data)


def published(session: StoreSession, version: Version) -> None:
    data = {
        "version": version.number,
        "timetable": version.timetable_id,
        "effective_from": version.effective_from.isoformat(),
        "note": version.note,
    }
    announce(session, "timetable.published", data)


def announce(session: StoreSession, event: Event, data: Json) -> None:
    """To every webhook of the organisation that wants to hear of it."""
    for webhook in session.scalars(select(Webhook).where(Webhook.active).order_by(Webhook.created_at, Webhook.id)):
        if event in webhook.events:
            session.add(delivery(session, webhook, event, data))


def delivery(session: StoreSession, webhook: Webhook, event: Event, data: Json) -> WebhookDelivery:
    payload = {"type": event, "timestamp": session.now.isoformat(), "data": data}
    return WebhookDelivery(webhook_id=webhook.id, event=event, payload=payload, next_at=session.now)
