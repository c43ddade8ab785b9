"""The week in a terminal."""

from io import StringIO

from rich.console import Console

from formats.colours import calm
from formats.grid import Frame, lay_out
from formats.terminal import render
from models.board import Board
from tests.formats.little_school import PROBLEM, TIMETABLE


def printed(id_: str, colour: bool = False) -> str:
    out = StringIO()
    console = Console(file=out, width=120, force_terminal=colour, color_system="truecolor" if colour else None)
    console.print(render(lay_out(Frame(Board(PROBLEM, TIMETABLE)), "class", id_)))
    return out.getvalue()


def test_table_shows_lessons_breaks_and_times() -> None:
    text = printed("7A")
    for expected in ("Form 7A", "Mon", "P1", "08:00–08:40", "Mathematics", "Break", "French 7A-F DOR R1"):
        assert expected in text


def test_lesson_over_several_periods_goes_on_below() -> None:
    # the double on Tuesday goes on over the break and P3, the double on Thursday over P6
    assert printed("7A").count("⋮") == 3


def test_lesson_stands_on_the_colour_of_its_subject() -> None:
    red, green, blue = (int(calm("#1F4E79")[i : i + 2], 16) for i in (1, 3, 5))  # Mathematics
    assert f"48;2;{red};{green};{blue}" in printed("7A", colour=True)
