"""The service under load: a school with 10,000 entries, 50 requests a second, and a solve on the same cores.

Server, worker and load share the cores of the run. A request is complete when 99 in 100 answers come within 50 ms and
none fails; the first two seconds of a new server are not counted. A start is when it takes at most 3 s and 250 MB.
"""

import json
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

from benchmarks.busy import Busy, busy
from benchmarks.columns import Column, Runs, number, outcome, seconds
from benchmarks.columns import median as over
from benchmarks.load import headers_of, steady, wrk, wrk_installed
from benchmarks.records import Record
from benchmarks.server import SECRET, Server, serving
from benchmarks.suite import Asked, Suite
from datasets.generate import generate
from models.problem import Problem
from scheduling.store import Store
from scheduling.store.migrate import upgrade

RATE = 50.0
"""Requests a second."""
WITHIN_MS = 50.0
START_SECONDS, IDLE_MB = 3.0, 250.0
STARTS = 3
REST = 5.0
"""Seconds after which a server counts as idle."""
WARM = 2.0
"""Seconds of the same requests before those that count: the first ones of a new process prepare its statements."""
SOLVING = (50, 1)
"""Classes and seed of the school that is solved in the meantime."""
REQUESTS = ("GET time-slots", "POST timetable", "POST create-timetable")
EMPTY, AGAIN = "start with an empty folder", "start with what was there"
BY_WRK = ", by wrk"


def cases() -> list[str]:
    by_wrk = [f"{request}{BY_WRK}" for request in REQUESTS] if wrk_installed() else []
    return [EMPTY, AGAIN, *REQUESTS, *by_wrk]


def run(case: str, asked: Asked) -> Record:
    """asked.seconds: how long requests are sent."""
    if case not in (EMPTY, AGAIN) and case.removesuffix(BY_WRK) not in REQUESTS:
        raise ValueError(f"no case {case!r} in suite service")
    with tempfile.TemporaryDirectory() as folder:
        return _started(Path(folder), case) if case in (EMPTY, AGAIN) else _loaded(Path(folder), case, asked.seconds)


def _started(folder: Path, case: str) -> Record:
    """Medians of some starts."""
    found: list[tuple[float, float, float]] = []
    if case == AGAIN:
        with serving(folder):
            pass
    for attempt in range(STARTS):
        place = folder if case == AGAIN else folder / str(attempt)
        place.mkdir(exist_ok=True)
        with serving(place) as server:
            time.sleep(REST)
            found.append((server.seconds, server.seconds_cpu, server.memory_mb()))
    total, processor, memory = (median(of_kind) for of_kind in zip(*found, strict=True))
    complete = total <= START_SECONDS and memory <= IDLE_MB
    status = "done" if complete else "slow or large"
    record = {"status": status, "complete": complete, "seconds_total": total, "seconds_cpu": processor}
    return {**record, "server_mb": memory, "starts": found}


def _loaded(folder: Path, case: str, seconds_: float) -> Record:
    url = f"sqlite:///{folder / 'timewright.db'}"
    upgrade(url)
    store = Store(url)
    school = busy(store)
    store.close()
    measure = wrk if case.endswith(BY_WRK) else steady
    call = school.calls[case.removesuffix(BY_WRK)]
    with serving(folder, "--database", url, SECRET=SECRET) as server:
        job = _solve(server, school, seconds_)
        steady(server.port, school.token, call, RATE, WARM)
        call, before = call.after(round(RATE * WARM)), server.processor()
        measured = measure(server.port, school.token, call, RATE, seconds_)
        measured["cpu_ms"] = round(1000 * (server.processor() - before) / measured["sent"], 2)
        solving, memory = _job(server, school, job)["status"] == "running", server.memory_mb()
    complete = measured["p99_ms"] <= WITHIN_MS and not measured["failed"] and solving
    status = "done" if complete else "slow" if solving else "the solve ended early"
    return {"status": status, "complete": complete, "solving": solving, "server_mb": memory, **measured}


def _solve(server: Server, school: Busy, seconds_: float) -> str:
    """Id of a job that has found something and goes on longer than the load."""
    problem: Problem = generate(*SOLVING).problem
    sent = {"problem": problem.model_dump(mode="json"), "timetable": None}
    problem_id = _ask(server, school, "POST", "/v1/problems", sent)["id"]
    wishes = {"seconds": seconds_ + 600}
    job = str(_ask(server, school, "POST", f"/v1/problems/{problem_id}/solve", wishes)["id"])
    while not _job(server, school, job)["progress"].get("placed"):
        time.sleep(0.5)
    return job


def _job(server: Server, school: Busy, job: str) -> Record:
    found = _ask(server, school, "GET", f"/v1/jobs/{job}")
    if found["error"]:
        raise RuntimeError(found["error"])
    return found


def _ask(server: Server, school: Busy, method: str, path: str, body: Record | None = None) -> Record:
    data = None if body is None else json.dumps(body).encode()
    request = Request(f"http://127.0.0.1:{server.port}{path}", data, headers_of(school.token), method=method)
    with urlopen(request, timeout=60) as answer:
        found: Record = json.load(answer)
    return found


def worse(old: Runs, new: Runs) -> str:
    """An answer in 99 of 100 that takes half as long again, and 10 ms."""
    was, is_ = over(old, "p99_ms"), over(new, "p99_ms")
    if was is None or is_ is None or is_ <= max(1.5 * was, was + 10):
        return ""
    return f"99 of 100 answers within {is_:.0f} ms, was {was:.0f} ms"


COLUMNS: tuple[Column, ...] = (
    outcome("in time"),
    seconds("start", "seconds_total", 2),
    seconds("processor", "seconds_cpu", 2),
    number("50 % within ms", "p50_ms", 1),
    number("99 % within ms", "p99_ms", 1),
    number("longest ms", "max_ms", 1),
    number("processor ms each", "cpu_ms", 1),
    number("answers/s", "per_second", 1),
    number("failed", "failed"),
    number("MB of the server", "server_mb", 0),
)

SUITE = Suite(
    "service",
    "the service with 10,000 entries in a school, 50 requests a second and a solve on the same cores",
    60.0,
    cases,
    run,
    COLUMNS,
    worse=worse,
)
