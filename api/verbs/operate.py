"""What the verbs of the service share: settings from environment and options, and a store that is ready to use."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from api.errors import WrongUse
from api.identifying import identity_for
from api.name import program
from api.settings import Settings, from_environment
from scheduling.errors import SchedulingError
from scheduling.identity import Identity
from scheduling.store import Store
from scheduling.store.migrate import current, make_ready, newest


@dataclass(frozen=True)
class Operating:
    settings: Settings
    store: Store
    identity: Identity


@contextmanager
def operating(**overrides: Any) -> Iterator[Operating]:
    """overrides: settings given as options. What a use case refuses becomes a sentence on the terminal."""
    settings = from_environment(**overrides)
    with refusals():
        store = Store(settings.database_url)
        try:
            prepare(store, settings)
            yield Operating(settings, store, identity_for(settings, store))
        finally:
            store.close()


@contextmanager
def refusals() -> Iterator[None]:
    try:
        yield
    except SchedulingError as error:
        raise WrongUse(error.message) from error


def prepare(store: Store, settings: Settings) -> None:
    """Brings our own file, and any empty database, up to date. WrongUse for a PostgreSQL that must be upgraded."""
    found, expected = current(store), newest()
    if found is not None and found > expected:
        raise WrongUse(f"the database is of a newer version of the program ({found}, this one knows {expected})")
    if found is not None and found < expected and store.dialect != "sqlite":
        raise WrongUse("the database is older than the program", hint=f"call: {program()} db upgrade")
    make_ready(store, settings.database_url)
