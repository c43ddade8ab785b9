"""Brings a database to the tables this program expects, or back."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from scheduling.store.create import create_tables
from scheduling.store.engine import connect_to_migrate
from scheduling.store.errors import translated
from scheduling.store.store import Store

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent / "migrations"
TURN = 0x54696D65
"""Key of the lock that lets one process migrate at a time."""


def newest() -> str:
    """The revision this program expects, read from the names of the files: alembic takes a second to import."""
    return max(path.name[:4] for path in (HERE / "versions").glob("[0-9]*.py"))


def current(store: Store) -> str | None:
    """The revision of the database; None: it has no tables yet."""
    with store.read_across() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        return session.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(url: str, to: str = "head") -> None:
    """One transaction: all steps or none. Two processes at once: the second finds nothing left to do."""
    from alembic import command

    with _alone(url) as connection:
        command.upgrade(_config(connection), to)


def downgrade(url: str, to: str) -> None:
    """to: a revision, or "base" for an empty database."""
    from alembic import command

    with _alone(url) as connection:
        command.downgrade(_config(connection), to)


def create(url: str) -> None:
    """The newest tables in a database without any; one that has some is left as it is."""
    with _alone(url) as connection:
        create_tables(connection, newest())


def make_ready(store: Store, url: str) -> None:
    """Upgrades when the database is older than the program; one without tables gets them at once."""
    if current(store) is None:
        create(url)
    if (current(store) or "") < newest():
        upgrade(url)


@contextmanager
def _alone(url: str) -> Iterator[Connection]:
    """A transaction that no other process migrates beside."""
    engine = connect_to_migrate(url)
    try:
        with closing(engine.connect()) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": TURN})
            yield connection
    except DBAPIError as error:
        raise translated(error) from error
    finally:
        engine.dispose()


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
