"""timewright serve has a worker beside it, which is replaced when it dies and goes when the server does."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from api.settings import Settings
from api.verbs.helpers import helpers
from tests.workers import ROOT, SECRET, eventually


def workers(folder: Path) -> set[str]:
    """Names of those that hold a lock file beside the database."""
    locks = folder / "timewright.db-workers"
    return {file.name for file in locks.iterdir()} if locks.exists() else set()


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{process}/stat").read_text().split()[2] == "Z"


def child_of(server: "subprocess.Popen[bytes]") -> int | None:
    tasks = Path(f"/proc/{server.pid}/task").iterdir()
    found = [child for task in tasks for child in (task / "children").read_text().split()]
    return int(found[0]) if found else None


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for child processes in /proc")
def test_a_worker_is_replaced_and_ends_with_its_server(tmp_path: Path, sqlite_database: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TIMEWRIGHT_SECRET": SECRET, "TIMEWRIGHT_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "api.cli", "serve", "--port", "0", "--database", sqlite_database]
    with (tmp_path / "serve.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)
    try:
        first = eventually(lambda: workers(tmp_path), "the first worker")
        os.kill(eventually(lambda: child_of(server), "its process"), signal.SIGKILL)
        eventually(lambda: workers(tmp_path) - first, "another worker")
        process = eventually(lambda: child_of(server), "its process")
        server.kill()
        eventually(lambda: is_gone(process), "the end of the worker")
    finally:
        server.kill()
        server.wait()


def test_a_worker_is_started_without_the_hooks_of_a_fork(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are of modules that another thread may just be loading: of a lock, then only the second half would run."""
    started, hooks = tmp_path / "started", list[str]()
    command = tmp_path / "command"
    command.write_text(f"#!/bin/sh\ntouch {started}\n")
    command.chmod(0o755)
    os.register_at_fork(before=lambda: hooks.append("before"))
    monkeypatch.setattr(sys, "executable", str(command))
    with helpers(Settings(secret=SecretStr(SECRET), data=tmp_path), 1):
        eventually(started.exists, "the worker")
    assert not hooks
