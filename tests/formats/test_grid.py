"""The layout of a week: what stands where, checked on a school small enough to know by heart."""

import datetime as dt

import pytest

from formats.grid import Frame, Layout, Tile, lay_out, pages
from models.base import ResourceKind
from models.board import Board
from models.problem import Lesson, Problem, SchoolClass
from models.time import ClockGrid, Opening, PeriodKind
from models.timetable import Placement, Timetable
from tests.formats.little_school import DAYS, PROBLEM, TIMETABLE, cell, changed

BOARD = Board(PROBLEM, TIMETABLE)
FRAME = Frame(BOARD)


def week(kind: ResourceKind, id_: str) -> Layout:
    return lay_out(FRAME, kind, id_)


def tile_at(layout: Layout, day: str, label: str) -> Tile:
    row = [r.label for r in layout.rows].index(label)
    column = layout.days.index(day)
    [found] = [
        t
        for t in layout.tiles
        if t.row <= row < t.row + t.rows and t.column <= column < t.column + t.columns
    ]  # fmt: skip
    return found


def titles(tile: Tile) -> list[str]:
    return [e.heading for e in tile.entries]


@pytest.mark.parametrize(("kind", "id_"), [("class", "7A"), ("class", "7B"), ("teacher", "ADE"), ("room", "R1")])
def test_tiles_cover_the_table_without_overlap(kind: ResourceKind, id_: str) -> None:
    layout = week(kind, id_)
    covered = [
        (r, c)
        for t in layout.tiles
        for r in range(t.row, t.row + t.rows)
        for c in range(t.column, t.column + t.columns)
    ]
    assert sorted(covered) == [(r, c) for r in range(len(layout.rows)) for c in range(len(DAYS))]


def test_rows_are_all_periods_in_order_of_the_day_with_their_usual_times() -> None:
    rows = week("class", "7A").rows
    assert [r.label for r in rows] == ["P1", "P2", "Break", "P3", "P4", "Lunch", "P5", "P6"]
    assert [r.kind for r in rows][2] is PeriodKind.BREAK
    assert rows[4].time == "10:15–10:55"  # Monday to Thursday; Friday's P4 is shorter


def test_double_is_one_tile_and_runs_over_the_break() -> None:
    tile = tile_at(week("class", "7A"), "Tue", "P2")
    assert (tile.rows, titles(tile)) == (3, ["Mathematics"])
    assert tile == tile_at(week("class", "7A"), "Tue", "P3") == tile_at(week("class", "7A"), "Tue", "Break")


def test_break_is_a_band_on_both_sides_of_a_double_that_runs_over_it() -> None:
    layout = week("class", "7A")
    assert tile_at(layout, "Mon", "Break").columns == 1
    assert tile_at(layout, "Wed", "Break").columns == 3


def test_period_that_a_day_does_not_have_is_absent_and_one_with_other_times_states_them() -> None:
    layout = week("class", "7B")
    assert tile_at(layout, "Fri", "Lunch").kind == "absent"
    assert tile_at(layout, "Fri", "P6").kind == "absent"
    assert tile_at(layout, "Fri", "P4").time == "10:15–10:45"
    assert tile_at(layout, "Mon", "P4") == Tile(4, 0, 1, 1, "free")


def test_week_of_a_divided_class_shows_its_parts_side_by_side() -> None:
    tile = tile_at(week("class", "7A"), "Wed", "P1")
    assert titles(tile) == ["French", "Spanish"]
    assert [e.details for e in tile.entries] == [("7A-F", "Dora Egwu", "R1"), ("7A-S", "EVA", "R2")]
    assert [e.brief for e in tile.entries] == [("7A-F", "DOR", "R1"), ("7A-S", "EVA", "R2")]


def test_part_has_the_lessons_of_the_whole_class_but_not_of_the_other_part() -> None:
    layout = week("class", "7A-F")
    assert titles(tile_at(layout, "Wed", "P1")) == ["French"]
    assert titles(tile_at(layout, "Mon", "P3")) == ["Mathematics"]


