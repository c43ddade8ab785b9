"""A client that knows the seed document and the tokens of `timewright demo-data`, and nothing else, against a real
server: every example of the document comes out as it is written there."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.dialects.director.document import Endpoint, Error, document, endpoints, misfits
from tests.service import SECRET
from tests.serving import serving
from tests.workers import ROOT

pytestmark = pytest.mark.slow
BASE = "/director/schedules"
UNKNOWN = "class-uuid-404"


@pytest.fixture(scope="module")
def known() -> list[Endpoint]:
    return list(endpoints(document()))


@dataclass
class Place:
    """environment: of the service; seeds: of the schools made so far."""

    environment: dict[str, str]
    folder: Path
    http: httpx2.Client
    seeds: int = 0

    def run(self, *words: str) -> Any:
        command = [sys.executable, "-m", "api.cli", *words, "--json"]
        ended = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, check=True)
        return json.loads(ended.stdout)

    def school(self) -> "Client":
        """A client for a demo school that nobody has used yet."""
        self.seeds += 1
        made = self.run("demo-data", "--dialect", "director", "--seed", str(self.seeds))
        return Client(self.http, made["director"], self.outsider)

    @cached_property
    def outsider(self) -> str:
        """Token of somebody with a leading role and no school."""
        made = self.run("demo-data", "--dialect", "academy", "--seed", "1")
        return str(made["academy"]["tokens"]["super_admin"])

    def without_session(self) -> "Client":
        """A client for a school that was only just added."""
        email = "new@school.example"
        self.run("user", "add", email, "--organisation", "New school", "--role", "director")
        token = self.run("token", email)["token"]
        return Client(self.http, {"tokens": {"director": token}, "ids": {}}, "")


@dataclass
class Client:
    """outsider: token of somebody with a leading role and no school."""

    http: httpx2.Client
    demo: dict[str, Any]
    outsider: str
    ids: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.ids = self.demo["ids"]

    def call(self, method: str, path: str, body: object = None, token: str | None = None) -> tuple[int, Any]:
        """token: "" for none; None: the director's."""
        used = self.demo["tokens"]["director"] if token is None else token
        headers = {"Authorization": f"Bearer {used}"} if used else {}
        answer = self.http.request(method, BASE + path, json=body, headers=headers)
        return answer.status_code, answer.json()

    def ask(self, endpoint: Endpoint, body: object = None, id_: str = "", token: str | None = None) -> tuple[int, Any]:
        return self.call(endpoint.method, endpoint.path.replace(":id", id_), body, token)

    def slot(self, start: str, end: str, label: str = "X") -> str:
        status, told = self.call("POST", "/create-time-slot", {"startTime": start, "endTime": end, "label": label})
        assert status == 201, told
        return str(told["data"]["id"])

    def clear_morning(self) -> None:
        for id_ in self.ids["timeSlotId"][:5]:
            assert self.call("DELETE", f"/time-slots/{id_}")[0] == 200

    def entry(self, **changed: str) -> dict[str, str]:
        names = ("class_id", "subject_id", "teacher_id", "timeSlotId")
        return {**{name: self.ids[name][0] for name in names}, "day_of_week": "MONDAY", **changed}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("document")
    file = folder / "timewright.db"
    file.write_bytes(migrated_sqlite.read_bytes())
    settings = {"TIMEWRIGHT_DATABASE": f"sqlite:///{file}", "TIMEWRIGHT_SECRET": SECRET}
    settings |= {"TIMEWRIGHT_ARGON2_MEMORY_COST": "8", "TIMEWRIGHT_RATE_LIMITS": "off"}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TIMEWRIGHT_")}
    with serving(folder, "--workers", "0", "--no-demo", **settings) as server:
        yield Place({**plain, **settings, "PYTHONPATH": str(ROOT)}, folder, server.client)


@pytest.fixture(scope="module")
def client(place: Place) -> Client:
    return place.school()


def by_title(known: list[Endpoint], title: str) -> Endpoint:
    return next(x for x in known if x.title == title)


