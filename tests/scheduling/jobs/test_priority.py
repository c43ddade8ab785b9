"""What a worker does beside answering: only the search steps back, and the engine keeps nobody from writing."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from dbos import DBOS

from scheduling.jobs.engine import Engine
from scheduling.jobs.priority import BY_THREADS, NICENESS
from scheduling.jobs.watch import Watch
from scheduling.jobs.workshop import Workshop
from scheduling.store import Store, Tenant
from tests.workers import eventually

LOOKING = "dbos-background-jobs"
LAST = 19
"""The system has no lower priority."""


@pytest.fixture
def store(sqlite_database: str) -> Store:
    return Store(sqlite_database)


def own() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def own_and_of_another_thread() -> tuple[int, int]:
    with ThreadPoolExecutor(1) as threads:
        return own(), threads.submit(own).result()


@pytest.mark.skipif(not BY_THREADS, reason="threads have no priority of their own here")
def test_a_search_and_its_threads_step_back_and_nobody_else(store: Store, first: Tenant) -> None:
    before = own()
    found = Watch(store, first, "job", "worker", Event(), None).follow(own_and_of_another_thread)
    behind = min(before + NICENESS, LAST)
    assert found == (behind, behind)
    assert own_and_of_another_thread() == (before, before)


def test_the_engine_does_not_look_for_what_we_never_ask_of_it(store: Store, sqlite_database: str) -> None:
    """Each look would take SQLite's only writer, whether or not there is something to find."""
    Engine(sqlite_database, Workshop(store, "worker"))
    try:
        eventually(lambda: LOOKING not in {thread.name for thread in threading.enumerate()}, "the end of the looks")
    finally:
        DBOS.destroy(destroy_registry=True)
