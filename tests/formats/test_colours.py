"""Subject colours can be told apart and read on."""

from itertools import combinations, islice
from math import dist

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


Rgb = tuple[float, float, float]
VISIONS: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What somebody sees of linear red, green and blue (Machado, Oliveira and Fernandes 2009, severity 1)."""


def seen(colour: str, vision: tuple[Rgb, Rgb, Rgb]) -> Rgb:
    """The colour in CIELAB as somebody sees it."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares]
    red, green, blue = (min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in vision)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("vision", VISIONS)
def test_colours_are_told_apart_by_every_eye(vision: str) -> None:
    found = [seen(colour, VISIONS[vision]) for colour in PALETTE]
    # 2.3 is just noticeable.
    assert min(dist(a, b) for a, b in combinations(found[:8], 2)) > 8
    assert min(dist(a, b) for a, b in combinations(found, 2)) > 2.3
