"""Answers given to requests that carried an Idempotency-Key."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.store.base import ID, Base, Record, inside


class StoredAnswer(Record, Base):
    """place: method and path; fingerprint: SHA-256 of the request; the rest is the answer, to be given again."""

    __tablename__ = "answers"
    __table_args__ = (
        inside("person_id", "people"),
        UniqueConstraint("organisation_id", "person_id", "place", "key"),
        Index("ix_answers_expires_at", "expires_at"),
    )

    person_id: Mapped[str] = mapped_column(String(ID))
    place: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(200))
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]
