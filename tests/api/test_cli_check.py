"""check and score: what is wrong with a file, and how good the timetable in it is."""

import json

from openpyxl import load_workbook

from api.saving import bundle
from models.base import Value
from models.problem import Lesson, SchoolClass, Teacher
from models.rules.base import Who
from models.rules.unavailable import Unavailable
from tests.api.command import Command
from tests.formats.little_school import PROBLEM, TIMETABLE, changed


def break_it(command: Command) -> None:
    """One unknown teacher on the sheet Lessons."""
    book = load_workbook(command.folder / "school.xlsx")
    book["Lessons"]["C2"].value = "GHOST"
    book.save(command.folder / "broken.xlsx")


def test_a_sound_workbook(school: Command) -> None:
    found = school("check", "school.xlsx", "--json")
    assert found.code == 0
    assert found.json["errors"] == found.json["proofs"] == []
    assert found.json["counts"]["classes"] == 3
    assert found.json["score"] is None


def test_a_workbook_with_a_timetable_is_scored(school: Command) -> None:
    for name in ("with-timetable.xlsx", "finished.xlsx"):
        score = school("check", name, "--json").json["score"]
        assert (score["hard"], score["unplaced"]) == (0, 0)
        assert score["placed"] == score["lessons"]


def test_errors_come_with_their_cell_and_the_way_out(school: Command) -> None:
    break_it(school)
    found = school("check", "broken.xlsx", "--json")
    assert found.code == 3
    (error,) = found.json["errors"]
    assert (error["sheet"], error["cell"], error["found"]) == ("Lessons", "C2", "GHOST")
    told = school("check", "broken.xlsx")
    assert told.code == 3
    assert 'Lessons!C2: "GHOST" is not' in told.out
    assert "--annotate" in told.out


def test_the_annotated_copy(school: Command) -> None:
    break_it(school)
    before = (school.folder / "broken.xlsx").read_bytes()
    assert school("check", "broken.xlsx", "--annotate", "marked.xlsx", "--json").json["annotated"] == "marked.xlsx"
    marked = load_workbook(school.folder / "marked.xlsx")
    assert marked.sheetnames[0] == "Problems"
    assert marked["Lessons"]["C2"].comment is not None
    assert (school.folder / "broken.xlsx").read_bytes() == before


def test_solve_and_convert_refuse_a_broken_workbook_with_the_same_errors(school: Command) -> None:
    break_it(school)
    errors = school("check", "broken.xlsx", "--json").json["errors"]
    for arguments in (("solve", "broken.xlsx"), ("convert", "broken.xlsx", "x.json"), ("show", "broken.xlsx")):
        found = school(*arguments, "--json")
        assert (found.code, found.json["errors"]) == (3, errors)
    assert not (school.folder / "x.json").exists()


def test_a_proof_that_no_timetable_can_exist(command: Command) -> None:
    """Teacher T is free in 3 of the 34 periods and has 4 lessons."""
    rows: dict[str, tuple[Value, ...]] = {
        "teachers": (Teacher(id="T"),),
        "classes": (SchoolClass(id="C"),),
        "rooms": (),
        "subjects": (),
        "lessons": tuple(Lesson(id=f"L{n}", subject="S", classes=("C",), teachers=("T",)) for n in range(4)),
        "rules": (Unavailable(who=Who(kind="teacher", ids=("T",)), cells=tuple(range(3, PROBLEM.grid.size))),),
    }
    (command.folder / "tight.json").write_bytes(bundle(changed(**rows), None))
    checked = command("check", "tight.json", "--json")
    assert checked.code == 4
    assert any("Teacher T teaches 4 periods" in proof for proof in checked.json["proofs"])
    solved = command("solve", "tight.json", "--seconds", 20, "--json")
    assert solved.code == solved.json["exit_code"] == 4
    assert solved.json["proofs"] == checked.json["proofs"]
    assert solved.json["status"] == "infeasible"


def test_score_judges_by_every_rule(command: Command) -> None:
    (command.folder / "little.json").write_bytes(bundle(PROBLEM, TIMETABLE))
    found = command("score", "little.json", "--json")
    assert found.code == 0
    assert (found.json["placed"], found.json["lessons"], found.json["unplaced"]) == (8, 9, 1)
    told = command("score", "little.json")
    assert "8 of 9 lessons placed, all hard rules kept" in told.out


def test_score_of_a_timetable_in_another_file(school: Command) -> None:
    alone = school("score", "finished.xlsx", "--json").json
    assert school("score", "school.xlsx", "finished.xlsx", "--json").json["placed"] == alone["placed"]
    school("convert", "finished.xlsx", "both.json")
    assert school("score", "finished.xlsx", "both.json", "--json").json == alone


def test_a_timetable_of_another_school_is_refused(school: Command) -> None:
    (school.folder / "little.json").write_bytes(bundle(PROBLEM, TIMETABLE))
    found = school("score", "school.xlsx", "little.json", "--json")
    assert found.code == 3
    assert "does not belong to this school" in found.json["errors"][0]["message"]
    assert school("score", "school.xlsx").code == 3


def test_a_timetable_alone_needs_its_school(command: Command) -> None:
    (command.folder / "little.json").write_bytes(bundle(PROBLEM, None))
    (command.folder / "places.json").write_text(json.dumps(TIMETABLE.model_dump(mode="json")))
    assert command("score", "little.json", "places.json").code == 0
    assert command("show", "places.json", "--problem", "little.json").code == 0
    found = command("show", "places.json")
    assert found.code == 3
    assert "not the school it is for" in found.err
