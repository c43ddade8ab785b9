"""Asks FET itself: runs fet-cl on a file and reads the timetable it found."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from formats.fet import FetImport
from formats.xml import parse
from models.timetable import Placement, Timetable

SEEDS = [f"--randomseeds{n}={n}" for n in (10, 11, 12, 20, 21, 22)]
TABLES = (
    "statistics dayshorizontal daysvertical timehorizontal timevertical subgroups groups years teachers "
    "teachersfreeperiods rooms subjects activitytags activities"
)


class Solved(NamedTuple):
    """data: the file with FET's timetable in it; broken: soft constraints not kept; cost: their total."""

    data: bytes
    broken: int
    cost: float


def solve(file: Path, out: Path, seconds: int = 20) -> Solved | None:
    """FET's answer, always the same for the same file, or None when it finds none in time."""
    program = shutil.which("fet-cl")
    if program is None:
        pytest.skip("fet-cl is not installed")
    options = [f"--inputfile={file}", f"--outputdir={out}", f"--timelimitseconds={seconds}", "--htmllevel=0"]
    quiet = ["--warnsubgroupswiththesameactivities=false", *(f"--writetimetables{x}=false" for x in TABLES.split())]
    try:
        command = [program, *options, *quiet, *SEEDS]
        subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=seconds + 5, check=False)
    except subprocess.TimeoutExpired:
        return None
    answer = out / "timetables" / file.stem / f"{file.stem}_data_and_timetable.fet"
    if not answer.exists():
        return None
    report = answer.with_name(f"{file.stem}_soft_conflicts.txt").read_text(encoding="utf-8-sig")
    return Solved(
        answer.read_bytes(),
        int(_number(r"broken soft constraints: (\d+)", report)),
        float(_number(r"Total soft conflicts: ([\d.]+)", report)),
    )


def _number(pattern: str, report: str) -> str:
    found = re.search(pattern, report)
    assert found is not None, pattern
    return found[1]


def timetable_of(solved: Solved, found: FetImport) -> Timetable:
    """The timetable that FET wrote as constraints into its answer."""
    root = parse(solved.data)
    starts, rooms = {}, {}
    for n in root.child("Time_Constraints_List").all("ConstraintActivityPreferredStartingTime"):
        starts[n.value("Activity_Id")] = found.ids[n.value("Preferred_Day"), n.value("Preferred_Hour")]
    for n in root.child("Space_Constraints_List").all("ConstraintActivityPreferredRoom"):
        rooms[n.value("Activity_Id")] = tuple(n.values("Real_Room") or [n.value("Room")])
    return Timetable(
        placements=tuple(
            Placement(lesson=x.id, start=starts[x.id], rooms=rooms.get(x.id, (None,) * len(x.rooms)))
            for x in found.problem.lessons
        )
    )