# ---- successes -----------------------------------------------------------------------------------------------------


def counted(message: str) -> str:
    return re.sub(r"\d+ time slots", "N time slots", message)


def example(client: Client, endpoint: Endpoint) -> tuple[dict[str, Any] | None, str]:
    """The example's body and id, with what stands for its placeholders."""
    request = endpoint.request
    if endpoint.title == "Create Time Slot":
        client.clear_morning()
    if endpoint.title == "Update Time Slot":
        client.clear_morning()
        return request, client.slot("08:00", "08:45")
    if endpoint.title == "Delete Time Slot":
        return None, client.slot("20:00", "21:00")
    if endpoint.title == "Create Timetable Entry":
        return {**(request or {}), **client.entry(timeSlotId=client.slot("18:00", "18:45"))}, ""
    return request, ""


def test_every_example_of_a_success(place: Place, known: list[Endpoint]) -> None:
    client, other = place.school(), place.school()
    for endpoint in known:
        used = other if endpoint.title == "Update Time Slot" else client
        body, id_ = example(used, endpoint)
        status, told = used.ask(endpoint, body, id_)
        assert status == endpoint.status, (endpoint.title, told)
        assert counted(told["message"]) == counted(endpoint.success["message"])
        assert misfits(endpoint.structure, told) == [], endpoint.title
        echoed = {name: value for name, value in (body or {}).items() if name != "class"}
        assert {name: told["data"][name] for name in echoed} == echoed


# ---- errors --------------------------------------------------------------------------------------------------------


def bad_format(client: Client, x: Endpoint) -> tuple[int, Any]:
    return client.ask(x, {"startTime": "8.30", "endTime": "09:15", "label": "X"}, client.ids["timeSlotId"][0])


def bad_range(client: Client, x: Endpoint) -> tuple[int, Any]:
    return client.ask(x, {"startTime": "09:15", "endTime": "08:30", "label": "X"}, client.ids["timeSlotId"][0])


def new_overlaps(client: Client, x: Endpoint) -> tuple[int, Any]:
    client.clear_morning()
    client.slot("08:00", "09:00")
    return client.ask(x, x.request)


def changed_overlaps(client: Client, x: Endpoint) -> tuple[int, Any]:
    client.clear_morning()
    client.slot("09:00", "10:00")
    return client.ask(x, x.request, client.slot("07:00", "08:00"))


def slot_unknown(client: Client, x: Endpoint) -> tuple[int, Any]:
    return client.ask(x, {"label": "X"}, UNKNOWN)


def in_use(client: Client, x: Endpoint) -> tuple[int, Any]:
    body = client.entry(timeSlotId=client.slot("19:00", "19:30"), day_of_week="SUNDAY")
    assert client.call("POST", "/create-timetable", body)[0] == 201
    return client.ask(x, None, body["timeSlotId"])


def no_school(client: Client, x: Endpoint) -> tuple[int, Any]:
    return client.ask(x, x.request, "x", client.outsider)


def not_signed_in(client: Client, x: Endpoint) -> tuple[int, Any]:
    assert client.ask(x, x.request, "x", "no-such-token") == client.ask(x, x.request, "x", "")
    return client.ask(x, x.request, "x", "")


def level_unknown(client: Client, x: Endpoint) -> tuple[int, Any]:
    return client.ask(x, {"class": "jss4"})


def twice(client: Client, x: Endpoint) -> tuple[int, Any]:
    body = client.entry(timeSlotId=client.slot("21:00", "21:30"))
    assert client.ask(x, body)[0] == 201
    return client.ask(x, {**body, "teacher_id": client.ids["teacher_id"][1]})


def teacher_busy(client: Client, x: Endpoint) -> tuple[int, Any]:
    body = client.entry(timeSlotId=client.slot("21:30", "22:00"))
    assert client.ask(x, body)[0] == 201
    return client.ask(x, {**body, "class_id": client.ids["class_id"][1]})


