"""Other programs, run on the same file with the same wall-clock limit and cores."""

import re
import shlex
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.machine import peak_memory_mb
from benchmarks.records import Record

GRACE = 2.0
"""Seconds a program may take beyond its limit before it is stopped."""
SUCCESS = "Simulation successful"
NOT_NEEDED = (
    "timetablesstatistics timetablesxml timetablesdayshorizontal timetablesdaysvertical "
    "timetablestimehorizontal timetablestimevertical timetablessubgroups timetablesgroups timetablesyears "
    "timetablesteachers timetablesteachersfreeperiods timetablesrooms timetablessubjects timetablesactivitytags "
    "timetablesactivities"
)
"""What FET would write besides its result, at the cost of its time: options --write...=false."""
TOTAL = re.compile(r"^Total soft conflicts: ([0-9.]+)", re.MULTILINE)
"""Where FET states what its soft constraints cost, in the file of soft conflicts beside a complete timetable."""


class Outcome(NamedTuple):
    """complete: whether it says that it found a timetable; message: the last it said; soft: total of the soft
    conflicts, where it states one."""

    complete: bool
    seconds: float
    message: str
    soft: float | None = None


def fet_cl(file: Path, seconds: float) -> Outcome:
    """FET's command line on a .fet file; the limit holds from the call on, its reading and writing included."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "fet-cl",
            f"--inputfile={file}",
            f"--outputdir={folder}",
            f"--timelimitseconds={max(1, int(seconds))}",
            "--htmllevel=0",
            "--language=en_US",
            *(f"--write{kind}=false" for kind in NOT_NEEDED.split()),
        ]
        begin = time.perf_counter()
        said, _ = _call(command, seconds)
        taken = time.perf_counter() - begin
        return Outcome(SUCCESS in said, taken, _last_line(said), _soft_conflicts(Path(folder)))


def _soft_conflicts(folder: Path) -> float | None:
    """Of the timetable that FET wrote; None if it did not get so far."""
    texts = (f.read_text(encoding="utf-8-sig") for f in folder.glob("timetables/*/*_soft_conflicts.txt"))
    return next((float(m[1]) for text in texts if (m := TOTAL.search(text))), None)


def by_template(template: str, file: Path, seconds: float) -> Outcome:
    """A command with {file} and {seconds} in it; exit code 0 means a complete timetable."""
    command = [part.format(file=file, seconds=seconds) for part in shlex.split(template)]
    begin = time.perf_counter()
    said, code = _call(command, seconds)
    return Outcome(code == 0, time.perf_counter() - begin, _last_line(said))


def _call(command: list[str], seconds: float) -> tuple[str, int]:
    """What it said and its exit code; -1 when it had to be stopped."""
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds + GRACE, check=False
        )
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"").decode(errors="replace"), -1
    return done.stdout.decode(errors="replace"), done.returncode


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def installed(peer: str) -> bool:
    """Whether the program can be started. peer: fet-cl, or name=command with {file} and {seconds}."""
    return shutil.which("fet-cl" if peer == "fet-cl" else shlex.split(peer.split("=", 1)[1])[0]) is not None


def name_of(peer: str) -> str:
    return peer.split("=", 1)[0]


def run_peer(peer: str, file: Path, seconds: float) -> Record:
    """One run of a peer; complete only if it ended within the limit."""
    outcome = fet_cl(file, seconds) if peer == "fet-cl" else by_template(peer.split("=", 1)[1], file, seconds)
    complete = outcome.complete and outcome.seconds <= seconds
    record = {
        "status": "complete" if complete else "open",
        "complete": complete,
        "threads": 1 if peer == "fet-cl" else None,
        "seconds_first": round(outcome.seconds, 3) if complete else None,
        "seconds_total": round(outcome.seconds, 3),
        "peak_mb": peak_memory_mb(children=True),
        "message": outcome.message,
    }
    return record | ({"fet_soft": outcome.soft} if complete and outcome.soft is not None else {})


def judged(solved: bytes, seconds: float = 60.0) -> Record:
    """What FET says of a .fet file in which every activity is locked. reopened: "accepted", or what it said instead;
    fet_soft: the total of the soft conflicts."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "solved.fet"
        file.write_bytes(solved)
        outcome = fet_cl(file, seconds)
    if outcome.complete:
        return {"reopened": "accepted", "fet_soft": outcome.soft}
    return {"reopened": outcome.message or "refused"}
