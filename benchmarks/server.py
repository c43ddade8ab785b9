"""The server as a process of its own, and what it costs."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.machine import ROOT

PATIENCE = 120.0
"""Seconds it may take to be ready."""
DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl."""
TICKS = os.sysconf("SC_CLK_TCK")
SECRET = "benchmark-0123456789-abcdefghijklmnopqrstuvwxyz"


class Server(NamedTuple):
    """seconds: of the clock until it was ready; seconds_cpu: of the processor until then."""

    process: "subprocess.Popen[bytes]"
    port: int
    seconds: float
    seconds_cpu: float

    def processor(self) -> float:
        """Seconds used so far, without its workers."""
        return _processor(self.process.pid)

    def memory_mb(self) -> float:
        """Resident memory now, in 10^6 bytes, without its workers."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").splitlines()
        kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
        return round(kilobytes * 1024 / 1e6, 1)


@contextmanager
def serving(folder: Path, *options: str, **settings: str) -> Iterator[Server]:
    """Ready. It has the settings given and no others, and its output is in serve.log of the folder."""
    port = _free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith("TIMEWRIGHT_")}
    own |= {"PYTHONPATH": str(ROOT), **{f"TIMEWRIGHT_{name}": value for name, value in settings.items()}}
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port), *options]
    begin = time.perf_counter()
    with (folder / "serve.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=own, stdout=log, stderr=log, preexec_fn=_die_with_parent)
    try:
        _wait(process, port, folder)
        yield Server(process, port, round(time.perf_counter() - begin, 2), _processor(process.pid))
    finally:
        process.terminate()
        process.wait(60)


def _die_with_parent() -> None:
    """A run that is stopped for its length leaves nothing behind, where the system can see to it."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(DEATH_SIGNAL, signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError(f"the server did not start: {(folder / 'serve.log').read_text(encoding='utf-8')[-2000:]}")


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
