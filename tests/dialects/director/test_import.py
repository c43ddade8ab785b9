"""A workbook fills the school (D-44, D-45): all of it or nothing."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from sqlalchemy import func, select

from datasets.generate import generate
from formats.excel.write_input import write_input
from models.problem import Lesson
from models.score import score
from scheduling.school.generating import Asked, draft
from scheduling.store.tables import (
    AcademicSession,
    SchoolClass,
    SchoolTeacher,
    StoredProblem,
    SubjectTeacher,
    TimeSlot,
    Upload,
)
from tests.dialects.director.schools import School
from tests.formats.little_school import LESSONS, PROBLEM, TIMETABLE, changed
from tests.service import Service


@pytest.fixture
def school(sqlite_database: str) -> Iterator[School]:
    """An empty school."""
    service = Service(sqlite_database)
    yield School(service)
    service.close()


@cache
def workbook(with_timetable: bool = False) -> bytes:
    return write_input(PROBLEM, TIMETABLE if with_timetable else None)


CSV = {
    "Periods": "Label,Start,End\nP1,08:00,08:45\nP2,08:45,09:30\n",
    "Subjects": "Code,Name\nMAT,Mathematics\n",
    "Teachers": "Code,Name,Subjects\nADE,Ade Bello,MAT\n",
    "Classes": "Code,Name\n7A,Form 7A\n",
    "Lessons": "Class,Subject,Teacher,Per week\n7A,MAT,ADE,3\n",
}


def zipped(**sheets: str) -> bytes:
    from io import BytesIO
    from zipfile import ZipFile

    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, text in {**CSV, **sheets}.items():
            archive.writestr(f"{name}.csv", text)
    return file.getvalue()


def rows(school: School) -> dict[str, int]:
    tables = (AcademicSession, SchoolClass, SchoolTeacher, SubjectTeacher, TimeSlot, StoredProblem, Upload)
    with school.service.services.store.read(school.tenant) as session:
        return {t.__tablename__: session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


def test_a_workbook_fills_everything_that_can_be_chosen(school: School) -> None:
    answer = school.load(workbook())
    assert (answer["status"], answer["message"]) == (201, "Workbook imported successfully")
    assert answer["data"]["imported"]["classes"] == {"created": 4, "updated": 0, "unchanged": 0}
    assert answer["data"]["lessons"] == len(LESSONS)
    options = school.options()
    assert [c["name"] for c in options["classes"]] == ["7A-F", "7A-S", "Form 7A", "Form 7B"]
    assert {t["name"] for t in options["teachers"]} >= {"Ade Bello", "Benita Cruz", "EVA"}
    assert {"id", "name", "code", "color"} == options["subjects"][0].keys()
    assert [s["name"] for s in options["timeSlots"]][:3] == ["08:00 - 08:40", "08:40 - 09:20", "09:20 - 09:35"]
    taught = {s["code"]: s["teachers"] for s in school.client.get("subjects-with-teachers").json()["data"]["subjects"]}
    assert [t["name"] for t in taught["MAT"]] == ["Ade Bello"]
    assert len(taught["PE"]) == 2
    assert len(taught["MUS"]) == 2  # one of them is to be chosen


def test_slots_keep_their_kinds_and_days(school: School) -> None:
    school.load(workbook())
    slots = school.client.get("time-slots").json()["data"]
    friday = [s for s in slots if s.get("days") == ["FRIDAY"]]
    assert [(s["label"], s["startTime"], s["endTime"]) for s in friday] == [("P4", "10:15", "10:45")]
    assert [s["order"] for s in slots] == list(range(1, len(slots) + 1))


def test_levels_and_parts_find_their_classes(school: School) -> None:
    school.load(workbook())
    found = school.client.post("timetable", json={"class": "jss1"}).json()["data"]["class"]
    assert [c["name"] for c in found] == ["7A-F", "7A-S", "Form 7A", "Form 7B"]
    found = school.client.post("timetable", json={"class": "7B"}).json()["data"]["class"]
    assert [c["name"] for c in found] == ["Form 7B"]


def test_a_dry_run_tells_the_same_and_keeps_nothing(school: School) -> None:
    before = rows(school)
    answer = school.load(workbook(), dry_run="true")
    assert (answer["status"], answer["message"]) == (200, "Workbook can be imported")
    assert answer["data"]["imported"]["teachers"]["created"] == 5
    assert answer["data"]["planId"] is None
    assert rows(school) == before


def test_twice_the_same_workbook_changes_nothing_but_the_plan(school: School) -> None:
    school.load(workbook())
    before = rows(school)
    again = school.load(workbook())["data"]["imported"]
    assert all(tally["created"] == tally["updated"] == 0 for tally in again.values()), again
    after = rows(school)
    assert after == before | {"problems": 2, "uploads": 2}


def test_what_the_school_has_already_is_found_again_by_code_or_name(school: School) -> None:
    with school.service.services.store.write(school.tenant) as session:
        class_ = SchoolClass(name="form 7a", code="X", updated_at=session.now)
        session.add_all([class_, SchoolTeacher(first_name="Old", last_name="Name", email="", code="ade",
                                               updated_at=session.now)])  # fmt: skip
        session.flush()
        id_ = class_.id
    counts = school.load(workbook())["data"]["imported"]
    assert (counts["classes"]["created"], counts["classes"]["updated"]) == (3, 1)
    assert (counts["teachers"]["created"], counts["teachers"]["updated"]) == (4, 1)
    assert id_ in {c["id"] for c in school.options()["classes"] if c["name"] == "Form 7A"}


def test_errors_name_their_cells_and_nothing_is_half_written(school: School) -> None:
    before = rows(school)
    bad = zipped(Lessons="Class,Subject,Teacher,Per week\n7A,MATH,ADE,3\n7B,MAT,ADE,none\n")
    answer = school.load(bad, "school.zip")
    assert (answer["status"], answer["success"], answer["data"]) == (400, False, None)
    assert answer["message"].startswith("The workbook has 3 errors, nothing was imported. ")
    assert 'Lessons!B2: "MATH" is not a subject.' in answer["message"]
    assert 'Did you mean "MAT"?' in answer["message"]
    assert "Lessons!D3" in answer["message"]
    dry = school.load(bad, "school.zip", dry_run="true")
    assert (dry["status"], dry["data"]["valid"]) == (200, False)
    assert [(e["sheet"], e["cell"]) for e in dry["data"]["errors"]] == [
        ("Lessons", "B2"), ("Lessons", "A3"), ("Lessons", "D3")
    ]  # fmt: skip
    assert rows(school) == before


@pytest.mark.parametrize(
    ("sheets", "place"),
    [
        ({"Lessons": "Class,Subject,Teacher,Per week\n7A,MAT,none,3\n"}, 'Lessons!A2: "7A-MAT-1" has no teacher'),
        ({"Lessons": "Class,Subject,Teacher,Per week\nnone,MAT,ADE,1\n"}, "has no class"),
        ({"Teachers": f"Code,Name\nADE,{'x' * 101}\n"}, "Teachers!A2: the name"),
        ({"School": 'Setting,Value\nDays,"Day 1, Day 2"\n'}, 'School: "Day 1" is no day of the week'),
    ],
)
def test_what_entries_cannot_express_is_refused_with_its_cell(
    school: School, sheets: dict[str, str], place: str
) -> None:
    answer = school.load(zipped(**sheets), "school.zip")
    assert answer["status"] == 400
    assert place in answer["message"]


def test_slots_that_overlap_are_replaced_only_when_asked(school: School) -> None:
    made = school.client.post("create-time-slot", json={"startTime": "08:30", "endTime": "09:00", "label": "Early"})
    answer = school.load(workbook())
    assert answer["status"] == 400
    clash = "Periods!A2: P1 (08:00 - 08:40) overlaps with existing period Early (08:30 - 09:00)"
    assert clash in answer["message"]
    assert len(school.client.get("time-slots").json()["data"]) == 1
    assert school.load(workbook(), replace="true")["status"] == 201
    slots = {s["id"]: s for s in school.client.get("time-slots").json()["data"]}
    assert slots[made.json()["data"]["id"]]["isActive"] is False


def test_a_slot_in_use_is_not_replaced(school: School) -> None:
    school.load(zipped(), "school.zip")
    options = school.options()
    body: dict[str, Any] = {
        "class_id": options["classes"][0]["id"],
        "subject_id": options["subjects"][0]["id"],
        "teacher_id": options["teachers"][0]["id"],
        "timeSlotId": options["timeSlots"][0]["id"],
        "day_of_week": "MONDAY",
    }
    assert school.client.post("create-timetable", json=body).status_code == 201
    answer = school.load(zipped(Periods="Label,Start,End\nX,11:00,12:00\n"), "school.zip", replace="true")
    assert answer["status"] == 400
    assert "P1 (08:00 - 08:45) is used in timetable entries" in answer["message"]


def test_a_school_without_an_academic_session_gets_one(school: School) -> None:
    fresh = School(school.service, with_session=False)
    settings = "Setting,Value\nAcademic session,2026/2027\nDays,Mon-Sat\n"
    assert fresh.load(zipped(School=settings), "school.zip")["data"]["notes"] == []
    assert list(fresh.week("7A")) == ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"]
    other = fresh.load(zipped(School=settings.replace("2027", "2030")), "school.zip")
    assert other["data"]["notes"] == [
        'The workbook is for "2026/2030"; it was imported into the current session "2026/2027".'
    ]


def test_the_timetable_of_a_workbook_can_be_published(school: School) -> None:
    made = school.load(write_input(changed(lessons=LESSONS), TIMETABLE))["data"]
    answer = school.client.post("publish", json={"timetable_id": made["timetableId"]})
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("Lessons without a place: ENG 7B.")
    answer = school.client.post("publish", json={"timetable_id": made["timetableId"], "incomplete": True})
    assert answer.json()["data"]["unplaced"] == ["ENG 7B"], answer.json()
    tuesday = [row for row in school.week("7B")["TUESDAY"] if row["subject"]]
    assert [(r["label"], r["subject"]["code"], r["room"]) for r in tuesday] == [
        ("P5", "PHY", "Science lab"), ("P6", "PHY", "Science lab")
    ]  # fmt: skip
    # A joint lesson is shown with each of its teachers, alternating ones with their weeks.
    assert {r["teacher"]["name"] for r in school.week("7B")["THURSDAY"] if r["label"] == "P5"} >= {"Benita Cruz"}
    friday = [row for row in school.week("7B")["FRIDAY"] if row["subject"]]
    assert [(r["subject"]["code"], r["weeks"]) for r in friday] == [("ART", ["A"]), ("MUS", ["B"])]


def test_a_file_that_is_no_workbook_is_refused(school: School) -> None:
    assert school.load(b"\x00\x01", "school.xlsx")["status"] == 400
    assert school.client.post("import").json()["message"].startswith("Validation failed: file")


def test_a_lesson_of_no_subject_cannot_be_kept(school: School) -> None:
    from scheduling.school.expressible import faults_of

    lesson = Lesson(id="x", classes=("7A",), teachers=("ADE",), source="Lessons!A9")
    assert [f.sentence for f in faults_of(changed(lessons=(lesson,), rules=()))] == [
        'Lessons!A9: "x" has no subject. Expected a subject: timetable entries need one.'
    ]


@pytest.fixture
def on_both(database: str) -> Iterator[School]:
    """An empty school, on each kind of database."""
    service = Service(database)
    yield School(service)
    service.close()


def test_a_whole_school_comes_back_as_the_same_timetable(on_both: School) -> None:
    """Through the entries and back: divided and joint classes, co-teaching, weeks A and B, chosen teachers, rooms."""
    school = on_both
    made = generate(6, 1, "Example school")
    timetable_id = school.load(write_input(made.problem, made.timetable))["data"]["timetableId"]
    published = school.client.post("publish", json={"timetable_id": timetable_id}).json()["data"]
    assert published["unplaced"] == []
    with school.service.services.store.read(school.tenant) as session:
        drawn = draft(session, Asked())
    assert (drawn.compiled.beyond, drawn.compiled.outside) == (0, ())
    assert drawn.compiled.timetable.unplaced == ()
    judged = score(drawn.compiled.problem, drawn.compiled.timetable)
    assert judged.key == score(made.problem, made.timetable).key
