"""How often what an organisation shows has changed: whoever shares the database sees it with the change itself."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import delete, select, update

from scheduling.errors import Conflict
from scheduling.identity.people import add_person
from scheduling.school.sessions import start_session
from scheduling.store import Store, StoreSession, Tenant, number_of_changes
from scheduling.store.errors import UnscopedQuery
from scheduling.store.tables import Organisation, SchoolClass, SchoolSubject


@pytest.fixture
def elsewhere(database: str, store: Store) -> Iterator[Store]:
    """Another process at the same database."""
    other = Store(database)
    yield other
    other.close()


def number(store: Store, tenant: Tenant) -> int:
    with store.read(tenant) as session:
        return number_of_changes(session)


def a_class(session: StoreSession, name: str = "JSS 1A") -> SchoolClass:
    row = SchoolClass(name=name, code=name, updated_at=session.now)
    session.add(row)
    return row


def test_a_change_counts_for_its_own_organisation_in_every_process(
    store: Store, elsewhere: Store, first: Tenant, other: Tenant
) -> None:
    before = number(elsewhere, first), number(elsewhere, other)
    with store.write(first) as session:
        a_class(session)
    assert (number(elsewhere, first), number(elsewhere, other)) == (before[0] + 1, before[1])


CHANGES: dict[str, Callable[[StoreSession], object]] = {
    "an attribute": lambda s: setattr(s.scalars(select(SchoolClass)).one(), "name", "JSS 2A"),
    "a row less": lambda s: s.delete(s.scalars(select(SchoolClass)).one()),
    "UPDATE": lambda s: s.execute(update(SchoolClass).values(name="JSS 2A")),
    "DELETE": lambda s: s.execute(delete(SchoolClass)),
    "settings": lambda s: setattr(s.scalars(select(Organisation)).one(), "settings", {"days": ["SATURDAY"]}),
    "academic session": lambda s: start_session(s, "2026", date(2026, 1, 1), date(2026, 12, 31)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_way_to_change_counts(store: Store, first: Tenant, change: Callable[[StoreSession], object]) -> None:
    with store.write(first) as session:
        a_class(session)
    before = number(store, first)
    with store.write(first) as session:
        change(session)
    assert number(store, first) == before + 1


def test_many_changes_of_a_transaction_count_once_also_in_savepoints(store: Store, first: Tenant) -> None:
    before = number(store, first)
    with store.write(first) as session:
        a_class(session)
        with session.begin_nested():
            a_class(session, "JSS 1B")
            session.flush()
        session.add(SchoolSubject(name="Art", updated_at=session.now))
    assert number(store, first) == before + 1


def test_what_is_undone_does_not_count_nor_what_is_not_shown(store: Store, first: Tenant) -> None:
    before = number(store, first)

    def mistaken() -> None:
        with store.write(first) as session:
            a_class(session)
            session.flush()
            raise Conflict("changed my mind")

    with pytest.raises(Conflict):
        mistaken()
    with store.write(first) as session:
        add_person(session, "Ada", "ada@school.example", ("director",))
    assert number(store, first) == before


def test_the_number_belongs_to_the_view(store: Store, elsewhere: Store, first: Tenant) -> None:
    with elsewhere.read(first) as session:
        before = number_of_changes(session)
        with store.write(first) as other:
            a_class(other)
        assert session.scalars(select(SchoolClass)).all() == []
        assert number_of_changes(session) == before
    with elsewhere.read(first) as session:
        assert (len(session.scalars(select(SchoolClass)).all()), number_of_changes(session)) == (1, before + 1)


def test_changes_of_several_organisations_count_for_each(store: Store, first: Tenant, other: Tenant) -> None:
    before = number(store, first), number(store, other)
    with store.write_across() as session:
        for school in session.scalars(select(Organisation)):
            school.settings = {"days": ["SATURDAY"]}
    assert (number(store, first), number(store, other)) == (before[0] + 1, before[1] + 1)


def test_a_statement_about_all_organisations_is_refused(store: Store) -> None:
    with pytest.raises(UnscopedQuery, match="SchoolClass"), store.write_across() as session:
        session.execute(update(SchoolClass).values(name="X"))
