from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.service import Service


@pytest.fixture
def service(database: str) -> Iterator[Service]:
    """On each kind of database."""
    service = Service(database)
    yield service
    service.close()


@pytest.fixture
def director(service: Service) -> TestClient:
    """Signed in as the director of the demo school; paths are below the dialect's base."""
    client = service.client("director", "director")
    client.base_url = client.base_url.join("/director/schedules/")
    return client


@pytest.fixture
def ids(service: Service) -> dict[str, list[str]]:
    found: dict[str, list[str]] = service.demo("director")["ids"]
    return found
