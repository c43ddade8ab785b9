"""Fixtures: empty databases with all tables, of both kinds, fresh for each test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from scheduling.store.migrate import upgrade
from tests import postgresql

__all__ = [
    "database",
    "empty_postgresql",
    "migrated_postgresql",
    "migrated_sqlite",
    "postgresql_database",
    "postgresql_server",
    "sqlite_database",
]


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """URL of a server; tests that need it are skipped where there is none."""
    try:
        with postgresql.server() as url:
            yield url
    except postgresql.Missing as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


@pytest.fixture
def empty_postgresql(postgresql_server: str) -> Iterator[Callable[[str], str]]:
    """Makes databases on the server: the argument is the template, "" for none."""
    made: list[str] = []

    def make(template: str) -> str:
        name = f"tw_{uuid4().hex}"
        postgresql.execute(postgresql_server, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        made.append(name)
        return postgresql.other(postgresql_server, name)

    yield make
    for name in made:
        postgresql.execute(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> Iterator[str]:
    """Name of a template database with all tables."""
    name = f"tw_template_{uuid4().hex}"
    postgresql.execute(postgresql_server, f"CREATE DATABASE {name}")
    upgrade(postgresql.other(postgresql_server, name))
    yield name
    postgresql.execute(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_database(migrated_sqlite: Path, tmp_path: Path) -> str:
    """URL of an empty SQLite file with all tables."""
    file = tmp_path / "timewright.db"
    shutil.copy(migrated_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_database(migrated_postgresql: str, empty_postgresql: Callable[[str], str]) -> str:
    """URL of an empty PostgreSQL database with all tables."""
    return empty_postgresql(migrated_postgresql)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """URL of an empty database with all tables; the test runs once for each kind."""
    return str(request.getfixturevalue(f"{request.param}_database"))
