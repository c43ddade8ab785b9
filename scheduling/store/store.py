"""The store: transactions that read or write, for one organisation or, where that is the task, across all."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from scheduling.clock import Clock, utc_now
from scheduling.store.engine import ALONE, connect
from scheduling.store.errors import state_of, translated
from scheduling.store.session import StoreSession, Tenant

CHECKPOINTS = 5
"""Attempts one after the other to move all of the log."""


@dataclass(frozen=True)
class Look:
    """What `StoreSession` offers for looking only, across all organisations. now: instant of the look."""

    connection: Connection
    now: datetime

    def rows(
        self, statement: "Select[*tuple[Any, ...]]", asked: Mapping[str, object]
    ) -> "Sequence[Row[*tuple[Any, ...]]]":
        return self.connection.execute(statement, asked).all()


class Store:
    """url: sqlite:///FILE or postgresql://...; clock: gives `session.now`."""

    def __init__(self, url: str, clock: Clock = utc_now) -> None:
        self.engines, self.clock = connect(url), clock

    @property
    def waits_for_nobody(self) -> bool:
        """Whether those who only look wait neither for writers nor for a network: the database is a file."""
        return self.engines.dialect == "sqlite"

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql" """
        return self.engines.dialect

    @contextmanager
    def write(self, tenant: Tenant) -> Iterator[StoreSession]:
        """A transaction of one organisation: committed at the end, rolled back by any exception.

        Raises ConstraintBroken, StoreUnavailable, StoreBusy, StoreFull. Nothing slow inside: on SQLite all wait.
        """
        with self._session(self.engines.write, tenant) as session:
            yield session
        self._settle()

    @contextmanager
    def write_alone(self, tenant: Tenant) -> Iterator[StoreSession]:
        """As `write`, for a single statement that changes something: on SQLite others wait while it runs, not while the
        process that sends it waits for its turn."""
        with self._session(self.engines.write.execution_options(**{ALONE: True}), tenant) as session:
            yield session
        self._settle()

    @contextmanager
    def read(self, tenant: Tenant) -> Iterator[StoreSession]:
        """One unchanging view of an organisation's rows; nothing can be written."""
        with self._session(self.engines.read, tenant) as session:
            yield session

    @contextmanager
    def write_across(self) -> Iterator[StoreSession]:
        """As `write`, over all organisations: for signing in, workers and operators only."""
        with self._session(self.engines.write, None) as session:
            yield session
        self._settle()

    @contextmanager
    def read_across(self) -> Iterator[StoreSession]:
        """As `read`, over all organisations: for signing in, workers and operators only."""
        with self._session(self.engines.read, None) as session:
            yield session

    @contextmanager
    def look_across(self) -> Iterator[Look]:
        """As `read_across`, for a single SELECT of columns: half the work."""
        try:
            with self.engines.read.connect() as connection:
                yield Look(connection.execution_options(**{ALONE: True}), self.clock())
        except (DBAPIError, PoolTimeout) as error:
            raise translated(error) from error

    def _settle(self) -> None:
        """What was committed outlives a power failure from now on. StoreUnavailable, StoreFull."""
        try:
            if self.engines.syncing:
                self.engines.syncing.wait()
        except OSError as error:
            raise state_of(str(error)) from error

    def ping(self) -> None:
        """Returns when the database answers; StoreUnavailable otherwise."""
        with self.read_across() as session:
            session.execute(text("SELECT 1"))

    def checkpoint(self) -> bool:
        """On SQLite moves what was written from the write-ahead log into the file, while others go on writing; whether
        all of it was moved, so that the log begins anew."""
        return self.dialect != "sqlite" or any(self._moved() for _ in range(CHECKPOINTS))

    def _moved(self) -> bool:
        """The first time may take long, and what is written meanwhile is left."""
        try:
            with self.engines.write.execution_options(**{ALONE: True}).connect() as connection:
                _, written, moved = connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").one()
        except (DBAPIError, PoolTimeout) as error:
            raise translated(error) from error
        return bool(written == moved)

    def close(self) -> None:
        self.engines.dispose()

    @contextmanager
    def _session(self, engine: Engine, tenant: Tenant | None) -> Iterator[StoreSession]:
        session = StoreSession(engine, expire_on_commit=False)
        session.tenant, session.now, session.changed = tenant, self.clock(), set()
        try:
            with session.begin():
                yield session
        except (DBAPIError, PoolTimeout) as error:
            raise translated(error) from error
        finally:
            session.close()
