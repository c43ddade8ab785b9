from collections.abc import Iterator

import pytest

from scheduling.identity.people import add_organisation
from scheduling.store import Store, Tenant


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """On each kind of database, with the organisations of `first` and `other`."""
    store = Store(database)
    with store.write_across() as session:
        for tenant in (FIRST, OTHER):
            add_organisation(session, tenant.organisation_id, "director", organisation_id=tenant.organisation_id)
    yield store
    store.close()


FIRST, OTHER = Tenant("first-school", "test", operation="op-1"), Tenant("other-school", "test")


@pytest.fixture
def first() -> Tenant:
    return FIRST


@pytest.fixture
def other() -> Tenant:
    """Another organisation, which must never be seen or touched."""
    return OTHER
