"""The audit table; triggers refuse to change or delete its rows."""

from sqlalchemy import BigInteger, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.store.base import ID, Base, Created, Json, Owned


class AuditEntry(Owned, Created, Base):
    """The actor's name is kept beside the id, so that a row says who it was even when the person is gone."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject", "organisation_id", "kind", "subject_id"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    actor_id: Mapped[str | None] = mapped_column(String(ID))
    actor_name: Mapped[str] = mapped_column(String(200), default="")
    door: Mapped[str] = mapped_column(String(40))
    operation: Mapped[str] = mapped_column(String(64), default="")
    action: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str] = mapped_column(String(100))
    old: Mapped[Json | None]
    new: Mapped[Json | None]
