"""Files of the archives of the field through the command line: XHSTT and course timetabling."""

import gzip
import json
from pathlib import Path

import pytest

from formats.xhstt import costs_of_solution, solutions_in
from tests.api.command import Command
from tests.formats.ctt.tiny import TINY
from tests.formats.xhstt.tiny import archive, bounded, constraint, event, groups

EVENTS = event("A", 1, "T1", "C1") + event("B", 1, "T1", "C1") + event("C", 1, "T1", "C2")
BUSY = constraint("LimitBusyTimes", groups("Mon", "Tue") + bounded(2, 2), to="T1", hard=False, weight=7)
ARCHIVE = archive(EVENTS, BUSY)
"""Three events of T1 on two days: one day has 1 or 3 of them, so 7 is the least price."""


@pytest.fixture
def instance(command: Command) -> Path:
    file = command.folder / "tiny.xml"
    file.write_bytes(ARCHIVE)
    return file


@pytest.fixture
def course(command: Command) -> Path:
    file = command.folder / "tiny.ectt"
    file.write_text(TINY)
    return file


def test_an_archive_is_solved_into_a_solution_group(command: Command, instance: Path) -> None:
    solved = command("solve", instance, "-o", "solved.xml", "--seconds", 5, "--json")
    assert (solved.code, solved.json["archive_cost"]) == (0, "0.00007")
    written = (command.folder / "solved.xml").read_bytes()
    assert solutions_in(written) == ("Timewright",)
    assert str(costs_of_solution(written)) == "0.00007"


def test_a_solved_archive_is_scored_as_other_evaluators_do(command: Command, instance: Path) -> None:
    command("solve", instance, "-o", "solved.xml", "--seconds", 5)
    assert command("score", "solved.xml", "--json").json["archive_cost"] == "0.00007"
    assert "By the definitions of the archive: 0.00007" in command("score", instance, "solved.xml").out
    assert "T1" in command("show", "solved.xml", "--teacher", "T1").out
    assert command("convert", "solved.xml", "solved.json").code == 0
    assert len(json.loads((command.folder / "solved.json").read_text())["timetable"]["placements"]) == 3


def test_further_groups_have_names_of_their_own(command: Command, instance: Path) -> None:
    command("solve", instance, "-o", "one.xml", "--seconds", 5)
    assert command("solve", "one.xml", "-o", "two.xml", "--seconds", 5).code == 0
    assert solutions_in((command.folder / "two.xml").read_bytes()) == ("Timewright", "Timewright 2")
    assert "2 solutions left aside: Timewright, Timewright 2" in command("check", "two.xml").out


def test_a_packed_archive_is_opened(command: Command) -> None:
    (command.folder / "tiny.xml.gz").write_bytes(gzip.compress(ARCHIVE))
    assert command("check", "tiny.xml.gz").code == 0
    assert command("solve", "tiny.xml.gz", "-o", "solved.xml", "--seconds", 5).code == 0
    assert command("solve", "tiny.xml.gz", "--seconds", 5).code == 0
    assert (command.folder / "tiny-timetable.xlsx").exists()


def test_what_no_rule_expresses_is_left_out_on_demand(command: Command) -> None:
    (command.folder / "step.xml").write_bytes(archive(EVENTS, BUSY.replace("Linear", "Step")))
    refused = command("check", "step.xml", "--json")
    assert (refused.code, refused.json["unsupported"][0]["count"]) == (3, 1)
    assert command("check", "step.xml", "--ignore-unsupported").code == 0


def test_a_broken_archive_is_named_with_its_line(command: Command) -> None:
    (command.folder / "cut.xml").write_bytes(ARCHIVE[:500])
    cut = command("check", "cut.xml")
    assert cut.code == 3
    assert "cut.xml: line" in cut.err


@pytest.mark.parametrize(("formulation", "price"), [("UD1", 1), ("UD3", 2)])
def test_course_timetabling_by_its_formulations(command: Command, course: Path, formulation: str, price: int) -> None:
    """The only lecture of curriculum `other` is isolated (UD1, 1) and one less than two a day (UD3, 2)."""
    wishes = ("--formulation", formulation)
    assert command("solve", course, "-o", "tiny.sol", "--seconds", 5, *wishes).code == 0
    rows = (command.folder / "tiny.sol").read_text().splitlines()
    assert sorted(row.split()[0] for row in rows) == ["Alg", "Alg", "Alg", "Bio", "Bio", "Che"]
    assert command("score", course, "tiny.sol", *wishes, "--json").json["soft"] == price


def test_a_solution_of_another_school_is_refused(command: Command, course: Path) -> None:
    (command.folder / "other.out").write_text("Art A 0 0\n")
    found = command("score", course, "other.out")
    assert found.code == 3
    assert "other.out: line 1: found 'Art', expected the name of a course" in found.err


def test_a_formulation_needs_its_columns(command: Command) -> None:
    plain = TINY.replace("Min_Max_Daily_Lectures: 2 3\n", "")
    (command.folder / "plain.ctt").write_text(plain)
    assert command("check", "plain.ctt", "--formulation", "UD5").code == 3
