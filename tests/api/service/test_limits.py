"""Rate limits: per person and bucket."""

import threading
import time

import pytest

from api.limiting import FORGET, Limiter, Memory
from scheduling.errors import TooMany
from tests.api.service.notebook import NOTEBOOK
from tests.service import Service


@pytest.fixture
def limiter() -> Limiter:
    return Limiter({}, "memory://")


def allowed(limiter: Limiter, bucket: str, who: str = "person:1") -> int:
    """Requests until the first refusal, of at most 400."""
    for number in range(400):
        try:
            limiter.hit("academy", bucket, who)
        except TooMany:
            return number
    return 400


def test_the_academy_has_the_limits_of_its_document(limiter: Limiter) -> None:
    assert [allowed(limiter, bucket) for bucket in ("general", "booking", "availability")] == [100, 60, 300]


def test_every_person_has_limits_of_their_own(limiter: Limiter) -> None:
    assert allowed(limiter, "booking", "person:1") == 60
    assert allowed(limiter, "booking", "person:2") == 60


def test_two_windows_hold_at_once() -> None:
    limiter = Limiter({"academy": {"general": "100/minute; 5/hour"}}, "memory://")
    assert allowed(limiter, "general") == 5


def test_a_refusal_says_when_to_come_back(limiter: Limiter) -> None:
    assert allowed(limiter, "booking") == 60
    with pytest.raises(TooMany) as refused:
        limiter.hit("academy", "booking", "person:1")
    assert 1 <= refused.value.retry_after <= 60


def test_a_window_moves_on() -> None:
    limiter = Limiter({"academy": {"general": "2/second"}}, "memory://")
    assert allowed(limiter, "general") == 2
    time.sleep(1.01)
    assert allowed(limiter, "general") == 2


def test_what_counts_no_longer_is_forgotten_without_a_thread_for_it() -> None:
    memory = Memory()
    memory.timer.join()  # of the library, once
    before = threading.active_count()
    assert memory.acquire_entry("over at once", limit=5, expiry=0)
    assert memory.acquire_entry("counts", limit=5, expiry=60)
    assert threading.active_count() == before
    memory.forgotten_at -= FORGET
    assert memory.acquire_entry("counts", limit=5, expiry=60)
    assert list(memory.events) == ["counts"]


def test_more_than_the_limit_at_once_is_refused() -> None:
    memory = Memory()
    assert not memory.acquire_entry("asked", limit=1, expiry=60, amount=2)
    assert memory.acquire_entry("asked", limit=1, expiry=60)
    assert not memory.acquire_entry("asked", limit=1, expiry=60)


def test_limits_may_be_off() -> None:
    assert allowed(Limiter("off", "memory://"), "booking") == 400


def test_answers_tell_what_is_left_and_a_429_when_to_come_back(sqlite_database: str) -> None:
    service = Service(sqlite_database, (NOTEBOOK,), rate_limits={"director": {"general": "2/minute"}})
    client = service.client("director", "teacher")
    left = [client.get("/notebook/notes").headers["x-ratelimit-remaining"] for _ in range(2)]
    refused = client.get("/notebook/notes")
    assert left == ["1", "0"]
    assert refused.status_code == 429
    assert set(refused.json()) == {"oops"}
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["x-ratelimit-limit"] == "2"
    assert int(refused.headers["x-ratelimit-reset"]) > 0
    # The other teacher is not held up, nor is a colleague of another dialect.
    assert service.client("director", "teacher_2").get("/notebook/notes").status_code == 200
    service.close()


def test_those_without_an_account_are_counted_by_address(sqlite_database: str) -> None:
    service = Service(sqlite_database, (NOTEBOOK,), rate_limits={"": {"login": "3/minute"}})
    attempt = {"email": "who@example.org", "password": "guess"}
    statuses = [service.nobody.post("/auth/login", json=attempt).status_code for _ in range(4)]
    assert statuses == [401, 401, 401, 429]
    service.close()
