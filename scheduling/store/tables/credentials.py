"""What proves who somebody is: tokens, browser sessions, the keys that sign JWTs, and failed attempts."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.store.base import ID, Base, Created, Record, inside


class ApiToken(Record, Base):
    """digest: SHA-256 of the token, which itself is shown once; scopes: empty: everything the person may do."""

    __tablename__ = "api_tokens"
    __table_args__ = (inside("person_id", "people"),)

    person_id: Mapped[str] = mapped_column(String(ID), index=True)
    name: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class LoginSession(Record, Base):
    """One login, ended by logging out. digest: SHA-256 of the cookie's value; its JWT names the id."""

    __tablename__ = "login_sessions"
    __table_args__ = (inside("person_id", "people"),)

    person_id: Mapped[str] = mapped_column(String(ID), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    address: Mapped[str] = mapped_column(String(100), default="")
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SigningKey(Created, Base):
    """A key of the whole service. sealed: encrypted with the service's secret; retired_at: it signs no more."""

    __tablename__ = "signing_keys"

    id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    retired_at: Mapped[datetime | None]


class LoginFailure(Base):
    """Failed logins in a row. key: digest of what is being guessed at; it need not exist, so nothing is given away."""

    __tablename__ = "login_failures"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]
