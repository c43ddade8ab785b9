"""What an operator does at the command line: find organisations and people by what humans call them."""

from sqlalchemy import select

from scheduling.errors import Invalid, NotFound
from scheduling.identity.people import add_organisation, normal_email
from scheduling.store import Store
from scheduling.store.tables import Organisation, Person


def any_organisation(store: Store) -> bool:
    """Whether anybody uses the service yet."""
    with store.read_across() as session:
        return session.scalar(select(Organisation.id).limit(1)) is not None


def organisation_named(store: Store, name: str) -> Organisation | None:
    """By id or name; Invalid when several have the name."""
    with store.read_across() as session:
        wanted = select(Organisation).where((Organisation.id == name) | (Organisation.name == name))
        found = session.scalars(wanted.limit(2)).all()
    if len(found) > 1:
        raise Invalid(f"There are several organisations named {name!r}; give the id.")
    return found[0] if found else None


def organisation_for(store: Store, name: str, dialect: str, zone: str) -> Organisation:
    """The organisation of that id or name, made if there is none. Invalid if it is of another dialect."""
    found = organisation_named(store, name)
    if found is None:
        with store.write_across() as session:
            return add_organisation(session, name, dialect, zone)
    if found.dialect != dialect:
        raise Invalid(f"The organisation {name!r} is of the dialect {found.dialect}, not {dialect}.")
    return found


def person_by_email(store: Store, email: str, organisation: str | None) -> Person:
    """NotFound; Invalid when people of several organisations have the address and none is named."""
    wanted = select(Person).where(Person.email == normal_email(email))
    if organisation is not None:
        named = organisation_named(store, organisation)
        if named is None:
            raise NotFound(f"There is no organisation {organisation!r}.")
        wanted = wanted.where(Person.organisation_id == named.id)
    with store.read_across() as session:
        found = session.scalars(wanted.limit(2)).all()
    if not found:
        raise NotFound(f"Nobody has the e-mail address {email}.")
    if len(found) > 1:
        raise Invalid(f"People of several organisations have the address {email}; name the organisation.")
    return found[0]
