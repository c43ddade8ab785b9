from collections.abc import Iterator

import pytest

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
