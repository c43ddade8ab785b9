"""Every failure is told in the words of its door, and none tells more than the client may know."""

import pytest
from fastapi import APIRouter

from api.app import create_app
from api.doors import Door
from api.permissions import PUBLIC
from tests.api.service.notebook import NOTEBOOK
from tests.service import Service, settings_for

ROUTER = APIRouter()


@ROUTER.get("/thing")
def thing() -> str:
    return "thing"


def test_the_service_tells_failures_as_problem_details(service: Service) -> None:
    answer = service.nobody.get("/auth/me", headers={"X-Request-ID": "abc-1"})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json() == {
        "type": "urn:timewright:unauthenticated",
        "title": "Not signed in",
        "status": 401,
        "detail": "Sign in first: the token is missing or invalid.",
        "instance": "/auth/me",
        "request_id": "abc-1",
    }


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("DELETE", "/auth/me", 405), ("GET", "/auth/me", 401), ("POST", "/auth/login", 422)],
)
def test_failures_of_the_framework_are_problem_details_too(
    service: Service, method: str, path: str, status: int
) -> None:
    answer = service.nobody.request(method, path, json={})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_wrong_fields_are_named(service: Service) -> None:
    answer = service.nobody.post("/auth/login", json={"email": "a@b"}).json()
    assert answer["errors"] == [{"field": "password", "message": "Field required"}]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/notebook/nothing", 404),
        ("DELETE", "/notebook/notes", 405),
        ("GET", "/notebook/notes", 401),
        ("GET", "/notebook/notes/crash", 500),
    ],
)
def test_a_dialect_tells_all_failures_in_its_own_words(service: Service, method: str, path: str, status: int) -> None:
    answer = service.nobody.request(method, path)
    assert answer.status_code == status
    assert set(answer.json()) == {"oops"}


def test_a_mistake_of_the_program_shows_nothing_of_itself(service: Service) -> None:
    answer = service.nobody.get("/notebook/notes/crash")
    assert answer.json() == {"oops": "Something went wrong on our side; it has been recorded."}


def test_wrong_json_and_wrong_fields_are_told_to_members(service: Service) -> None:
    client = service.client("director", "teacher")
    as_json = {"content-type": "application/json"}
    assert client.post("/notebook/notes", content="{", headers=as_json).json() == {"oops": "The body is no valid JSON."}
    assert client.post("/notebook/notes", json={}).json() == {
        "oops": "The input is not valid.",
        "text": "Field required",
    }


def test_strangers_are_told_to_sign_in_before_anything_about_their_body(service: Service) -> None:
    as_json = {"content-type": "application/json"}
    assert service.nobody.post("/notebook/notes", content="{", headers=as_json).status_code == 401
    assert service.nobody.post("/notebook/notes", json={}).status_code == 401


def test_a_body_that_is_too_large_is_refused(sqlite_database: str) -> None:
    service = Service(sqlite_database, (NOTEBOOK,), largest_upload=1000)
    client = service.client("director", "teacher")
    in_parts = (part for part in [b"x" * 600] * 2)
    for content in (b"x" * 1001, in_parts):
        answer = client.post("/notebook/notes", content=content, headers={"content-type": "application/json"})
        assert answer.status_code == 413
        assert answer.json() == {"oops": "The request is too large: at most 1000 bytes are accepted."}
    service.close()


@pytest.mark.parametrize("path", ["/notebook/notes/open", "/notebook/notes/open/", "/healthz/"])
def test_a_slash_at_the_end_means_the_same(service: Service, path: str) -> None:
    assert service.nobody.get(path, follow_redirects=False).status_code == 200


def test_an_app_with_a_route_without_permission_does_not_start(sqlite_database: str) -> None:
    with pytest.raises(RuntimeError, match="GET /thing has no permission"):
        create_app(settings_for(sqlite_database), [Door("bare", "/bare", (ROUTER,), {})])


def test_a_permission_without_route_is_a_mistake_too(sqlite_database: str) -> None:
    access = {"GET /thing": PUBLIC, "GET /things": PUBLIC}
    with pytest.raises(RuntimeError, match="GET /things, which is no route"):
        create_app(settings_for(sqlite_database), [Door("bare", "/bare", (ROUTER,), access)])


def test_every_answer_has_a_request_id_and_protecting_headers(service: Service) -> None:
    answer = service.nobody.get("/healthz")
    assert len(answer.headers["x-request-id"]) == 32
    assert answer.headers["x-content-type-options"] == "nosniff"
    # One that could break a log line is replaced.
    assert service.nobody.get("/healthz", headers={"X-Request-ID": "a b"}).headers["x-request-id"] != "a b"
