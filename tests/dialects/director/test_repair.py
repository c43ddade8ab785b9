"""A teacher falls ill, a room is closed: the fewest changes, followed and published like a generated timetable."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from scheduling.store.tables import Job, SchoolTeacher
from scheduling.tasks import Repair
from tests.dialects.director.test_generate import entries, generated, make, published, where
from tests.dialects.director.test_slots import refused
from tests.service import Service
from tests.workers import eventually, working

Ids = dict[str, list[str]]


@pytest.fixture
def service(sqlite_database: str) -> Iterator[Service]:
    service = Service(sqlite_database)
    yield service
    service.close()


def run(service: Service, job_id: str) -> dict[str, Any]:
    """What a worker does, and how it is told."""
    from scheduling import jobs, library

    tenant = service.tenant("director")
    with service.services.store.read(tenant) as session:
        job = session.get_one(Job, job_id)
        task = Repair.model_validate(job.parameters)
        material = jobs.material_of(session, task)
    product = task.run(material, 1, lambda: False)
    with service.services.store.write(tenant) as session:
        job = session.get_one(Job, job_id)
        for made in product.made:
            assert made.problem is None
            judged = library.judge(material.problem, made.timetable)
            job.timetable_id = library.keep_timetable(session, job.problem_id, made.timetable, judged, "repair").id
        job.status, job.result = "done", product.result
    return product.result


def started(director: TestClient, **body: Any) -> str:
    answer = director.post("repair", json=body)
    assert (answer.status_code, answer.json().get("message")) == (201, "Timetable repair started"), answer.text
    found: str = answer.json()["data"]["jobId"]
    return found


def test_a_lesson_of_an_absent_teacher_moves_or_is_taken_over(service: Service, director: TestClient, ids: Ids) -> None:
    john, first = ids["teacher_id"][0], ids["timeSlotId"][0]
    gone = make(director, ids, teacher_id=john)
    stays = make(director, ids, class_id=ids["class_id"][1], teacher_id=ids["teacher_id"][1])
    job = started(director, changes=[{"teacher_id": john, "days": ["MONDAY"], "timeSlotIds": [first]}])
    result = run(service, job)
    assert (result["status"], len(result["changes"])) == ("optimal", 1)
    assert director.get(f"generate/{job}").json()["data"]["kind"] == "repair"
    made = published(director, job_id=job)
    assert made["unchanged"] == 2
    rows = entries(service)
    assert not [x for x in rows if x.teacher_id == john and where(x) == ("MONDAY", first)]
    assert stays in {x.id for x in rows}
    assert made["moved"] + made["created"] == 1
    assert (gone in {x.id for x in rows}) == bool(made["moved"])


def test_without_colleagues_the_lesson_moves_and_locked_ones_stay(
    service: Service, director: TestClient, ids: Ids
) -> None:
    john, first = ids["teacher_id"][0], ids["timeSlotId"][0]
    id_ = make(director, ids, teacher_id=john)
    changes = [{"teacher_id": john, "days": ["MONDAY"], "colleagues": False}]
    run(service, job := started(director, changes=changes, locked=ids["entry_id"]))
    assert published(director, job_id=job)["moved"] == 1
    (row,) = (x for x in entries(service) if x.id == id_)
    assert row.day != "MONDAY"
    assert row.teacher_id == john
    assert first


def test_a_closed_room_is_left(service: Service, director: TestClient, ids: Ids) -> None:
    make(director, ids, room="Lab 1")
    make(director, ids, room="Room 2", class_id=ids["class_id"][1], teacher_id=ids["teacher_id"][1])
    run(service, job := started(director, changes=[{"room": "lab 1"}]))
    published(director, job_id=job)
    assert "Lab 1" not in {x.room for x in entries(service)}


def test_a_whole_generated_timetable_is_repaired_with_few_changes(
    service: Service, director: TestClient, ids: Ids
) -> None:
    published(director, job_id=generated(service, director))
    result = run(service, started(director, changes=[{"teacher_id": ids["teacher_id"][0], "days": ["MONDAY"]}]))
    lost = [x for x in entries(service) if x.teacher_id == ids["teacher_id"][0] and x.day == "MONDAY"]
    assert result["status"] in ("optimal", "feasible")
    assert len(result["changes"]) <= 2 * max(1, len(lost))


@pytest.mark.parametrize(
    ("change", "status", "message"),
    [
        ({"teacher_id": "x"}, 400, "Specified teacher not found or does not belong to this school"),
        ({"class_id": "x"}, 400, "Specified class not found or does not belong to this school"),
        ({"room": "Nowhere"}, 400, "Room Nowhere is not used in the timetable"),
        ({"room": "X", "timeSlotIds": ["x"]}, 400, "Specified time slot not found or is not active"),
        ({"room": "X", "days": ["Monday"]}, 400, "Invalid day of week"),
    ],
)
def test_what_is_unknown_is_named(director: TestClient, change: Any, status: int, message: str) -> None:
    refused(director.post("repair", json={"changes": [change]}), status, message)


def test_a_change_is_of_one_resource(director: TestClient) -> None:
    answer = director.post("repair", json={"changes": [{"days": ["MONDAY"]}]})
    assert answer.json()["message"] == "Validation failed: changes.0: names one of teacher_id, class_id and room"
    refused(director.post("repair", json={"locked": ["x"]}), 404, "Timetable entry not found")


def test_a_teacher_who_left_is_no_part_of_a_repair(service: Service, director: TestClient, ids: Ids) -> None:
    with service.services.store.write(service.tenant("director")) as session:
        session.get_one(SchoolTeacher, ids["teacher_id"][5]).status = "inactive"
    answer = director.post("repair", json={"changes": [{"teacher_id": ids["teacher_id"][5]}]})
    refused(answer, 400, "Specified teacher not found or does not belong to this school")


@pytest.mark.slow
def test_a_worker_repairs(
    service: Service, director: TestClient, sqlite_database: str, tmp_path: Path, ids: Ids
) -> None:
    make(director, ids)
    job = started(director, changes=[{"teacher_id": ids["teacher_id"][0], "days": ["MONDAY"]}])
    with working(sqlite_database, tmp_path):
        eventually(lambda: director.get(f"generate/{job}").json()["data"]["status"] == "done", "the end of the job")
    assert published(director, job_id=job)["unplaced"] == []
