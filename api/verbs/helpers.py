"""The workers beside a server: processes of their own, so that answers stay quick while a search uses all cores."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import structlog

from api.settings import PREFIX, Settings
from scheduling.jobs.priority import BY_THREADS, NICENESS

PAUSE = 2.0
"""Seconds before a worker that ended is started again."""
PATIENCE = 10.0
"""Seconds a worker gets to end."""

log = structlog.get_logger("timewright.serve")


@contextmanager
def helpers(settings: Settings, number: int) -> Iterator[None]:
    """As many workers as asked for; one that dies is replaced, and all end when this process does, however it ends."""
    stop = Event()
    keepers = [Thread(target=_keep, args=(settings, stop), name="worker-keeper") for _ in range(number)]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        stop.set()
        for keeper in keepers:
            keeper.join()


def _keep(settings: Settings, stop: Event) -> None:
    while not stop.is_set():
        process = _start(settings)
        while not stop.wait(0.2):
            if process.poll() is not None:
                log.error("a worker ended and is started again", code=process.returncode)
                break
        _end(process)
        stop.wait(PAUSE)


def _start(settings: Settings) -> "subprocess.Popen[bytes]":
    """Its standard input is the sign that we live. In a session of its own: Ctrl-C is for the server, which ends its
    workers in good order."""
    environment = {**os.environ, f"{PREFIX}SECRET": settings.secret.get_secret_value()}
    command = [sys.executable, "-m", "api.cli", "worker", "--with-parent", "--database", settings.database_url]
    # With a function to call in between, hooks of a fork would run, also of modules other threads are just loading.
    process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment, start_new_session=True)
    if not BY_THREADS:
        os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
    return process


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None:
        process.stdin.close()
    process.terminate()  # for one that does not listen yet
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
