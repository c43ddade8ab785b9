"""Guessing passwords is stopped after a few failures in a row, whether the account exists or not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from scheduling.errors import TooMany
from scheduling.identity.secrets import digest
from scheduling.store import Store, StoreSession
from scheduling.store.tables import LoginFailure


@dataclass(frozen=True)
class Lockout:
    """failures: in a row from one address until it is locked out; anywhere: from all addresses together;
    pause: how long it stays locked, and after how long without failures the count begins again."""

    failures: int = 5
    anywhere: int = 50
    pause: timedelta = timedelta(minutes=15)

    def attempt(self, store: Store, email: str, address: str) -> None:
        """Counts an attempt before it is made, so that parallel guesses gain nothing. TooMany while locked."""
        with store.write_across() as session:
            session.lock(f"login:{email}")
            for key, most in self._keys(email, address):
                self._count(session, key, most)

    def succeeded(self, store: Store, email: str, address: str) -> None:
        with store.write_across() as session:
            for key, _ in self._keys(email, address):
                row = session.get(LoginFailure, key)
                if row is not None:
                    session.delete(row)

    def _keys(self, email: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
        return (digest(f"{email}\0{address}"), self.failures), (digest(email), self.anywhere)

    def _count(self, session: StoreSession, key: str, most: int) -> None:
        now = session.now
        row = session.get(LoginFailure, key)
        if row is None:
            row = LoginFailure(key=key, failures=0, last_at=now)
            session.add(row)
        if row.locked_until is not None and row.locked_until > now:
            raise TooMany("Too many failed logins; try again later.", _seconds(row.locked_until - now))
        if row.locked_until is not None or now - row.last_at > self.pause:
            row.failures, row.locked_until = 0, None
        row.failures, row.last_at = row.failures + 1, now
        row.locked_until = _end(now, self.pause) if row.failures >= most else None


def _end(now: datetime, pause: timedelta) -> datetime:
    return now + pause


def _seconds(left: timedelta) -> int:
    return max(1, ceil(left.total_seconds()))
