"""POST /auth/login, POST /auth/logout, GET /auth/me."""

import pytest

from tests.service import Service


def test_signing_in_gives_a_jwt_and_a_cookie(on_both: Service) -> None:
    login = on_both.demo("director")["logins"]["director"]
    client = on_both.client()
    answer = client.post("/auth/login", json=login)
    body = answer.json()
    assert (answer.status_code, body["token_type"], body["person"]["roles"]) == (200, "bearer", ["director"])
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("session=")
    assert all(part in cookie for part in ("httponly", "samesite=lax", "path=/"))
    by_cookie = client.get("/auth/me")
    by_jwt = on_both.nobody.get("/auth/me", headers={"Authorization": f"Bearer {body['access_token']}"})
    assert by_cookie.json() == by_jwt.json() == body["person"]


def test_me_says_who_and_where(service: Service) -> None:
    demo = service.demo("estuary")
    assert service.client("estuary", "client_2").get("/auth/me").json() == {
        "id": service.client("estuary", "client_2").get("/auth/me").json()["id"],
        "number": demo["people"]["client_2"],
        "name": "Client 2",
        "email": demo["logins"]["client_2"]["email"],
        "roles": ["client"],
        "organisation": demo["organisation"],
        "dialect": "estuary",
        "zone": "Europe/Berlin",
    }


def test_signing_out_ends_both(service: Service) -> None:
    client = service.client()
    jwt = client.post("/auth/login", json=service.demo("fitness")["logins"]["trainer"]).json()["access_token"]
    assert client.post("/auth/logout").status_code == 204
    assert not client.cookies
    assert service.nobody.get("/auth/me", headers={"Authorization": f"Bearer {jwt}"}).status_code == 401


def test_cookies_are_for_https_only_when_told_so(sqlite_database: str) -> None:
    service = Service(sqlite_database, (), secure_cookies=True)
    answer = service.nobody.post("/auth/login", json=service.demo("director")["logins"]["director"])
    assert "secure" in answer.headers["set-cookie"].lower()
    service.close()


@pytest.mark.parametrize("body", [{}, [], "x", {"email": 1, "password": 2}, {"email": "a" * 300, "password": "x"}])
def test_a_login_that_cannot_be_read_is_a_422(service: Service, body: object) -> None:
    assert service.nobody.post("/auth/login", json=body).status_code == 422


def test_too_many_failures_are_a_429_with_a_time(sqlite_database: str) -> None:
    service = Service(sqlite_database, (), lockout_failures=2)
    wrong = {**service.demo("director")["logins"]["director"], "password": "wrong"}
    answers = [service.nobody.post("/auth/login", json=wrong) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert 1 <= int(answers[2].headers["retry-after"]) <= 15 * 60
    service.close()
