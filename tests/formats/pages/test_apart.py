"""A PDF drawn in a process of its own is the same PDF, and takes no longer than it may."""

import pytest

from formats.pages.apart import TookTooLong, draw_apart
from formats.pages.pdf import draw_pdf
from formats.pages.select import weeks
from tests.formats.little_school import PROBLEM, TIMETABLE


def test_another_process_draws_the_same_pages() -> None:
    layouts = list(weeks(PROBLEM, TIMETABLE))
    assert draw_apart("Schule Süd", layouts, 60) == draw_pdf("Schule Süd", layouts)


def test_it_is_ended_when_it_takes_too_long() -> None:
    with pytest.raises(TookTooLong):
        draw_apart("School", weeks(PROBLEM, TIMETABLE), 0.01)


def test_what_went_wrong_there_is_told_here() -> None:
    with pytest.raises(RuntimeError, match="AttributeError"):
        draw_apart("School", [None], 60)  # type: ignore[list-item]  # what goes wrong
