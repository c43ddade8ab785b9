"""What all tables share: names of constraints, instants, owners, and foreign keys that stay inside an organisation."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

Json = dict[str, Any]
"""A JSON object."""

ID = 36
"""Characters of an id."""


def new_id() -> str:
    """A random UUID as text."""
    return str(uuid.uuid4())


def canonical(value: object) -> str:
    """JSON with sorted keys and no blanks: equal values give equal text, so its hash names the value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Instant(TypeDecorator[datetime]):
    """A point of time: aware in Python, UTC in the database. A naive datetime raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone; instants need one")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Instant, Json: JSON(none_as_null=True), list[str]: JSON}  # noqa: RUF012


class Owned:
    """A row of one organisation. The session fills organisation_id in and shows no row of others."""

    organisation_id: Mapped[str] = mapped_column(
        String(ID), ForeignKey("organisations.id", ondelete="RESTRICT"), index=True
    )


class Created:
    """created_at: instant of the transaction that stored the row, filled in by the session."""

    created_at: Mapped[datetime]


class Counted:
    """Changes of such rows are counted, so that what was made of them can be kept (`scheduling.store.counting`)."""


class Record(Owned, Created):
    """The usual row: an opaque id, an owner, an instant. `owned` lets other tables refer to it."""

    id: Mapped[str] = mapped_column(String(ID), primary_key=True, default=new_id)


def owned(*more: Any) -> tuple[Any, ...]:
    """For __table_args__ of a Record that other tables refer to by `inside`; more: further arguments."""
    return (UniqueConstraint("organisation_id", "id"), *more)


def inside(column: str, table: str) -> ForeignKeyConstraint:
    """A foreign key to a Record that cannot lead out of the organisation."""
    return ForeignKeyConstraint(["organisation_id", column], [f"{table}.organisation_id", f"{table}.id"])
