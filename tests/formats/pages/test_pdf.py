"""Weeks as PDF: a page each, in any script, the same every time."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.pages import fonts
from formats.pages.pdf import draw_pdf
from formats.pages.select import weeks
from formats.pages.text import Line, cut, fitted, height_of, is_right_to_left, width_of, wrap
from models.problem import Subject
from models.timetable import Timetable
from tests.formats.little_school import PROBLEM, TIMETABLE, changed
from tests.formats.pages.many_scripts import ARABIC, CHINESE, HEBREW, MANY_SCRIPTS


def pages_in(data: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", data))


def test_each_week_is_a_page_of_a4_landscape() -> None:
    data = draw_pdf("Little school", weeks(PROBLEM, TIMETABLE))
    assert data.startswith(b"%PDF-")
    assert pages_in(data) == 11
    boxes = re.findall(rb"/MediaBox \[ ([^]]+) \]", data)
    assert {tuple(round(float(x)) for x in box.split()) for box in boxes} == {(0, 0, 842, 595)}


def test_equal_input_gives_equal_bytes() -> None:
    assert draw_pdf("S", weeks(PROBLEM, TIMETABLE)) == draw_pdf("S", weeks(PROBLEM, TIMETABLE))


def test_names_in_every_script_are_printed() -> None:
    assert pages_in(draw_pdf(MANY_SCRIPTS.name, weeks(MANY_SCRIPTS, TIMETABLE))) == 11


def test_a_timetable_without_lessons_is_a_page_that_says_so() -> None:
    assert pages_in(draw_pdf("", weeks(PROBLEM, Timetable()))) == 1


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_name_can_be_printed(name: str) -> None:
    school = changed(subjects=(Subject(id="MAT", name=name), *PROBLEM.subjects[1:]))
    assert pages_in(draw_pdf(name, weeks(school, TIMETABLE, "class", "7A"))) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5), st.floats(20, 200), st.floats(6, 100))
def test_text_stays_inside_its_tile(texts: list[str], width: float, height: float) -> None:
    lines, size = fitted([Line(text, bold=not n) for n, text in enumerate(texts)], width, height, 11, 5)
    assert 5 <= size <= 11
    dots = width_of("…", size, bold=True)
    assert all(width_of(line.text, size * line.share, line.bold) <= max(width, dots) + 1e-6 for line in lines)
    assert height_of(lines[1:], size) <= height


def test_lines_are_wrapped_between_words() -> None:
    assert [line.text for line in wrap(Line("one two three"), width_of("one two", 10) + 1, 10)] == ["one two", "three"]
    assert cut("Mathematics", width_of("Mathe…", 10) + 0.1, 10) == "Mathe…"
    assert cut("Maths", 1000, 10) == "Maths"


@pytest.mark.parametrize(("text", "right"), [(ARABIC, True), (HEBREW, True), (f"12 {HEBREW}", True), ("abc", False),
                                             (CHINESE, False), ("123", False), ("", False)])  # fmt: skip
def test_direction_is_that_of_the_first_letter_that_has_one(text: str, right: bool) -> None:
    assert is_right_to_left(text) is right


def test_letters_no_font_has_become_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    only = fonts.faces(False)[0]._replace(letters=frozenset(map(ord, "ab?")))
    monkeypatch.setattr(fonts, "faces", lambda bold: (only,))
    fonts._face_of.cache_clear()
    assert fonts.runs_of("abc", False) == [fonts.Run(only.name, "ab?")]
    fonts._face_of.cache_clear()
