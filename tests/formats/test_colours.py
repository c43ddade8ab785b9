"""Subject colours can be told apart and read on."""

from itertools import islice

import pytest

from formats.colours import INK, PALETTE, PAPER, _pastels, calm, contrast, darker, luminance, subject_colours, text_on
from models.problem import Problem, Subject
from tests.formats.little_school import GRID, PROBLEM


def test_stated_colours_are_kept_and_the_others_differ() -> None:
    colours = subject_colours(PROBLEM)
    assert colours["MAT"] == "#1F4E79"
    assert len(set(colours.values())) == len(colours) == 8


def test_palette_colour_that_a_subject_has_already_is_not_given_again() -> None:
    subjects = (Subject(id="a"), Subject(id="b", colour=PALETTE[0].lower()))
    assert subject_colours(Problem(grid=GRID, subjects=subjects)) == {"a": PALETTE[1], "b": PALETTE[0]}


def test_hundred_subjects_have_hundred_colours() -> None:
    subjects = tuple(Subject(id=str(n)) for n in range(100))
    assert len(set(subject_colours(Problem(grid=GRID, subjects=subjects)).values())) == 100


@pytest.mark.parametrize("colour", [*islice(_pastels(), 60), "#000000", "#FFFFFF", "#1F4E79", "#FFC000", "#C00000"])
def test_text_is_legible_on_every_colour(colour: str) -> None:
    assert contrast(colour, text_on(colour)) >= 4.5  # what WCAG 2 asks of normal text


def test_luminance_at_its_ends() -> None:
    assert luminance("#000000") == 0
    assert luminance("#FFFFFF") == pytest.approx(1)
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_text_is_dark_on_light_and_light_on_dark() -> None:
    assert text_on("#FFF2CC") == INK
    assert text_on("#1F4E79") == PAPER


def test_darker_takes_the_share_off_each_channel() -> None:
    assert darker("#C86432", 0.5) == "#643219"


@pytest.mark.parametrize("colour", ["#1F4E79", "#E15759", "#000000"])
def test_strong_colours_are_calmed_until_dark_text_is_legible(colour: str) -> None:
    assert luminance(calm(colour)) >= 0.6
    assert text_on(calm(colour)) == INK


def test_calm_colours_stay_as_they_are() -> None:
    assert [calm(c) for c in PALETTE] == list(PALETTE)
