"""Which weeks are printed, and how many days stand on a page."""

import datetime as dt

from formats.grid import Frame, lay_out
from formats.pages.select import cut, weeks
from models.board import Board
from models.problem import Lesson, Problem, Teacher
from models.time import ClockGrid, Opening
from models.timetable import Placement, Timetable
from tests.formats.little_school import PROBLEM, TIMETABLE


def test_everybody_with_lessons_has_a_page() -> None:
    found = [(layout.kind, layout.id) for layout in weeks(PROBLEM, TIMETABLE)]
    assert found[:2] == [("class", "7A"), ("class", "7B")]
    assert [id_ for kind, id_ in found if kind == "teacher"] == ["ADE", "BEN", "CHI", "DOR", "EVA"]
    assert [id_ for kind, id_ in found if kind == "room"] == ["R1", "R2", "LAB", "GYM"]


def test_one_kind_has_also_those_without_lessons() -> None:
    empty = Timetable(placements=())
    assert list(weeks(PROBLEM, empty)) == []
    assert [layout.id for layout in weeks(PROBLEM, empty, "room")] == ["R1", "R2", "LAB", "GYM"]
    assert [layout.id for layout in weeks(PROBLEM, TIMETABLE, "teacher", "DOR")] == ["DOR"]


def test_more_than_a_week_of_dates_is_cut_into_pages() -> None:
    first = dt.date(2030, 1, 7)
    openings = tuple(Opening(date=first + dt.timedelta(days=n), start=480, end=540) for n in range(9))
    lesson = Lesson(id="x", subject="S", teachers=("T",), duration=2)
    problem = Problem(grid=ClockGrid(openings=openings, step=30), teachers=(Teacher(id="T"),), lessons=(lesson,))
    placed = Timetable(placements=(Placement(lesson="x", start=16),))
    one, two = weeks(problem, placed, "teacher", "T")
    assert (len(one.days), two.days) == (7, ("2030-01-14", "2030-01-15"))
    assert [tile.kind for tile in one.tiles if tile.entries] == []
    assert [(tile.column, tile.rows) for tile in two.tiles if tile.entries] == [(1, 2)]


def test_a_break_over_all_days_is_cut_with_them() -> None:
    layout = lay_out(Frame(Board(PROBLEM, Timetable())), "class", "7A")
    parts = list(cut(layout, 2))
    assert [part.days for part in parts] == [("Mon", "Tue"), ("Wed", "Thu"), ("Fri",)]
    breaks = [(tile.column, tile.columns) for part in parts for tile in part.tiles if tile.text == "Break"]
    assert breaks == [(0, 2), (0, 2), (0, 1)]
