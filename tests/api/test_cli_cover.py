"""timewright cover: plans for absent teachers."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.problem import Lesson, Problem, SchoolClass, Teacher
from models.timetable import Placement, Timetable
from tests.api.command import Command
from tests.solver.rooms_world import grid

TAUGHT = (("L0", "A", "T", 0), ("L1", "A", "U", 1), ("L2", "B", "V", 1))
"""Lesson, class, teacher, cell."""


def saved(weeks: int = 1) -> Path:
    """T, U and V teach Math: T class A in Mon 1, U the same class and V class B in Mon 2."""
    problem = Problem(
        grid=grid(2, 3, weeks),
        teachers=tuple(Teacher(id=t, subjects=("Math",)) for t in "TUV"),
        classes=(SchoolClass(id="A"), SchoolClass(id="B")),
        lessons=tuple(Lesson(id=x, subject="Math", classes=(c,), teachers=(t,)) for x, c, t, _ in TAUGHT),
    )
    timetable = Timetable(placements=tuple(Placement(lesson=x, start=cell) for x, _, _, cell in TAUGHT))
    content = {"problem": problem.model_dump(mode="json"), "timetable": timetable.model_dump(mode="json")}
    path = Path("school.json")
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def first_day() -> str:
    return grid(2, 3).day_names[0]


def test_a_plan_is_told_with_reasons_and_proof(command: Command) -> None:
    found = command("cover", saved(), "--absent", f"T: {first_day()}", "--no-moves")
    assert found.code == 0
    assert "U covers (teaches Math, knows the class, has not covered yet)" in found.out
    assert "1 lesson: 1 covered. Cost 10; no other plan costs less." in found.out


def test_what_was_covered_before_is_carried_from_plan_to_plan(command: Command) -> None:
    school = saved()
    first = command("cover", school, "--absent", "T", "--no-moves", "-o", "plan.json", "--json").json
    assert first["counts"] == {"U": 1}
    second = command("cover", school, "--absent", "T", "--no-moves", "--counts", "plan.json", "--json").json
    assert (second["cost"], second["counts"]) == (first["cost"] + 2, {"U": 2})


def test_the_plan_is_written_as_a_sheet_to_pin_up(command: Command) -> None:
    found = command("cover", saved(), "--absent", "T", "--no-moves", "-o", "plan.xlsx")
    assert "Wrote plan.xlsx" in found.out
    sheet = load_workbook("plan.xlsx")["Cover"]
    assert [cell.value for cell in sheet[4]][1:6] == ["A", "Math", None, "T", "U"]


def test_an_absence_without_lessons_needs_nothing(command: Command) -> None:
    other = grid(2, 3).day_names[1]
    found = command("cover", saved(), "--absent", f"T: {other}")
    assert "No lesson needs cover." in found.out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--absent", "X: Mon"), 'there is no teacher "X"'),
        (("--absent", "T: never"), '"never" is no time of the timetable; expected: days of'),
        (("--absent", "T", "--week", "C"), '--week: "C" is unknown'),
        (("--absent", "T", "--not-alone", "Z"), "unknown class 'Z'"),
        (("--absent", "T", "-o", "plan.pdf"), "cannot write the ending .pdf"),
    ],
)
def test_wrong_options_are_named(command: Command, options: tuple[str, ...], message: str) -> None:
    found = command("cover", saved(), *options)
    assert found.code == 2
    assert message in found.err


@pytest.mark.parametrize(
    ("content", "message"),
    [("[1]", "holds no JSON object"), ("{", "is not JSON"), ('{"U": -1}', "the count of U is -1")],
)
def test_wrong_counts_are_named(command: Command, content: str, message: str) -> None:
    Path("counts.json").write_text(content, encoding="utf-8")
    found = command("cover", saved(), "--absent", "T", "--counts", "counts.json")
    assert found.code == 3
    assert message in found.err


def test_wrong_weights_are_named(command: Command) -> None:
    Path("weights.json").write_text('{"cover": -1, "bribe": 2}', encoding="utf-8")
    found = command("cover", saved(), "--absent", "T", "--weights", "weights.json")
    assert found.code == 3
    assert "weights.json: cover:" in found.err
    assert "weights.json: bribe:" in found.err


def test_alternating_weeks_must_be_told_apart(command: Command) -> None:
    found = command("cover", saved(weeks=2), "--absent", "T")
    assert found.code == 2
    assert "--week: one of" in found.err


def test_a_school_without_timetable_has_nobody_to_cover_for(command: Command) -> None:
    path = saved()
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, "timetable": None}), encoding="utf-8")
    found = command("cover", path, "--absent", "T")
    assert found.code == 3
    assert "holds no timetable" in found.err
