"""timewright db: the tables of the service."""

from api.console import Output
from api.settings import from_environment
from api.verbs.operate import operating, refusals
from scheduling.store import Store
from scheduling.store.migrate import current, downgrade, newest, upgrade


def db_upgrade(database: str | None, to: str | None, out: Output) -> int:
    url = from_environment(database=database).database_url
    with refusals():
        upgrade(url, to or "head")
    return _tell(url, out)


def db_downgrade(database: str | None, to: str, out: Output) -> int:
    url = from_environment(database=database).database_url
    with refusals():
        downgrade(url, to)
    return _tell(url, out)


def db_rotate_keys(database: str | None, out: Output) -> int:
    with operating(database=database) as service:
        service.identity.keys.rotate()
    out.say("A new key signs from now on; tokens signed before stay valid until they expire.")
    out.result({"rotated": True})
    return 0


def _tell(url: str, out: Output) -> int:
    store = Store(url)
    with refusals():
        found = current(store)
    store.close()
    out.say(f"The database is at revision {found or 'none'}; this program expects {newest()}.")
    out.result({"revision": found, "newest": newest()})
    return 0
