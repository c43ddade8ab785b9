"""Time slots of the director's dialect, example by example (D-1 to D-23)."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from scheduling.school.sessions import start_session
from tests.service import Service

SLOT_FIELDS = {"id", "startTime", "endTime", "label", "order", "schoolId", "isActive", "createdAt", "updatedAt"}


def new(client: TestClient, start: str, end: str, label: str = "Evening", **more: Any) -> dict[str, Any]:
    answer = client.post("create-time-slot", json={"startTime": start, "endTime": end, "label": label, **more})
    found: dict[str, Any] = answer.json()
    assert (answer.status_code == 201) == found["success"]
    return found


def refused(answer: Any, status: int, message: str) -> None:
    assert (answer.status_code, answer.json()) == (status, {"success": False, "message": message, "data": None})


def test_a_new_slot_gets_the_next_number(director: TestClient, service: Service) -> None:
    made = new(director, "13:30", "14:15", "Sixth Period")
    assert made["message"] == "Time slot created successfully"
    data = made["data"]
    assert data.keys() == SLOT_FIELDS
    assert (data["startTime"], data["endTime"], data["label"]) == ("13:30", "14:15", "Sixth Period")
    assert (data["order"], data["isActive"]) == (7, True)
    assert data["schoolId"] == service.demo("director")["organisation"]
    assert data["createdAt"] == data["updatedAt"] == service.clock().strftime("%Y-%m-%dT%H:%M:%SZ")


def test_one_digit_for_the_hour_is_read_and_told_with_two(director: TestClient) -> None:
    assert new(director, "7:05", "7:45")["data"]["startTime"] == "07:05"


@pytest.mark.parametrize("time", ["8", "24:00", "08:60", "8:5", " 8:30", "08:30\n", "08:30:00", "٠٨:٣٠", ""])
def test_other_times_are_refused(director: TestClient, time: str) -> None:
    body = {"startTime": time, "endTime": "23:59", "label": "X"}
    refused(director.post("create-time-slot", json=body), 400, "Invalid time format. Use HH:mm format")


@pytest.mark.parametrize("end", ["14:00", "13:59"])
def test_a_slot_ends_after_it_starts(director: TestClient, end: str) -> None:
    body = {"startTime": "14:00", "endTime": end, "label": "X"}
    refused(director.post("create-time-slot", json=body), 400, "End time must be after start time")


@pytest.mark.parametrize(
    ("start", "end", "with_"),
    [("08:10", "08:20", "08:00 - 08:45"), ("07:50", "08:01", "08:00 - 08:45"), ("12:14", "13:00", "11:30 - 12:15")],
)
def test_slots_do_not_overlap(director: TestClient, start: str, end: str, with_: str) -> None:
    body = {"startTime": start, "endTime": end, "label": "X"}
    message = f"Time slot overlaps with existing period ({with_})"
    refused(director.post("create-time-slot", json=body), 400, message)


def test_slots_may_touch_and_lie_where_an_inactive_one_was(director: TestClient, ids: dict[str, list[str]]) -> None:
    assert new(director, "12:15", "13:00")["success"]
    assert director.delete(f"time-slots/{ids['timeSlotId'][0]}").status_code == 200
    assert new(director, "08:10", "08:20")["success"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"startTime": "13:00", "endTime": "14:00"}, "Validation failed: label is required"),
        ({"label": "X"}, "Validation failed: startTime is required, endTime is required"),
        ({"startTime": 8, "endTime": "14:00", "label": "X"}, "Validation failed: startTime: Input should be a valid"),
        ([], "Validation failed: "),
    ],
)
def test_missing_and_wrong_fields_are_named(director: TestClient, body: Any, message: str) -> None:
    answer = director.post("create-time-slot", json=body)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith(message)
    assert answer.json()["data"] is None


def test_the_list_counts_its_rows_in_order(director: TestClient) -> None:
    found = director.get("time-slots").json()
    assert found["message"] == f"Total of {len(found['data'])} time slots fetched successfully"
    assert [row["order"] for row in found["data"]] == [1, 2, 3, 4, 5, 6]
    assert all(row.keys() == SLOT_FIELDS for row in found["data"])


def test_inactive_slots_stay_in_the_list(director: TestClient, ids: dict[str, list[str]]) -> None:
    director.delete(f"time-slots/{ids['timeSlotId'][1]}")
    assert [row["isActive"] for row in director.get("time-slots").json()["data"]].count(False) == 1
    assert len(director.get("time-slots", params={"active": "true"}).json()["data"]) == 5


def test_only_what_is_sent_changes(director: TestClient, service: Service, ids: dict[str, list[str]]) -> None:
    service.clock.move(hours=1)
    answer = director.patch(f"time-slots/{ids['timeSlotId'][0]}", json={"label": "First Period (Updated)"})
    data = answer.json()["data"]
    assert (answer.status_code, answer.json()["message"]) == (200, "Time slot updated successfully")
    assert (data["label"], data["startTime"], data["order"]) == ("First Period (Updated)", "08:00", 1)
    assert data["updatedAt"] > data["createdAt"]


def test_a_slot_that_moves_in_the_order_shifts_the_others(director: TestClient, ids: dict[str, list[str]]) -> None:
    first, second, *_ = ids["timeSlotId"]
    director.patch(f"time-slots/{first}", json={"order": 2})
    rows = director.get("time-slots").json()["data"]
    assert [row["order"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row["id"] for row in rows][:2] == [second, first]
    director.patch(f"time-slots/{second}", json={"order": 99})
    assert director.get("time-slots").json()["data"][-1]["id"] == second


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"endTime": "07:00"}, "End time must be after start time"),
        ({"endTime": "08:50"}, "Time slot overlaps with existing period (08:45 - 09:30)"),
        ({"startTime": "x"}, "Invalid time format. Use HH:mm format"),
    ],
)
def test_changed_times_are_checked_against_what_stays(
    director: TestClient, ids: dict[str, list[str]], change: dict[str, str], message: str
) -> None:
    refused(director.patch(f"time-slots/{ids['timeSlotId'][0]}", json=change), 400, message)
    assert director.get("time-slots").json()["data"][0]["endTime"] == "08:45"


def test_a_slot_that_comes_back_must_fit_again(director: TestClient, ids: dict[str, list[str]]) -> None:
    gone = ids["timeSlotId"][0]
    director.delete(f"time-slots/{gone}")
    made = new(director, "08:10", "08:20")["data"]["id"]
    answer = director.patch(f"time-slots/{gone}", json={"isActive": True})
    refused(answer, 400, "Time slot overlaps with existing period (08:10 - 08:20)")
    director.delete(f"time-slots/{made}")
    assert director.patch(f"time-slots/{gone}", json={"isActive": True}).json()["data"]["isActive"]


def test_a_slot_in_use_stays(director: TestClient, ids: dict[str, list[str]]) -> None:
    used = ids["timeSlotId"][-1]
    message = "Cannot delete time slot as it is being used in timetable entries"
    refused(director.delete(f"time-slots/{used}"), 400, message)
    refused(director.patch(f"time-slots/{used}", json={"isActive": False}), 400, message)
    moved = director.patch(f"time-slots/{used}", json={"endTime": "12:20"}).json()
    assert moved["message"] == "Time slot updated successfully; 1 timetable entry moves with it"
    again = director.patch(f"time-slots/{used}", json={"endTime": "12:20", "label": "Last"}).json()
    assert again["message"] == "Time slot updated successfully"
    director.delete(f"timetable/{ids['entry_id'][0]}")
    assert director.delete(f"time-slots/{used}").json()["data"]["isActive"] is False


def test_a_slot_used_last_year_alone_may_go(director: TestClient, service: Service, ids: dict[str, list[str]]) -> None:
    with service.services.store.write(service.tenant("director")) as session:
        start_session(session, "next year", date(2027, 1, 1), date(2027, 12, 31))
    assert director.delete(f"time-slots/{ids['timeSlotId'][-1]}").status_code == 200


def test_numbers_are_not_given_out_again(director: TestClient, ids: dict[str, list[str]]) -> None:
    made = new(director, "13:00", "13:30")["data"]
    director.delete(f"time-slots/{made['id']}")
    assert new(director, "14:00", "14:30")["data"]["order"] == made["order"] + 1 == 8


@pytest.mark.parametrize("order", [0, -1, 1.5, "2"])
def test_orders_are_whole_numbers_from_one(director: TestClient, ids: dict[str, list[str]], order: Any) -> None:
    answer = director.patch(f"time-slots/{ids['timeSlotId'][0]}", json={"order": order})
    assert (answer.status_code, answer.json()["message"][:25]) == (400, "Validation failed: order:")


def test_deleting_twice_is_the_same_as_once(director: TestClient, ids: dict[str, list[str]]) -> None:
    for _ in range(2):
        answer = director.delete(f"time-slots/{ids['timeSlotId'][0]}")
        assert (answer.status_code, answer.json()["message"]) == (200, "Time slot deleted successfully")
        assert answer.json()["data"]["isActive"] is False


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_slots_of_others_are_not_found(director: TestClient, service: Service, method: str) -> None:
    other = service.client("director", "other_tenant_director")
    foreign = other.get("/director/schedules/time-slots").json()["data"][0]["id"]
    for id_ in (foreign, "no-such-slot"):
        refused(director.request(method, f"time-slots/{id_}", json={"label": "X"}), 404, "Time slot not found")


def test_breaks_and_days_are_an_extension(director: TestClient) -> None:
    made = new(director, "13:00", "14:00", "Prep", slotType="assembly", days=["FRIDAY", "MONDAY"])["data"]
    assert (made["slotType"], made["days"]) == ("assembly", ["MONDAY", "FRIDAY"])
    assert new(director, "13:00", "14:00", "Club", days=["TUESDAY"])["success"]
    body = {"startTime": "15:00", "endTime": "16:00", "label": "X", "days": ["Monday"]}
    refused(director.post("create-time-slot", json=body), 400, "Invalid day of week")


# ---- the envelope --------------------------------------------------------------------------------------------------


def test_every_failure_wears_the_envelope(service: Service, director: TestClient) -> None:
    refused(service.nobody.get("/director/schedules/time-slots"), 401, "Unauthorized access")
    refused(director.get("nowhere"), 404, "Not Found")
    refused(director.put("time-slots"), 405, "Method Not Allowed")
    broken = director.post("create-time-slot", content=b"{", headers={"Content-Type": "application/json"})
    refused(broken, 400, "Validation failed: the body is not valid JSON")
    teacher = service.client("director", "teacher")
    message = "Forbidden: school director access required"
    refused(teacher.get("/director/schedules/time-slots"), 403, message)


def test_a_repeated_request_with_its_key_makes_one_slot(director: TestClient) -> None:
    body = {"startTime": "13:00", "endTime": "14:00", "label": "X"}
    answers = [director.post("create-time-slot", json=body, headers={"Idempotency-Key": "k"}) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(director.get("time-slots").json()["data"]) == 7


def test_literal_clients_are_told_401_for_a_wrong_role(sqlite_database: str) -> None:
    literal = Service(sqlite_database, director_forbidden_status="401")
    answer = literal.client("director", "teacher").get("/director/schedules/time-slots")
    refused(answer, 401, "Unauthorized access")
    refused(literal.client("academy", "student").get("/director/schedules/time-slots"), 401, "Unauthorized access")
    assert literal.client("director", "owner").get("/director/schedules/time-slots").status_code == 200
    literal.close()


@pytest.mark.parametrize(
    ("method", "path", "body", "message"),
    [
        ("POST", "create-time-slot", {"startTime": "08:00", "endTime": "09:00", "label": "X"}, "School not found"),
        ("GET", "time-slots", None, "School not found"),
        ("PATCH", "time-slots/x", {"label": "X"}, "School not found"),
        ("DELETE", "time-slots/x", None, "School not found"),
        ("GET", "timetable-options", None, "Error fetching timetable options"),
        ("POST", "timetable", {"class": "jss1"}, "User not found or invalid school data"),
        ("POST", "create-timetable", {}, "School does not exist"),
        ("GET", "subjects-with-teachers", None, "School not found"),
    ],
)
def test_who_leads_no_school_is_told_so_in_the_words_of_each_endpoint(
    sqlite_database: str, method: str, path: str, body: Any, message: str
) -> None:
    service = Service(sqlite_database)
    admin = service.client("academy", "super_admin")
    refused(admin.request(method, f"/director/schedules/{path}", json=body), 400, message)
    student = service.client("academy", "student").request(method, f"/director/schedules/{path}", json=body)
    refused(student, 403, "Forbidden: school director access required")
    service.close()
