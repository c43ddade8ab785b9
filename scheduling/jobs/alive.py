"""Who is alive: each worker holds a lock that the operating system or the database takes away when it dies."""

import fcntl
import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from scheduling.store.engine import parse_url
from scheduling.store.errors import translated

KIND = 77
"""First key of the advisory locks of workers."""


class Liveness(Protocol):
    """Of the worker it was made for."""

    def hold(self) -> None:
        """Says that this worker lives; repeated now and then, as a connection may be lost."""

    def is_dead(self, worker: str) -> bool:
        """Of another worker; False while that cannot be told."""

    def release(self) -> None: ...


def liveness(url: str, worker: str) -> Liveness:
    parsed = parse_url(url)
    if parsed.get_backend_name() == "postgresql":
        return Advisory(url, worker)
    return Files(Path(f"{parsed.database}-workers"), worker)


class Files:
    """Locks on files beside a SQLite database: `flock` ends with the process."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder, self.worker, self.descriptor = folder, worker, -1

    def hold(self) -> None:
        if self.descriptor < 0:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.descriptor = os.open(self.folder / self.worker, os.O_CREAT | os.O_RDWR, 0o600)
            fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    def is_dead(self, worker: str) -> bool:
        file = self.folder / worker
        try:
            other = os.open(file, os.O_RDWR)
        except FileNotFoundError:
            return True
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(other)
        file.unlink(missing_ok=True)
        return True

    def release(self) -> None:
        if self.descriptor >= 0:
            (self.folder / self.worker).unlink(missing_ok=True)
            os.close(self.descriptor)
            self.descriptor = -1


class Advisory:
    """Advisory locks on a connection of their own, which the server ends with the worker; not through a pooler."""

    def __init__(self, url: str, worker: str) -> None:
        connecting = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
        self.engine = create_engine(
            parse_url(url), poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=connecting
        )
        self.worker, self.connection = worker, None

    connection: Connection | None

    def hold(self) -> None:
        try:
            if self.connection is None:
                self.connection = self.engine.connect()
                self._ask("SELECT pg_advisory_lock(:kind, :key)", self.worker)
            else:
                self.connection.execute(text("SELECT 1"))
        except DBAPIError as error:
            self.release()
            raise translated(error) from error

    def is_dead(self, worker: str) -> bool:
        try:
            if self.connection is None or not self._ask("SELECT pg_try_advisory_lock(:kind, :key)", worker):
                return False
            self._ask("SELECT pg_advisory_unlock(:kind, :key)", worker)
            return True
        except DBAPIError as error:
            self.release()
            raise translated(error) from error

    def _ask(self, statement: str, worker: str) -> object:
        assert self.connection is not None
        return self.connection.execute(text(statement), {"kind": KIND, "key": _key(worker)}).scalar()

    def release(self) -> None:
        if self.connection is not None:
            with suppress(DBAPIError):
                self.connection.execute(text("SELECT pg_advisory_unlock_all()"))
            self.connection.invalidate()
            self.connection.close()
            self.connection = None


def _key(worker: str) -> int:
    return int.from_bytes(blake2b(worker.encode(), digest_size=4).digest(), "big", signed=True)