def test_weeks_that_alternate_share_a_tile_and_are_named() -> None:
    assert titles(tile_at(week("class", "7B"), "Fri", "P4")) == ["Art (A)", "Music (B)"]
    assert [e.code for e in tile_at(week("class", "7B"), "Fri", "P4").entries] == ["ART (A)", "MUS (B)"]


def test_joint_lesson_names_all_its_classes_and_teachers() -> None:
    [entry] = tile_at(week("class", "7A"), "Thu", "P5").entries
    assert entry.details == ("7A+7B", "BEN, CHI", "GYM")
    [entry] = tile_at(week("teacher", "BEN"), "Thu", "P6").entries
    assert (entry.title, entry.details) == ("7A+7B", ("Physical education", "with CHI", "GYM"))


def test_room_says_who_is_in_it() -> None:
    [entry] = tile_at(week("room", "LAB"), "Tue", "P5").entries
    assert (entry.title, entry.details) == ("7B", ("Physics", "Ade Bello"))
    assert week("room", "LAB").title == "Science lab (LAB)"
    assert week("room", "LAB").subtitle == "North · 30 seats · lab, gas · 2 periods a week"


def test_periods_of_alternating_weeks_count_by_halves() -> None:
    # 7B: joint sport 2, physics 2, art and music one each in half of the weeks
    assert week("class", "7B").subtitle == "JSS1 · 30 students · 5 periods a week"
    assert week("class", "7A").subtitle == "JSS1 · 28 students · 6 periods a week"  # French and Spanish at once
    assert week("teacher", "CHI").subtitle == "2.5 periods a week"


def test_lessons_that_overlap_without_being_equally_long_are_shown_period_by_period() -> None:
    lessons = (
        Lesson(id="f", subject="FRE", classes=("7A-F",), duration=2),
        Lesson(id="s", subject="SPA", classes=("7A-S",)),
    )
    problem = changed(lessons=lessons, rules=())
    placed = (Placement(lesson="f", start=cell("Mon", "P2")), Placement(lesson="s", start=cell("Mon", "P3")))
    layout = lay_out(Frame(Board(problem, Timetable(placements=placed))), "class", "7A")
    assert titles(tile_at(layout, "Mon", "P2")) == ["French"]
    assert tile_at(layout, "Mon", "Break").kind == "band"
    assert titles(tile_at(layout, "Mon", "P3")) == ["French", "Spanish"]


def test_class_has_a_page_and_its_parts_do_not() -> None:
    assert pages(BOARD) == ["7A", "7B"]


def test_year_too_crowded_for_one_page_gives_way_to_its_parts() -> None:
    parts = [SchoolClass(id=f"9{x}", part_of="9", split="form") for x in "abcde"]
    lessons = tuple(Lesson(id=c.id, subject="MAT", classes=(c.id,)) for c in parts)
    problem = Problem(grid=PROBLEM.grid, classes=(SchoolClass(id="9"), *parts), lessons=lessons)
    # five lessons at once are one too many, four are not
    for count, expected in ((5, ["9a", "9b", "9c", "9d", "9e"]), (4, ["9"])):
        placed = tuple(Placement(lesson=x.id, start=0) for x in lessons[:count])
        assert pages(Board(problem, Timetable(placements=placed))) == expected


def test_clock_grid_has_a_row_for_each_step() -> None:
    opening = Opening(date=dt.date(2026, 9, 1), start=540, end=600)
    grid = ClockGrid(openings=(opening,), step=30)
    problem = Problem(grid=grid, classes=(SchoolClass(id="c"),), lessons=(Lesson(id="x", classes=("c",), duration=2),))
    layout = lay_out(Frame(Board(problem, Timetable(placements=(Placement(lesson="x", start=0),)))), "class", "c")
    assert [r.time for r in layout.rows] == ["09:00–09:30", "09:30–10:00"]
    assert [(t.rows, titles(t)) for t in layout.tiles] == [(2, ["x"])]
