"""Subject colours for paper and screen: calm, distinguishable, with text one can read on them."""

import colorsys
from collections.abc import Iterator

from models.problem import Problem

PALETTE = (
    "#BBD6F7",
    "#FFDC9D",
    "#A9F1DF",
    "#E9FBCF",
    "#FFC1B8",
    "#9DD6DC",
    "#F5E4FF",
    "#CAD39D",
    "#AFE5CA",
    "#FFF3B0",
    "#FFCAE5",
    "#B9D4CB",
    "#9BD6FF",
    "#DCCBB6",
    "#CDCAF0",
    "#EEE5B8",
)
"""The first eight differ for every kind of colour vision; the name of the subject stands beside all of them."""
INK = "#1F2933"
PAPER = "#FFFFFF"
CALM = 0.6
"""Least luminance of the ground of a tile."""
MIXED = "#EEF1F4"
"""Ground of a tile whose lessons have different colours."""
GOLDEN_ANGLE = 0.381966
"""Part of the colour circle by which successive hues differ most."""


def subject_colours(problem: Problem) -> dict[str, str]:
    """Every subject of the problem -> #RRGGBB: its own colour where it states one, else the next of the palette."""
    stated = {s.id: s.colour.upper() for s in problem.subjects}
    spare = (c for c in _pastels() if c not in stated.values())
    subjects = dict.fromkeys([*stated, *(x.subject for x in problem.lessons)])
    return {s: stated.get(s) or next(spare) for s in subjects}


def _pastels() -> Iterator[str]:
    yield from PALETTE
    hue = 0.0
    while True:
        hue = (hue + GOLDEN_ANGLE) % 1
        red, green, blue = (round(255 * x) for x in colorsys.hls_to_rgb(hue, 0.84, 0.55))
        yield f"#{red:02X}{green:02X}{blue:02X}"


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, 0 (black) to 1 (white), as WCAG 2 defines it."""
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours, 1 (none) to 21 (black on white)."""
    lighter, darker = sorted((luminance(a), luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def calm(colour: str) -> str:
    """The colour, mixed with as much white as a whole wall of it needs to stay pleasant and dark text legible."""
    share = 0.0
    while luminance(_mixed(colour, share)) < CALM:
        share += 0.02
    return _mixed(colour, share)


def _mixed(colour: str, white: float) -> str:
    """The colour with a share of white, 0 to 1."""
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(c + (255 - c) * white):02X}" for c in channels)


def text_on(colour: str) -> str:
    """Ink or paper, whichever is read more easily on the colour."""
    return max((INK, PAPER), key=lambda text: contrast(text, colour))


def darker(colour: str, share: float = 0.25) -> str:
    """The colour with each channel lowered by a share, 0 to 1; for borders and accents."""
    return "#" + "".join(f"{round(int(colour[i : i + 2], 16) * (1 - share)):02X}" for i in (1, 3, 5))


def ground_and_accent(colour: str) -> tuple[str, str]:
    """A calm ground and a stronger edge for the tiles of a subject."""
    ground = calm(colour)
    return ground, darker(colour, 0.3) if ground == colour else colour
