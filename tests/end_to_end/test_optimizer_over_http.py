"""A school without a program of its own: the sample workbook from upload to a calendar, over HTTP alone."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest
from icalendar import Calendar

from datasets.sample import sample
from formats.excel.read import read
from formats.excel.write_input import write_input
from tests.scheduling.webhooks.receiver import Receiver, receiving
from tests.serving import Server, serving

pytestmark = pytest.mark.slow
PATIENCE = 200.0
Client = httpx2.Client


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """With one worker, and signed in as a director of the demo."""
    with serving(tmp_path, "--workers", "1", TIMEWRIGHT_WEBHOOKS_PRIVATE="true") as found:
        demo = json.loads((tmp_path / "timewright-data" / "demo.json").read_text())
        found.client.headers["Authorization"] = f"Bearer {demo['director']['tokens']['director']}"
        found.client.timeout = httpx2.Timeout(60)
        yield found


def good(answer: httpx2.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()


def events(client: Client, job: str) -> list[tuple[str, dict[str, Any]]]:
    """Of the job until it ends, as they come."""
    told: list[tuple[str, dict[str, Any]]] = []
    name = ""
    with client.stream("GET", f"/v1/jobs/{job}/events", timeout=PATIENCE) as stream:
        for line in stream.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                told.append((name, json.loads(line.removeprefix("data: "))))
    return told


def ended(client: Client, job: dict[str, Any]) -> dict[str, Any]:
    name, last = events(client, job["id"])[-1]
    assert (name, last["status"]) == ("end", "done"), last
    return last


def until(look: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not look():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_the_sample_workbook_becomes_a_published_timetable(server: Server, receiver: Receiver) -> None:
    client = server.client
    hook = {"url": receiver.url(), "events": ["job.finished", "timetable.published"]}
    good(client.post("/v1/webhooks", json=hook))

    workbook = {"file": ("school.xlsx", write_input(sample().problem))}
    report = good(client.post("/v1/check", files=workbook))
    assert (report["errors"], report["proofs"]) == ([], [])
    made = good(client.post("/v1/problems", files=workbook))
    assert made["report"]["counts"]["classes"] == 24

    wishes = {"seconds": 180, "first": True}
    done = ended(client, good(client.post(f"/v1/problems/{made['id']}/solve", json=wishes)))
    assert (done["result"]["hard"], done["result"]["unplaced"]) == (0, 0)
    address = f"/v1/timetables/{done['timetable']}"

    book = read(client.get(address, params={"format": "xlsx"}).content)
    assert book.timetable is not None
    assert len(book.timetable.placements) == len(sample().problem.lessons)
    assert client.get(address, params={"format": "pdf"}).content.startswith(b"%PDF-")
    page = client.get(address, headers={"Accept": "text/html"}, params={"kind": "class"})
    assert page.text.count("<section") == 24
    teacher = sample().problem.teachers[0].id
    own = client.get(address, params={"format": "ics", "teacher": teacher})
    assert Calendar.from_ical(own.content).walk("VEVENT")

    version = good(client.post(f"{address}/publish", json={"effective_from": date.today().isoformat()}))
    assert version["number"] == 1
    feed = good(client.post("/v1/feeds", json={"kind": "teacher", "name": teacher}))
    calendar = httpx2.get(feed["url"])
    assert len(Calendar.from_ical(calendar.content).walk("VEVENT")) == len(
        Calendar.from_ical(own.content).walk("VEVENT")
    )

    repaired = repair(client, done["timetable"], teacher)
    later = good(client.post(f"/v1/timetables/{repaired}/publish", json={"effective_from": date.today().isoformat()}))
    assert later["number"] == 2
    assert httpx2.get(feed["url"], headers={"If-None-Match": calendar.headers["etag"]}).status_code == 200

    until(lambda: len(receiver.heard) == 4)
    kinds = sorted(json.loads(body)["type"] for _, _, body in receiver.heard)
    assert kinds == ["job.finished", "job.finished", "timetable.published", "timetable.published"]


def repair(client: Client, timetable: str, teacher: str) -> str:
    """The timetable after the teacher can no longer come on Monday morning."""
    change = f"teacher {teacher} unavailable Mon P1"
    asked = good(client.post("/v1/repair", json={"timetable": timetable, "changes": [change], "seconds": 60}))
    result = ended(client, asked)["result"]
    assert result["within_limit"], result["sentence"]
    compared = good(client.post("/v1/diff", json={"before": timetable, "after": result["timetable"]}))
    assert compared["moved"] == result["amount"]["moves"]
    found: str = result["timetable"]
    return found
