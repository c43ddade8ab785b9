"""Weeks to print from the browser: whole, escaped, readable in either direction."""

import datetime as dt
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from formats.pages.html import draw_html
from formats.pages.select import weeks
from models.problem import Lesson, Problem, Subject, Teacher
from models.time import ClockGrid, Opening
from models.timetable import Placement, Timetable
from tests.formats.little_school import PROBLEM, TIMETABLE, changed
from tests.formats.pages.many_scripts import ARABIC, HARMFUL, MANY_SCRIPTS

VOID = {"meta", "col", "br"}


class Elements(HTMLParser):
    """What the document is made of; an element that is not closed in order is a failure."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_each_week_is_a_page_with_all_its_lessons() -> None:
    found = Elements(draw_html("Little school", weeks(PROBLEM, TIMETABLE)))
    assert found.names.count("section") == 11
    text = " ".join(found.texts)
    for word in ("Form 7A", "Ade Bello", "Science lab", "Mathematics", "08:00–08:40", "Lunch", "ART (A)"):
        assert word in text


def test_equal_input_gives_equal_text() -> None:
    assert draw_html("S", weeks(PROBLEM, TIMETABLE)) == draw_html("S", weeks(PROBLEM, TIMETABLE))


def test_names_are_text_and_never_markup() -> None:
    found = Elements(draw_html(MANY_SCRIPTS.name, weeks(MANY_SCRIPTS, TIMETABLE)))
    assert "script" not in found.names
    assert not any(name.startswith("on") for name, _ in found.attributes)
    assert any(HARMFUL in text for text in found.texts)


def test_names_keep_their_direction() -> None:
    text = draw_html(MANY_SCRIPTS.name, weeks(MANY_SCRIPTS, TIMETABLE, "teacher", "ADE"))
    assert f'<h2 dir="auto">{ARABIC} (ADE)</h2>' in text


def test_nothing_is_loaded_from_elsewhere() -> None:
    found = Elements(draw_html("S", weeks(PROBLEM, TIMETABLE)))
    addresses = [value for name, value in found.attributes if name in ("src", "href")]
    assert all(value is not None and value.startswith("#week-") for value in addresses)


def test_a_timetable_without_lessons_is_a_document_too() -> None:
    assert Elements(draw_html("", weeks(PROBLEM, Timetable()))).names.count("section") == 0


@given(st.text(max_size=40))
def test_any_name_can_be_printed(name: str) -> None:
    school = changed(subjects=(Subject(id="MAT", name=name), *PROBLEM.subjects[1:]))
    found = Elements(draw_html(name, weeks(school, TIMETABLE, "class", "7A")))
    assert found.names.count("section") == 1


def test_fine_grids_have_full_hours_beside_them_and_their_times_in_the_lessons() -> None:
    opening = Opening(date=dt.date(2030, 1, 7), start=480, end=960)
    lesson = Lesson(id="x", subject="Yoga", teachers=("T",), duration=3)
    grid = ClockGrid(openings=(opening,), step=15)
    problem = Problem(grid=grid, teachers=(Teacher(id="T"),), lessons=(lesson,))
    placed = Timetable(placements=(Placement(lesson="x", start=3),))
    text = " ".join(Elements(draw_html("", weeks(problem, placed, "teacher", "T"))).texts)
    assert "08:45–09:30" in text
    assert "09:00" in text
    assert "09:15" not in text
