from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.service import Service


@pytest.fixture
def service(sqlite_database: str) -> Iterator[Service]:
    """Without any dialect: the routes of the optimizer alone."""
    service = Service(sqlite_database, ())
    yield service
    service.close()


@pytest.fixture
def client(service: Service) -> TestClient:
    """A director's."""
    return service.client("director", "director")
