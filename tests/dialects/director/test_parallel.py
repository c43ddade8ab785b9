"""Two server processes on one database: whoever is quicker gets the slot, and all that is answered fits together."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Literal

import httpx2
import pytest

from tests.dialects.director.serial import TEACHER_TAKEN, Place, Seen, after, serial_order
from tests.service import CHEAP, SECRET, Service
from tests.serving import serving

CLIENTS, OPERATIONS = 8, 1000


@pytest.fixture
def demo(database: str) -> dict[str, Any]:
    service = Service(database)
    found = service.demo("director")
    service.close()
    return found


@contextmanager
def two_servers(database: str, folder: Path) -> Iterator[list[str]]:
    """Their addresses."""
    environment = {"TIMEWRIGHT_DATABASE": database, "TIMEWRIGHT_SECRET": SECRET, "TIMEWRIGHT_RATE_LIMITS": "off"}
    environment |= {f"TIMEWRIGHT_{name.upper()}": str(value) for name, value in CHEAP.items()}
    folders = [folder / name for name in ("one", "two")]
    for own in folders:
        own.mkdir()
    starting = [serving(own, "--workers", "0", "--no-demo", **environment) for own in folders]
    with ExitStack() as stack:
        with ThreadPoolExecutor() as pool:
            servers = list(pool.map(stack.enter_context, starting))
        yield [str(server.client.base_url) for server in servers]


def client(address: str, demo: dict[str, Any]) -> httpx2.Client:
    headers = {"Authorization": f"Bearer {demo['tokens']['director']}"}
    base = f"{address.rstrip('/')}/director/schedules/"
    # Over plain HTTP; to read all certificates of the machine for each client would take longer than its requests.
    return httpx2.Client(base_url=base, headers=headers, timeout=60, verify=False)


def body(place: Place, demo: dict[str, Any]) -> dict[str, str]:
    class_, teacher, slot, day = place
    who = {"class_id": class_, "teacher_id": teacher, "subject_id": demo["ids"]["subject_id"][0]}
    return {**who, "timeSlotId": slot, "day_of_week": day}


@pytest.mark.slow
def test_one_of_fifty_gets_the_teacher_and_history_is_serial(
    database: str, demo: dict[str, Any], tmp_path: Path
) -> None:
    with two_servers(database, tmp_path) as addresses:
        one_of_fifty_gets_the_teacher(addresses, demo)
        first = entries_of(addresses[0], demo)
        history = Random(addresses, demo, set(first)).run()
        last = serial_order(history, first)
        assert last is not None, "no serial order explains what was answered"
        assert sorted(last.values()) == sorted(entries_of(addresses[1], demo).values())
    told = Counter((x.kind, x.told) for x in history)
    assert len(history) == OPERATIONS
    assert len(told) == 9, told  # every operation was both carried out and refused for every reason


def one_of_fifty_gets_the_teacher(addresses: list[str], demo: dict[str, Any]) -> None:
    classes, teacher = demo["ids"]["class_id"], demo["ids"]["teacher_id"][3]
    places = [(classes[n % len(classes)], teacher, demo["ids"]["timeSlotId"][0], "SATURDAY") for n in range(50)]
    barrier = threading.Barrier(50)

    def ask(number: int) -> tuple[int, str]:
        with client(addresses[number % 2], demo) as own:
            barrier.wait()
            answer = own.post("create-timetable", json=body(places[number], demo))
            return answer.status_code, answer.json()["message"]

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(ask, range(50)))
    assert Counter(status for status, _ in answers) == {201: 1, 400: 49}, answers
    refused = {message for status, message in answers if status == 400}
    assert TEACHER_TAKEN in refused
    assert refused <= {TEACHER_TAKEN, "A schedule already exists for this class, time slot and day"}


def entries_of(address: str, demo: dict[str, Any]) -> dict[str, Place]:
    """Entry -> class, teacher, slot, day, as the weeks of all teachers show them."""
    found: dict[str, Place] = {}
    with client(address, demo) as own:
        for teacher in demo["ids"]["teacher_id"]:
            week = own.get(f"teacher-timetable/{teacher}").json()["data"]["schedule"]
            for day, rows in week.items():
                for row in rows:
                    if row["entryId"]:
                        found[row["entryId"]] = (row["classId"], teacher, row["timeSlotId"], day)
    return found


class Random:
    """Clients that create, move and delete entries of few classes, teachers and times, so that they often meet."""

    def __init__(self, addresses: list[str], demo: dict[str, Any], ids: set[str]) -> None:
        self.addresses, self.demo = addresses, demo
        self.ids, self.lock = sorted(ids), threading.Lock()

    def run(self) -> list[Seen]:
        with ThreadPoolExecutor(CLIENTS) as pool:
            return [seen for part in pool.map(self._client, range(CLIENTS)) for seen in part]

    def _client(self, number: int) -> list[Seen]:
        chance = random.Random(number)
        with client(self.addresses[number % 2], self.demo) as own:
            return [self._one(own, chance) for _ in range(OPERATIONS // CLIENTS)]

    def _one(self, own: httpx2.Client, chance: random.Random) -> Seen:
        kind: Literal["create", "move", "delete"] = chance.choices(("create", "move", "delete"), (5, 3, 2))[0]
        with self.lock:
            entry = chance.choice(self.ids[-30:])
        place = self._place(chance)
        begin = time.monotonic()
        if kind == "create":
            answer = own.post("create-timetable", json=body(place, self.demo))
        elif kind == "move":
            answer = own.patch(f"timetable/{entry}", json=body(place, self.demo))
        else:
            answer = own.delete(f"timetable/{entry}")
        end, told = time.monotonic(), answer.json()
        assert answer.status_code in (200, 201, 400, 404), answer.text
        if kind == "create":
            entry = told["data"]["id"] if told["success"] else ""
            with self.lock:
                self.ids += [entry] if entry else []
        message = "" if told["success"] else told["message"]
        return Seen(kind, entry, None if kind == "delete" else place, message, begin, end)

    def _place(self, chance: random.Random) -> Place:
        ids = self.demo["ids"]
        class_, teacher = chance.choice(ids["class_id"][:5]), chance.choice(ids["teacher_id"][:5])
        return class_, teacher, chance.choice(ids["timeSlotId"][:3]), chance.choice(("MONDAY", "TUESDAY"))


# ---- the judge is judged -------------------------------------------------------------------------------------------

A: Place = ("7A", "T1", "P1", "MONDAY")
B: Place = ("7B", "T1", "P1", "MONDAY")


def seen(kind: Literal["create", "move", "delete"], entry: str, place: Place | None, told: str, *when: float) -> Seen:
    return Seen(kind, entry, place, told, *when)


def test_two_at_once_may_come_in_either_order() -> None:
    history = [seen("create", "", A, TEACHER_TAKEN, 0, 9), seen("create", "b", B, "", 1, 8)]
    assert serial_order(history, {}) == {"b": B}


def test_one_that_had_ended_came_before() -> None:
    history = [seen("create", "", A, TEACHER_TAKEN, 0, 1), seen("create", "b", B, "", 2, 3)]
    assert serial_order(history, {}) is None


def test_two_that_both_got_the_teacher_fit_no_order() -> None:
    history = [seen("create", "a", A, "", 0, 9), seen("create", "b", B, "", 0, 9)]
    assert serial_order(history, {}) is None
    between = [seen("delete", "a", None, "", 0, 9)]
    assert serial_order(history + between, {}) == {"b": B}


def test_what_is_gone_is_not_found() -> None:
    gone = seen("move", "a", B, "Timetable entry not found", 0, 1)
    assert after({}, gone) == {}
    assert after({"a": A}, gone) is None
