"""Real schools: every official-mode sample is read, and FET's timetables are judged as FET judges them."""

from pathlib import Path

import pytest

from formats.fet import read_fet, write_fet
from models.score import score, violations
from tests.formats.fet.fet_cl import solve, timetable_of
from tests.formats.fet.samples import folder, official
from tests.formats.fet.tiny import activity, breaks, constraint, fet, ids


@pytest.mark.slow
def test_every_official_sample_is_read(instances: Path) -> None:
    files = official(instances)
    unsupported = {}
    for file in files:
        found = read_fet(file, ignore_unsupported=True)
        assert found.problem.lessons
        if found.unsupported:
            unsupported[file.name] = found.unsupported
    assert len(files) == 74
    assert unsupported == {}


QUICK = (
    "Brazil/2/EEBLJ-Noturno.fet",
    "Greece/Didymoteicho/6th-Primary-School.fet",
    "Sudan/Khartoum-2010-02-13.fet",
    "United-Kingdom/Hopwood/Hopwood.fet",
    "Namibia/by-Bobby/set-2/KPS.fet",
    "Germany/DGS-Pro/older/DGS_Pro_Germany.fet",
)
"""Samples that FET solves at once."""


@pytest.mark.slow
@pytest.mark.parametrize("name", QUICK)
def test_what_fet_finds_keeps_every_hard_rule(name: str, tmp_path: Path) -> None:
    """Prices are FET's weights, so the soft sum is a hundred times FET's total."""
    file = folder() / "FET-5-official" / name
    solved = solve(file, tmp_path)
    if solved is None:
        pytest.skip("FET found no timetable in time")
    found = read_fet(file)
    timetable = timetable_of(solved, found)
    assert [v.sentence for v in violations(found.problem, timetable) if v.rule.weight is None] == []
    judged = score(found.problem, timetable)
    assert judged.unplaced == 0
    assert judged.soft == pytest.approx(100 * solved.cost, abs=solved.broken)


SCHOOL = fet(
    [activity(n, f"T{1 + n % 3}", "YZ"[n % 2]) for n in range(1, 13)],
    [
        breaks("Mon 3", "Tue 3"),
        constraint(
            "MinDaysBetweenActivities", *ids(1, 3, 5), ("Consecutive_If_Same_Day", "true"), ("MinDays", 1), weight=95
        ),
        constraint("TeachersMaxGapsPerWeek", ("Max_Gaps", 1)),
    ],
    [
        constraint(
            "SubjectPreferredRooms",
            ("Subject", "Math"),
            ("Number_of_Preferred_Rooms", 2),
            ("Preferred_Room", ["R1", "R2"]),
        )
    ],
)


def test_fet_accepts_what_is_written_for_it(tmp_path: Path) -> None:
    """FET's timetable is written into the file, FET opens it, and finds the same one again."""
    file = tmp_path / "school.fet"
    file.write_bytes(SCHOOL)
    first = solve(file, tmp_path / "first")
    assert first is not None
    found = read_fet(SCHOOL)
    timetable = timetable_of(first, found)
    assert score(found.problem, timetable).hard == 0
    fixed = tmp_path / "fixed.fet"
    fixed.write_bytes(write_fet(SCHOOL, found.problem, timetable))
    again = solve(fixed, tmp_path / "again")
    assert again is not None
    assert timetable_of(again, found) == timetable
