"""timewright serve, as a process of its own on an empty machine."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0
"""Seconds a loaded machine may need to start."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, *options: str, **environment: str) -> Iterator[httpx2.Client]:
    """The server in the folder, ready; ended at the end."""
    port = free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith("TIMEWRIGHT_")}
    environment = {"PYTHONPATH": str(ROOT), "TIMEWRIGHT_ARGON2_MEMORY_COST": "8", **environment}
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port), *options]
    with (folder / "serve.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=own | environment, stdout=log, stderr=log)
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            wait_until_ready(client, process, folder)
            yield client
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait_until_ready(client: httpx2.Client, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, (folder / "serve.log").read_text()
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise AssertionError((folder / "serve.log").read_text())


@pytest.mark.slow
def test_an_empty_machine_serves_demo_data_and_keeps_it(tmp_path: Path) -> None:
    with serving(tmp_path) as client:
        demo = json.loads((tmp_path / "timewright-data" / "demo.json").read_text())
        bearer = {"Authorization": f"Bearer {demo['director']['tokens']['director']}"}
        assert client.get("/auth/me", headers=bearer).json()["roles"] == ["director"]
        signed = client.post("/auth/login", json=demo["academy"]["logins"]["parent"]).json()
        # After a failure the connection goes on.
        assert client.get("/auth/me", headers={"Authorization": "Bearer x"}).status_code == 401
    before = (tmp_path / "timewright-data" / "demo.json").read_text()
    with serving(tmp_path) as client:
        assert client.get("/auth/me", headers=bearer).status_code == 200
        jwt = {"Authorization": f"Bearer {signed['access_token']}"}
        assert client.get("/auth/me", headers=jwt).json()["roles"] == ["parent"]
    assert (tmp_path / "timewright-data" / "demo.json").read_text() == before
    logged = (tmp_path / "serve.log").read_text()
    assert '"route": "/auth/me"' in logged
    assert signed["access_token"] not in logged


@pytest.mark.slow
def test_who_configures_a_database_gets_no_demo_data(tmp_path: Path, sqlite_database: str) -> None:
    with serving(tmp_path, TIMEWRIGHT_DATABASE=sqlite_database) as client:
        assert client.get("/readyz").json()["database"] == "sqlite"
    assert not (tmp_path / "timewright-data" / "demo.json").exists()


@pytest.mark.slow
def test_a_weak_secret_does_not_start(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TIMEWRIGHT_SECRET": "weak"}
    command = [sys.executable, "-m", "api.cli", "serve"]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "TIMEWRIGHT_SECRET is too weak" in ended.stderr
