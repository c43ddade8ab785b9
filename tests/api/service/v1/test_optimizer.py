"""The optimizer over HTTP: from a workbook to a published timetable, and what is said about bad files."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from formats.excel.read import read
from models.timetable import Placement, Timetable
from scheduling import jobs, library
from tests.api.service.optimizer import tenant_of, workbook
from tests.formats.fet.tiny import activity, fet
from tests.formats.little_school import PROBLEM, TIMETABLE
from tests.service import Service
from tests.workers import working

FET = fet([activity(1), activity(2)], [])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(client: TestClient, data: bytes, name: str = "school.xlsx", **query: Any) -> Any:
    return client.post("/v1/problems", files={"file": (name, data)}, params=query)


def bundle(**content: Any) -> bytes:
    return json.dumps({name: value.model_dump(mode="json") for name, value in content.items()}).encode()


def broken() -> bytes:
    """A workbook with a lesson of a teacher that does not exist."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook()))
    cell = next(cell for row in book["Lessons"] for cell in row if cell.value == "BEN")
    cell.value = "MISSPELT"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def events(client: TestClient, job: str) -> list[tuple[str, dict[str, Any]]]:
    """All of a job, until it ends."""
    text = client.get(f"/v1/jobs/{job}/events").text
    lines = [block.splitlines() for block in text.strip().split("\n\n") if not block.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in lines]


@pytest.mark.slow
def test_from_the_workbook_to_the_published_timetable(
    service: Service, client: TestClient, sqlite_database: str, tmp_path: Path
) -> None:
    made = upload(client, workbook())
    assert made.status_code == 201, made.text
    problem = made.json()
    assert problem["report"]["errors"] == []
    asked = client.post(f"/v1/problems/{problem['id']}/solve", json={"seconds": 4})
    assert asked.status_code == 202
    job = asked.json()
    assert job["status"] == "queued"
    again = client.post(f"/v1/problems/{problem['id']}/solve", json={"seconds": 4}).json()
    assert again["id"] == job["id"]
    with working(sqlite_database, tmp_path):
        told = events(client, job["id"])
    assert [name for name, _ in told[-2:]] == ["progress", "end"]
    done = told[-1][1]
    assert (done["status"], done["error"], done["stale"]) == ("done", None, False), (
        tmp_path / "worker.log"
    ).read_text()
    timetable = client.get(f"/v1/timetables/{done['timetable']}").json()
    assert (timetable["origin"], timetable["score"]["hard"], timetable["score"]["unplaced"]) == ("solve", 0, 0)
    published = client.post(f"/v1/timetables/{done['timetable']}/publish", json={"effective_from": "2027-01-11"})
    assert (published.status_code, published.json()["number"]) == (201, 1)
    (version,) = client.get("/v1/versions").json()
    assert (version["timetable"], version["effective_from"]) == (done["timetable"], "2027-01-11")


def test_findings_name_their_cells_and_the_file_is_kept(client: TestClient) -> None:
    answer = upload(client, broken())
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    finding = answer.json()["findings"][0]
    assert finding["sheet"] == "Lessons"
    assert "MISSPELT" in finding["message"]
    assert finding["cell"]
    marked = client.get(f"/v1/uploads/{answer.json()['upload']}/annotated")
    assert (marked.status_code, marked.headers["content-type"]) == (200, XLSX)
    assert b"xl/workbook.xml" in marked.content


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_dry_run_keeps_nothing(service: Service, client: TestClient, dry_run: bool) -> None:
    for data in (workbook(), broken()):
        upload(client, data, dry_run=dry_run)
    from sqlalchemy import func, select

    from scheduling.store.tables import Upload

    with service.services.store.read(service.tenant("director")) as session:
        assert session.scalar(select(func.count()).select_from(Upload)) == (0 if dry_run else 2)


def test_a_body_without_a_form_is_recognised_by_its_content(client: TestClient) -> None:
    for data in (workbook(), bundle(problem=PROBLEM)):
        answer = client.post("/v1/problems", content=data)
        assert answer.status_code == 201, answer.text
        assert answer.json()["report"]["counts"]["lessons"] == len(PROBLEM.lessons)


def csv_zip() -> bytes:
    """Every sheet of the workbook as a .csv file."""
    import csv

    from openpyxl import load_workbook

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for sheet in load_workbook(io.BytesIO(workbook()), data_only=True):
            text = io.StringIO()
            csv.writer(text).writerows(
                [["" if x is None else x for x in row] for row in sheet.iter_rows(values_only=True)]
            )
            archive.writestr(f"{sheet.title}.csv", text.getvalue())
    return made.getvalue()


