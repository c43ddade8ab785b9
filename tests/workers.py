"""Real worker processes for tests."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz"
PATIENCE = 240.0
"""Seconds a loaded machine may need, also to compile the search for the first time."""

T = TypeVar("T")


@contextmanager
def working(database: str, folder: Path, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker of the database; killed at the end. Its log is in the folder."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("TIMEWRIGHT_")}
    environment = own | {"PYTHONPATH": str(ROOT), "TIMEWRIGHT_SECRET": SECRET, "TIMEWRIGHT_DATA": str(folder)}
    command = [sys.executable, "-m", "api.cli", "worker", "--threads", "1", "--database", database, *options]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def eventually(look: Callable[[], T | None], what: str, patience: float = PATIENCE) -> T:
    """What look finds as soon as it finds something."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"in vain waited for: {what}")
