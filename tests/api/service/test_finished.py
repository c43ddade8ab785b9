"""Answers that are kept: right as long as nothing has changed, and never more of them than allowed."""

from api.finished import Finished
from scheduling.identity.people import add_organisation
from scheduling.store import Store, Tenant
from scheduling.store.tables import SchoolClass

BODY = b"x" * 10_000
KEPT = len(BODY) + 500 + len("first-school") + len("a")
"""Bytes that one answer counts for."""


def made(finished: Finished, store: Store, tenant: Tenant, asked: str, body: bytes = BODY) -> bool:
    """Whether it had to be made."""
    calls: list[None] = []

    def make() -> bytes:
        calls.append(None)
        return body

    with store.read(tenant) as session:
        assert finished.body(session, (asked,), make) == body
    return bool(calls)


def test_it_is_made_once_for_each_organisation(tenants: tuple[Store, Tenant, Tenant]) -> None:
    (store, first, other), finished = tenants, Finished()
    assert [made(finished, store, first, "a") for _ in range(3)] == [True, False, False]
    assert made(finished, store, other, "a", b"of the other")
    assert not made(finished, store, first, "a")
    assert not made(finished, store, other, "a", b"of the other")


def test_those_asked_for_last_stay(tenants: tuple[Store, Tenant, Tenant]) -> None:
    (store, first, _), finished = tenants, Finished(2 * KEPT)
    made(finished, store, first, "a")
    made(finished, store, first, "b")
    made(finished, store, first, "a")
    made(finished, store, first, "c")
    assert finished.size == 2 * KEPT
    assert [made(finished, store, first, name) for name in "acb"] == [False, False, True]


def test_one_that_is_too_large_is_not_kept(tenants: tuple[Store, Tenant, Tenant]) -> None:
    (store, first, _), finished = tenants, Finished(KEPT - 1)
    assert made(finished, store, first, "a")
    assert made(finished, store, first, "a")
    assert (finished.size, len(finished.kept)) == (0, 0)


def test_a_newer_one_takes_the_place_of_an_older(tenants: tuple[Store, Tenant, Tenant]) -> None:
    (store, first, _), finished = tenants, Finished()
    with store.write_across() as session:
        add_organisation(session, "First", "director", organisation_id=first.organisation_id)
    made(finished, store, first, "a")
    with store.write(first) as session:
        session.add(SchoolClass(name="JSS 1A", code="JSS1A", updated_at=session.now))
    assert made(finished, store, first, "a", b"newer")
    assert len(finished.kept) == 1
    assert finished.size == KEPT - len(BODY) + len(b"newer")
