from collections.abc import Iterator

import pytest

from scheduling.store import Store, Tenant
from tests.api.service.notebook import NOTEBOOK
from tests.service import Service


@pytest.fixture
def service(sqlite_database: str) -> Iterator[Service]:
    """With a notebook as its only dialect."""
    service = Service(sqlite_database, (NOTEBOOK,))
    yield service
    service.close()


@pytest.fixture
def on_both(database: str) -> Iterator[Service]:
    """As service, on each kind of database."""
    service = Service(database, (NOTEBOOK,))
    yield service
    service.close()


@pytest.fixture
def tenants(sqlite_database: str) -> Iterator[tuple[Store, Tenant, Tenant]]:
    """A store and two organisations that have nothing in it."""
    store = Store(sqlite_database)
    yield store, Tenant("first-school", "test"), Tenant("other-school", "test")
    store.close()
