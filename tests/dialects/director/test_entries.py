"""Timetable entries, options and weeks of the director's dialect (D-24 to D-44)."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from scheduling.school.clashes import PLAIN
from scheduling.school.sessions import start_session
from scheduling.store.tables import AcademicSession, Mail, Organisation, SchoolSubject, SchoolTeacher
from tests.dialects.director.test_slots import SLOT_FIELDS, refused
from tests.service import Service

Ids = dict[str, list[str]]
STAMPS = {"createdAt", "updatedAt"}


def body(ids: Ids, **changed: Any) -> dict[str, Any]:
    names = ("class_id", "subject_id", "teacher_id", "timeSlotId")
    return {**{name: ids[name][0] for name in names}, "day_of_week": "MONDAY", **changed}


def made(director: TestClient, ids: Ids, **changed: Any) -> dict[str, Any]:
    answer = director.post("create-timetable", json=body(ids, **changed))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


# ---- making --------------------------------------------------------------------------------------------------------


def test_an_entry_is_told_with_all_it_refers_to(director: TestClient, service: Service, ids: Ids) -> None:
    answer = director.post("create-timetable", json=body(ids, room="Room 101", notes="Bring textbooks"))
    assert (answer.status_code, answer.json()["message"]) == (201, "Schedule created successfully")
    data = answer.json()["data"]
    school = service.demo("director")["organisation"]
    assert {name: data[name] for name in ("class_id", "subject_id", "teacher_id", "timeSlotId")} == {
        name: ids[name][0] for name in ("class_id", "subject_id", "teacher_id", "timeSlotId")
    }
    assert (data["day_of_week"], data["room"], data["notes"]) == ("MONDAY", "Room 101", "Bring textbooks")
    assert (data["isActive"], data["school_id"]) == (True, school)
    assert data["academic_session_id"] == ids["academic_session_id"][0]
    assert data["class"].keys() == {"id", "name", "classId", "schoolId", "classTeacherId", *STAMPS}
    assert data["subject"].keys() == {"id", "name", "code", "color", "description", "schoolId", "classId", *STAMPS}
    assert data["teacher"].keys() == {
        *("id", "first_name", "last_name", "email", "phone_number", "role", "status", "school_id"),
        *("display_picture", "gender", *STAMPS),
    }
    assert data["timeSlot"].keys() == SLOT_FIELDS
    assert (data["class"]["name"], data["class"]["classId"]) == ("JSS 1A", "JSS1A")


def test_room_and_notes_may_be_left_out(director: TestClient, ids: Ids) -> None:
    data = made(director, ids)
    assert (data["room"], data["notes"]) == (None, None)
    assert "warnings" not in data


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("class_id", "Specified class not found or does not belong to this school"),
        ("subject_id", "Specified subject not found or does not belong to this school"),
        ("teacher_id", "Specified teacher not found or does not belong to this school"),
        ("timeSlotId", "Specified time slot not found or is not active"),
    ],
)
def test_what_is_not_of_the_school_is_refused(
    director: TestClient, service: Service, ids: Ids, name: str, message: str
) -> None:
    from tests.dialects.director.access import other_ids

    for wrong in ("no-such-thing", other_ids(service)[name][0]):
        refused(director.post("create-timetable", json=body(ids, **{name: wrong})), 400, message)


def test_teachers_who_left_and_slots_out_of_use_are_refused(director: TestClient, service: Service, ids: Ids) -> None:
    with service.services.store.write(service.tenant("director")) as session:
        session.get_one(SchoolTeacher, ids["teacher_id"][0]).status = "inactive"
    answer = director.post("create-timetable", json=body(ids))
    refused(answer, 400, "Specified teacher not found or does not belong to this school")
    director.delete(f"time-slots/{ids['timeSlotId'][0]}")
    answer = director.post("create-timetable", json=body(ids, teacher_id=ids["teacher_id"][1]))
    refused(answer, 400, "Specified time slot not found or is not active")


def test_without_an_academic_session_nothing_is_made(director: TestClient, service: Service, ids: Ids) -> None:
    with service.services.store.write(service.tenant("director")) as session:
        session.get_one(AcademicSession, ids["academic_session_id"][0]).current = False
    answer = director.post("create-timetable", json=body(ids))
    refused(answer, 400, "No current academic session found for the school")
    week = director.post("timetable", json={"class": "jss1"}).json()["data"]["schedule"]
    assert all(row["subject"] is None for rows in week.values() for row in rows)


def test_what_is_missing_is_told_in_a_fixed_order(director: TestClient, ids: Ids) -> None:
    wrong = dict.fromkeys(("class_id", "subject_id", "teacher_id", "timeSlotId"), "x")
    for name, what in zip(wrong, ("class", "subject", "teacher"), strict=False):
        answer = director.post("create-timetable", json=body(ids, **wrong, day_of_week="x"))
        refused(answer, 400, f"Specified {what} not found or does not belong to this school")
        wrong = {**wrong, name: ids[name][0]}
    answer = director.post("create-timetable", json=body(ids, **wrong, day_of_week="x"))
    refused(answer, 400, "Specified time slot not found or is not active")
    every = director.post("validate-entry", json=body(ids, class_id="x", timeSlotId="x")).json()["data"]["conflicts"]
    assert len(every) == 2


def test_a_week_shows_active_entries_of_the_current_session(director: TestClient, service: Service, ids: Ids) -> None:
    def lessons() -> int:
        week = director.post("timetable", json={"class": "JSS 1A"}).json()["data"]["schedule"]
        return sum(row["subject"] is not None for rows in week.values() for row in rows)

    first = made(director, ids)["id"]
    made(director, ids, day_of_week="TUESDAY")
    assert lessons() == 2
    director.delete(f"timetable/{first}")
    assert lessons() == 1
    with service.services.store.write(service.tenant("director")) as session:
        start_session(session, "next year", date(2027, 1, 1), date(2027, 12, 31))
    assert lessons() == 0
    made(director, ids, day_of_week="TUESDAY")
    assert lessons() == 1


def test_a_class_is_not_booked_twice(director: TestClient, ids: Ids) -> None:
    made(director, ids)
    again = body(ids, teacher_id=ids["teacher_id"][1])
    message = "A schedule already exists for this class, time slot and day"
    refused(director.post("create-timetable", json=again), 400, message)
    made(director, ids, teacher_id=ids["teacher_id"][1], day_of_week="TUESDAY")


def test_a_teacher_is_not_booked_twice(director: TestClient, ids: Ids) -> None:
    made(director, ids)
    again = body(ids, class_id=ids["class_id"][1])
    message = "Teacher is already scheduled for this time slot and day"
    refused(director.post("create-timetable", json=again), 400, message)
    made(director, ids, class_id=ids["class_id"][1], timeSlotId=ids["timeSlotId"][1])


@pytest.mark.parametrize("day", ["Monday", "monday", "MON", ""])
def test_other_days_are_refused(director: TestClient, ids: Ids, day: str) -> None:
    refused(director.post("create-timetable", json=body(ids, day_of_week=day)), 400, "Invalid day of week")


def test_missing_fields_are_named(director: TestClient, ids: Ids) -> None:
    sent = body(ids)
    del sent["subject_id"]
    refused(director.post("create-timetable", json=sent), 400, "Validation failed: subject_id is required")


def test_what_is_unusual_is_allowed_with_a_warning(director: TestClient, service: Service, ids: Ids) -> None:
    made(director, ids, room="Room 101")
    other = {"class_id": ids["class_id"][1], "teacher_id": ids["teacher_id"][1], "room": "room 101"}
    assert made(director, ids, **other)["warnings"] == ["room 101 is already used in this time slot and day"]
    lonely = made(director, ids, subject_id=ids["subject_id"][4], day_of_week="TUESDAY")
    assert lonely["warnings"] == ["John Doe is not assigned to History"]
    in_break = made(director, ids, timeSlotId=ids["timeSlotId"][2])
    assert in_break["warnings"] == ["Break is not a lesson period"]
    with service.services.store.write(service.tenant("director")) as session:
        session.get_one(SchoolSubject, ids["subject_id"][0]).class_id = ids["class_id"][1]
    assert made(director, ids, day_of_week="FRIDAY")["warnings"] == ["Mathematics belongs to another class"]


SPELLINGS = {
    "MONDAY": ("Room 101", "room-101"),
    "TUESDAY": ("Große Küche", "GROßE/KÜCHE"),
    "WEDNESDAY": ("\N{KELVIN SIGN}ino II", "kino ii"),
    "THURSDAY": ("İk", "i\N{COMBINING DOT ABOVE}k"),
    "FRIDAY": ("体育馆 2", "体育馆2"),
}
ANOTHER = "Room 1010"
"""Each letter and digit of "Room 101", in that order, and one more."""


def test_a_room_is_the_same_however_it_is_spelt(director: TestClient, ids: Ids) -> None:
    other = {"class_id": ids["class_id"][1], "teacher_id": ids["teacher_id"][1]}

    def warnings(day: str, room: str) -> list[str]:
        found = director.post("validate-entry", json=body(ids, **other, day_of_week=day, room=room))
        told: list[str] = found.json()["data"]["warnings"]
        return told

    for day, (one, same) in SPELLINGS.items():
        made(director, ids, day_of_week=day, room=one)
        assert warnings(day, same) == [f"{same} is already used in this time slot and day"]
        assert warnings(day, ANOTHER) == []
    assert warnings("MONDAY", "--") == []


def test_characters_that_a_database_must_agree_about_come_from_themselves_alone() -> None:
    assert all(PLAIN.isdisjoint(chr(code).lower()) for code in range(128, sys.maxunicode + 1))


def test_a_school_can_be_strict_about_rooms(director: TestClient, service: Service, ids: Ids) -> None:
    with service.services.store.write(service.tenant("director")) as session:
        school = session.get_one(Organisation, service.demo("director")["organisation"])
        school.settings = {**school.settings, "strict_rooms": True}
    made(director, ids, room="Lab 1")
    again = body(ids, class_id=ids["class_id"][1], teacher_id=ids["teacher_id"][1], room="Lab 1")
    refused(director.post("create-timetable", json=again), 400, "Lab 1 is already used in this time slot and day")


def test_of_many_at_once_one_gets_the_slot(service: Service, director: TestClient, ids: Ids) -> None:
    wishes = [body(ids, class_id=class_id) for class_id in ids["class_id"] * 3]

    def ask(wish: dict[str, Any]) -> int:
        client = service.client("director", "director")
        return client.post("/director/schedules/create-timetable", json=wish).status_code

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(ask, wishes))
    assert sorted(codes) == [201] + [400] * (len(wishes) - 1)


def mails(service: Service) -> list[Mail]:
    with service.services.store.read(service.tenant("director")) as session:
        return list(session.scalars(select(Mail)))


def test_the_teacher_is_told_by_mail(director: TestClient, service: Service, ids: Ids) -> None:
    made(director, ids, room="Room 101")
    (mail,) = mails(service)
    assert mail.recipient.startswith("john.doe@")
    assert "Monday, First Period (08:00 - 08:45): Mathematics, JSS 1A, Room 101" in mail.text
    director.post("create-timetable", json=body(ids))
    assert len(mails(service)) == 1


# ---- trying, many at once, changing, removing ----------------------------------------------------------------------


def test_an_entry_can_be_tried_without_being_made(director: TestClient, service: Service, ids: Ids) -> None:
    assert director.post("validate-entry", json=body(ids)).json()["data"]["valid"]
    made(director, ids)
    found = director.post("validate-entry", json=body(ids)).json()["data"]
    assert found["conflicts"] == [
        "A schedule already exists for this class, time slot and day",
        "Teacher is already scheduled for this time slot and day",
    ]
    wrong = director.post("validate-entry", json=body(ids, class_id="x")).json()["data"]
    assert wrong["conflicts"] == ["Specified class not found or does not belong to this school"]
    assert len(mails(service)) == 1


def test_many_are_made_row_by_row_with_one_mail_for_each_teacher(
    director: TestClient, service: Service, ids: Ids
) -> None:
    days = ("MONDAY", "TUESDAY", "MONDAY")
    rows = [body(ids, day_of_week=day) for day in days]
    answer = director.post("bulk-create-timetable", json={"entries": rows}).json()
    assert answer["message"] == "2 of 3 schedules created"
    assert [row["success"] for row in answer["data"]["results"]] == [True, True, False]
    assert answer["data"]["results"][2]["message"] == "A schedule already exists for this class, time slot and day"
    (mail,) = mails(service)
    assert mail.text.count("Mathematics") == 2


def test_an_entry_moves_and_is_removed(director: TestClient, ids: Ids) -> None:
    id_ = made(director, ids)["id"]
    moved = director.patch(f"timetable/{id_}", json={"day_of_week": "TUESDAY", "room": ""}).json()
    assert (moved["message"], moved["data"]["day_of_week"]) == ("Schedule updated successfully", "TUESDAY")
    made(director, ids)
    message = "A schedule already exists for this class, time slot and day"
    refused(director.patch(f"timetable/{id_}", json={"day_of_week": "MONDAY"}), 400, message)
    assert director.delete(f"timetable/{id_}").json()["data"]["isActive"] is False
    refused(director.delete(f"timetable/{id_}"), 404, "Timetable entry not found")
    made(director, ids, day_of_week="TUESDAY")


# ---- options and weeks ---------------------------------------------------------------------------------------------


def test_options_are_sorted_and_active(director: TestClient, service: Service, ids: Ids) -> None:
    with service.services.store.write(service.tenant("director")) as session:
        session.get_one(SchoolTeacher, ids["teacher_id"][1]).status = "inactive"
    director.delete(f"time-slots/{ids['timeSlotId'][0]}")
    answer = director.get("timetable-options")
    data = answer.json()["data"]
    assert answer.json()["message"] == "Timetable options retrieved successfully"
    assert data["classes"][0] == {"id": ids["class_id"][0], "name": "JSS 1A"}
    assert [t["name"] for t in data["teachers"]] == sorted(t["name"] for t in data["teachers"])
    assert "Jane Smith" not in [t["name"] for t in data["teachers"]]
    assert [s["name"] for s in data["subjects"]] == sorted(s["name"] for s in data["subjects"])
    assert data["timeSlots"][0] == {
        "id": ids["timeSlotId"][1],
        "name": "08:45 - 09:30",
        "label": "Second Period",
        "startTime": "08:45",
        "endTime": "09:30",
    }
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    again = director.get("timetable-options", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_subjects_are_told_with_their_teachers(director: TestClient) -> None:
    answer = director.get("subjects-with-teachers").json()
    assert answer["message"] == "Subjects with teachers fetched successfully"
    assert answer["data"]["summary"] == {
        "total_subjects": 5,
        "subjects_with_teachers": 4,
        "subjects_without_teachers": 1,
    }
    by_name = {s["name"]: s for s in answer["data"]["subjects"]}
    assert by_name["History"]["teachers"] == []
    assert [t["name"] for t in by_name["Mathematics"]["teachers"]] == ["Jane Smith", "John Doe"]
    assert by_name["Mathematics"]["teachers"][0].keys() == {"id", "name", "display_picture"}


ROW = {"timeSlotId", "startTime", "endTime", "label", "subject", "teacher", "room"}


def test_a_level_of_one_class_has_a_row_for_every_slot(director: TestClient, ids: Ids) -> None:
    jss2 = ids["class_id"][2]
    made(director, ids, class_id=jss2, room="Room 101")
    answer = director.post("timetable", json={"class": "jss2"}).json()
    assert answer["message"] == "Timetable for jss2 retrieved successfully"
    data = answer["data"]
    assert data["class"] == [{"classId": jss2, "name": "JSS 2A"}]
    assert data["timeSlots"][0].keys() == {"id", "startTime", "endTime", "label", "order"}
    assert list(data["schedule"]) == ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"]
    assert all(len(rows) == 6 for rows in data["schedule"].values())
    assert all(row.keys() == ROW for rows in data["schedule"].values() for row in rows)
    first = data["schedule"]["MONDAY"][0]
    assert first["subject"].keys() == {"id", "name", "code", "color"}
    assert first["teacher"] == {"id": ids["teacher_id"][0], "name": "John Doe"}
    assert first["room"] == "Room 101"
    assert data["schedule"]["TUESDAY"][0]["subject"] is None


def test_a_level_of_several_classes_tells_whose_each_row_is(director: TestClient, ids: Ids) -> None:
    made(director, ids)
    made(director, ids, class_id=ids["class_id"][1], teacher_id=ids["teacher_id"][1])
    data = director.post("timetable", json={"class": "jss1"}).json()["data"]
    assert [c["name"] for c in data["class"]] == ["JSS 1A", "JSS 1B"]
    monday = data["schedule"]["MONDAY"]
    assert len(monday) == 7
    assert [row["className"] for row in monday[:3]] == ["JSS 1A", "JSS 1B", None]
    for wanted in ({"class": "jss1", "class_id": ids["class_id"][1]}, {"class": "JSS 1B"}):
        assert [c["name"] for c in director.post("timetable", json=wanted).json()["data"]["class"]] == ["JSS 1B"]


def test_saturday_is_shown_when_it_is_used(director: TestClient, ids: Ids) -> None:
    made(director, ids, day_of_week="SATURDAY")
    assert "SATURDAY" in director.post("timetable", json={"class": "jss1"}).json()["data"]["schedule"]


@pytest.mark.parametrize("level", ["jss4", "js", "jss", "JSS 1C", "?"])
def test_an_unknown_level_is_named(director: TestClient, level: str) -> None:
    refused(director.post("timetable", json={"class": level}), 400, f"Class {level} not found")


def test_teachers_see_their_own_week(service: Service, director: TestClient, ids: Ids) -> None:
    made(director, ids)
    own, other = ids["teacher_id"][:2]
    teacher = service.client("director", "teacher")
    week = teacher.get(f"/director/schedules/teacher-timetable/{own}").json()
    assert week["message"] == "Timetable for John Doe retrieved successfully"
    assert week["data"]["schedule"]["MONDAY"][0]["className"] == "JSS 1A"
    assert teacher.get(f"/director/schedules/teacher-timetable/{other}").status_code == 403
    assert director.get(f"teacher-timetable/{other}").status_code == 200
    refused(director.get("teacher-timetable/nobody"), 404, "Teacher not found")
