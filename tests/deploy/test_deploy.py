"""What `deploy` and docs/deploy.md say is what runs: the same commands, against a real PostgreSQL."""

import configparser
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml  # type: ignore[import-untyped]  # comes with a development tool, without types

from api.settings import PREFIX, Settings
from tests.api.service.optimizer import FILE
from tests.serving import free_port
from tests.workers import ROOT, SECRET, eventually

DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
VARIABLE = re.compile(r"\$\{(\w+):([-?])([^}]*)\}")


def unit(name: str) -> dict[str, str]:
    """The section Service of a unit of systemd, by lower-case names."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(DEPLOY / name, encoding="utf-8")
    return dict(parser["Service"])


def verbs(command: str) -> list[str]:
    """What follows the program."""
    program, *arguments = shlex.split(command)
    assert program == "/srv/timewright/tw"
    return arguments


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    return found


def environment_of(service: str, given: dict[str, str]) -> dict[str, str]:
    """Of a service of compose, its variables replaced as compose does."""

    def value(match: re.Match[str]) -> str:
        name, kind, rest = match.groups()
        assert name in given or kind == "-", f"{name} is needed: {rest}"
        return given.get(name, rest)

    return {name: VARIABLE.sub(value, text) for name, text in compose()[service]["environment"].items()}


def test_units_and_containers_run_the_same_commands() -> None:
    containers, server = compose(), unit("timewright.service")
    assert containers["upgrade"]["command"] == verbs(server["execstartpre"]) == ["db", "upgrade"]
    assert containers["server"]["command"] == verbs(server["execstart"])
    assert containers["worker"]["command"] == verbs(unit("timewright-worker@.service")["execstart"]) == ["worker"]
    for arguments in (containers["server"]["command"], ["worker"]):
        assert f"timewright {shlex.join(arguments)}" in PAGE


def test_every_setting_that_is_named_exists() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    told = {path.name: path.read_text(encoding="utf-8") for path in DEPLOY.iterdir()} | {"deploy.md": PAGE}
    for name, text in told.items():
        assert set(re.findall(rf"{PREFIX}[A-Z_]+", text)) <= known, name


def test_the_image_holds_what_the_wheel_holds_and_starts_the_program() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = {part for line in lines if line.startswith("COPY") for part in line.split()[1:-1]}
    assert copied == {"requirements.txt", "pyproject.toml", "README.md"} | {
        *("models", "solver", "formats", "scheduling", "api")
    }
    assert all((ROOT / part).exists() for part in copied)
    assert 'ENTRYPOINT ["timewright"]' in lines


def test_both_wait_for_the_end_of_what_is_under_way() -> None:
    """Longer than searches and streams get to end."""
    assert int(unit("timewright.service")["timeoutstopsec"]) >= 15
    assert compose()["worker"]["stop_grace_period"] == "30s"


class Machine:
    """Runs the program as a container or unit would, with the database of the test and a port of its own."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.port = folder, free_port()
        given = {"POSTGRES_PASSWORD": "x", "TIMEWRIGHT_SECRET": SECRET}
        made = environment_of("server", given)
        assert made["TIMEWRIGHT_DATABASE"] == "postgresql://timewright:x@database/timewright"
        own = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        here = {"TIMEWRIGHT_DATABASE": database, "TIMEWRIGHT_HOST": "127.0.0.1", "TIMEWRIGHT_PORT": str(self.port)}
        self.environment = own | made | here | {"PYTHONPATH": str(ROOT)}

    def call(self, arguments: list[str]) -> dict[str, Any]:
        """Runs to its end; what it prints."""
        command = [sys.executable, "-m", "api.cli", *arguments, "--json"]
        ended = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False, timeout=100
        )
        assert ended.returncode == 0, ended.stderr
        found: dict[str, Any] = json.loads(ended.stdout)
        return found

    @contextmanager
    def running(self, arguments: list[str], name: str) -> Iterator[Path]:
        """Its log; asked to end at the end, as systemd and compose do, and it does so in good order."""
        log = self.folder / f"{name}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "api.cli", *arguments],
                cwd=self.folder,
                env=self.environment,
                stdout=stream,
                stderr=stream,
            )
        try:
            yield log
            process.terminate()
            assert process.wait(30) == 0, log.read_text()
        finally:
            process.kill()
            process.wait()

    def healthy(self) -> bool:
        """What the container is asked."""
        _, program, *arguments = compose()["server"]["healthcheck"]["test"]
        assert program == "python"
        here = [part.replace(":8000/", f":{self.port}/") for part in arguments]
        return subprocess.run([sys.executable, *here], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_the_commands_bring_a_school_from_nothing_to_a_timetable(
    empty_postgresql: Callable[[str], str], tmp_path: Path
) -> None:
    machine, services = Machine(tmp_path, empty_postgresql("")), compose()
    upgraded = machine.call(services["upgrade"]["command"])
    assert upgraded["revision"] == upgraded["newest"]
    first = re.search(r"timewright (user add .*)\ntimewright (token .*)\n", PAGE)
    assert first is not None
    machine.call(shlex.split(first[1]))
    token = machine.call(shlex.split(first[2]))["token"]
    with ExitStack() as stack:
        stack.enter_context(machine.running(services["server"]["command"], "server"))
        workers = [
            stack.enter_context(machine.running(services["worker"]["command"], f"worker-{number}"))
            for number in range(services["worker"]["deploy"]["replicas"])
        ]
        eventually(machine.healthy, "the server")
        eventually(lambda: all("ready" in log.read_text() for log in workers), "the workers")
        url, bearer = f"http://127.0.0.1:{machine.port}", {"Authorization": f"Bearer {token}"}
        client = stack.enter_context(httpx2.Client(base_url=url, headers=bearer, timeout=30))
        problem = client.post("/v1/problems", content=FILE["content"]).json()["id"]
        job = client.post(f"/v1/problems/{problem}/solve", json={"seconds": 5}).json()["id"]
        done = eventually(lambda: ended(client, job), "the end of the job")
        assert done["status"] == "done", done
        score = client.get(f"/v1/timetables/{done['timetable']}/score").json()
        assert (score["hard"], score["unplaced"]) == (0, 0)
    assert sum(job in log.read_text() for log in workers) == 1


def ended(client: httpx2.Client, job: str) -> dict[str, Any] | None:
    found: dict[str, Any] = client.get(f"/v1/jobs/{job}").json()
    return found if found["finished_at"] else None
