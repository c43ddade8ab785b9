"""why-not, alternatives, diff, robustness and verify on the command line."""

import json
from pathlib import Path

import pytest

from models.problem import Problem
from models.timetable import Placement, Timetable
from tests.api.command import Command
from tests.api.conftest import made

SHORT = ("--seconds", "4", "--workers", "1")
QUICK = ("--seconds", "20", "--workers", "1", "--seed", "1")


def lesson() -> str:
    """One that starts alone and has a place."""
    blocks = {x for rule in made().problem.rules if rule.kind == "same_start" for x in rule.lessons}
    return next(p.lesson for p in made().timetable.placements if p.lesson not in blocks)


def other_timetable(folder: Path) -> str:
    """A file in which one lesson is a period later."""
    first, *rest = made().timetable.placements
    later = Placement(lesson=first.lesson, start=first.start + 1, rooms=first.rooms, teachers=first.teachers)
    moved = Timetable(placements=(later, *rest))
    (folder / "moved.json").write_text(moved.model_dump_json(), encoding="utf-8")
    return "moved.json"


# ---- why-not ---------------------------------------------------------------------------------------------------------


def test_why_not_tells_every_place_and_the_best(school: Command) -> None:
    found = school("why-not", "finished.xlsx", lesson())
    assert found.code == 0
    for words in ("here", "Best places", "reasons against it", "Mon"):
        assert words in found.out


def test_why_not_answers_programs(school: Command) -> None:
    found = school("why-not", "finished.xlsx", lesson(), "--json").json
    problem: Problem = made().problem
    here = made().timetable.placement[lesson()].start
    assert found["now"]["start"] == here
    assert len(found["places"]) == sum(
        problem.grid.fits(c, problem.lesson[lesson()].duration) for c in range(problem.grid.size)
    )
    unchanged = next(p for p in found["places"] if p["start"] == here)
    assert (unchanged["hard"], unchanged["unplaced"], unchanged["blocks"]) == (0, 0, [])
    assert unchanged["soft"] <= 0
    assert set(found["best"]) == {p["start"] for p in found["places"]} - {here}


def test_why_not_names_reasons_at_one_time_and_the_exact_cost(school: Command) -> None:
    answer = school("why-not", "finished.xlsx", lesson(), "--json").json
    target = next(p for p in answer["places"] if p["in_the_way"])
    found = school("why-not", "finished.xlsx", lesson().lower(), "--at", target["time"].lower(), "--exact", "10")
    assert found.code in (0, 4, 5)
    for words in ("What speaks against it", "Lessons in the way", "When others make way"):
        assert words in found.out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("no such lesson",), "there is no lesson no such lesson"),
        ((lesson(), "--at", "Someday"), "there is no time Someday"),
        ((lesson(), "--room", "Atlantis"), "there is no room Atlantis"),
        ((lesson(), "--exact", "5"), "--exact needs a time"),
    ],
)
def test_why_not_refuses_what_does_not_exist(school: Command, options: tuple[str, ...], message: str) -> None:
    found = school("why-not", "finished.xlsx", *options)
    assert found.code == 2
    assert message in found.err


def test_without_a_timetable_nothing_can_be_asked(school: Command) -> None:
    for verb in (("why-not", "school.xlsx", lesson()), ("robustness", "school.xlsx")):
        found = school(*verb)
        assert found.code == 3
        assert "school.xlsx holds no timetable" in found.err


# ---- diff, robustness, alternatives ----------------------------------------------------------------------------------


def test_diff_tells_what_moved(school: Command) -> None:
    other = other_timetable(school.folder)
    found = school("diff", "finished.xlsx", "finished.xlsx", other)
    assert found.code == 0
    assert "1 lesson at another time" in found.out
    assert made().timetable.placements[0].lesson in found.out
    assert school("diff", "finished.xlsx", "finished.xlsx", "finished.xlsx", "--json").json["moved"] == 0


def test_robustness_names_weak_periods(school: Command) -> None:
    found = school("robustness", "finished.xlsx")
    assert found.code == 0
    assert "Weak periods" in found.out
    answer = school("robustness", "finished.xlsx", "--json").json
    assert set(answer["weak"]) <= {slot["slot"] for slot in answer["slots"]}


def test_alternatives_are_written_and_compared(school: Command) -> None:
    found = school("alternatives", "finished.xlsx", "--count", "2", "--apart", "5", "-o", "some", *SHORT, "--json")
    assert found.code == 0
    first, second = found.json["alternatives"]
    assert second["apart"][0] >= 5
    assert first["apart"][0] == 0
    score = school("score", second["output"], "--json").json
    assert (score["hard"], score["unplaced"], score["soft"]) == (0, 0, second["soft"])


def test_alternatives_refuse_unknown_goals(school: Command) -> None:
    found = school("alternatives", "school.xlsx", "--goal", "joy")
    assert found.code == 2
    assert "there is no goal 'joy'" in found.err


# ---- certificates ----------------------------------------------------------------------------------------------------


def test_a_certificate_agrees_with_what_was_written_and_not_with_anything_else(school: Command) -> None:
    solved = school("solve", "school.xlsx", "-o", "out.xlsx", "--certificate", "out-c.json", "--first", *QUICK)
    assert solved.code == 0
    assert "Wrote out-c.json" in solved.out
    for files in ((), ("out.xlsx",), ("school.xlsx", "out.xlsx")):
        assert school("verify", "out-c.json", *files).code == 0
    found = school("verify", "out-c.json", "school.xlsx", other_timetable(school.folder), "--json")
    assert found.code == 3
    assert found.json["verified"] is False
    assert {d["about"] for d in found.json["differences"]} == {"timetable"}


def test_a_changed_certificate_is_found_out(school: Command) -> None:
    school("solve", "school.xlsx", "-o", "out.xlsx", "--certificate", "out-c.json", "--first", *QUICK)
    file = school.folder / "out-c.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    content["score"]["soft"] -= 1
    file.write_text(json.dumps(content), encoding="utf-8")
    found = school("verify", "out-c.json", "out.xlsx")
    assert found.code == 3
    assert "the certificate has been changed since it was written" in found.out
    assert f"certified: {content['score']['soft']}" in found.out


def test_what_is_no_certificate_is_refused(school: Command) -> None:
    (school.folder / "no.json").write_text("{}", encoding="utf-8")
    found = school("verify", "no.json")
    assert found.code == 3
    assert "no.json is no certificate" in found.err
