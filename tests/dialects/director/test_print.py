"""The timetable to print and for calendars (D-44, D-58)."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from openpyxl import load_workbook

from tests.dialects.director.schools import School
from tests.dialects.director.test_generate import make
from tests.dialects.director.test_import import workbook
from tests.service import Service

Ids = dict[str, list[str]]


@pytest.fixture
def service(sqlite_database: str) -> Iterator[Service]:
    service = Service(sqlite_database)
    yield service
    service.close()


def test_a_page_for_each_class_of_a_level(director: TestClient, ids: Ids) -> None:
    make(director, ids, room="Room 101")
    answer = director.get("timetable/print", params={"class": "jss1"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "JSS 1A" in answer.text
    assert "JSS 1B" in answer.text
    assert "JSS 2A" not in answer.text
    assert "Room 101" in answer.text
    assert "Mathematics" in answer.text


def test_entries_in_breaks_are_printed_as_well(director: TestClient, ids: Ids) -> None:
    make(director, ids, timeSlotId=ids["timeSlotId"][2], room="Hall 77")
    assert "Hall 77" in director.get("timetable/print", params={"class_id": ids["class_id"][0]}).text


def test_everything_as_pdf_and_as_workbook(director: TestClient) -> None:
    pdf = director.get("timetable/print", params={"format": "pdf"})
    assert pdf.content.startswith(b"%PDF-")
    book = load_workbook(BytesIO(director.get("timetable/print", params={"format": "xlsx"}).content))
    assert {"Classes", "Teachers", "List"} <= set(book.sheetnames)


def test_a_calendar_of_one_class_or_teacher(director: TestClient, ids: Ids) -> None:
    answer = director.get("timetable/print", params={"format": "ics", "teacher_id": ids["teacher_id"][0]})
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.to_ical().count(b"T113000") == 1  # the last period, as a wall clock shows it
    assert b"BYDAY=FR" in event.to_ical() or b"FREQ=WEEKLY" in event.to_ical()
    assert b"JSS" in event.to_ical()
    many = director.get("timetable/print", params={"format": "ics", "class": "jss1"})
    assert many.json()["message"] == "Validation failed: a calendar is of one class_id or teacher_id"


def test_teachers_print_their_own_week_alone(service: Service, director: TestClient, ids: Ids) -> None:
    teacher = service.client("director", "teacher")
    path = "/director/schedules/timetable/print"
    own, other = ids["teacher_id"][:2]
    assert "John Doe" in teacher.get(path, params={"teacher_id": own}).text
    for params in ({"teacher_id": other}, {}, {"teacher_id": own, "format": "xlsx"}, {"class": "jss1"}):
        assert teacher.get(path, params=params).status_code == 403
    assert director.get("timetable/print", params={"teacher_id": "x"}).status_code == 404
    assert director.get("timetable/print", params={"class": "jss9"}).json()["message"] == "Class jss9 not found"
    assert director.get("timetable/print", params={"format": "doc"}).status_code == 400


def test_a_divided_class_has_one_page_with_all_its_parts(service: Service) -> None:
    school = School(service)
    made = school.load(workbook(with_timetable=True))["data"]
    school.client.post("publish", json={"timetable_id": made["timetableId"], "incomplete": True})
    page = school.client.get("timetable/print", params={"class": "7A"}).text
    assert page.count("<section") == 1
    assert "FRE" in page
    assert "SPA" in page
    assert school.client.get("timetable/print", params={"class": "7A", "format": "ics"}).status_code == 200
