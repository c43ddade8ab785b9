"""A POST with an Idempotency-Key has its effect once."""

from concurrent.futures import ThreadPoolExecutor

from fastapi.testclient import TestClient
from sqlalchemy import func, select

from scheduling.answers import forget_expired
from scheduling.store.tables import Mail
from tests.api.service import notebook
from tests.service import Service

KEY = {"Idempotency-Key": "key-1"}


def count(service: Service) -> int:
    with service.services.store.read(service.tenant("director")) as session:
        return session.scalar(select(func.count()).select_from(Mail)) or 0


def add(client: TestClient, text: str = "one", key: dict[str, str] = KEY) -> tuple[int, dict[str, str]]:
    answer = client.post("/notebook/notes", json={"text": text}, headers=key)
    return answer.status_code, answer.json()


def test_the_same_request_again_gets_the_same_answer_and_has_no_second_effect(on_both: Service) -> None:
    client = on_both.client("director", "teacher")
    first = client.post("/notebook/notes", json={"text": "one"}, headers=KEY)
    again = client.post("/notebook/notes", json={"text": "one"}, headers=KEY)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert count(on_both) == 1


def test_without_a_key_every_request_counts(service: Service) -> None:
    client = service.client("director", "teacher")
    add(client, key={})
    add(client, key={})
    assert count(service) == 2


def test_another_body_with_the_same_key_is_refused(service: Service) -> None:
    client = service.client("director", "teacher")
    add(client)
    assert add(client, "two")[0] == 422
    assert add(client, "two", {"Idempotency-Key": "key-2"})[0] == 201


def test_keys_of_different_people_do_not_meet(service: Service) -> None:
    assert add(service.client("director", "teacher"))[0] == 201
    assert add(service.client("director", "teacher_2"), "another")[0] == 201


def test_a_request_that_failed_may_be_tried_again(service: Service) -> None:
    client = service.client("director", "teacher")
    for _ in range(2):
        assert client.post("/notebook/notes/full", json={"text": "x"}, headers=KEY).status_code == 409
    assert count(service) == 0


def test_while_the_first_is_being_answered_the_second_is_told_so(on_both: Service) -> None:
    client = on_both.client("director", "teacher")
    notebook.going_on.clear()
    notebook.may_end.clear()

    def slow() -> int:
        return client.post("/notebook/notes/slow", json={"text": "slow"}, headers=KEY).status_code

    with ThreadPoolExecutor() as pool:
        first = pool.submit(slow)
        assert notebook.going_on.wait(20)
        assert slow() == 409
        notebook.may_end.set()
        assert first.result() == 201
    assert slow() == 201
    assert count(on_both) == 1


def test_an_upload_is_the_same_whatever_its_boundary(service: Service) -> None:
    client = service.client("director", "teacher")

    def send(content: bytes) -> int:
        return client.post("/notebook/notes/file", files={"file": ("a.txt", content)}, headers=KEY).status_code

    assert [send(b"one"), send(b"one"), send(b"two")] == [201, 201, 422]
    assert count(service) == 1


def test_a_day_later_the_key_is_free_again(service: Service) -> None:
    client = service.client("director", "teacher")
    add(client)
    service.clock.move(hours=23, minutes=59)
    assert add(client, "two")[0] == 422
    service.clock.move(minutes=1)
    assert add(client, "two")[0] == 201
    with service.services.store.write_across() as session:
        assert forget_expired(session) == 0
    service.clock.move(hours=24)
    with service.services.store.write_across() as session:
        assert forget_expired(session) == 1


def test_a_key_that_cannot_be_one_is_refused(service: Service) -> None:
    for key in ("", "x" * 201, "with blank"):
        assert add(service.client("director", "teacher"), key={"Idempotency-Key": key})[0] == 422


def test_many_at_once_have_one_effect(on_both: Service) -> None:
    client = on_both.client("director", "teacher")
    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda _: add(client)[0], range(32)))
    assert set(statuses) <= {201, 409}
    assert count(on_both) == 1
