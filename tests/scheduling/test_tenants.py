"""Rows of another organisation are not seen and not touched, however a statement is written."""

from collections.abc import Callable

import pytest
from sqlalchemy import Select, delete, exists, func, insert, select, text, true, update
from sqlalchemy.orm import aliased
from sqlalchemy.sql import Executable

from scheduling.errors import SchedulingError
from scheduling.identity.people import add_person
from scheduling.store import Store, StoreSession, Tenant
from scheduling.store.errors import ConstraintBroken, UnscopedQuery
from scheduling.store.tables import Number, Organisation, Person, PersonRole

Two = aliased(Person)


@pytest.fixture
def people(store: Store, first: Tenant, other: Tenant) -> dict[str, str]:
    """Ids of Ann of the first and of Bob of the other organisation."""
    found = {}
    for tenant, name in ((first, "Ann"), (other, "Bob")):
        with store.write(tenant) as session:
            found[name] = add_person(session, name, f"{name}@example.org", ("teacher",)).id
    return found


ways: dict[str, Select] = {
    "column": select(Person.name),
    "alias": select(Two.name),
    "subquery": select(select(Person.name.label("name")).subquery().c.name),
    "cte": select(select(Person.name.label("name")).cte().c.name),
    "in": select(Person.name).where(Person.id.in_(select(Two.id))),
    "exists": select(Person.name).where(exists().where(PersonRole.person_id == Person.id)),
    "join": select(Person.name).join(Two, true()),
    "outer join": select(Person.name).join(Two, Two.id != Person.id, isouter=True),
    "bare column of a mapped class": select(Person.name).where(Person.__table__.c.id != ""),
}


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("way", ways)
def test_only_own_rows_are_found(store: Store, first: Tenant, other: Tenant, way: str) -> None:
    for tenant, name in ((first, "Ann"), (other, "Bob")):
        with store.read(tenant) as session:
            assert list(session.scalars(ways[way])) == [name]
            assert [row[0] for row in session.rows(ways[way], {})] == [name]


@pytest.mark.usefixtures("people")
def test_counts_and_unions_count_own_rows_only(store: Store, first: Tenant) -> None:
    with store.read(first) as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1
        assert session.scalar(select(func.count(Person.id))) == 1
        assert len(session.execute(select(Person.name).union_all(select(Two.name))).all()) == 2
        assert session.scalar(select(select(func.count(Two.id)).correlate(None).scalar_subquery(), Person.id)) == 1
        assert list(session.scalars(select(Organisation.id))) == [first.organisation_id]


def test_an_id_of_others_is_not_found(store: Store, first: Tenant, people: dict[str, str]) -> None:
    with store.read(first) as session:
        assert session.get(Person, people["Bob"]) is None
        assert session.get(Person, people["Ann"]) is not None


def test_updates_and_deletes_leave_others_alone(store: Store, first: Tenant, people: dict[str, str]) -> None:
    with store.write(first) as session:
        session.execute(update(Person).values(name="changed"))
        session.execute(delete(PersonRole).where(PersonRole.person_id == people["Bob"]))
    with store.read_across() as session:
        names = {row[0]: row[1] for row in session.execute(select(Person.organisation_id, Person.name))}
        assert names == {"first-school": "changed", "other-school": "Bob"}
        assert session.get(PersonRole, (people["Bob"], "teacher")) is not None


unsafe: dict[str, Executable] = {
    "text": text("SELECT name FROM people"),
    "table": select(Person.__table__.c.name),
    "table beside a class": select(Person.name).join(PersonRole.__table__, true()),
    "table in a subquery": select(Person.name).where(Person.id.in_(select(PersonRole.__table__.c.person_id))),
    "table beside an alias": select(Two.name).where(Person.__table__.c.name != ""),
    "shared class": select(Number.last),
    "shared class in a subquery": select(Person.name).where(Person.number.in_(select(Number.last))),
    "exists alone": select(exists().where(Person.name == "Bob")),
    "insert": insert(Person).values(id="new"),
}


@pytest.mark.parametrize("way", unsafe)
def test_statements_that_cannot_be_scoped_are_refused(store: Store, first: Tenant, way: str) -> None:
    with pytest.raises(UnscopedQuery), store.read(first) as session:
        session.execute(unsafe[way]).all()


def test_bulk_inserts_are_refused(store: Store, first: Tenant) -> None:
    with store.write(first) as session:
        for bulk in (session.bulk_insert_mappings, session.bulk_update_mappings, session.bulk_save_objects):
            with pytest.raises(UnscopedQuery):
                bulk(Person, [{"id": "new", "organisation_id": "other-school"}])


def test_a_new_row_gets_the_owner_and_the_time(store: Store, first: Tenant, people: dict[str, str]) -> None:
    with store.read(first) as session:
        ann = session.get(Person, people["Ann"])
        assert ann is not None
        assert ann.organisation_id == "first-school"
        assert (session.now - ann.created_at).total_seconds() < 60


def foreign_row(session: StoreSession, bob: str) -> None:
    session.add(Person(number=100, name="Eve", email="eve@example.org", organisation_id="other-school"))


def shared_row(session: StoreSession, bob: str) -> None:
    session.add(Number(series="mine", last=1))


def foreign_reference(session: StoreSession, bob: str) -> None:
    session.add(PersonRole(person_id=bob, role="director"))


def given_away(session: StoreSession, bob: str) -> None:
    session.scalars(select(Person)).one().organisation_id = "other-school"


@pytest.mark.parametrize("attempt", [foreign_row, shared_row, foreign_reference, given_away], ids=lambda f: f.__name__)
def test_rows_cannot_be_put_into_or_point_to_another_organisation(
    store: Store, first: Tenant, people: dict[str, str], attempt: Callable[[StoreSession, str], None]
) -> None:
    with pytest.raises((UnscopedQuery, ConstraintBroken)), store.write(first) as session:
        attempt(session, people["Bob"])


def test_the_same_email_may_exist_in_two_organisations_but_not_twice_in_one(
    store: Store, first: Tenant, other: Tenant, people: dict[str, str]
) -> None:
    with store.write(other) as session:
        add_person(session, "Ann", "ann@example.org")
    with pytest.raises(SchedulingError, match="exists already"), store.write(first) as session:
        add_person(session, "Another Ann", "ANN@example.org")
    with pytest.raises(ConstraintBroken) as broken, store.write(first) as session:
        session.add(Person(number=100, name="Ann", email="ann@example.org"))
    assert broken.value.constraint == "uq_people_organisation_id_email"
