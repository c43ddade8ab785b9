"""solve and convert: from every format into every other."""

import json
import os
import signal
import threading

import pytest

from api.saving import bundle
from api.verbs.solve import exit_code
from formats.excel.read import read
from formats.fet import read_fet
from models.problem import Problem
from models.score import score
from models.timetable import Timetable
from solver import Limits, Result, Status
from tests.api.command import Command
from tests.formats.fet.tiny import activity, breaks, constraint, fet
from tests.formats.little_school import PROBLEM, TIMETABLE

QUICK = ("--seconds", "30", "--first", "--workers", "1", "--seed", "1")
FET = fet([activity(1, duration=2), activity(2)], [breaks("Mon 2")])
FIELDS = {
    *("status", "hard", "soft", "bound", "gap", "unplaced", "placed", "lessons", "seconds_first", "seconds_best"),
    *("seconds_total", "source", "seed", "workers", "problem_hash", "rules", "unplaced_lessons", "notes", "proofs"),
    *("unsupported", "output", "exit_code"),
}


def test_solve_writes_a_finished_workbook_that_keeps_every_hard_rule(school: Command) -> None:
    found = school("solve", "school.xlsx", "-o", "out.xlsx", *QUICK, "--json")
    assert found.code == 0
    assert set(found.json) == FIELDS
    assert (found.json["hard"], found.json["unplaced"], found.json["output"]) == (0, 0, "out.xlsx")
    finished = read(school.folder / "out.xlsx")
    assert finished.problem is not None
    assert finished.timetable is not None
    judged = score(finished.problem, finished.timetable)
    assert (judged.hard, judged.unplaced, judged.soft) == (0, 0, found.json["soft"])


def test_what_people_read(school: Command) -> None:
    found = school("solve", "school.xlsx", *QUICK)
    assert found.code == 0
    assert "every lesson has its place" in found.out or "no timetable can be better" in found.out
    assert "Wrote school-timetable.xlsx" in found.out
    assert (school.folder / "school-timetable.xlsx").exists()


def test_a_finished_workbook_is_solved_on_from_where_it_stands(school: Command) -> None:
    begin = school("score", "finished.xlsx", "--json").json
    found = school("solve", "finished.xlsx", "-o", "better.xlsx", "--seconds", "3", "--workers", "1", "--json").json
    assert (found["hard"], found["unplaced"]) == (0, 0)
    assert found["soft"] <= begin["soft"]


def test_a_fet_file_comes_back_as_a_fet_file(command: Command) -> None:
    (command.folder / "school.fet").write_bytes(FET)
    assert command("solve", "school.fet", "-o", "out.fet", *QUICK).code == 0
    solved = read_fet(command.folder / "out.fet").problem
    assert all(x.pin.start is not None for x in solved.lessons)
    assert command("score", "school.fet", "out.fet", "--json").json["unplaced"] == 0
    assert command("show", "out.fet").code == 0
    assert command("show", "school.fet").code == 3
    assert command("solve", "school.fet", "-o", "out.xlsx", *QUICK).code == 0
    assert command("show", "out.xlsx").code == 0


def test_a_fet_file_becomes_a_workbook(command: Command) -> None:
    (command.folder / "school.fet").write_bytes(FET)
    assert command("convert", "school.fet", "school.xlsx", "--json").json["timetable"] is False
    problem = read(command.folder / "school.xlsx").problem
    assert problem is not None
    assert len(problem.lessons) == len(read_fet(command.folder / "school.fet").problem.lessons)


def test_what_a_fet_file_asks_for_in_vain(command: Command) -> None:
    (command.folder / "school.fet").write_bytes(fet([activity(1)], [constraint("OfTheFuture")]))
    left_out = [{"type": "ConstraintOfTheFuture", "count": 1}]
    found = command("check", "school.fet", "--json")
    assert (found.code, found.json["unsupported"]) == (3, left_out)
    assert "--ignore-unsupported" in command("check", "school.fet").err
    found = command("check", "school.fet", "--ignore-unsupported", "--json")
    assert (found.code, found.json["unsupported"]) == (0, left_out)
    assert command("convert", "school.fet", "x.xlsx", "--ignore-unsupported", "--json").json["unsupported"] == left_out


def test_conversion_keeps_problem_and_timetable(command: Command) -> None:
    (command.folder / "little.json").write_bytes(bundle(PROBLEM, TIMETABLE))
    assert command("convert", "little.json", "little.xlsx", "--json").json["timetable"] is True
    assert command("convert", "little.xlsx", "again.json").code == 0
    content = json.loads((command.folder / "again.json").read_text(encoding="utf-8"))
    again, timetable = Problem.model_validate(content["problem"]), Timetable.model_validate(content["timetable"])
    assert len(again.lessons) == len(PROBLEM.lessons)
    assert sorted(p.start for p in timetable.placements) == sorted(p.start for p in TIMETABLE.placements)


@pytest.mark.parametrize(
    ("status", "proofs", "code"),
    [
        ("optimal", [], 0),
        ("feasible", [], 0),
        ("infeasible", [], 4),
        ("partial", [], 5),
        ("unknown", [], 5),
        ("partial", ["too many lessons"], 4),
    ],
)
def test_exit_codes(status: str, proofs: list[str], code: int) -> None:
    result = Result(Status(status), None, None, None, None, None, None, 1.0, (), 0, 1, Limits(), "", "")
    assert exit_code(result, proofs) == code


def test_ctrl_c_ends_the_search_and_keeps_the_best(school: Command) -> None:
    """The search would go on for ten minutes: its soft rules cannot all be kept."""
    timer = threading.Timer(4.0, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        found = school("solve", "finished.xlsx", "-o", "out.xlsx", "--seconds", "600", "--workers", "1", "--json")
    finally:
        timer.cancel()
    assert found.code == 0
    assert found.json["seconds_total"] < 60
    assert school("score", "out.xlsx", "--json").json["hard"] == 0
