"""timewright repair: changes in words and as JSON, on weeks of periods and on dates."""

import datetime as dt
import json
from pathlib import Path

import pytest

from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules import Who
from models.rules.buffer import Buffer
from models.score import score
from models.time import ClockGrid, Opening
from models.timetable import Placement, Timetable
from tests.api.command import Command
from tests.solver.rooms_world import grid

TAUGHT = (("L0", "A", "T", 0), ("L1", "A", "U", 1), ("L2", "B", "U", 2))
"""Lesson, class, teacher, cell."""


def lessons(rooms: int = 0) -> tuple[Lesson, ...]:
    request = (RoomRequest(),) if rooms else ()
    return tuple(Lesson(id=x, subject="Math", classes=(c,), teachers=(t,), rooms=request) for x, c, t, _ in TAUGHT)


def saved(rooms: int = 0) -> Path:
    """Two days of three periods: T teaches class A in D0 P0, U the same class in P1 and class B in P2."""
    problem = Problem(
        grid=grid(2, 3),
        teachers=(Teacher(id="T"), Teacher(id="U"), Teacher(id="V")),
        classes=(SchoolClass(id="A"), SchoolClass(id="B")),
        rooms=tuple(Room(id=f"R{n}") for n in range(rooms)),
        lessons=lessons(rooms),
    )
    placed = (Placement(lesson=x, start=c, rooms=("R0",) if rooms else ()) for x, _, _, c in TAUGHT)
    return written("school.json", problem, Timetable(placements=tuple(placed)))


def written(name: str, problem: Problem, timetable: Timetable | None) -> Path:
    held = None if timetable is None else timetable.model_dump(mode="json")
    Path(name).write_text(json.dumps({"problem": problem.model_dump(mode="json"), "timetable": held}), encoding="utf-8")
    return Path(name)


def sessions() -> Path:
    """Two dates, 09:00-12:00 in steps of 30 minutes; two sessions of an hour, each with 30 minutes after it."""
    problem = Problem(
        grid=ClockGrid(
            openings=tuple(Opening(date=dt.date(2026, 3, day), start=540, end=720) for day in (2, 3)), step=30
        ),
        teachers=(Teacher(id="Ann"),),
        lessons=tuple(Lesson(id=x, duration=2, teachers=("Ann",), buffer_after=30) for x in ("yoga", "dance")),
        rules=(Buffer(who=Who(kind="teacher")),),
    )
    return written(
        "sessions.json",
        problem,
        Timetable(placements=(Placement(lesson="yoga", start=0), Placement(lesson="dance", start=3))),
    )


# ---- what is told ----------------------------------------------------------------------------------------------------


def test_who_is_affected_and_that_fewer_is_impossible(command: Command) -> None:
    found = command("repair", saved(), "--change", "teacher T unavailable D0 P0", "-o", "out.json")
    assert found.code == 0
    assert "1 lesson moves, 1 teacher and 1 class are affected; fewer is impossible." in found.out
    assert "Teachers affected: T" in found.out
    assert "Wrote out.json" in found.out
    content = json.loads(Path("out.json").read_bytes())
    problem, timetable = Problem.model_validate(content["problem"]), Timetable.model_validate(content["timetable"])
    assert score(problem, timetable).complete
    assert timetable.placement["L0"].start != 0
    assert problem.lesson["L1"].pin == Pin()


def test_who_teaches_the_subject_stands_in_for_an_absent_teacher(command: Command) -> None:
    found = command("repair", saved(), "--change", "teacher T absent D0", "--json").json
    assert found["amount"] == {"moves": 0, "makeshift": 0, "teachers": 1, "rooms": 0, "people": 3}
    assert found["changes"] == [{"lesson": "L0", "before": "D0 P0 with T", "after": "D0 P0 with U"}]
    assert (found["proven"], found["exit_code"]) == (True, 0)


def test_a_closed_room_and_a_lesson_removed_longer_and_added(command: Command) -> None:
    found = command(
        *("repair", saved(rooms=2), "--change", "room R0 closed D0 P0-P1", "--change", "remove lesson L0"),
        *("--change", "resize lesson L2 to 1", "--json"),
    )
    assert found.code == 3
    assert "takes 1 periods" in found.err or "does already" in found.err
    found = command(
        *("repair", saved(rooms=2), "--change", "room R0 closed D0 P0-P1", "--change", "remove lesson L0"),
        *("--change", "add lesson like L2", "--json"),
    )
    answer = found.json
    assert answer["amount"] == {"moves": 0, "makeshift": 0, "teachers": 0, "rooms": 1, "people": 1}
    assert [c["lesson"] for c in answer["changes"]] == ["L0", "L1", "L2 (2)"]