def test_a_zip_of_csv_files_is_read(client: TestClient) -> None:
    answer = upload(client, csv_zip(), "school.zip", dry_run=True)
    assert answer.status_code == 200, answer.text
    assert answer.json()["report"]["counts"]["teachers"] == len(PROBLEM.teachers)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("school.xlsx", b"no workbook", "cannot be read"),
        ("school.json", b"{", "school.json is not valid JSON"),
        ("../../etc/school.json", b"[]", "school.json holds a JSON list"),
        ("school.fet", b"<fet", "school.fet"),
    ],
)
def test_what_cannot_be_read_is_told_without_a_path(client: TestClient, name: str, data: bytes, said: str) -> None:
    answer = upload(client, data, name)
    assert answer.status_code == 422
    assert said in answer.text or answer.json()["findings"]
    assert "/tmp" not in answer.text
    assert "timewright-" not in answer.text


def test_nothing_sent_is_told(client: TestClient) -> None:
    assert client.post("/v1/problems").json()["errors"] == [{"field": "file", "message": "missing or empty"}]


@pytest.fixture
def kept(client: TestClient) -> dict[str, str]:
    """Ids of the little school and its timetable, uploaded as one."""
    made: dict[str, str] = client.post("/v1/problems", content=bundle(problem=PROBLEM, timetable=TIMETABLE)).json()
    return made


def test_a_timetable_comes_in_the_format_asked_for(client: TestClient, kept: dict[str, str]) -> None:
    address = f"/v1/timetables/{kept['timetable']}"
    assert client.get(address).json()["timetable"] == TIMETABLE.model_dump(mode="json")
    book = client.get(address, headers={"Accept": XLSX})
    assert (
        book.content == client.get(address, params={"format": "xlsx"}).content or book.headers["content-type"] == XLSX
    )
    assert read(book.content).timetable is not None
    picture = client.get(address, params={"format": "svg", "teacher": "ADE"})
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "Ade Bello" in picture.text
    assert client.get(address, params={"format": "svg", "room": "R9"}).status_code == 422
    assert client.get(address, params={"format": "fet"}).status_code == 409
    assert client.get(address, params={"format": "doc"}).status_code == 422


