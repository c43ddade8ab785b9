"""The suite of the service: the busy school, and what is measured of answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from fastapi.testclient import TestClient

from benchmarks.busy import Call, busy, class_name
from benchmarks.load import percentile, steady, wrk, wrk_installed
from benchmarks.service import REQUESTS, SUITE, cases, worse
from benchmarks.suite import Asked
from tests.benchmarks.little import record
from tests.service import Service

ENTRIES = 2100
"""One slot of the whole week, and a little."""


class Handler(BaseHTTPRequestHandler):
    """Knows only one body."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        good = body == b'{"good": 1}' and self.headers["Authorization"] == "Bearer tw_x"
        self.send_response(201 if good else 400)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def answering() -> Iterator[int]:
    """Port of a server that answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


CALL = Call("POST", "/things", ('{"good": 1}', "bad"), 201)


def test_the_calls_of_the_busy_school_succeed(sqlite_database: str) -> None:
    service = Service(sqlite_database)
    school = busy(service.services.store, ENTRIES)
    assert tuple(school.calls) == REQUESTS
    client = TestClient(service.app, headers={"Authorization": f"Bearer {school.token}"})
    for call in school.calls.values():
        for body in (call.bodies[0], call.bodies[-1]):
            answer = client.request(
                call.method, call.path, content=body or None, headers={"Content-Type": "application/json"}
            )
            assert answer.status_code == call.fine, answer.text
    week = client.post("/director/schedules/timetable", json={"class": "jss1"}).json()["data"]
    assert [each["name"] for each in week["class"]] == [class_name(n) for n in range(5)]
    service.close()


def test_a_call_goes_on_after_what_was_sent() -> None:
    call = Call("POST", "/things", ("a", "b", "c"))
    assert [call.after(n).bodies[0] for n in range(4)] == ["a", "b", "c", "a"]
    assert set(call.after(2).bodies) == set(call.bodies)


def test_every_request_is_sent_and_failures_are_counted() -> None:
    with answering() as port:
        found = steady(port, "tw_x", CALL, rate=100, seconds=0.4)
    assert (found["sent"], found["failed"]) == (40, 20)
    assert 0 < found["p50_ms"] <= found["p99_ms"] <= found["max_ms"]


def test_nobody_there_is_a_failure() -> None:
    with answering() as port:
        pass
    assert steady(port, "tw_x", CALL, rate=100, seconds=0.1)["failed"] == 10


@pytest.mark.skipif(not wrk_installed(), reason="wrk is not installed")
def test_wrk_sends_the_same() -> None:
    with answering() as port:
        found = wrk(port, "tw_x", CALL, rate=100, seconds=1)
    assert found["sent"] > 20
    assert abs(found["sent"] - 2 * found["failed"]) <= 2
    assert 0 < found["p50_ms"] <= found["p99_ms"] <= found["max_ms"]


def test_a_percentile_is_a_value_that_occurs() -> None:
    times = [float(n) for n in range(1, 101)]
    assert [percentile(times, share) for share in (0.01, 0.5, 0.99, 1.0)] == [1, 50, 99, 100]
    assert percentile([7.0], 0.99) == 7
    # 0.99 of 101 is 99.99: the hundredth.
    assert percentile([*times, 1000.0], 0.99) == 100


def test_half_as_long_again_and_ten_milliseconds_is_worse() -> None:
    def runs(p99: float) -> list[dict[str, object]]:
        return [record("POST timetable", p99_ms=p99)]

    assert worse(runs(30), runs(46)) == "99 of 100 answers within 46 ms, was 30 ms"
    assert worse(runs(30), runs(45)) == ""
    assert worse(runs(4), runs(13)) == ""


def test_an_unknown_case_is_refused() -> None:
    assert set(REQUESTS) <= set(cases())
    with pytest.raises(ValueError, match="no case 'tea' in suite service"):
        SUITE.run("tea", Asked(1.0, 0, 1))
