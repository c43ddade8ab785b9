"""What the entrance lets in: credentials, scopes, pages of other sites, too many requests."""

import pytest

from scheduling.identity.tokens import create_token
from tests.api.service.notebook import NOTEBOOK
from tests.service import Service


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "Token"])
def test_a_token_is_accepted_under_both_names(service: Service, scheme: str) -> None:
    token = service.demo("director")["tokens"]["teacher"]
    answer = service.nobody.get("/auth/me", headers={"Authorization": f"{scheme} {token}"})
    assert answer.json()["roles"] == ["teacher"]


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic abc", "Bearer tw_unknown", "Bearer a.b.c", "Bearer x"])
def test_other_credentials_are_refused(service: Service, header: str) -> None:
    assert service.nobody.get("/auth/me", headers={"Authorization": header}).status_code == 401


def test_a_bad_header_is_not_helped_by_a_good_cookie(service: Service) -> None:
    client = service.with_cookie("director", "teacher")
    assert client.get("/auth/me").status_code == 200
    assert client.get("/auth/me", headers={"Authorization": "Bearer tw_unknown"}).status_code == 401


def test_a_token_can_do_what_its_scopes_say(service: Service) -> None:
    person = service.demo("director")["people"]["teacher"]
    with service.services.store.write(service.tenant("director")) as session:
        reading = {"Authorization": f"Bearer {create_token(session, person, 'reader', ('read',))}"}
        writing = {"Authorization": f"Bearer {create_token(session, person, 'writer', ('write',))}"}
    client = service.nobody
    assert client.get("/notebook/notes", headers=reading).status_code == 200
    assert client.post("/notebook/notes", json={"text": "x"}, headers=reading).status_code == 403
    assert client.get("/notebook/notes", headers=writing).status_code == 403
    assert client.post("/notebook/notes", json={"text": "x"}, headers=writing).status_code == 201


own_page = [{"Origin": "http://testserver"}, {"Referer": "http://testserver/x"}, {"Sec-Fetch-Site": "same-origin"}, {}]
foreign_page = [
    {"Origin": "http://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.elsewhere.example"},
    {"Origin": "http://elsewhere.example", "Referer": "http://testserver/"},
    {"Referer": "http://elsewhere.example/testserver"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", own_page, ids=str)
def test_a_page_of_our_own_may_write_with_the_cookie(service: Service, headers: dict[str, str]) -> None:
    client = service.with_cookie("director", "teacher")
    assert client.post("/notebook/notes", json={"text": "x"}, headers=headers).status_code == 201


@pytest.mark.parametrize("headers", foreign_page, ids=str)
def test_a_page_of_another_site_may_read_nothing_and_write_nothing(service: Service, headers: dict[str, str]) -> None:
    client = service.with_cookie("director", "teacher")
    assert client.post("/notebook/notes", json={"text": "x"}, headers=headers).status_code == 403
    # A bearer token is not sent by browsers on their own, so it needs no such care.
    token = service.client("director", "teacher")
    assert token.post("/notebook/notes", json={"text": "x"}, headers=headers).status_code == 201


def test_further_origins_are_a_setting(sqlite_database: str) -> None:
    service = Service(sqlite_database, (NOTEBOOK,), origins=("https://app.example",))
    client = service.with_cookie("director", "teacher")
    origin = {"Origin": "https://app.example"}
    assert client.post("/notebook/notes", json={"text": "x"}, headers=origin).status_code == 201
    service.close()


def test_no_answer_lets_other_sites_read(service: Service) -> None:
    answer = service.with_cookie("director", "teacher").get("/notebook/notes", headers={"Origin": "http://x.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_role_of_another_dialect_is_no_role(service: Service) -> None:
    # "super_admin" exists in both dialects; the notebook knows only directors and teachers of schools.
    assert service.client("academy", "super_admin").get("/notebook/notes").status_code == 403
    assert service.client("director", "super_admin").get("/notebook/notes").status_code == 403
    assert service.client("director", "director").get("/notebook/notes").status_code == 200
