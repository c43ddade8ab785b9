"""explain and fixes: why a workbook has no timetable, and what would give it one."""

from pathlib import Path

import pytest

from api.saving import bundle
from formats.excel.read import read
from formats.excel.write_input import write_input
from models.problem import Lesson, Problem, SchoolClass, Teacher
from models.rules import Who
from models.rules.unavailable import Unavailable
from models.score import score
from models.time import ClockGrid, Opening
from tests.api.command import Command
from tests.solver.rooms_world import grid
from tests.strategies import changed


def impossible() -> Problem:
    """Three lessons of a teacher who has two free periods."""
    away = Unavailable(who=Who(kind="teacher", ids=("TOM",)), cells=(0, 1, 2, 3))
    lessons = tuple(
        Lesson(id=f"7A MAT {i}", subject="MAT", course="7A MAT", classes=("7A",), teachers=("TOM",)) for i in (1, 2, 3)
    )
    return Problem(
        grid=grid(2, 3),
        teachers=(Teacher(id="TOM"), Teacher(id="UTE", subjects=("MAT",))),
        classes=(SchoolClass(id="7A"),),
        lessons=lessons,
        rules=(away,),
    )


@pytest.fixture
def folder(command: Command) -> Command:
    (command.folder / "school.xlsx").write_bytes(write_input(impossible()))
    (command.folder / "possible.json").write_bytes(bundle(changed(impossible(), rules=()), None))
    return command


QUICK = ("--seconds", "60", "--workers", "1")


def test_the_facts_are_told_with_their_cells(folder: Command) -> None:
    found = folder("explain", "school.xlsx", *QUICK)
    assert found.code == 4
    assert "These facts cannot all hold; without any one of them the others could (proven twice)" in found.out
    assert "TOM teaches one lesson at a time (3 lessons, 3 periods in all) (Teachers!A2)" in found.out
    assert "(Unavailable!A" in found.out
    assert "timewright fixes school.xlsx" in found.out


def test_programs_get_the_same(folder: Command) -> None:
    found = folder("explain", "school.xlsx", *QUICK, "--cores", "2", "--json")
    assert found.code == found.json["exit_code"] == 4
    assert found.json["status"] == "infeasible"
    (core,) = found.json["cores"]
    assert (core["minimal"], core["confirmed"]) == (True, True)
    assert all(fact["source"] for fact in core["facts"])


def test_a_possible_school_has_no_contradiction(folder: Command) -> None:
    found = folder("explain", "possible.json", *QUICK)
    assert found.code == 0
    assert "There is no contradiction: a complete timetable was found." in found.out


def test_dates_and_clock_times_too(command: Command) -> None:
    opening = Opening(date="2030-01-07", start=540, end=600)  # type: ignore[arg-type]
    studio = changed(impossible(), grid=ClockGrid(openings=(opening,), step=30), rules=())
    (command.folder / "studio.json").write_bytes(bundle(studio, None))
    found = command("explain", "studio.json", *QUICK)
    assert found.code == 4
    assert "3 periods in all" in found.out


def test_a_fix_is_listed_and_carried_out(folder: Command) -> None:
    found = folder("fixes", "school.xlsx", *QUICK, "--apply", "1", "-o", "mended.xlsx")
    assert found.code == 0
    assert "1. Make TOM available on" in found.out
    mended = read(folder.folder / "mended.xlsx")
    assert mended.problem is not None
    assert mended.timetable is not None
    assert score(mended.problem, mended.timetable).complete


def test_the_menu_for_programs(folder: Command) -> None:
    found = folder("fixes", "school.xlsx", *QUICK, "--count", "3", "--json")
    assert found.code == 0
    menu = found.json["fixes"]
    assert [fix["number"] for fix in menu] == [1, 2, 3]
    assert [fix["price"] for fix in menu] == sorted(fix["price"] for fix in menu)
    assert menu[0]["changes"][0]["source"].startswith("Unavailable!A")
    assert found.json["output"] is None


def test_nothing_to_fix_in_a_possible_school(folder: Command) -> None:
    found = folder("fixes", "possible.json", *QUICK)
    assert found.code == 0
    assert "no contradiction" in found.out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("fixes", "school.xlsx", "--apply", "1"), 2, "give both or none"),
        (("fixes", "school.xlsx", "-o", "out.xlsx"), 2, "give both or none"),
        (("fixes", "school.xlsx", "--apply", "1", "-o", "out.pdf"), 2, "cannot write the ending"),
        (("fixes", "school.xlsx", "--apply", "1", "-o", "school.xlsx"), 2, "is the input itself"),
        (("fixes", "school.xlsx", "--count", "1", "--apply", "2", "-o", "out.xlsx"), 2, "there is no fix 2"),
        (("explain", "nothing.xlsx"), 3, "does not exist"),
        (("explain", "broken.json"), 3, "not valid JSON"),
        (("fixes", "broken.json"), 3, "not valid JSON"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(folder: Command, arguments: tuple[str, ...], code: int, said: str) -> None:
    (folder.folder / "broken.json").write_text("{")
    found = folder(*arguments)
    assert found.code == code
    assert said in found.err
    assert "Traceback" not in found.err


def test_an_empty_school_is_possible(command: Command) -> None:
    Path("empty.json").write_bytes(bundle(Problem(grid=grid(1, 1)), None))
    assert command("explain", "empty.json", *QUICK).code == 0
    assert command("fixes", "empty.json", *QUICK).code == 0


def test_solve_says_how_to_learn_why(folder: Command) -> None:
    found = folder("solve", "school.xlsx", *QUICK)
    assert found.code == 4
    assert "timewright explain school.xlsx" in found.out