def test_weeks_are_printed_one_by_one_by_kind_or_all(client: TestClient, kept: dict[str, str]) -> None:
    address = f"/v1/timetables/{kept['timetable']}"
    page = client.get(address, headers={"Accept": "text/html,application/xhtml+xml;q=0.9"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.text.count("<section") == 11
    assert client.get(address, params={"format": "html", "kind": "room"}).text.count("<section") == 4
    one = client.get(address, params={"format": "pdf", "teacher": "ade"})
    assert one.headers["content-disposition"] == 'attachment; filename="timetable.pdf"'
    assert one.content.startswith(b"%PDF-")
    assert len(client.get(address, headers={"Accept": "application/pdf"}).content) > len(one.content)
    for wrong in ({"teacher": "ADE", "room": "R1"}, {"class": "9Z"}, {"kind": "desk"}):
        assert client.get(address, params={"format": "pdf", **wrong}).status_code == 422


def test_a_calendar_is_of_one_class_teacher_or_room(client: TestClient, kept: dict[str, str]) -> None:
    address = f"/v1/timetables/{kept['timetable']}"
    asked = {"format": "ics", "teacher": "ADE", "from": "2027-01-11", "until": "2027-02-12"}
    calendar = client.get(address, params=asked)
    assert calendar.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;TZID=Europe/Berlin:20270112T113500" in calendar.text
    assert "UNTIL=20270212T103500Z" in calendar.text
    assert "name it" in client.get(address, params={"format": "ics"}).json()["detail"]
    for day in ("soon", "0001-01-01", "9999-12-31"):
        assert client.get(address, params={**asked, "from": day}).status_code == 422
        assert client.post(f"{address}/publish", json={"effective_from": day}).status_code == 422
    for day in ("1970-01-01", "2200-01-01"):
        assert client.get(address, params={"format": "ics", "class": "7B", "from": day}).status_code == 200


def test_what_came_as_a_fet_file_can_leave_as_one(service: Service, client: TestClient) -> None:
    made = upload(client, FET, "school.fet").json()
    with service.services.store.write(tenant_of(service, "director", "director")) as session:
        problem = library.problem_in(library.problem_row(session, made["id"]))
        starts = range(0, 2 * len(problem.lessons), 2)
        placed = [Placement(lesson=x.id, start=start) for x, start in zip(problem.lessons, starts, strict=True)]
        timetable = library.keep_timetable(session, made["id"], Timetable(placements=tuple(placed)), {}, "manual").id
    answer = client.get(f"/v1/timetables/{timetable}", params={"format": "fet"})
    assert answer.status_code == 200, answer.text
    fixed = client.post("/v1/check", files={"file": ("fixed.fet", answer.content)}).json()
    assert fixed["score"]["placed"] == len(problem.lessons)


def test_a_timetable_is_judged_and_compared(client: TestClient, kept: dict[str, str]) -> None:
    judged = client.get(f"/v1/timetables/{kept['timetable']}/score").json()
    expected = library.judge(PROBLEM, TIMETABLE)
    assert {name: judged[name] for name in ("hard", "unplaced", "soft")} == {
        name: expected[name] for name in ("hard", "unplaced", "soft")
    }
    assert all(violation["sentence"] for violation in judged["violations"])
    same = client.get(f"/v1/timetables/{kept['timetable']}/diff/{kept['timetable']}").json()
    assert (same["moved"], same["changes"]) == (0, [])


def test_any_timetable_can_be_checked_without_keeping_it(client: TestClient, kept: dict[str, str]) -> None:
    whole = client.post("/v1/check", content=bundle(problem=PROBLEM, timetable=TIMETABLE)).json()
    alone = client.post("/v1/check", content=bundle(timetable=TIMETABLE), params={"problem": kept["id"]}).json()
    assert whole["score"] == alone["score"]
    assert whole["score"]["unplaced"] == 1
    wrong = client.post("/v1/check", content=b'{"placements": [{"lesson": "x"}]}', params={"problem": kept["id"]})
    assert wrong.json()["errors"] == [{"field": "placements.0.start", "message": "Field required"}]
    foreign = b'{"placements": [{"lesson": "x", "start": 0}]}'
    assert client.post("/v1/check", content=foreign, params={"problem": kept["id"]}).status_code == 422


def test_proofs_are_told_with_what_they_rest_on(client: TestClient, kept: dict[str, str]) -> None:
    for proof in client.get(f"/v1/problems/{kept['id']}/proofs").json():
        assert proof["severity"] in ("proof", "warning")
        assert proof["sentence"]


def test_what_is_kept_is_listed_latest_first(service: Service, client: TestClient, kept: dict[str, str]) -> None:
    again = client.post("/v1/problems", content=bundle(problem=PROBLEM, timetable=TIMETABLE)).json()
    service.clock.move(seconds=1)
    job = client.post(f"/v1/problems/{kept['id']}/solve").json()
    client.delete(f"/v1/jobs/{job['id']}")
    ours = {kept["id"], again["id"]}
    assert ours <= {line["id"] for line in client.get("/v1/problems").json()}
    assert len(client.get("/v1/problems", params={"limit": 1, "offset": 1}).json()) == 1
    (line,) = client.get("/v1/timetables", params={"problem": again["id"]}).json()
    assert (line["id"], line["hard"], line["unplaced"]) == (again["timetable"], 0, 1)
    assert len(client.get("/v1/timetables").json()) == 2
    assert [line["id"] for line in client.get("/v1/jobs", params={"status": "cancelled"}).json()] == [job["id"]]
    assert client.get("/v1/jobs", params={"status": "queued"}).json() == []
    for wrong in ({"limit": 0}, {"limit": 101}, {"offset": -1}, {"status": "lost"}):
        assert client.get("/v1/jobs", params=wrong).status_code == 422
    elsewhere = service.client("director", "other_tenant_director").get("/v1/problems").json()
    assert not ours & {line["id"] for line in elsewhere}


def test_a_school_of_any_origin_can_be_had_as_a_workbook(client: TestClient, kept: dict[str, str]) -> None:
    answer = client.get(f"/v1/problems/{kept['id']}/workbook")
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    assert read(answer.content).problem is not None


def test_a_job_is_cancelled_and_stays_so(service: Service, client: TestClient, kept: dict[str, str]) -> None:
    job = client.post(f"/v1/problems/{kept['id']}/solve").json()
    for _ in range(2):
        assert client.delete(f"/v1/jobs/{job['id']}").json()["status"] == "cancelled"
    assert [name for name, _ in events(client, job["id"])] == ["end"]
    assert client.get("/v1/jobs/nothing").status_code == 404
    with service.services.store.read(tenant_of(service, "director", "director")) as session:
        assert jobs.find(session, job["id"]).finished_at is not None


@pytest.mark.parametrize("wishes", [{"seconds": 0}, {"seconds": 10**9}, {"gap": 2}, {"threads": 4}, {"priority": 99}])
def test_wishes_out_of_range_are_refused(client: TestClient, kept: dict[str, str], wishes: dict[str, Any]) -> None:
    assert client.post(f"/v1/problems/{kept['id']}/solve", json=wishes).status_code == 422


def test_an_upload_with_a_key_is_kept_once(client: TestClient) -> None:
    def send() -> Any:
        files = {"file": ("school.xlsx", workbook())}
        return client.post("/v1/problems", files=files, headers={"Idempotency-Key": "once"})

    first, again = send(), send()
    assert first.json()["id"] == again.json()["id"]
    assert again.headers["Idempotency-Replayed"] == "true"
