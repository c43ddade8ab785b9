"""Load on a server: requests at a steady rate, and how long their answers take."""

import json
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.busy import Call
from benchmarks.records import Record

CONNECTIONS = 16
LATE = 30.0
"""Seconds after which an answer is given up."""


def steady(port: int, token: str, call: Call, rate: float, seconds: float) -> Record:
    """Requests at their appointed times, whether or not earlier ones have been answered. A time counts from the
    appointed one, so that waiting behind a slow answer counts as well."""
    total = round(rate * seconds)
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        begin = time.perf_counter() + 0.2
        parts = [
            threads.submit(_every, port, token, call, begin, rate, range(first, total, CONNECTIONS))
            for first in range(CONNECTIONS)
        ]
        answered = [answer for part in parts for answer in part.result()]
    taken = time.perf_counter() - begin
    times = sorted(time_ for time_, _ in answered)
    return {
        "sent": total,
        "failed": sum(not good for _, good in answered),
        "per_second": round(total / taken, 1),
        "p50_ms": round(1000 * percentile(times, 0.50), 1),
        "p99_ms": round(1000 * percentile(times, 0.99), 1),
        "max_ms": round(1000 * times[-1], 1),
    }


def percentile(ordered: list[float], share: float) -> float:
    """The smallest value that so large a share does not exceed."""
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def _every(port: int, token: str, call: Call, begin: float, rate: float, numbers: range) -> list[tuple[float, bool]]:
    """On one connection: seconds and success of each request."""
    connection = HTTPConnection("127.0.0.1", port, timeout=LATE)
    found: list[tuple[float, bool]] = []
    for number in numbers:
        due = begin + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        good = _ask(connection, token, call, number)
        found.append((time.perf_counter() - due, good))
    connection.close()
    return found


def _ask(connection: HTTPConnection, token: str, call: Call, number: int) -> bool:
    try:
        body = call.bodies[number % len(call.bodies)]
        connection.request(call.method, call.path, body or None, headers_of(token))
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException):
        connection.close()
        return False
    return answer.status == call.fine


def headers_of(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


# ---- wrk ----------------------------------------------------------------

WRK_CONNECTIONS = 8
SCRIPT = """
local bodies, number = {}, 0
for line in io.lines(%(bodies)s) do bodies[#bodies + 1] = line end
math.randomseed(%(seed)d)
function delay() return math.random(0, %(most)d) end
function request()
  number = number + 1
  local body = bodies[(number - 1) %% #bodies + 1]
  return wrk.format(%(method)s, nil, %(headers)s, body ~= "" and body or nil)
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format('\\n{"sent": %%d, "failed": %%d, "seconds": %%f, "p50": %%f, "p99": %%f, "max": %%f}\\n',
    summary.requests, e.connect + e.read + e.write + e.timeout + e.status, summary.duration / 1e6,
    latency:percentile(50), latency:percentile(99), latency.max))
end
"""


def wrk_installed() -> bool:
    return shutil.which("wrk") is not None


def wrk(port: int, token: str, call: Call, rate: float, seconds: float, pause: float = 0.01) -> Record:
    """wrk asks again after an answer and a random wait, such that the rate comes out if answers take `pause` s."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "load.lua"
        script.write_text("".join(_script(Path(folder) / "bodies", token, call, rate, pause)), encoding="utf-8")
        options = ["-t1", f"-c{WRK_CONNECTIONS}", f"-d{seconds:g}s", f"--timeout={LATE:g}s", "-s", str(script)]
        command = ["wrk", *options, f"http://127.0.0.1:{port}{call.path}"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = json.loads(said.splitlines()[-1])
    return {
        "sent": found["sent"],
        "failed": found["failed"],
        "per_second": round(found["sent"] / found["seconds"], 1),
        **{f"{name}_ms": round(found[name] / 1000, 1) for name in ("p50", "p99", "max")},
    }


def _script(bodies: Path, token: str, call: Call, rate: float, pause: float) -> Iterator[str]:
    bodies.write_text("".join(f"{body}\n" for body in call.bodies), encoding="utf-8")
    headers = ", ".join(f"[{json.dumps(name)}] = {json.dumps(value)}" for name, value in headers_of(token).items())
    yield SCRIPT % {
        "bodies": json.dumps(str(bodies)),
        "seed": random.Random(call.path).randrange(10**6),
        "most": round(2000 * (WRK_CONNECTIONS / rate - pause)),
        "method": json.dumps(call.method),
        "headers": f"{{{headers}}}",
    }
