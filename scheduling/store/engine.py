"""Connections: a SQLite file by default, PostgreSQL by its URL; writers and readers apart."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from scheduling.errors import Invalid
from scheduling.store.syncing import Syncing

ALONE = "one_statement"
"""Execution option: the transaction has a single statement, which on SQLite begins and ends it."""
LOG_PAGES = 10_000
"""Pages of SQLite's write-ahead log at which whoever writes moves them into the file himself, which takes long. Workers
do it sooner (`Store.checkpoint`)."""
BUSY_SECONDS = 30
"""How long a writer waits for another one."""
READERS = 16
"""Connections that one process keeps for reading SQLite; also those of a pool on PostgreSQL."""


@dataclass(frozen=True)
class Engines:
    """write: for transactions that change something; read: for those that only look; syncing: what is to be waited for
    after a commit, None where the commit itself waits."""

    write: Engine
    read: Engine
    syncing: Syncing | None = None

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql" """
        return self.write.dialect.name

    def dispose(self) -> None:
        self.write.dispose()
        self.read.dispose()


def parse_url(text: str) -> URL:
    """Accepts sqlite:///FILE and postgresql://...; anything else raises Invalid. Drivers are ours to choose."""
    try:
        url = make_url(text)
    except Exception as error:
        raise Invalid("The database URL cannot be read; expected sqlite:///FILE or postgresql://...") from error
    kind = url.get_backend_name()
    if kind == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite+pysqlite")
    if kind in ("postgresql", "postgres"):
        # a server without a locale keeps bytes and would give them back as they are
        return url.set(drivername="postgresql+psycopg").update_query_dict({"client_encoding": "utf8"})
    raise Invalid(f"The database URL is of kind {kind!r}; expected sqlite:///FILE or postgresql://...")


def connect(text: str) -> Engines:
    """Nothing is opened yet; a folder missing for a SQLite file is made."""
    url = parse_url(text)
    return _postgresql(url) if url.get_backend_name() == "postgresql" else _sqlite(url)


def _sqlite(url: URL) -> Engines:
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    # One writer per process: threads queue for the connection instead of sleeping on the file's lock.
    write = create_engine(url, pool_size=1, max_overflow=0, pool_timeout=BUSY_SECONDS)
    # There is always one more for a reader, and the one used last has the pages at hand.
    read = create_engine(url, pool_size=READERS, max_overflow=-1, pool_use_lifo=True)
    # Commits do not sync the log while they hold others up: `Store` waits for that afterwards.
    _prepare(write, "BEGIN IMMEDIATE", "synchronous=NORMAL", "foreign_keys=ON", f"wal_autocheckpoint={LOG_PAGES}")
    _prepare(read, "BEGIN", "query_only=ON")
    syncing = Syncing(Path(f"{Path(str(url.database)).resolve()}-wal"))
    event.listen(write, "connect", lambda *_: syncing.renewed())
    return Engines(write, read, syncing)


def _prepare(engine: Engine, begin: str, *pragmas: str) -> None:
    """begin: how transactions start; pragmas: beside those all connections get."""

    def opened(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # sqlite3 would begin transactions by itself
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "journal_mode=WAL", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(connection: Connection) -> None:
        if not connection.get_execution_options().get(ALONE):
            connection.exec_driver_sql(begin)

    event.listen(engine, "connect", opened)
    event.listen(engine, "begin", begun)


def connect_to_migrate(text: str) -> Engine:
    """For migrations: on SQLite tables are rebuilt, which foreign keys would hinder, and statements may take long."""
    url = parse_url(text)
    if url.get_backend_name() == "postgresql":
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 5})
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=NullPool)
    _prepare(engine, "BEGIN IMMEDIATE", "synchronous=FULL", "foreign_keys=OFF")
    return engine


def _postgresql(url: URL) -> Engines:
    settings = (
        "-c timezone=UTC -c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=120s"
    )
    engine = create_engine(
        url,
        pool_size=READERS,
        max_overflow=READERS,
        pool_timeout=BUSY_SECONDS,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "options": settings},
    )
    return Engines(engine, engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True))
