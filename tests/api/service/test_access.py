"""Every route × every role × {own, other person, other tenant}: who gets in, and who does not."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant

from api.once import once
from api.permissions import OWN, PUBLIC, Access
from scheduling.dialects import DIALECTS
from tests.api.service.access import EXAMPLES, Route, routes
from tests.api.service.examples import Example
from tests.service import Service

ROLES = [(dialect.name, role) for dialect in DIALECTS if dialect.demo for role in dialect.roles]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Any) -> Iterator[Service]:
    """The real service with all its doors."""
    file = tmp_path_factory.mktemp("access") / "timewright.db"
    file.write_bytes(migrated_sqlite.read_bytes())
    service = Service(f"sqlite:///{file}")
    yield service
    service.close()


@pytest.fixture(scope="module")
def protected(service: Service) -> list[tuple[Route, Example]]:
    found = [route for route in routes(service.app) if route.access.roles is not None]
    missing = sorted(route.key for route in found if route.key not in EXAMPLES)
    assert not missing, f"routes without an example in tests/api/service/access.py: {missing}"
    return [(route, EXAMPLES[route.key]) for route in found]


def test_no_example_is_of_a_route_that_is_gone(service: Service) -> None:
    assert set(EXAMPLES) <= {route.key for route in routes(service.app)}


def test_strangers_get_nowhere(service: Service, protected: list[tuple[Route, Example]]) -> None:
    for route, _ in protected:
        path = route.base + route.endpoint.path.replace("{", "").replace("}", "")
        assert service.nobody.request(route.method, path, json={}).status_code == 401, route.key


@pytest.mark.parametrize(("dialect", "role"), ROLES, ids=lambda x: x)
@pytest.mark.parametrize("whose", ["own", "other person", "other tenant"])
def test_only_those_allowed_reach_it(
    service: Service, protected: list[tuple[Route, Example]], dialect: str, role: str, whose: str
) -> None:
    owner = {"own": role, "other person": f"{role}_2", "other tenant": f"other_tenant_{role}"}[whose]
    for route, example in protected:
        reach = (route.access.roles or {}).get(dialect, {}).get(role)
        if whose != "own" and (not example.objects or reach is None):
            continue
        call = example.make(service, dialect, owner)
        sent = {"json": call.json} if call.content is None else dict(call.content)
        # Signing out is a route too: every call is made in a session of its own.
        answer = service.client(dialect, role).request(route.method, route.base + call.path, **sent)
        if reach is None:
            expected = example.strangers
        elif whose == "other tenant" or (whose == "other person" and reach is OWN):
            expected = example.hidden
        else:
            expected = example.fine
        assert answer.status_code in expected, f"{route.key} as {role} of {dialect}, {whose}: {answer.text}"


def calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for part in dependant.dependencies:
        yield from calls(part)


def test_every_post_takes_an_idempotency_key_unless_its_permission_says_otherwise(service: Service) -> None:
    for route in routes(service.app):
        if route.method == "POST" and route.access.key:
            assert once in calls(route.endpoint.dependant), f"{route.key} does not take `Answer`"


def test_the_farthest_role_counts() -> None:
    access = Access({"director": {"teacher": OWN}})
    assert access.scope("GET") == "read"
    assert access.scope("POST") == "write"
    assert Access(access.roles, writes=False).scope("POST") == "read"
    assert PUBLIC.roles is None
