"""A person's own API tokens over HTTP."""

from datetime import timedelta

from scheduling.identity.tokens import create_token
from tests.service import Service


def test_a_token_is_made_used_listed_and_revoked(service: Service) -> None:
    client = service.client("director", "teacher")
    made = client.post("/auth/tokens", json={"name": "sync", "scopes": ["read"]})
    assert made.status_code == 201
    headers = {"Authorization": f"Bearer {made.json()['token']}"}
    assert service.nobody.get("/notebook/notes", headers=headers).status_code == 200
    listed = {token["name"]: token["id"] for token in client.get("/auth/tokens").json()}
    assert set(listed) == {"demo", "sync"}
    assert made.json()["token"] not in client.get("/auth/tokens").text
    path = f"/auth/tokens/{listed['sync']}"
    assert [client.delete(path).status_code for _ in range(2)] == [204, 204]
    assert service.nobody.get("/notebook/notes", headers=headers).status_code == 401


def test_only_own_tokens_are_listed_and_revoked(service: Service) -> None:
    token = service.client("director", "teacher").get("/auth/tokens").json()[0]["id"]
    for dialect, key in (("director", "teacher_2"), ("director", "director"), ("director", "other_tenant_teacher")):
        client = service.client(dialect, key)
        assert client.delete(f"/auth/tokens/{token}").status_code == 404
        assert token not in client.get("/auth/tokens").text
    assert service.client("director", "teacher").get("/auth/me").status_code == 200


def test_a_token_cannot_make_one_that_may_do_more_or_lasts_longer(service: Service) -> None:
    person = service.demo("director")["people"]["teacher"]
    with service.services.store.write(service.tenant("director")) as session:
        writing = {"Authorization": f"Bearer {create_token(session, person, 'writer', ('write',))}"}
        tomorrow = session.now + timedelta(days=1)
        short = {"Authorization": f"Bearer {create_token(session, person, 'short', (), tomorrow)}"}

    def make(headers: dict[str, str], scopes: list[str]) -> int:
        return service.nobody.post("/auth/tokens", json={"name": "x", "scopes": scopes}, headers=headers).status_code

    assert [make(writing, s) for s in ([], ["read"], ["read", "write"], ["write"])] == [403, 403, 403, 201]
    assert make(short, ["read"]) == 403


def test_a_token_needs_a_name_and_a_future(service: Service) -> None:
    client = service.client("director", "teacher")
    past = (service.clock() - timedelta(seconds=1)).isoformat()
    for body in ({}, {"name": ""}, {"name": "x", "scopes": ["all"]}, {"name": "x", "expires_at": past}):
        assert client.post("/auth/tokens", json=body).status_code == 422
    assert client.post("/auth/tokens", json={"name": "x", "expires_at": "2026-01-01T10:00:00"}).status_code == 422
