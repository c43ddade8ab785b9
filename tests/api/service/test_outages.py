"""Without a database, or room on its disk, requests are 503s in the words of their door; afterwards all goes on."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TextIO, cast

import httpx2
import pytest

from api.logs import Losable
from datasets.generate import generate
from scheduling.store import engine
from scheduling.store.migrate import upgrade
from tests import postgresql
from tests.api.service.optimizer import FILE
from tests.service import Service
from tests.serving import serving
from tests.workers import eventually, working

SLOTS, MAKE = "/director/schedules/time-slots", "/director/schedules/create-time-slot"
GONE = "The database cannot be reached at the moment; try again later."
FULL = "The disk of the database is full: nothing can be stored until there is room again."
BUSY = "The database is busy; try again later."


@pytest.fixture
def service(sqlite_database: str) -> Iterator[Service]:
    service = Service(sqlite_database)
    yield service
    service.close()


@pytest.fixture
def own_server() -> Iterator[postgresql.Server]:
    try:
        with postgresql.own_server() as server:
            upgrade(server.url)
            yield server
    except postgresql.Missing as missing:
        pytest.skip(str(missing))


def slot(number: int) -> dict[str, str]:
    """A minute of its own, after the bell schedule of the demo."""
    start, end = 13 * 60 + number, 13 * 60 + number + 1
    return {"startTime": f"{start // 60}:{start % 60:02d}", "endTime": f"{end // 60}:{end % 60:02d}", "label": "X"}


def is_problem(answer: httpx2.Response, sentence: str) -> bool:
    told = answer.json()
    return (
        (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        and (told["title"], told["detail"]) == ("Not available", sentence)
        and int(answer.headers["retry-after"]) > 0
    )


def is_envelope(answer: httpx2.Response, sentence: str) -> bool:
    right = answer.json() == {"success": False, "message": sentence, "data": None}
    return answer.status_code == 503 and right and int(answer.headers["retry-after"]) > 0


@pytest.mark.slow
def test_postgresql_may_stop_and_come_back_in_the_middle_of_a_solve(
    own_server: postgresql.Server, tmp_path: Path
) -> None:
    school = {"problem": generate(6, 1).problem.model_dump(mode="json"), "timetable": None}
    with closing(Service(own_server.url)) as service, working(own_server.url, tmp_path):
        client = service.client("director", "director")
        problem = client.post("/v1/problems", json=school).json()["id"]
        job = client.post(f"/v1/problems/{problem}/solve", json={"seconds": 8}).json()["id"]
        eventually(lambda: client.get(f"/v1/jobs/{job}").json()["progress"].get("placed"), "a timetable on the way")
        own_server.stop()
        for _ in range(2):
            for path in (f"/v1/jobs/{job}", "/auth/me", "/readyz"):
                assert is_problem(client.get(path), GONE), path
            assert is_problem(client.post("/auth/login", json={"email": "a@b", "password": "x"}), GONE)
            assert is_envelope(client.get(SLOTS), GONE)
            assert is_envelope(client.post(MAKE, json=slot(0)), GONE)
        assert client.get("/healthz").status_code == 200
        time.sleep(2)  # the worker notices as well
        own_server.start()
        assert client.get("/readyz").status_code == 200
        assert client.post(MAKE, json=slot(0)).status_code == 201
        done = eventually(lambda: _ended(client, job), "the end of the job")
    assert done["status"] == "done", (tmp_path / "worker.log").read_text()


def _ended(client: httpx2.Client, job: str) -> dict[str, object] | None:
    found: dict[str, object] = client.get(f"/v1/jobs/{job}").json()
    return found if found["finished_at"] else None


def test_a_full_disk_of_postgresql_is_told(postgresql_database: str) -> None:
    """The server says it as it does when a file cannot grow."""
    statements = (
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION "
        "'could not extend file \"base/5/16384\": No space left on device' USING ERRCODE = 'disk_full'; END$$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON time_slots FOR EACH ROW EXECUTE FUNCTION full_disk()",
    )
    with closing(Service(postgresql_database)) as service:
        client = service.client("director", "director")
        for statement in statements:
            postgresql.execute(postgresql_database, statement)
        assert is_envelope(client.post(MAKE, json=slot(0)), FULL)
        assert client.get(SLOTS).status_code == 200
        postgresql.execute(postgresql_database, "DROP TRIGGER full_disk ON time_slots")
        assert client.post(MAKE, json=slot(0)).status_code == 201


def test_who_waits_too_long_for_another_writer_is_told(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.3)
    file = sqlite_database.removeprefix("sqlite:///")
    with closing(Service(sqlite_database)) as service, closing(sqlite3.connect(file, isolation_level=None)) as other:
        client = service.client("director", "director")
        other.execute("BEGIN IMMEDIATE")
        assert is_envelope(client.post(MAKE, json=slot(0)), BUSY)
        assert is_problem(client.post("/v1/problems", content=FILE["content"]), BUSY)
        assert client.get(SLOTS).status_code == 200
        other.execute("ROLLBACK")
        assert client.post(MAKE, json=slot(0)).status_code == 201


def test_a_file_that_cannot_be_read_is_told_and_may_be_put_back(service: Service, sqlite_database: str) -> None:
    client = service.client("director", "director")
    before = client.get(SLOTS).json()
    service.close()  # its connections; the file is whole now
    file = Path(sqlite_database.removeprefix("sqlite:///"))
    content = file.read_bytes()
    file.write_bytes(b"no database" * 1000)
    assert is_envelope(client.get(SLOTS), GONE)
    assert is_problem(client.get("/readyz"), GONE)
    file.write_bytes(content)
    assert client.get(SLOTS).json() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_log_that_is_full_does_no_harm() -> None:
    with suppress(OSError), open("/dev/full", "w", encoding="utf-8") as full:
        with pytest.raises(OSError, match="No space left"):
            print("line", file=full, flush=True)
        print("line", file=cast(TextIO, Losable(full)), flush=True)


@pytest.mark.slow
def test_a_server_on_a_full_disk_answers_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    """The operating system refuses to let its files grow, its log as well, as a full disk does."""
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("the limits of another process cannot be set here")
    with serving(tmp_path, "--workers", "0") as server:
        demo = json.loads((tmp_path / "timewright-data" / "demo.json").read_text())["director"]
        client = server.client
        client.headers["Authorization"] = f"Bearer {demo['tokens']['director']}"
        whole = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (32 * 1024, whole[1]))
        answers = [client.post(MAKE, json=slot(number)) for number in range(20)]
        made = sum(answer.status_code == 201 for answer in answers)
        assert is_envelope(answers[-1], FULL)
        assert all(answer.status_code == 201 or is_envelope(answer, FULL) for answer in answers)
        assert is_problem(client.post("/v1/problems", content=FILE["content"]), FULL)
        assert len(client.get(SLOTS).json()["data"]) == len(demo["ids"]["timeSlotId"]) + made
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, whole)
        assert client.post(MAKE, json=slot(30)).status_code == 201
        assert client.post("/v1/problems", content=FILE["content"]).status_code == 201
