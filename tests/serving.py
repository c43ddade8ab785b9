"""The server as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tests.workers import ROOT

PATIENCE = 90.0
"""Seconds a loaded machine may need to start."""


@dataclass
class Server:
    """folder: where it was started; its output is in serve.log there."""

    process: "subprocess.Popen[bytes]"
    client: httpx2.Client
    folder: Path

    @property
    def said(self) -> str:
        return (self.folder / "serve.log").read_text()

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code."""
        self.process.send_signal(number)
        return self.process.wait(30)


@contextmanager
def serving(folder: Path, *options: str, **environment: str) -> Iterator[Server]:
    """Ready; killed at the end, unless it has ended. It has the settings given and no others."""
    port = free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith("TIMEWRIGHT_")}
    own |= {"PYTHONPATH": str(ROOT), "TIMEWRIGHT_ARGON2_MEMORY_COST": "8", **environment}
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port), *options]
    with (folder / "serve.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=own, stdout=log, stderr=log)
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            server = Server(process, client, folder)
            _wait_until_ready(server)
            yield server
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(server: Server) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.process.poll() is None, server.said
        try:
            if server.client.get("/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise AssertionError(server.said)
