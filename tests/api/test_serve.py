"""timewright serve, as a process of its own on an empty machine."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.api.service.optimizer import FILE
from tests.serving import serving
from tests.workers import ROOT, eventually

pytestmark = pytest.mark.slow


def test_an_empty_machine_serves_demo_data_and_keeps_it(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        demo = json.loads((tmp_path / "timewright-data" / "demo.json").read_text())
        bearer = {"Authorization": f"Bearer {demo['director']['tokens']['director']}"}
        assert server.client.get("/auth/me", headers=bearer).json()["roles"] == ["director"]
        signed = server.client.post("/auth/login", json=demo["academy"]["logins"]["parent"]).json()
        # After a failure the connection goes on.
        assert server.client.get("/auth/me", headers={"Authorization": "Bearer x"}).status_code == 401
        # A job under way and a stream that is open do not hold up the end.
        problem = server.client.post("/v1/problems", content=FILE["content"], headers=bearer).json()["id"]
        job = server.client.post(f"/v1/problems/{problem}/solve", headers=bearer).json()["id"]
        with server.client.stream("GET", f"/v1/jobs/{job}/events", headers=bearer) as stream:
            assert next(stream.iter_lines()) == "event: progress"
            assert server.end(signal.SIGINT) == 0
    before = (tmp_path / "timewright-data" / "demo.json").read_text()
    with serving(tmp_path) as server:
        assert server.client.get("/auth/me", headers=bearer).status_code == 200
        jwt = {"Authorization": f"Bearer {signed['access_token']}"}
        assert server.client.get("/auth/me", headers=jwt).json()["roles"] == ["parent"]
        assert server.client.get(f"/v1/jobs/{job}", headers=bearer).json()["problem"] == problem
        assert server.end(signal.SIGTERM) == 0
    assert (tmp_path / "timewright-data" / "demo.json").read_text() == before
    logged = (tmp_path / "serve.log").read_text()
    assert '"route": "/auth/me"' in logged
    assert signed["access_token"] not in logged
    assert "Traceback" not in logged


def test_killed_while_it_makes_demo_data_it_makes_the_rest_at_the_next_start(tmp_path: Path) -> None:
    data = tmp_path / "timewright-data"
    command = [sys.executable, "-m", "api.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}) as first:
        eventually((data / "demo-seed").exists, "the beginning of the demo data")
        first.kill()
    assert not (data / "demo.json").exists()
    with serving(tmp_path, "--workers", "0") as server:
        demo = json.loads((data / "demo.json").read_text())
        for dialect in demo.values():
            for token in dialect["tokens"].values():
                assert server.client.get("/auth/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_it_says_how_to_sign_in_and_what_to_try_and_keeps_its_port(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "0") as server:
        said, port = server.said, str(server.client.base_url.port)
        login = json.loads((tmp_path / "timewright-data" / "demo.json").read_text())["director"]["logins"]["director"]
        assert f"Serving at http://127.0.0.1:{port} " in said
        assert f"{login['email']} with password {login['password']}" in said
        tried = [line.split() for line in said.splitlines() if line.strip().startswith("curl")]
        for words in (words for words in tried if "-F" not in words and "-X" not in words):
            token, url = words[4].rstrip("'"), words[-1]
            assert httpx2.get(url, headers={"Authorization": f"Bearer {token}"}).status_code == 200, url
        second = started(tmp_path / "second", "--port", port)
    assert second.returncode == 2
    assert f"port {port}: Address already in use" in second.stderr
    assert not (tmp_path / "second" / "timewright-data" / "demo.json").exists()


def test_who_configures_a_database_gets_no_demo_data(tmp_path: Path, sqlite_database: str) -> None:
    with serving(tmp_path, "--workers", "0", TIMEWRIGHT_DATABASE=sqlite_database) as server:
        assert server.client.get("/readyz").json()["database"] == "sqlite"
    assert not (tmp_path / "timewright-data" / "demo.json").exists()


def test_a_weak_secret_does_not_start(tmp_path: Path) -> None:
    ended = started(tmp_path / "weak", TIMEWRIGHT_SECRET="weak")
    assert ended.returncode == 2
    assert "TIMEWRIGHT_SECRET is too weak" in ended.stderr


def started(folder: Path, *options: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A server that ends by itself, started in a new folder."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "api.cli", "serve", *options]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=100
    )
