"""Migrations and classes say the same, up and down, on both kinds of database; and data survives an upgrade."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from scheduling.identity.people import add_organisation
from scheduling.store import Store
from scheduling.store.base import Base
from scheduling.store.migrate import HERE, create, current, downgrade, make_ready, newest, upgrade
from scheduling.store.tables import Organisation


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'folder' / 'empty.db'}"
    make: Callable[[str], str] = request.getfixturevalue("empty_postgresql")
    return make("")


@pytest.fixture
def store(empty: str) -> Iterator[Store]:
    store = Store(empty)
    yield store
    store.close()


def shape(store: Store) -> tuple[dict[str, object], list[str]]:
    """Everything about the tables that matters, and what else there is."""
    with store.read_across() as session:
        found = inspect(session.connection())
        tables: dict[str, object] = {
            table: (
                sorted(str(column) for column in found.get_columns(table)),
                sorted(str(key) for key in found.get_foreign_keys(table)),
                sorted(_told(index) for index in found.get_indexes(table)),
                sorted(_told(key) for key in found.get_unique_constraints(table)),
                _told(found.get_pk_constraint(table)),
            )
            for table in found.get_table_names()
        }
        kind = "SELECT name FROM sqlite_master WHERE type = 'trigger'" if store.dialect == "sqlite" else FUNCTIONS
        return tables, sorted(session.execute(text(kind)).scalars())


def _told(thing: Mapping[str, Any]) -> str:
    """With the condition of a partial index, which is no plain value."""
    options = thing.get("dialect_options") or {}
    return str(sorted((name, str(value)) for name, value in {**thing, **options, "dialect_options": ""}.items()))


FUNCTIONS = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prolang <> 13"


def test_the_classes_are_what_the_migrations_make(store: Store, empty: str) -> None:
    upgrade(empty)
    with store.read_across() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_step_can_be_taken_back_and_taken_again(store: Store, empty: str) -> None:
    steps = [revision.revision for revision in reversed(list(ScriptDirectory(str(HERE)).walk_revisions()))]
    shapes = []
    for step in steps:
        upgrade(empty, step)
        shapes.append(shape(store))
    for before in reversed(range(len(steps))):
        assert current(store) == steps[before]
        assert shape(store) == shapes[before]
        downgrade(empty, steps[before - 1] if before else "base")
    assert current(store) is None
    upgrade(empty)
    assert shape(store) == shapes[-1]


def test_nothing_is_left_after_going_back_to_the_beginning(store: Store, empty: str) -> None:
    upgrade(empty)
    downgrade(empty, "base")
    tables, others = shape(store)
    assert (set(tables), others) == ({"alembic_version"}, [])


def test_the_revisions_are_one_line_and_named_by_their_number() -> None:
    scripts = ScriptDirectory(str(HERE))
    assert scripts.get_heads() == [newest()]
    files = sorted(path.name[:4] for path in (HERE / "versions").glob("[0-9]*.py"))
    assert files == sorted(revision.revision for revision in scripts.walk_revisions())


def test_tables_made_at_once_are_those_the_steps_make(store: Store, empty: str) -> None:
    upgrade(empty)
    by_steps = shape(store)
    downgrade(empty, "base")
    create(empty)
    assert current(store) == newest()
    assert shape(store) == by_steps
    downgrade(empty, "base")
    assert shape(store)[1] == []


def test_tables_are_made_once_however_many_processes_begin(store: Store, empty: str) -> None:
    with ThreadPoolExecutor() as pool:
        list(pool.map(create, [empty] * 3))
    assert current(store) == newest()


def test_an_older_database_is_upgraded_and_not_made_anew(store: Store, empty: str) -> None:
    upgrade(empty, "0001")
    create(empty)
    assert current(store) == "0001"
    make_ready(store, empty)
    assert current(store) == newest()


def test_two_processes_may_upgrade_at_once(store: Store, empty: str) -> None:
    with ThreadPoolExecutor() as pool:
        list(pool.map(upgrade, [empty] * 3))
    assert current(store) == newest()


def test_a_step_that_fails_leaves_everything_as_it_was(store: Store, empty: str) -> None:
    upgrade(empty, "0001")
    with store.write_across() as session:
        session.execute(text("CREATE TABLE versions (id INTEGER)"))
    before = shape(store)
    with pytest.raises(Exception, match="versions"):
        upgrade(empty)
    assert current(store) == "0001"
    assert shape(store) == before


def test_what_is_up_to_date_is_left_alone(store: Store, empty: str) -> None:
    make_ready(store, empty)
    make_ready(store, empty)
    assert current(store) == newest()


def test_a_server_without_a_locale_keeps_names_as_they_are(empty_postgresql: Callable[[str], str]) -> None:
    url = empty_postgresql("template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'")
    upgrade(url)
    store = Store(url)
    with store.write_across() as session:
        add_organisation(session, "Škola Łódź", "director")
    with store.read_across() as session:
        assert session.scalars(select(Organisation.name)).all() == ["Škola Łódź"]
    store.close()
