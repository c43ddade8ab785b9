"""show: the week of a class, teacher or room."""

import pytest

from tests.api.command import Command
from tests.api.conftest import made


def test_without_a_name_it_is_the_first_class(school: Command) -> None:
    first = made().problem.classes[0].id
    found = school("show", "finished.xlsx", "--json").json
    assert (found["kind"], found["id"]) == ("class", first)
    assert found == school("show", "finished.xlsx", "--class", first.lower(), "--json").json


@pytest.mark.parametrize("kind", ["class", "teacher", "room"])
def test_a_week_has_the_lessons_of_the_timetable(school: Command, kind: str) -> None:
    problem, timetable = made()
    placement = timetable.placements[0]
    lesson = problem.lesson[placement.lesson]
    name = {"class": lesson.classes[0], "teacher": (*lesson.teachers, *placement.teachers)[0]}
    found = school("show", "finished.xlsx", f"--{kind}", name.get(kind, placement.rooms[0]), "--json").json
    (shown,) = [x for x in found["lessons"] if x["lesson"] == lesson.id]
    cell = problem.grid.cells[placement.start]
    assert shown["day"] == problem.grid.day_names[cell.day]
    assert shown["periods"][0] == cell.label
    assert len(shown["periods"]) == lesson.duration


def test_the_terminal_shows_days_times_and_subjects(school: Command) -> None:
    found = school("show", "with-timetable.xlsx")
    assert found.code == 0
    for text in ("Mon", "Fri", "08:30–09:15", "Mathematics"):
        assert text in found.out


def test_a_picture(school: Command) -> None:
    found = school("show", "finished.xlsx", "-o", "pictures/week.svg", "--json")
    assert (found.code, found.json["output"]) == (0, "pictures/week.svg")
    assert (school.folder / "pictures/week.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(("ending", "begin"), [("html", b"<!doctype html>"), ("pdf", b"%PDF-")])
def test_weeks_to_print(school: Command, ending: str, begin: bytes) -> None:
    sizes = []
    for who in ((), ("--class", made().problem.classes[0].id)):
        assert school("show", "finished.xlsx", *who, "-o", f"weeks.{ending}").code == 0
        data = (school.folder / f"weeks.{ending}").read_bytes()
        assert data.startswith(begin)
        sizes.append(len(data))
    assert sizes[0] > sizes[1]


def test_a_calendar_is_of_somebody(school: Command) -> None:
    teacher = made().problem.teachers[0].id
    assert school("show", "finished.xlsx", "--teacher", teacher.lower(), "-o", "week.ics").code == 0
    assert b"BEGIN:VEVENT" in (school.folder / "week.ics").read_bytes()
    found = school("show", "finished.xlsx", "-o", "week.ics")
    assert found.code == 2
    assert "a calendar is of one class, teacher or room" in found.err


def test_a_wrong_name_is_answered_with_close_ones(school: Command) -> None:
    found = school("show", "finished.xlsx", "--class", "77A")
    assert found.code == 2
    assert "there is no class 77A" in found.err
    assert "7A" in found.err.split("did you mean")[1]
    assert "there are" in school("show", "finished.xlsx", "--teacher", "?!").err


def test_only_one_kind_at_a_time(school: Command) -> None:
    assert school("show", "finished.xlsx", "--class", "7A", "--room", "X").code == 2
