"""What was committed to SQLite is on the disk before anybody is told: one sync for all who wait."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock

import pytest
from sqlalchemy import func, select

from scheduling.store import Store
from scheduling.store.errors import StoreFull, StoreUnavailable
from scheduling.store.syncing import Syncing
from scheduling.store.tables import Organisation

SYNCS = [name for name in ("fsync", "fdatasync") if hasattr(os, name)]


@pytest.fixture
def store(sqlite_database: str) -> Iterator[Store]:
    store = Store(sqlite_database)
    yield store
    store.close()


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Inodes that have been synced, in order."""
    found: list[int] = []
    sync = os.fsync

    def noted(file: int) -> None:
        sync(file)
        found.append(os.fstat(file).st_ino)

    for name in SYNCS:
        monkeypatch.setattr(os, name, noted)
    return found


def add(store: Store, name: str = "x") -> None:
    with store.write_across() as session:
        session.add(Organisation(name=name, dialect="director", settings={}))


def count(store: Store) -> int:
    with store.read_across() as session:
        return session.scalar(select(func.count(Organisation.id))) or 0


def log_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///") + "-wal")


def test_a_write_ends_when_its_log_is_on_the_disk(store: Store, sqlite_database: str, synced: list[int]) -> None:
    add(store)
    log = log_of(sqlite_database).stat().st_ino
    assert synced == [log, log_of(sqlite_database).parent.stat().st_ino]
    add(store)
    assert synced[2:] == [log]  # its name has been there before
    assert count(store) == 2
    assert len(synced) == 3


def test_nothing_is_synced_for_what_was_taken_back(store: Store, synced: list[int]) -> None:
    with pytest.raises(ZeroDivisionError), store.write_across():
        raise ZeroDivisionError
    assert synced == []


def test_a_new_log_is_synced_with_its_name(store: Store, sqlite_database: str, synced: list[int]) -> None:
    add(store)
    store.close()  # the last one to leave takes the log along
    assert not log_of(sqlite_database).exists()
    add(store)
    assert synced[-2:] == [log_of(sqlite_database).stat().st_ino, log_of(sqlite_database).parent.stat().st_ino]


def test_without_a_log_there_is_nothing_to_sync(tmp_path: Path, synced: list[int]) -> None:
    Syncing(tmp_path / "none-wal").wait()
    assert synced == []


def test_those_who_wait_share_a_sync_that_begins_after_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"")
    syncing, first, go, counted = Syncing(log), Event(), Event(), Lock()
    syncs: list[int] = []

    def slow(_: int) -> None:
        with counted:
            syncs.append(syncing.asked)
        first.set()
        assert go.wait(20)

    for name in SYNCS:
        monkeypatch.setattr(os, name, slow)
    with ThreadPoolExecutor(6) as threads:
        waiting = [threads.submit(syncing.wait)]
        assert first.wait(20)
        waiting += [threads.submit(syncing.wait) for _ in range(5)]
        while syncing.asked < 6:
            pass
        assert not any(one.done() for one in waiting)
        go.set()
        for one in waiting:
            one.result(20)
    # The first one alone, with its folder; the other five came too late for that and share the second.
    assert syncs == [1, 6, 6]


@pytest.mark.parametrize(
    ("said", "state"), [("No space left on device", StoreFull), ("Input/output error", StoreUnavailable)]
)
def test_a_disk_that_fails_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, said: str, state: type[Exception]
) -> None:
    def fail(_: int) -> None:
        raise OSError(said)

    with monkeypatch.context() as patched:
        for name in SYNCS:
            patched.setattr(os, name, fail)
        with pytest.raises(state):
            add(store)
    add(store)
    assert count(store) == 2
