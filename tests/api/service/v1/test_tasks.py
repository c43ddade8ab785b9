"""Repair, explain, fixes and the like over HTTP: what is refused at once, and what a fix becomes."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from formats.excel.write_input import write_input
from models.rules.base import Who
from models.rules.unavailable import Unavailable
from scheduling import library
from scheduling.jobs.ending import finish
from scheduling.jobs.slices import run_slice
from scheduling.jobs.standing import Standing
from scheduling.jobs.turns import take_next
from scheduling.jobs.workshop import Workshop
from tests.api.service.optimizer import found_fixes, problem, tenant_of, timetable
from tests.formats.little_school import PROBLEM, TIMETABLE, changed
from tests.service import Service


@pytest.fixture
def ids(service: Service, client: TestClient) -> dict[str, str]:
    """Of the little school and its timetable."""
    body = {"problem": PROBLEM.model_dump(mode="json"), "timetable": TIMETABLE.model_dump(mode="json")}
    made = client.post("/v1/problems", content=json.dumps(body)).json()
    return {"problem": made["id"], "timetable": made["timetable"]}


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("repair", {"changes": ["teacher X9 absent Mon"]}, "Changes.0: the unknown teacher 'X9' is to be unavailable."),
    ("repair", {"changes": ["school is out"]}, '"school is out" is no change; expected: '),
    ("repair", {"locked": ["m9"]}, "Locked: there is no lesson m9: did you mean m2, m1"),
    ("repair", {"earliest": "Sunday"}, "is no time of the timetable"),
    ("alternatives", {"goals": ["beauty"]}, "There is no goal 'beauty'; goals are "),
    ("alternatives", {"apart": 1000}, "The problem has 9 lessons"),
    ("cover", {"absent": [{"teacher": "X9"}], "week": "A"}, 'Absent.0: there is no teacher "X9".'),
    ("cover", {"absent": [{"teacher": "ADE"}]}, "Week: one of A, B is needed."),
    ("cover", {"absent": [{"teacher": "ADE", "times": "Sun"}], "week": "A"}, "Absent.0: "),
    ("cover", {"absent": [{"teacher": "ADE"}], "week": "A", "not_alone": ["9Z"]}, "names the unknown class '9Z'"),
    ("why-not", {"lesson": "m9"}, "There is no lesson m9: did you mean m2, m1"),
    ("why-not", {"lesson": "m1", "at": "Mon P9"}, "There is no time Mon P9"),
    ("why-not", {"lesson": "art", "room": "R1"}, "Lesson 'art' asks for no room."),
    ("why-not/exact", {"lesson": "m2", "at": "Mon P6"}, "does not fit at Mon P6: the day is too short there."),
]


@pytest.mark.parametrize(("route", "body", "said"), REFUSED)
def test_what_cannot_be_done_is_refused_at_once(
    client: TestClient, ids: dict[str, str], route: str, body: dict[str, Any], said: str
) -> None:
    about = "problem" if route == "alternatives" else "timetable"
    answer = client.post(f"/v1/{route}", json={about: ids[about], **body})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("route", ["repair", "cover", "why-not", "why-not/exact"])
def test_a_timetable_that_is_not_there_is_not_found(client: TestClient, route: str) -> None:
    more: dict[str, Any] = {"lesson": "x", "at": "Mon P1"} if "why" in route else {}
    more |= {"absent": [{"teacher": "x"}]} if route == "cover" else {}
    assert client.post(f"/v1/{route}", json={"timetable": "nothing", **more}).status_code == 404


@pytest.mark.parametrize("body", [{"seconds": 0}, {"seconds": 10**6}, {"count": 21}, {"unknown": 1}, {"priority": 11}])
def test_wishes_out_of_range_are_refused(client: TestClient, ids: dict[str, str], body: dict[str, Any]) -> None:
    assert client.post("/v1/fixes", json={"problem": ids["problem"], **body}).status_code == 422


def test_a_task_is_a_job_that_can_be_looked_at_and_cancelled(client: TestClient, ids: dict[str, str]) -> None:
    asked = client.post("/v1/explain", json={"problem": ids["problem"], "cores": 2, "priority": 3})
    assert asked.status_code == 202
    job = asked.json()
    assert (job["kind"], job["status"], job["priority"]) == ("explain", "queued", 3)
    assert job["parameters"] == {"problem": ids["problem"], "cores": 2, "seconds": 120.0, "seed": 0}
    again = client.post("/v1/explain", json={"problem": ids["problem"], "cores": 2})
    assert again.json()["id"] == job["id"]
    assert client.delete(f"/v1/jobs/{job['id']}").json()["status"] == "cancelled"
    assert "event: end" in client.get(f"/v1/jobs/{job['id']}/events").text


def test_a_timetable_to_begin_with_must_be_of_the_problem(
    service: Service, client: TestClient, ids: dict[str, str]
) -> None:
    other = timetable(service, tenant_of(service, "director", "director"))
    answer = client.post("/v1/alternatives", json={"problem": ids["problem"], "timetable": other, "apart": 2})
    assert answer.json()["errors"] == [{"field": "timetable", "message": "of another problem"}]
    incomplete = {"problem": ids["problem"], "timetable": ids["timetable"], "apart": 2}
    assert "is not complete" in client.post("/v1/alternatives", json=incomplete).json()["detail"]


def test_why_not_names_what_speaks_against_a_place(client: TestClient, ids: dict[str, str]) -> None:
    body = {"timetable": ids["timetable"], "lesson": "m1", "at": "Mon P1"}
    (place,) = client.post("/v1/why-not", json=body).json()["places"]
    assert not place["free"]
    assert any("Ade Bello" in sentence or "ADE" in sentence for sentence in place["blocks"])
    everywhere = client.post("/v1/why-not", json={"timetable": ids["timetable"], "lesson": "m1"}).json()
    assert everywhere["best"]
    assert len(everywhere["places"]) > 1


def test_two_timetables_are_compared_and_the_reserves_told(client: TestClient, ids: dict[str, str]) -> None:
    same = client.post("/v1/diff", json={"before": ids["timetable"], "after": ids["timetable"]}).json()
    assert (same["moved"], same["changes"]) == (0, [])
    slots = client.get(f"/v1/timetables/{ids['timetable']}/robustness").json()["slots"]
    assert {"teachers", "rooms", "uncovered", "unroomed"} <= set(slots[0])


def test_a_fix_becomes_the_new_version_of_the_school_once(service: Service, client: TestClient) -> None:
    tenant = tenant_of(service, "director", "director")
    job = found_fixes(service, tenant)
    key = {"Idempotency-Key": "fix-1"}
    first, again = (client.post(f"/v1/jobs/{job}/fixes/1", headers=key).json() for _ in range(2))
    assert first == again
    assert first["changes"] == "Less is taught"
    with service.services.store.read(tenant) as session:
        row = library.problem_row(session, first["problem"])
        assert (row.name, row.report["job"]) == ("Little school", job)
        assert library.timetable_row(session, first["timetable"]).problem_id == first["problem"]
    assert client.post(f"/v1/jobs/{job}/fixes/2").status_code == 404


@pytest.mark.slow
def test_a_contradiction_of_a_workbook_is_told_with_its_cells(service: Service, client: TestClient) -> None:
    everything = tuple(range(PROBLEM.grid.size))
    impossible = changed(rules=(Unavailable(who=Who(kind="teacher", ids=("BEN",)), cells=everything),))
    file = {"file": ("school.xlsx", write_input(impossible))}
    problem_id = client.post("/v1/problems", files=file).json()["id"]
    job = client.post("/v1/explain", json={"problem": problem_id, "seconds": 30}).json()["id"]
    store = service.services.store
    assert take_next(store, "here") is not None
    organisation = service.demo("director")["organisation"]
    standing = run_slice(Workshop(store, "here", threads=1), job, organisation, Standing())
    finish(store, job, organisation, standing, "here")
    result = client.get(f"/v1/jobs/{job}").json()["result"]
    sources = {fact["source"] for core in result["cores"] for fact in core["facts"]}
    assert any(source.startswith("Unavailable!") for source in sources), sources


def test_only_fixes_that_were_found_can_be_applied(service: Service, client: TestClient) -> None:
    kept = problem(service, tenant_of(service, "director", "director"))
    searching = client.post("/v1/fixes", json={"problem": kept}).json()["id"]
    assert client.post(f"/v1/jobs/{searching}/fixes/1").status_code == 409
    explaining = client.post("/v1/explain", json={"problem": kept}).json()["id"]
    assert client.post(f"/v1/jobs/{explaining}/fixes/1").status_code == 409
