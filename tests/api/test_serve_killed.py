"""kill -9 of the server in the middle of a solve: with its next start everything is there, and the job ends."""

from pathlib import Path
from typing import Any

import httpx2
import pytest

from datasets.generate import generate
from scheduling.identity.people import add_organisation, add_person
from scheduling.identity.tokens import create_token
from scheduling.store import Store, Tenant
from tests.api.service.optimizer import FILE
from tests.serving import Server, serving
from tests.workers import SECRET, eventually

SETTINGS = {"TIMEWRIGHT_SECRET": SECRET}


def signed(server: Server, token: str) -> httpx2.Client:
    server.client.headers["Authorization"] = f"Bearer {token}"
    return server.client


def now(client: httpx2.Client, job: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/v1/jobs/{job}").json()
    return found


@pytest.mark.slow
def test_a_server_that_was_killed_goes_on_where_it_was(database: str, tmp_path: Path, director_token: str) -> None:
    school = {"problem": generate(6, 1).problem.model_dump(mode="json"), "timetable": None}
    with serving(tmp_path, "--database", database, **SETTINGS) as server:
        client = signed(server, director_token)
        kept = client.post("/v1/problems", content=FILE["content"]).json()["id"]
        problem = client.post("/v1/problems", json=school).json()["id"]
        job = client.post(f"/v1/problems/{problem}/solve", json={"seconds": 5}).json()["id"]
        eventually(lambda: now(client, job)["progress"].get("placed"), "a timetable on the way")
        server.process.kill()
        server.process.wait()
    with serving(tmp_path, "--database", database, **SETTINGS) as server:
        client = signed(server, director_token)
        assert client.get(f"/v1/problems/{kept}").status_code == 200
        assert now(client, job)["status"] in ("running", "done")
        done = eventually(lambda: now(client, job) if now(client, job)["finished_at"] else None, "the end of the job")
        assert done["status"] == "done", server.said
        score = client.get(f"/v1/timetables/{done['timetable']}/score").json()
        assert (score["hard"], score["unplaced"]) == (0, 0)
        assert server.end() == 0
    assert "Traceback" not in server.said


@pytest.fixture
def director_token(database: str) -> str:
    """Of a director in the database."""
    store = Store(database)
    with store.write_across() as session:
        tenant = Tenant(add_organisation(session, "School", "director").id, "test")
    with store.write(tenant) as session:
        token = create_token(session, add_person(session, "Ann", "ann@school.example", ("director",)).id, "test")
    store.close()
    return token