def test_changes_from_a_file(command: Command) -> None:
    changes = [
        {"change": "unavailable", "class": "A", "times": "D0 P1"},
        {"change": "add", "lesson": {"id": "L3", "classes": ["B"], "teachers": ["U"]}},
        {"change": "rule", "rule": {"kind": "different_day", "lessons": ["L2", "L3"]}},
    ]
    Path("changes.json").write_text(json.dumps({"changes": changes}), encoding="utf-8")
    found = command("repair", saved(), "--changes", "changes.json", "--json").json
    assert found["amount"]["moves"] == 1
    assert {c["lesson"] for c in found["changes"]} == {"L1", "L3"}


def test_no_change_at_all(command: Command) -> None:
    assert "Nothing has to change." in command("repair", saved()).out


# ---- locks, dates, limits --------------------------------------------------------------------------------------------


def test_why_no_repair_exists(command: Command) -> None:
    found = command("repair", saved(), "--change", "teacher T unavailable D0 P0", "--locked", "L0", "-o", "out.json")
    assert found.code == 4
    assert "No repair exists" in found.out
    assert "These cannot all hold" in found.out
    assert "pinned to D0 P0" in found.out
    assert not Path("out.json").exists()


def test_more_moves_than_allowed(command: Command) -> None:
    found = command("repair", saved(), "--change", "teacher T unavailable D0 P0", "--most", "0", "--json")
    assert found.code == 5
    assert found.json["sentence"].startswith("No repair is within the limit: at least 1 lesson must move")


def test_the_past_stays(command: Command) -> None:
    found = command("repair", saved(), "--change", "teacher U unavailable D0", "--from", "D0 P2", "--json").json
    assert [c["lesson"] for c in found["changes"]] == ["L2"]
    assert found["changes"][0]["after"].startswith("D1")


def test_dates_and_clock_times_with_buffers(command: Command) -> None:
    """Ann is away from 09:00 to 09:30. With half an hour after it, yoga would push dance away at 09:30 and does not fit
    after it, so it goes to the next date."""
    found = command("repair", sessions(), "--change", "teacher Ann unavailable 2026-03-02 09:00-09:30", "--json").json
    assert found["amount"]["moves"] == 1
    assert found["changes"][0]["lesson"] == "yoga"
    assert found["changes"][0]["after"].startswith("2026-03-03")
    late = command("repair", sessions(), "--change", "teacher Ann unavailable always", "--from", "2026-03-02 10:30")
    assert late.code == 4


# ---- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--change", "teacher T is ill"], '"teacher T is ill" is no change; expected: teacher, class or room'),
        (["--change", "teacher X absent D0"], "--change 'teacher X absent D0': the unknown teacher 'X'"),
        (["--change", "teacher T absent Mon"], "days of D0, D1"),
        (["--change", "room R9 closed always"], "the unknown room 'R9'"),
        (["--change", "remove lesson L9"], "the unknown lesson 'L9' is to be removed"),
        (["--change", "resize lesson L1 to 9"], "longest unbroken stretch"),
        (["--change", "unpin lesson L1"], "'L1' is to be unpinned, but is not pinned"),
        (["--change", "add lesson like L9"], "the unknown lesson 'L9'"),
        (["--change", "remove lesson L1", "--change", "resize lesson L1 to 2"], "unknown lesson 'L1' is to be resized"),
        (["--change", "teacher T unavailable D0", "--change", "teacher T unavailable D0"], "the same one already"),
        (["--change", "teacher T unavailable D0", "--from", "D1"], "at no time from cell 3 on"),
        (["--locked", "L9"], "there is no lesson L9"),
        (["--from", "Sunday"], "--from:"),
    ],
)
def test_unknown_empty_and_contradictory_changes_are_named(
    command: Command, arguments: list[str], message: str
) -> None:
    found = command("repair", saved(), *arguments)
    assert found.code in (2, 3)
    assert message in found.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[", "changes.json is not valid JSON"),
        ("[]", "changes.json: there are no changes in it"),
        ('{"change": "absent"}', 'expected a list of changes, or an object with the list as "changes"'),
        ('[{"change": "absent", "teacher": "T"}]', "changes.1.times: Field required"),
        ('[{"change": "absent", "teacher": "T", "times": "D0", "day": 1}]', "changes.1.day: Extra inputs"),
        ('[{"change": "unavailable", "times": "D0"}]', "changes.1: names one of teacher, class and room"),
        ('[{"change": "sick"}]', "changes.1: Input tag 'sick'"),
        ('[{"change": "add"}]', "changes.1: says either the lesson or which one it is like"),
        ('[{"change": "resize", "lesson": "L1", "duration": 0}]', "changes.1.duration: Input should be greater than 0"),
    ],
)
def test_mistakes_in_a_file_of_changes_are_named_with_their_field(command: Command, content: str, message: str) -> None:
    Path("changes.json").write_text(content, encoding="utf-8")
    found = command("repair", saved(), "--changes", "changes.json")
    assert found.code == 3
    assert message in found.err


def test_a_school_without_a_timetable(command: Command) -> None:
    path = written("bare.json", Problem(grid=grid(2, 3), lessons=(Lesson(id="L0"),)), None)
    found = command("repair", path)
    assert (found.code, "bare.json holds no timetable" in found.err) == (3, True)
