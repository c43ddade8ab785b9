"""What leaves the house: mails, calendar feeds, webhooks."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.store.base import ID, Base, Json, Record, inside, owned


class Mail(Record, Base):
    """A mail to be sent, stored with the change that causes it. status: "waiting", "sent" or "given up"."""

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_waiting", "status", "next_at"),)

    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    calendar: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


class Feed(Record, Base):
    """A secret calendar address. digest: SHA-256 of the secret; kind and subject: whose week ("teacher", name)."""

    __tablename__ = "feeds"
    __table_args__ = (inside("person_id", "people"),)

    person_id: Mapped[str] = mapped_column(String(ID), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    revoked_at: Mapped[datetime | None]


class Webhook(Record, Base):
    """An address that wants to hear of events. sealed: its signing secret, encrypted with the service's."""

    __tablename__ = "webhooks"
    __table_args__ = owned()

    url: Mapped[str] = mapped_column(String(2000))
    events: Mapped[list[str]]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    active: Mapped[bool] = mapped_column(default=True)
    created_by: Mapped[str | None] = mapped_column(String(ID))


class WebhookDelivery(Record, Base):
    """One event for one webhook; its id lets the receiver recognise repeats. status as of mails."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (inside("webhook_id", "webhooks"), Index("ix_webhook_deliveries_waiting", "status", "next_at"))

    webhook_id: Mapped[str] = mapped_column(String(ID), index=True)
    event: Mapped[str] = mapped_column(String(60))
    payload: Mapped[Json]
    status: Mapped[str] = mapped_column(String(20), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
