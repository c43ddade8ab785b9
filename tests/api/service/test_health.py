"""/healthz, /readyz and /metrics: also when the disk is full or the database gone."""

import re
from pathlib import Path

from sqlalchemy import event

from tests.api.service.notebook import NOTEBOOK
from tests.service import Service


def test_a_healthy_service_is_ready(on_both: Service) -> None:
    assert on_both.nobody.get("/healthz").json() == {"status": "ok"}
    kind = on_both.services.store.dialect
    assert on_both.nobody.get("/readyz").json() == {"status": "ready", "database": kind}


def test_without_room_on_the_disk_it_is_not_ready(sqlite_database: str) -> None:
    service = Service(sqlite_database, (), least_free_disk=10**18)
    answer = service.nobody.get("/readyz")
    assert (answer.status_code, answer.json()["title"]) == (503, "Not available")
    assert re.fullmatch(r"The disk is nearly full: \d+ MB are free\.", answer.json()["detail"])
    assert service.nobody.get("/healthz").status_code == 200
    service.close()


def test_a_disk_that_fills_up_is_a_503_and_reading_goes_on(service: Service) -> None:
    client = service.client("director", "teacher")
    assert client.post("/notebook/notes", json={"text": "first"}).status_code == 201
    engine = service.services.store.engines.write
    engine.dispose()
    event.listen(engine, "connect", limit := lambda c, _: c.execute("PRAGMA max_page_count=1").close())
    statuses = [client.post("/notebook/notes", json={"text": "x" * 100}).status_code for _ in range(60)]
    assert statuses[-1] == 503
    assert set(statuses) <= {201, 503}
    answer = client.post("/notebook/notes", json={"text": "x" * 100})
    assert answer.json() == {
        "oops": "The disk of the database is full: nothing can be stored until there is room again."
    }
    assert int(answer.headers["retry-after"]) > 0
    assert len(client.get("/notebook/notes").json()) == 1 + statuses.count(201)
    event.remove(engine, "connect", limit)
    engine.dispose()
    assert client.post("/notebook/notes", json={"text": "later"}).status_code == 201


def test_a_database_that_is_gone_is_a_503_that_passes(sqlite_database: str) -> None:
    service = Service(sqlite_database, (NOTEBOOK,))
    client = service.client("director", "teacher")
    folder = Path(sqlite_database.removeprefix("sqlite:///")).parent
    service.services.store.close()
    away = folder.rename(folder.with_name("away"))
    for answer in (client.get("/notebook/notes"), service.nobody.get("/readyz")):
        assert answer.status_code == 503
        assert "The database cannot be reached at the moment" in answer.text
        assert "sqlite" not in answer.text
    away.rename(folder)
    assert client.get("/notebook/notes").status_code == 200
    service.close()


def test_metrics_count_by_route_and_name_nobody(service: Service) -> None:
    client = service.client("director", "teacher")
    note = client.post("/notebook/notes", json={"text": "x"}).json()["id"]
    client.get(f"/notebook/notes/{note}")
    service.nobody.get("/nothing/at/all")
    text = service.nobody.get("/metrics").text
    assert 'timewright_answers_total{method="GET",route="/notebook/notes/{note_id}",status="200"} 1.0' in text
    assert 'timewright_answers_total{method="GET",route="(no route)",status="404"} 1.0' in text
    assert note not in text
    assert service.demo("director")["organisation"] not in text


def test_two_apps_do_not_share_their_metrics(service: Service, sqlite_database: str) -> None:
    other = Service(sqlite_database, (NOTEBOOK,))
    service.nobody.get("/healthz")
    assert 'route="/healthz"' not in other.nobody.get("/metrics").text
    other.close()