def missing(name: str) -> Callable[[Client, Endpoint], tuple[int, Any]]:
    return lambda client, x: client.ask(x, client.entry(**{name: UNKNOWN}))


PROVOKED: dict[str, Callable[[Client, Endpoint], tuple[int, Any]]] = {
    "Invalid Time Format": bad_format,
    "Invalid Time Range": bad_range,
    "School Not Found": no_school,
    "Not Found": slot_unknown,
    "In Use": in_use,
    "Unauthorized": not_signed_in,
    "Bad Request": no_school,
    "Class Not Found": level_unknown,
    "Invalid User": no_school,
    "Duplicate Entry": twice,
    "Teacher Conflict": teacher_busy,
    "Subject Not Found": missing("subject_id"),
    "Teacher Not Found": missing("teacher_id"),
    "Time Slot Not Found": missing("timeSlotId"),
}
"""End of an error's title -> how to get it; those that need a school of their own are below."""


def provoked(error: Error, endpoint: Endpoint, client: Client, place: Place) -> tuple[int, Any]:
    title = error.title.removeprefix("Bad Request - ")
    if title == "Overlapping Time Slot":
        overlaps = new_overlaps if endpoint.method == "POST" else changed_overlaps
        return overlaps(place.school(), endpoint)
    if title == "No Academic Session":
        return place.without_session().ask(endpoint, endpoint.request)
    if title == "Class Not Found" and "class_id" in (endpoint.request or {}):
        return missing("class_id")(client, endpoint)
    return PROVOKED[title](client, endpoint)


def test_every_example_of_an_error_to_the_letter(place: Place, client: Client, known: list[Endpoint]) -> None:
    errors = [(endpoint, error) for endpoint in known for error in endpoint.errors]
    assert len(errors) == 33
    for endpoint, error in errors:
        status, told = provoked(error, endpoint, client, place)
        assert (status, told) == (error.status, error.body), f"{endpoint.title}: {error.title}"


# ---- the rest of the document --------------------------------------------------------------------------------------

CURL = re.compile(r'curl -X (\w+) "/director/schedules(\S+)" \\\n(.*?)(?=\n\n|\n```)', re.DOTALL)


def test_every_curl_command(place: Place) -> None:
    """In a school without the demo's own slots in the morning; ids stand for those of the school."""
    client = place.school()
    client.clear_morning()
    commands = CURL.findall(document())
    assert len(commands) == 7
    made = ""
    for method, path, rest in commands:
        data = re.search(r"-d '(.*?)'", rest, re.DOTALL)
        body = json.loads(data[1]) if data else None
        if path == "/create-timetable":
            body = {**(body or {}), **client.entry(timeSlotId=made)}
        id_ = made if method == "PATCH" else client.ids["timeSlotId"][0]
        status, told = client.call(method, path.replace("timeslot-uuid", id_), body)
        assert status in (200, 201), (method, path, told)
        made = told["data"]["id"] if path == "/create-time-slot" else made


def test_what_the_sample_programs_look_for(client: Client, known: list[Endpoint]) -> None:
    """The messages and fields that the JavaScript of the document depends on."""
    entry = by_title(known, "Create Timetable Entry")
    slot = client.slot("22:00", "22:30")
    body = client.entry(timeSlotId=slot)
    assert client.ask(entry, body)[0] == 201
    assert "already exists" in client.ask(entry, body)[1]["message"]
    other = {**body, "class_id": client.ids["class_id"][1]}
    assert "already scheduled" in client.ask(entry, other)[1]["message"]
    options = client.call("GET", "/timetable-options")[1]["data"]
    assert all({"id", "name"} <= row.keys() for rows in options.values() for row in rows)
    assert all(re.fullmatch(r"\d\d:\d\d - \d\d:\d\d", slot["name"]) for slot in options["timeSlots"])
    week = client.call("POST", "/timetable", {"class": "ss3"})[1]["data"]
    assert list(week["schedule"]) == ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"]
    for rows in week["schedule"].values():
        assert [row["timeSlotId"] for row in rows] == [slot["id"] for slot in week["timeSlots"]]
