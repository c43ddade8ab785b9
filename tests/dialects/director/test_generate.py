"""A school's own slots, classes, teachers, entries and plan are a problem; its timetable becomes entries (D-44)."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from scheduling.store.tables import Mail, SchoolSubject, SchoolTeacher, SubjectTeacher, TimetableEntry, Version
from tests.dialects.director.schools import School, solve_job
from tests.dialects.director.test_import import workbook
from tests.dialects.director.test_slots import refused
from tests.service import Service
from tests.workers import eventually, working

Ids = dict[str, list[str]]
PERIODS = 70
"""Of the demo's plan in a week."""


@pytest.fixture
def service(sqlite_database: str) -> Iterator[Service]:
    service = Service(sqlite_database)
    yield service
    service.close()


def started(director: TestClient, **body: Any) -> dict[str, Any]:
    answer = director.post("generate", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


def generated(service: Service, director: TestClient, **body: Any) -> str:
    """Id of the job, which has ended."""
    job: str = started(director, **body)["jobId"]
    solve_job(service, service.tenant("director"), job)
    return job


def published(director: TestClient, **body: Any) -> dict[str, Any]:
    answer = director.post("publish", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["message"] == "Timetable published successfully"
    found: dict[str, Any] = answer.json()["data"]
    return found


def entries(service: Service) -> list[TimetableEntry]:
    with service.services.store.read(service.tenant("director")) as session:
        return list(session.scalars(select(TimetableEntry).where(TimetableEntry.active)))


def where(row: TimetableEntry) -> tuple[str, str]:
    return row.day, row.time_slot_id


def make(director: TestClient, ids: Ids, **changed: Any) -> str:
    names = ("class_id", "subject_id", "teacher_id", "timeSlotId")
    body = {**{name: ids[name][0] for name in names}, "day_of_week": "MONDAY", **changed}
    answer = director.post("create-timetable", json=body)
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["data"]["id"]
    return found


def test_a_generated_timetable_appears_in_the_weeks_of_classes_and_teachers(
    service: Service, director: TestClient, ids: Ids
) -> None:
    data = started(director)
    assert (data["kind"], data["status"], data["timetableId"], data["proofs"]) == ("solve", "queued", None, [])
    assert director.get(f"generate/{data['jobId']}").json()["message"] == "Timetable generation is waiting"
    solve_job(service, service.tenant("director"), data["jobId"])
    found = director.get(f"generate/{data['jobId']}").json()
    assert found["message"] == "Timetable generation has ended"
    made = published(director, timetable_id=found["data"]["timetableId"])
    assert made == {
        "timetableId": found["data"]["timetableId"], "version": 1, "unplaced": [],
        "created": PERIODS - 1, "moved": 0, "removed": 0, "unchanged": 1,
    }  # fmt: skip
    week = director.post("timetable", json={"class": "JSS 2A"}).json()["data"]["schedule"]
    lessons = Counter(row["subject"]["code"] for day in week.values() for row in day if row["subject"])
    assert lessons == {"MATH101": 3, "ENG101": 3, "PHY101": 2, "BIO101": 2}
    assert all(row["label"] != "Break" for day in week.values() for row in day if row["subject"])
    week = director.get(f"teacher-timetable/{ids['teacher_id'][0]}").json()["data"]["schedule"]
    assert sum(row["subject"] is not None for day in week.values() for row in day) == 9


def test_nobody_is_booked_twice(service: Service, director: TestClient) -> None:
    published(director, job_id=generated(service, director))
    rows = entries(service)
    assert len(rows) == PERIODS
    assert max(Counter((*where(x), x.class_id) for x in rows).values()) == 1
    assert max(Counter((*where(x), x.teacher_id) for x in rows).values()) == 1


def test_entries_are_lessons_of_the_plan_and_stay_where_they_are(
    service: Service, director: TestClient, ids: Ids
) -> None:
    id_ = make(director, ids, teacher_id=ids["teacher_id"][1], room="Room 9", notes="Bring textbooks")
    published(director, job_id=generated(service, director))
    (row,) = (x for x in entries(service) if x.id == id_)
    assert (*where(row), row.room, row.notes) == ("MONDAY", ids["timeSlotId"][0], "Room 9", "Bring textbooks")
    assert len(entries(service)) == PERIODS


def test_entries_beyond_the_plan_are_lessons_too(service: Service, director: TestClient, ids: Ids) -> None:
    id_ = make(director, ids, subject_id=ids["subject_id"][4])
    data = started(director)
    assert data["notes"] == ["Timetable entries beyond the imported plan, which are lessons too: 1"]
    solve_job(service, service.tenant("director"), data["jobId"])
    published(director, job_id=data["jobId"])
    assert id_ in {x.id for x in entries(service)}
    assert len(entries(service)) == PERIODS + 1


def test_unpinned_entries_move_and_keep_their_ids(service: Service, director: TestClient, ids: Ids) -> None:
    published(director, job_id=generated(service, director))
    before = {x.id: where(x) for x in entries(service)}
    kept = next(iter(before))
    published(director, job_id=generated(service, director, pinned=[kept], seed=5))
    after = {x.id: where(x) for x in entries(service)}
    assert after.keys() == before.keys()
    assert after[kept] == before[kept]
    assert after != before


def test_unknown_pins_are_not_found(director: TestClient) -> None:
    refused(director.post("generate", json={"pinned": ["nobody"]}), 404, "Timetable entry not found")
    answer = director.post("generate", json={"pinned": "some"})
    assert answer.status_code == 400


def test_entries_in_breaks_stay_untouched(service: Service, director: TestClient, ids: Ids) -> None:
    id_ = make(director, ids, timeSlotId=ids["timeSlotId"][2])
    data = started(director, pinned="none")
    assert data["notes"] == ["Timetable entries in slots without lessons, which stay: 1"]
    solve_job(service, service.tenant("director"), data["jobId"])
    published(director, job_id=data["jobId"])
    assert id_ in {x.id for x in entries(service)}


def test_entries_of_teachers_who_left_end(service: Service, director: TestClient, ids: Ids) -> None:
    id_ = make(director, ids, teacher_id=ids["teacher_id"][5])
    with service.services.store.write(service.tenant("director")) as session:
        session.get_one(SchoolTeacher, ids["teacher_id"][5]).status = "inactive"
    data = started(director)
    assert data["notes"] == ["Timetable entries of teachers who left, which end when it is published: 1"]
    solve_job(service, service.tenant("director"), data["jobId"])
    assert published(director, job_id=data["jobId"])["removed"] == 1
    assert id_ not in {x.id for x in entries(service)}


def test_what_changed_since_is_not_lost(service: Service, director: TestClient, ids: Ids) -> None:
    job = generated(service, director)
    make(director, ids)
    answer = director.post("publish", json={"job_id": job})
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("Time slots, people or timetable entries have changed")
    assert len(entries(service)) == 2
    assert published(director, job_id=job, replace=True)["removed"] == 1
    assert len(entries(service)) == PERIODS


def test_publishing_an_older_timetable_undoes_a_newer_one(service: Service, director: TestClient) -> None:
    first = published(director, job_id=generated(service, director))["timetableId"]
    before = {x.id: where(x) for x in entries(service)}
    second = published(director, job_id=generated(service, director, pinned="none", seed=3))
    assert {x.id: where(x) for x in entries(service)} != before
    assert published(director, timetable_id=first, replace=True)["version"] == second["version"] + 1
    assert sorted({x.id: where(x) for x in entries(service)}.values()) == sorted(before.values())
    with service.services.store.read(service.tenant("director")) as session:
        assert [x.number for x in session.scalars(select(Version).order_by(Version.number))] == [1, 2, 3]


def test_teachers_get_one_mail_each(service: Service, director: TestClient) -> None:
    published(director, job_id=generated(service, director))
    with service.services.store.read(service.tenant("director")) as session:
        mails = list(session.scalars(select(Mail)))
    assert len(mails) == 5  # nobody teaches history; the sixth teacher has no lessons
    assert sum(mail.text.count("JSS") for mail in mails) + sum(mail.text.count(", SS") for mail in mails) == PERIODS - 1


def test_teachers_who_left_are_told_before_any_search(service: Service, director: TestClient, ids: Ids) -> None:
    with service.services.store.write(service.tenant("director")) as session:
        session.get_one(SchoolTeacher, ids["teacher_id"][1]).status = "inactive"
    answer = director.post("generate", json={})
    assert answer.status_code == 400
    assert "is to be taught by SMI, who is not active" in answer.json()["message"]


def test_a_job_without_a_timetable_cannot_be_published(director: TestClient) -> None:
    job = started(director)["jobId"]
    refused(director.post("publish", json={"job_id": job}), 400, "This job has made no timetable")
    refused(director.post("publish", json={}), 400, "Validation failed: timetable_id is required")
    assert director.post("publish", json={"timetable_id": "x"}).status_code == 404
    cancelled = director.delete(f"generate/{job}").json()
    assert (cancelled["message"], cancelled["data"]["status"]) == ("Timetable generation was cancelled", "cancelled")


def test_a_school_with_nothing_to_teach_says_so(service: Service) -> None:
    school = School(service)
    answer = school.client.post("generate", json={})
    assert answer.json()["message"].startswith("The school has no lesson periods yet")
    school.client.post("create-time-slot", json={"startTime": "08:00", "endTime": "09:00", "label": "P1"})
    assert school.client.post("generate").json()["message"].startswith("There is nothing to be taught yet")


def test_without_a_plan_the_entries_are_the_lessons(service: Service) -> None:
    school = School(service)
    school.load(workbook())
    with service.services.store.write(school.tenant) as session:
        from scheduling.school.sessions import current_session

        current = current_session(session)
        assert current is not None
        current.plan_id = None
    options = school.options()
    known = {"class_id": "classes", "subject_id": "subjects", "teacher_id": "teachers", "timeSlotId": "timeSlots"}
    ids = {name: [row["id"] for row in options[rows]] for name, rows in known.items()}
    ids["class_id"] = ids["class_id"][2:]
    make(school.client, ids, day_of_week="FRIDAY", room="Hall, upper floor")
    job = school.client.post("generate", json={"pinned": "none"}).json()["data"]["jobId"]
    solve_job(service, school.tenant, job)
    assert published(school.client, job_id=job)["moved"] == 1
    rows = [row for day in school.week("Form 7A").values() for row in day if row["subject"]]
    assert [row["room"] for row in rows] == ["Hall, upper floor"]


def test_joint_divided_and_alternating_lessons_come_back_as_they_were(service: Service) -> None:
    """The imported school with everything: what was published is recognised, so that nothing moves."""
    school = School(service)
    school.load(workbook())
    job = school.client.post("generate", json={}).json()["data"]["jobId"]
    solve_job(service, school.tenant, job)
    first = published(school.client, job_id=job)
    assert first["unplaced"] == []
    week = school.week("Form 7B")
    taught = [row for rows in week.values() for row in rows if row["subject"]]
    physics = [(row["label"], row["room"]) for row in taught if row["subject"]["code"] == "PHY"]
    assert physics == [("P5", "Science lab"), ("P6", "Science lab")]  # pinned, double, in the only room with gas
    ade = next(t["id"] for t in school.options()["teachers"] if t["name"] == "Ade Bello")
    monday = school.client.get(f"teacher-timetable/{ade}").json()["data"]["schedule"]["MONDAY"]
    assert all(row["subject"] is None for row in monday if row["label"] in ("P1", "P2"))  # cannot come then
    again = school.client.post("generate", json={}).json()["data"]
    assert again["notes"] == []
    solve_job(service, school.tenant, again["jobId"])
    second = published(school.client, job_id=again["jobId"])
    assert (second["created"], second["moved"], second["removed"]) == (0, 0, 0)
    assert second["unchanged"] == first["created"]


def test_only_those_assigned_to_a_subject_are_chosen_unless_relaxed(service: Service) -> None:
    school = School(service)
    school.load(workbook())
    with service.services.store.write(school.tenant) as session:
        music = session.scalars(select(SchoolSubject).where(SchoolSubject.code == "MUS")).one().id
        for pair in session.scalars(select(SubjectTeacher).where(SubjectTeacher.subject_id == music)).all():
            session.delete(pair)
    answer = school.client.post("generate", json={})
    refused(answer, 400, "None of DOR, EVA is active and assigned to teach MUS 7B")
    assert school.client.post("generate", json={"relaxed": True}).status_code == 201


@pytest.mark.slow
def test_a_worker_makes_the_timetable(
    service: Service, director: TestClient, sqlite_database: str, tmp_path: Path
) -> None:
    job = started(director, seconds=20, first=True)["jobId"]
    with working(sqlite_database, tmp_path):
        eventually(lambda: director.get(f"generate/{job}").json()["data"]["status"] == "done", "the end of the job")
    data = director.get(f"generate/{job}").json()["data"]
    assert data["result"]["unplaced"] == 0
    assert published(director, job_id=job)["created"] == PERIODS - 1
