"""Weeks and slots that a process keeps are never stale: whatever door a change comes through, in whatever process."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from scheduling.school.sessions import start_session
from scheduling.store import StoreSession
from scheduling.store.tables import Organisation, SchoolClass, SchoolSubject, SchoolTeacher
from tests.dialects.director.schools import School, solve_job
from tests.dialects.director.test_import import workbook
from tests.service import Service

Ids = dict[str, list[str]]
LEVELS = ("jss1", "jss2", "jss3")


@pytest.fixture
def elsewhere(database: str, service: Service, director: TestClient) -> Iterator[TestClient]:
    """The same director at another server process."""
    other = Service(database)
    token = service.demo("director")["tokens"]["director"]
    yield TestClient(other.app, headers={"Authorization": f"Bearer {token}"}, base_url=str(director.base_url))
    other.close()


def shown(client: TestClient) -> list[Any]:
    """All that is kept, as the process of the client tells it."""
    weeks = [client.post("timetable", json={"class": level}).json() for level in LEVELS]
    return [*weeks, client.get("time-slots").json(), client.get("time-slots", params={"active": True}).json()]


def afresh(client: TestClient) -> list[Any]:
    """The same by a process that has kept nothing."""
    client.app.state.services.finished.kept.clear()  # type: ignore[attr-defined]  # of FastAPI
    return shown(client)


def wish(ids: Ids, **changed: Any) -> dict[str, Any]:
    names = ("class_id", "subject_id", "teacher_id", "timeSlotId")
    return {**{name: ids[name][0] for name in names}, "day_of_week": "MONDAY", **changed}


def made(director: TestClient, ids: Ids) -> str:
    found: str = director.post("create-timetable", json=wish(ids)).json()["data"]["id"]
    return found


REQUESTS: dict[str, Callable[[TestClient, Ids, str], Any]] = {
    "create": lambda d, ids, _: d.post("create-timetable", json=wish(ids, day_of_week="TUESDAY")),
    "bulk": lambda d, ids, _: d.post(
        "bulk-create-timetable", json={"entries": [wish(ids, day_of_week="FRIDAY"), wish(ids)]}
    ),
    "change": lambda d, ids, entry: d.patch(f"timetable/{entry}", json={"room": "Hall"}),
    "remove": lambda d, ids, entry: d.delete(f"timetable/{entry}"),
    "new slot": lambda d, ids, _: d.post(
        "create-time-slot", json={"startTime": "20:00", "endTime": "20:30", "label": "Late"}
    ),
    "slot": lambda d, ids, _: d.patch(f"time-slots/{ids['timeSlotId'][0]}", json={"label": "Dawn"}),
    "slot out of use": lambda d, ids, entry: [
        d.delete(f"timetable/{entry}"),
        d.delete(f"time-slots/{ids['timeSlotId'][0]}"),
    ][-1],
}


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS.keys())
def test_a_request_elsewhere_shows_at_once(
    director: TestClient, elsewhere: TestClient, ids: Ids, request_: Callable[[TestClient, Ids, str], Any]
) -> None:
    entry = made(director, ids)
    before = shown(elsewhere)
    assert shown(elsewhere) == before
    answer = request_(director, ids, entry)
    assert answer.status_code in (200, 201), answer.text
    after = shown(elsewhere)
    assert after != before
    assert after == afresh(elsewhere) == shown(director)


WRITES: dict[str, Callable[[StoreSession, Ids], Any]] = {
    "class": lambda s, ids: setattr(s.get_one(SchoolClass, ids["class_id"][0]), "name", "JSS 1Z"),
    "subject": lambda s, ids: setattr(s.get_one(SchoolSubject, ids["subject_id"][0]), "name", "Newton"),
    "teacher": lambda s, ids: setattr(s.get_one(SchoolTeacher, ids["teacher_id"][0]), "last_name", "Newname"),
    "days": lambda s, ids: setattr(s.scalars(select(Organisation)).one(), "settings", {"days": ["SATURDAY"]}),
    "year": lambda s, ids: start_session(s, "Next", date(2027, 1, 1), date(2027, 12, 31)),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_a_change_of_what_entries_refer_to_shows_at_once(
    service: Service,
    director: TestClient,
    elsewhere: TestClient,
    ids: Ids,
    write: Callable[[StoreSession, Ids], Any],
) -> None:
    made(director, ids)
    before = shown(elsewhere)
    with service.services.store.write(service.tenant("director")) as session:
        write(session, ids)
    after = shown(elsewhere)
    assert after != before
    assert after == afresh(elsewhere)


def test_import_publishing_and_going_back_show_at_once(database: str) -> None:
    service, other = Service(database), Service(database)
    school = School(service)
    elsewhere = TestClient(other.app, headers=dict(school.client.headers), base_url=str(school.client.base_url))
    seen = [shown(elsewhere)]
    assert school.load(workbook())["status"] == 201
    seen.append(shown(elsewhere))
    assert seen[-1] == afresh(elsewhere) != seen[-2]
    jobs = []
    for seed in (1, 2):
        jobs.append(school.client.post("generate", json={"pinned": "none", "seed": seed}).json()["data"]["jobId"])
        solve_job(service, school.tenant, jobs[-1])
    for job in (*jobs, jobs[0]):
        answer = school.client.post("publish", json={"job_id": job, "replace": True})
        assert answer.status_code == 201, answer.text
        seen.append(shown(elsewhere))
        assert seen[-1] == afresh(elsewhere)
    assert seen[1] != seen[2]
    assert seen[3] != seen[4]
    service.close()
    other.close()


def test_another_school_never_gets_it(service: Service, director: TestClient, ids: Ids) -> None:
    made(director, ids)
    own = shown(director)
    other = service.client("director", "other_tenant_director")
    other.base_url = director.base_url
    told = shown(other)
    assert told == afresh(other)
    assert ids["class_id"][0] not in str(told)
    assert shown(director) == own


def test_a_refusal_is_not_kept(service: Service, director: TestClient) -> None:
    assert director.post("timetable", json={"class": "new1"}).status_code == 400
    with service.services.store.write(service.tenant("director")) as session:
        session.add(SchoolClass(name="New 1A", code="N1A", updated_at=session.now))
    assert director.post("timetable", json={"class": "new1"}).status_code == 200
