"""The keys that sign JWTs: one signs, retired ones still verify until the last token they signed has expired."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from scheduling.identity.secrets import Sealer
from scheduling.store import Store, StoreSession
from scheduling.store.base import new_id
from scheduling.store.tables import SigningKey

FRESH = timedelta(seconds=60)
"""How long another process may go on signing with a key that has been retired."""


@dataclass(frozen=True)
class Key:
    """secret: 32 bytes for HS256; verifies_until: None while it signs."""

    id: str
    secret: bytes
    verifies_until: datetime | None


class SigningKeys:
    """lifetime: of the tokens."""

    def __init__(self, store: Store, sealer: Sealer, lifetime: timedelta) -> None:
        self.store, self.sealer, self.lifetime = store, sealer, lifetime
        self.known: dict[str, Key] = {}
        self.read_at: datetime | None = None

    def current(self) -> Key:
        """The key to sign with; the first call ever makes it."""
        self._refresh()
        signing = [key for key in self.known.values() if key.verifies_until is None]
        return signing[-1] if signing else self.rotate(only_if_none=True)

    def find(self, key_id: str) -> Key | None:
        """None: never existed, or nothing it signed can still be valid."""
        if key_id not in self.known:
            self.read_at = None
        self._refresh()
        key = self.known.get(key_id)
        expired = key is not None and key.verifies_until is not None and key.verifies_until < self.store.clock()
        return None if expired else key

    def rotate(self, only_if_none: bool = False) -> Key:
        """From now on a new key signs."""
        with self.store.write_across() as session:
            session.lock("signing-keys")
            signing = session.scalars(select(SigningKey).where(SigningKey.retired_at.is_(None))).all()
            if not (only_if_none and signing):
                for row in signing:
                    row.retired_at = session.now
                self._add(session)
        self.read_at = None
        return self.current()

    def _add(self, session: StoreSession) -> None:
        key_id = new_id()
        session.add(SigningKey(id=key_id, sealed=self.sealer.seal(os.urandom(32), f"signing-key:{key_id}")))

    def _refresh(self) -> None:
        now = self.store.clock()
        if self.read_at is not None and now - self.read_at < FRESH:
            return
        with self.store.read_across() as session:
            rows = session.scalars(select(SigningKey).order_by(SigningKey.created_at, SigningKey.id)).all()
        self.known = {row.id: self._key(row) for row in rows}
        self.read_at = now

    def _key(self, row: SigningKey) -> Key:
        known = self.known.get(row.id)
        secret = known.secret if known else self.sealer.open(row.sealed, f"signing-key:{row.id}")
        return Key(row.id, secret, row.retired_at + self.lifetime + FRESH if row.retired_at else None)
